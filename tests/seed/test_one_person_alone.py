"""No single account takes a case from its receipt to its certificate: every item that ships."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select

from models import Application, Authority, Department, LicenceItem, acts
from models.acting import SYSTEM, acting_as
from models.acts.clock import record_review_conclusion
from models.database import GuardedSession
from models.enums import (
    ApplicationStatus,
    ClockStart,
    DecisionOutcome,
    Duty,
    HearingKind,
    ItemType,
    ServiceObject,
)
from models.errors import RuleViolation
from seed.reference import catalogue_items, load_catalogue
from tests.databases import SqliteDatabases
from tests.factories import DAY_ONE, Office, fill_office, open_step
from tests.models.test_recusal import gives_everything
from tests.statements import FORWARDING

DAY = date(2019, 3, 4)
CODES = [item.code for item in catalogue_items()]


def fill_catalogue_office(engine: Engine) -> None:
    """The office of the tests with the catalogue of the product."""
    fill_office(engine)
    with GuardedSession(engine) as session:
        with acting_as(session, SYSTEM, DAY_ONE):
            authority = session.scalars(select(Authority)).one()
            codes = {c for item in catalogue_items() for c in item.departments.values()}
            for code in sorted(codes - {"XK"}):
                session.add(
                    Department(authority=authority, code=code, name=f"{code}科", name_en=code)
                )
            session.commit()
        office = Office(session)
        load_catalogue(session, DAY_ONE, office.user("admin"), office.user("admin2"))
        gives_everything(office, "clerk")


def take_it_all_the_way(office: Office, item: LicenceItem, *, by_silence: bool) -> Application:
    """``clerk`` does everything that the item asks for; only time may help him."""
    is_for_persons = item.versions[-1].service_object is ServiceObject.PERSON
    day, applicant = DAY, office.person() if is_for_persons else office.applicant()
    with office.acts("clerk", day) as session:
        case = acts.intake.receive(session, item, applicant)
        case.item_version = item.versions[-1]
        acts.intake.hand_in_required(case)
    if by_silence:
        day = DAY + timedelta(days=8)
        with office.time_acts(day):
            acts.intake.move(case, ApplicationStatus.ACCEPTED)
    else:
        with office.acts("clerk", day):
            acts.intake.move(case, ApplicationStatus.ACCEPTED)
    review(office, case, day)
    with office.acts("clerk", day):
        if item.item_type is ItemType.FIRST_REVIEW:
            acts.decision.forward(case, **FORWARDING)
        else:
            acts.decision.decide(case, DecisionOutcome.GRANTED)
    return case


def review(office: Office, case: Application, day: date) -> None:
    """Conclusion, site inspection, hearing, verdicts and steps, as the item asks for them."""
    version = case.item_version
    if version.clock_start is ClockStart.REVIEW_CONCLUSION:
        with office.acts("clerk", day) as session:
            record_review_conclusion(session, case)
    if version.needs_inspection:
        with office.acts("clerk", day):
            both = [office.user("clerk"), office.user("guide")]
            acts.review.assign_inspectors(case, both, day)
        with office.acts("clerk", day):
            acts.review.record_inspection(case.inspections[0], True, "符合条件")
    if version.hearing_required:
        with office.acts("clerk", day):
            acts.hearing.tell_of_hearing(case, HearingKind.BY_LAW)
    while step := open_step(case, Duty.REVIEW):
        with office.acts("clerk", day):
            acts.steps.complete(step, "符合条件", acts.review.all_met(case))
    if not case.verdicts and version.conditions:
        with office.acts("clerk", day):
            acts.review.judge(case, acts.review.all_met(case))


@pytest.mark.parametrize("by_silence", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_no_account_takes_a_case_of_a_shipped_item_all_the_way(
    sqlite_databases: SqliteDatabases, code: str, by_silence: bool
) -> None:
    """Separation (审办分离): with every duty and every post of the line in one hand, and each item
    with its own flags, one person is stopped on the way."""
    with GuardedSession(sqlite_databases.fresh(fill_catalogue_office)) as session:
        office = Office(session)
        item = session.scalars(select(LicenceItem).where(LicenceItem.code == code)).one()
        with pytest.raises(RuleViolation) as refusal:
            take_it_all_the_way(office, item, by_silence=by_silence)
        session.rollback()
        # Two of the fifteen have ended: not even the first step of a case is left of them.
        has_ended = item.ended_on is not None and item.ended_on < DAY
        stop = "item-takes-no-applications" if has_ended else "duties-are-separated"
        assert refusal.value.code == stop


def test_the_catalogue_has_its_fifteen_items() -> None:
    """None is left out above."""
    assert len(set(CODES)) == 15
