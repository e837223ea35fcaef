"""好差评: one rating for each service, and a bad one is put right."""

from datetime import date, timedelta
from typing import Any

import pytest

from models import Application, Rectification, RoleGrant, ServiceRating, acts
from models.acts.intake import answer_not_accepted
from models.enums import ApplicationStatus, Channel, Duty, IntakeResult, Origin, RatingLevel
from models.questions.ratings import satisfaction
from tests.factories import DAY_ONE, MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone

Level = RatingLevel
TUESDAY = MONDAY + timedelta(days=1)


def own_case(office: Office, walk: str = "delivered") -> Any:
    """A case of the applicant's own."""
    own = office.applicant("自家食品厂", user=office.user("applicant"))
    return getattr(office, walk)(applicant=own)


def rated(office: Office, case: Application, level: Level = Level.UNSATISFIED) -> ServiceRating:
    """A rating that the applicant gave on Monday."""
    with office.acts("applicant", MONDAY) as session:
        return acts.supervision.rate(session, case, level, "等候太久")


def rectified(office: Office, rating: ServiceRating) -> Rectification:
    """A bad rating that was put right on Tuesday."""
    rectification = rating.rectification
    assert rectification is not None
    with office.acts("manager", TUESDAY) as session:
        acts.supervision.contact(session, rectification)
    with office.acts("manager", TUESDAY):
        acts.supervision.rectify(rectification, "已增设窗口")
    return rectification


@pytest.mark.parametrize("walk", ["accepted", "granted", "delivered"])
def test_an_applicant_rates_the_service_on_his_own_case(office: Office, walk: str) -> None:
    rating = rated(office, own_case(office, walk), Level.SATISFIED)
    assert (rating.rated_on, rating.is_follow_up, rating.rectification) == (MONDAY, False, None)


def test_a_rating_changes_nothing_of_a_closed_case(office: Office) -> None:
    case = own_case(office)
    before = office.stored()["application"]
    rated(office, case)
    assert office.stored()["application"] == before


def test_a_case_closed_before_acceptance_is_rated_too(office: Office) -> None:
    case = own_case(office, "received")
    with office.acts("clerk", MONDAY):
        answer_not_accepted(case, IntakeResult.NO_PERMIT_NEEDED, "该活动无需许可。")
    assert rated(office, case).id


def test_what_is_not_finished_is_not_rated(office: Office) -> None:
    case = own_case(office, "received")
    with office.refuses("service-is-not-finished", "applicant") as session:
        acts.supervision.rate(session, case, Level.SATISFIED)


@pytest.mark.parametrize("name", ["clerk", "reviewer", "manager", "head", "auditor"])
def test_officers_never_rate(office: Office, name: str) -> None:
    case = own_case(office)
    with office.refuses("duty-not-held", name) as session:
        acts.supervision.rate(session, case, Level.VERY_SATISFIED)


def test_nobody_rates_the_case_of_another(office: Office) -> None:
    case = own_case(office)
    with office.refuses("case-is-not-yours", "applicant2") as session:
        acts.supervision.rate(session, case, Level.VERY_UNSATISFIED)


def test_imported_history_is_not_rated(office: Office) -> None:
    item = office.item(item={"is_offered": False, "origin": Origin.IMPORTED})
    with office.time_acts(MONDAY) as session:
        case = Application(
            number="L-8",
            licence_item=item,
            item_version=item.versions[0],
            origin=Origin.IMPORTED,
            log_name="log",
            external_id="8",
            status=ApplicationStatus.ACCEPTED,
            received_on=MONDAY,
        )
        session.add(case)
    with office.refuses("imported-case-is-read-only", None) as session:
        acts.supervision.rate(session, case, Level.SATISFIED)


def test_ratings_of_another_system_are_taken_over(office: Office) -> None:
    case = office.delivered()
    with office.time_acts(MONDAY) as session:
        rating = acts.supervision.rate(session, case, Level.SATISFIED, channel=Channel.WINDOW)
    assert rating.channel is Channel.WINDOW


def test_a_rating_is_fixed(office: Office) -> None:
    rating = rated(office, own_case(office))
    with office.refuses("rating-is-fixed", "applicant"):
        rating.level = Level.SATISFIED
    with office.refuses("row-is-never-deleted", "applicant") as session:
        session.delete(rating)
    with office.refuses("column-is-derived", "applicant"):
        rating.rated_on = date(2025, 1, 2)


def test_a_bad_rating_is_answered_next_day_and_rectified_in_fifteen(office: Office) -> None:
    rectification = rated(office, own_case(office)).rectification
    assert rectification is not None
    assert (rectification.contact_due_on, rectification.rectify_due_on) == (
        TUESDAY,
        date(2025, 3, 24),
    )
    done = rectified(office, rectification.rating)
    assert (done.contacted_on, done.rectified_on) == (TUESDAY, TUESDAY)
    assert done.handler is office.user("manager")


def test_the_applicant_is_called_before_the_matter_is_put_right(office: Office) -> None:
    rectification = rated(office, own_case(office)).rectification
    assert rectification is not None
    with office.refuses("contact-comes-first", "manager"):
        acts.supervision.rectify(rectification, "已增设窗口")
    with office.refuses("day-is-today", "manager", TUESDAY):
        rectification.contacted_on = MONDAY
    with office.refuses("duty-not-held", "clerk") as session:
        acts.supervision.contact(session, rectification)


def test_what_was_rectified_is_not_rewritten(office: Office) -> None:
    rectification = rectified(office, rated(office, own_case(office)))
    with office.refuses("day-is-set-once", "manager", TUESDAY):
        rectification.result = "另一说法"


def test_the_officer_of_the_case_does_not_rectify_his_own_work(office: Office) -> None:
    case = own_case(office, "accepted")
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=office.user("reviewer"), duty=Duty.HEAD, valid_from=DAY_ONE))
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, step)
    rectification = rated(office, case).rectification
    assert rectification is not None
    with office.refuses("handler-is-the-subject", "reviewer") as session:
        acts.supervision.contact(session, rectification)


def test_one_rating_and_one_more_after_the_rectification(office: Office) -> None:
    case = own_case(office)
    rating = rated(office, case)
    with office.refuses("follow-up-needs-a-rectification", "applicant") as session:
        acts.supervision.rate(session, case, Level.SATISFIED)
    rectified(office, rating)
    again = rated(office, case, Level.FAIRLY_SATISFIED)
    assert again.is_follow_up
    with office.refuses("service-is-rated-once", "applicant") as session:
        acts.supervision.rate(session, case, Level.SATISFIED)


def test_a_good_rating_is_given_once(office: Office) -> None:
    case = own_case(office)
    rated(office, case, Level.FAIRLY_SATISFIED)
    with office.refuses("service-is-rated-once", "applicant") as session:
        acts.supervision.rate(session, case, Level.SATISFIED)


def test_satisfaction_counts_first_ratings_of_the_period(office: Office) -> None:
    item = office.item()
    own = office.applicant("自家食品厂", user=office.user("applicant"))
    for level in Level:
        rating = rated(office, office.accepted(item=item, applicant=own), level)
    rectified(office, rating)
    rated(office, rating.application, Level.SATISFIED)  # the follow-up does not count
    assert satisfaction(office.session, MONDAY, MONDAY) == (3, 5)
    assert satisfaction(office.session, TUESDAY, TUESDAY) == (0, 0)
