"""Recusal (回避), and that no single person takes a case from its receipt to its certificate."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from models import (
    Applicant,
    ApplicantLink,
    Application,
    Post,
    PostAssignment,
    RoleGrant,
    SubmittedMaterial,
    acts,
)
from models.acts.hearing import plan_hearing, request_hearing, tell_of_hearing
from models.acts.review import assign_inspectors
from models.enums import (
    ApplicationStatus,
    Channel,
    DecisionOutcome,
    Duty,
    HandlingType,
    LinkKind,
)
from models.errors import RuleViolation
from models.questions.people import actor_of
from tests.factories import DAY_ONE, MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
TUESDAY = date(2025, 3, 4)
LAST_DAY, DAY_AFTER = date(2025, 3, 31), date(2025, 4, 1)


def link(office: Office, name: str, applicant: Applicant, by: str | None = None) -> ApplicantLink:
    """A link declared by the officer himself, or by another, since the first day."""
    found = ApplicantLink(
        user=office.user(name), applicant=applicant, relation=LinkKind.RELATIVE, since=DAY_ONE
    )
    with office.acts(by or name, MONDAY) as session:
        session.add(found)
    return found


# --- declared links -----------------------------------------------------------------------------


def test_a_link_is_stamped_with_who_declared_it(office: Office) -> None:
    """Recusal: the log knows who said so."""
    own, found = office.applicant(), office.applicant()
    assert link(office, "reviewer", own).declared_by is office.user("reviewer")
    assert link(office, "reviewer", found, by="head").declared_by is office.user("head")


def test_an_officer_declares_his_own_links_only(office: Office) -> None:
    """Recusal: the links of others are recorded by the head."""
    applicant = office.applicant()
    row = {"applicant": applicant, "relation": LinkKind.INTEREST, "since": DAY_ONE}
    with office.refuses("link-is-anothers", "clerk") as session:
        session.add(ApplicantLink(user=office.user("reviewer"), **row))
    with office.refuses("duty-not-held", "applicant") as session:
        session.add(ApplicantLink(user=office.user("applicant"), **row))


def test_nobody_deletes_or_shortens_his_own_link(office: Office) -> None:
    """Recusal: only the head says when the link of another has ended."""
    found = link(office, "reviewer", office.applicant())
    with office.refuses("row-is-never-deleted", "reviewer") as session:
        session.delete(found)
    with office.refuses("link-is-ended-by-the-head", "reviewer"):
        found.until = MONDAY
    with office.refuses("link-is-fixed", "head"):
        found.since = MONDAY
    own = link(office, "head", office.applicant())
    with office.refuses("link-is-ended-by-the-head", "head"):
        own.until = MONDAY
    with office.acts("head", MONDAY):
        found.until = LAST_DAY
    assert found.until == LAST_DAY


def test_a_link_holds_on_its_last_day_and_not_after_it(office: Office) -> None:
    """Recusal: a link binds from its first day to its last one."""
    case = office.accepted(LAST_DAY)
    found = link(office, "reviewer", case.applicant)
    with office.acts("head", MONDAY):
        found.until = LAST_DAY
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.refuses("officer-is-linked", "reviewer", LAST_DAY) as session:
        acts.steps.claim(session, step)
    with office.acts("reviewer", DAY_AFTER) as session:
        acts.steps.claim(session, step)
    assert step.officer is office.user("reviewer")


def test_a_linked_officer_does_nothing_at_any_post(office: Office) -> None:
    """Recusal: neither receipt nor acceptance nor decision nor anything between."""
    applicant = office.applicant()
    for name in ("clerk2", "reviewer2", "decider", "head"):
        link(office, name, applicant)
    item = office.item()
    with office.refuses("officer-is-linked", "clerk2") as session:
        acts.intake.receive(session, item, applicant)
    received = office.received(item=item, applicant=applicant)
    with office.refuses("officer-is-linked", "clerk2"):
        acts.intake.move(received, Case.ACCEPTED)
    case = office.reviewed(item=item, applicant=applicant)
    with office.refuses("officer-is-linked", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    with office.refuses("officer-is-linked", "head"):
        acts.intake.move(case, Case.TERMINATED)


def test_nothing_of_a_case_is_given_to_a_linked_officer(office: Office) -> None:
    """Recusal: no step, no site inspection, no chair of a hearing."""
    case = office.accepted()
    link(office, "reviewer2", case.applicant)
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.refuses("officer-is-linked", "manager"):
        acts.steps.assign(step, office.user("reviewer2").id)
    both = [office.user("reviewer"), office.user("reviewer2")]
    with office.refuses("officer-is-linked", "reviewer"):
        assign_inspectors(case, both, TUESDAY)
    with office.acts("reviewer", MONDAY):
        tell_of_hearing(case)
    with office.acts("reviewer", MONDAY) as session:
        request_hearing(session, case.hearings[0])
    with office.refuses("officer-is-linked", "reviewer"):
        plan_hearing(
            case.hearings[0], planned_on=LAST_DAY, place="听证室", chair=office.user("reviewer2")
        )


def test_an_officer_who_applies_does_only_the_applicants_acts(office: Office) -> None:
    """Recusal: on his own case an officer is an applicant and nothing more."""
    clerk = office.user("clerk2")
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=clerk, duty=Duty.APPLICANT, valid_from=MONDAY))
    own, item = office.applicant(user=clerk), office.item()
    with office.refuses("officer-is-the-applicant", "clerk2") as session:
        acts.intake.receive(session, item, own)
    with office.acts("clerk2", MONDAY) as session:
        draft = Application(
            licence_item=item, applicant=own, status=Case.DRAFT, channel=Channel.ONLINE
        )
        session.add(draft)
    with office.acts("clerk2", MONDAY):
        draft.materials.append(SubmittedMaterial(requirement=item.versions[0].materials[0]))
    with office.acts("clerk2", MONDAY):
        acts.intake.move(draft, Case.RECEIVED)
    with office.refuses("officer-is-the-applicant", "clerk2"):
        acts.intake.move(draft, Case.ACCEPTED)
    with office.refuses("officer-is-the-applicant", "clerk2"):
        acts.intake.ask_correction(draft, "缺少申请书")
    with office.acts("clerk2", MONDAY):
        acts.intake.move(draft, Case.WITHDRAWN)
    assert draft.status is Case.WITHDRAWN


def test_an_officer_who_applies_too_takes_in_the_cases_of_others(office: Office) -> None:
    """An officer with an applicant's account acts by the duty that is used."""
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=office.user("clerk"), duty=Duty.APPLICANT, valid_from=MONDAY))
    case = office.accepted()
    assert (case.status, case.first_contact) == (Case.ACCEPTED, office.user("clerk"))
    both = actor_of(office.session, office.user("clerk"), MONDAY)
    officer, applies = both.in_duty(of_the_office=True), both.in_duty(of_the_office=False)
    assert (officer.duties, officer.posts) == ({Duty.ACCEPTANCE}, {Duty.ACCEPTANCE})
    assert (applies.duties, applies.posts) == ({Duty.APPLICANT}, frozenset())
    assert officer.in_duty(of_the_office=False) == officer


# --- one person alone ---------------------------------------------------------------------------


def gives_everything(office: Office, name: str) -> None:
    """Every duty and every post of the line, and the leaders' duties, in one hand."""
    person = office.user(name)
    duties = [Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.HEAD]
    held = {grant.duty for grant in person.grants}
    with office.acts("security", MONDAY) as session:
        for duty in (*duties, Duty.SUPERVISION):
            if duty not in held:
                session.add(RoleGrant(user=person, duty=duty, valid_from=DAY_ONE))
    posted = {a.post.duty for a in person.assignments}
    with office.acts("security", MONDAY) as session:
        for post in session.scalars(select(Post)):
            if post.duty not in posted:
                session.add(PostAssignment(user=person, post=post, valid_from=DAY_ONE))


def take_it_all_the_way(office: Office, name: str, *, silence: bool, **values: Any) -> Application:
    """One account walks the whole line; every rule of the line stands in its way or does not."""
    item, applicant, day = office.item(**values), office.applicant(), MONDAY
    with office.acts(name, day) as session:
        case = acts.intake.receive(session, item, applicant)
        case.item_version = item.versions[0]
        acts.intake.hand_in_required(case)
    if silence:
        day = MONDAY + timedelta(days=8)
        with office.time_acts(day):
            acts.intake.move(case, Case.ACCEPTED)
    else:
        with office.acts(name, day):
            acts.intake.move(case, Case.ACCEPTED)
    while step := open_step(case, Duty.REVIEW):
        with office.acts(name, day):
            acts.steps.complete(step, "符合条件")
    with office.acts(name, day):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    return case


@pytest.mark.parametrize(
    ("separated", "handling", "silence", "conditions"),
    list(product((True, False), HandlingType, (True, False), (True, False))),
)
def test_no_single_account_takes_a_case_from_receipt_to_certificate(
    office: Office, separated: bool, handling: HandlingType, silence: bool, conditions: bool
) -> None:
    """Separation (审办分离): whatever an item says, one person is stopped on the way."""
    gives_everything(office, "clerk")
    steps = ((1, Duty.ACCEPTANCE, 1), (2, Duty.DECISION, 2))
    values: dict[str, Any] = {} if conditions else {"steps": steps}
    with pytest.raises(RuleViolation) as refusal:
        take_it_all_the_way(
            office,
            "clerk",
            silence=silence,
            duties_are_separated=separated,
            item={"handling_type": handling},
            **values,
        )
    assert refusal.value.code == "duties-are-separated"


def test_two_persons_may_handle_what_asks_for_no_separation(office: Office) -> None:
    """Separation: the reviewer may decide, where the item says so."""
    gives_everything(office, "reviewer")
    case = office.reviewed(duties_are_separated=False)
    with office.acts("reviewer", MONDAY):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    assert case.status is Case.GRANTED
    accepted = office.reviewed(duties_are_separated=False)
    gives_everything(office, "clerk")
    with office.refuses("duties-are-separated", "clerk"):
        acts.decision.decide(accepted, DecisionOutcome.GRANTED)


def test_a_post_is_given_with_its_duty_only(office: Office) -> None:
    """Posts: on each day of the post its duty is held too."""
    post = office.session.scalars(select(Post).where(Post.duty == Duty.REVIEW)).one()
    clerk = office.user("clerk")
    with office.refuses("post-needs-its-duty", "security") as session:
        session.add(PostAssignment(user=clerk, post=post, valid_from=MONDAY))
    with office.acts("security", MONDAY) as session:
        session.add(
            RoleGrant(user=clerk, duty=Duty.REVIEW, valid_from=MONDAY, valid_until=LAST_DAY)
        )
    with office.refuses("post-needs-its-duty", "security") as session:
        session.add(PostAssignment(user=clerk, post=post, valid_from=MONDAY))
    with office.acts("security", MONDAY) as session:
        session.add(PostAssignment(user=clerk, post=post, valid_from=MONDAY, valid_until=LAST_DAY))
    with office.refuses("post-needs-its-duty", "security"):
        clerk.assignments[-1].valid_until = DAY_AFTER
