"""Absence and hand-over (缺位, AB岗): no post is left empty, and nobody works while he is away."""

from datetime import date, timedelta

import pytest

from models import Absence, acts
from models.enums import AbsenceReason, Duty
from models.questions.absences import is_absent
from models.questions.people import actor_of
from tests.factories import MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


def leave(office: Office, name: str, substitute: str, **more: object) -> Absence:
    """An absence that is not stored yet, from Tuesday to Friday."""
    values = {"first_day": TUESDAY, "last_day": FRIDAY, **more}
    return Absence(user=office.user(name), substitute=office.user(substitute), **values)


def away(office: Office, name: str, substitute: str, by: str = "head", **more: object) -> Absence:
    """A stored absence, entered on Monday."""
    with office.acts(by, MONDAY) as session:
        absence = leave(office, name, substitute, **more)
        session.add(absence)
    return absence


@pytest.mark.parametrize("by", ["reviewer", "head", "manager"])
def test_an_absence_is_entered_by_himself_or_a_leader(office: Office, by: str) -> None:
    absence = away(office, "reviewer", "reviewer2", by, reason=AbsenceReason.TRAINING)
    assert absence.entered_by is office.user(by)
    reviewer = office.user("reviewer").id
    days = [MONDAY, TUESDAY, FRIDAY, FRIDAY + timedelta(days=1)]
    assert [is_absent(office.session, reviewer, d) for d in days] == [False, True, True, False]


def test_an_officer_enters_no_absence_of_a_colleague(office: Office) -> None:
    with office.refuses("absence-is-anothers", "reviewer2") as session:
        session.add(leave(office, "reviewer", "reviewer2"))


def test_the_system_enters_no_absence(office: Office) -> None:
    with office.refuses("move-needs-a-person", None) as session:
        session.add(leave(office, "reviewer", "reviewer2"))


def test_who_departs_is_absent_until_further_notice(office: Office) -> None:
    away(office, "clerk", "clerk2", last_day=None, reason=AbsenceReason.DEPARTURE)
    assert is_absent(office.session, office.user("clerk").id, date(2030, 1, 1))


def test_the_substitute_holds_the_posts_of_the_absent(office: Office) -> None:
    with office.refuses("substitute-lacks-the-post", "head") as session:
        session.add(leave(office, "reviewer", "clerk"))


def test_the_substitute_holds_the_posts_on_every_day(office: Office) -> None:
    with office.acts("security", MONDAY):
        office.user("reviewer2").assignments[0].valid_until = FRIDAY - timedelta(days=1)
    with office.refuses("substitute-lacks-the-post", "head") as session:
        session.add(leave(office, "reviewer", "reviewer2"))
    away(office, "reviewer", "reviewer2", last_day=TUESDAY)


def test_a_post_that_ends_before_the_absence_needs_no_substitute(office: Office) -> None:
    office.holds_too("clerk", Duty.REVIEW, MONDAY)
    assert away(office, "clerk", "clerk2").id


def test_who_stands_in_for_the_head_approves_on_those_days(office: Office) -> None:
    """Art. 32(4), 42, 69: nothing waits for a head who is away; the day after, the duty is gone."""
    away(office, "head", "decider", last_day=TUESDAY)
    held = {
        day: Duty.HEAD in actor_of(office.session, office.user("decider"), day).duties
        for day in (MONDAY, TUESDAY, TUESDAY + timedelta(days=1))
    }
    assert list(held.values()) == [False, True, False]
    case = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_green_lane(case, "疫情急需")
    with office.acts("decider", TUESDAY) as session:
        acts.clock.approve_green_lane(session, case.green_lanes[0])
    assert case.green_lanes[0].approved_by is office.user("decider")


@pytest.mark.parametrize("name", ["auditor", "system", "security", "admin", "applicant"])
def test_only_an_officer_stands_in_for_the_head(office: Office, name: str) -> None:
    """The three keepers keep apart (三员分立); who drafts or applies confirms nothing."""
    with office.refuses("substitute-cannot-confirm", "head") as session:
        session.add(leave(office, "head", name))
    with office.refuses("substitute-cannot-confirm", "leader") as session:
        session.add(leave(office, "leader", name))


def test_the_substitute_is_not_absent_himself(office: Office) -> None:
    away(office, "clerk2", "clerk", first_day=FRIDAY)
    with office.refuses("substitute-is-absent", "head") as session:
        session.add(leave(office, "clerk", "clerk2"))
    away(office, "clerk", "clerk2", last_day=FRIDAY - timedelta(days=1))


def test_a_substitute_does_not_go_away_then(office: Office) -> None:
    office.holds_too("clerk", Duty.REVIEW)
    away(office, "reviewer", "reviewer2")
    with office.refuses("substitute-is-needed", "reviewer2") as session:
        session.add(leave(office, "reviewer2", "clerk"))


def test_two_absences_of_one_flush_are_judged_together(office: Office) -> None:
    with office.refuses("absences-overlap", "head") as session:
        session.add_all([leave(office, "clerk", "clerk2"), leave(office, "clerk", "clerk2")])


def test_absences_of_one_person_do_not_overlap(office: Office) -> None:
    away(office, "clerk", "clerk2")
    with office.refuses("absences-overlap", "clerk") as session:
        session.add(leave(office, "clerk", "clerk2", first_day=FRIDAY, last_day=FRIDAY))
    away(office, "clerk", "clerk2", first_day=FRIDAY + timedelta(days=1), last_day=None)


def test_an_absence_that_began_keeps_its_beginning_and_may_end_early(office: Office) -> None:
    absence = away(office, "clerk", "clerk2")
    with office.refuses("absence-has-begun", "head", FRIDAY):
        absence.first_day = FRIDAY
    with office.refuses("absence-has-begun", "head", MONDAY):
        absence.user = office.user("reviewer")
    with office.acts("clerk", FRIDAY - timedelta(days=1)):
        absence.last_day = FRIDAY - timedelta(days=2)
    assert not is_absent(office.session, office.user("clerk").id, FRIDAY)


def test_an_absence_is_taken_back_before_it_begins(office: Office) -> None:
    absence = away(office, "clerk", "clerk2")
    with office.refuses("absence-is-anothers", "clerk2") as session:
        session.delete(absence)
    with office.refuses("absence-has-begun", "clerk", TUESDAY) as session:
        session.delete(absence)
    with office.acts("clerk", MONDAY) as session:
        session.delete(absence)
    assert not is_absent(office.session, office.user("clerk").id, TUESDAY)


def test_an_absent_officer_claims_nothing(office: Office) -> None:
    case = office.accepted()
    away(office, "reviewer", "reviewer2")
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.refuses("officer-is-absent", "reviewer", TUESDAY) as session:
        acts.steps.claim(session, step)
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, step)
    assert step.officer is office.user("reviewer")


def test_an_absent_officer_is_assigned_nothing(office: Office) -> None:
    case = office.accepted()
    away(office, "reviewer", "reviewer2")
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.refuses("officer-is-absent", "head", FRIDAY):
        acts.steps.assign(step, office.user("reviewer").id)
    with office.acts("head", FRIDAY):
        acts.steps.assign(step, office.user("reviewer2").id)
    assert step.officer is office.user("reviewer2")
