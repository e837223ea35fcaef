"""Who may hold what: duties, posts, grants and tables."""

from datetime import date

import pytest

from models import (
    Authority,
    CalendarYear,
    NumberCounter,
    Post,
    PostAssignment,
    RoleGrant,
    User,
    Window,
)
from models.acting import SYSTEM
from models.base import policies
from models.enums import Duty
from models.questions.people import actor_of, holds_post
from models.rules.separation import EXCLUSIVE_DUTIES
from tests.factories import DAY_ONE, MONDAY, Office

LAST_DAY = date(2025, 3, 31)
FIRST_DAY_AFTER = date(2025, 4, 1)


@pytest.mark.parametrize("duty", sorted(EXCLUSIVE_DUTIES - {Duty.SECURITY}))
def test_nobody_holds_two_of_system_security_and_audit(office: Office, duty: Duty) -> None:
    other = next(iter(EXCLUSIVE_DUTIES - {duty, Duty.SECURITY}))
    name = {Duty.SYSTEM: "system", Duty.AUDIT: "auditor"}[other]
    with office.refuses("duties-conflict", "security") as session:
        session.add(RoleGrant(user=office.user(name), duty=duty, valid_from=MONDAY))


@pytest.mark.parametrize("name", ["clerk", "reviewer", "decider", "admin"])
def test_who_works_on_cases_or_drafts_items_does_not_audit(office: Office, name: str) -> None:
    with office.refuses("duties-conflict", "security") as session:
        session.add(RoleGrant(user=office.user(name), duty=Duty.AUDIT, valid_from=MONDAY))


@pytest.mark.parametrize(
    "duty", [Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.CATALOGUE], ids=str
)
def test_an_auditor_is_given_no_work_that_is_audited(office: Office, duty: Duty) -> None:
    with office.refuses("duties-conflict", "security") as session:
        session.add(RoleGrant(user=office.user("auditor"), duty=duty, valid_from=MONDAY))


def test_exclusive_duties_may_follow_each_other(office: Office) -> None:
    grant = office.user("auditor").grants[0]
    with office.acts("security", MONDAY):
        grant.valid_until = LAST_DAY
    with office.acts("security", MONDAY) as session:
        session.add(
            RoleGrant(user=office.user("auditor"), duty=Duty.SYSTEM, valid_from=FIRST_DAY_AFTER)
        )
    with office.refuses("duties-conflict", "security"):
        grant.valid_until = FIRST_DAY_AFTER


def test_two_grants_in_one_act_are_seen_together(office: Office) -> None:
    with office.acts("system", MONDAY) as session:
        user = User(username="new", display_name="新", display_name_en="New")
        session.add(user)
    with office.refuses("duties-conflict", "security") as session:
        session.add(RoleGrant(user=user, duty=Duty.SYSTEM, valid_from=MONDAY))
        session.add(RoleGrant(user=user, duty=Duty.AUDIT, valid_from=MONDAY))


def test_nobody_grants_himself_a_duty_or_a_post(office: Office) -> None:
    post = office.user("clerk").assignments[0].post
    with office.refuses("nobody-grants-himself", "security") as session:
        session.add(RoleGrant(user=office.user("security"), duty=Duty.HEAD, valid_from=MONDAY))
    with office.refuses("nobody-grants-himself", "security") as session:
        session.add(PostAssignment(user=office.user("security"), post=post, valid_from=MONDAY))


def test_a_grant_of_another_is_not_turned_to_oneself(office: Office) -> None:
    grant = office.user("head").grants[0]
    with office.refuses("nobody-grants-himself", "security"):
        grant.user = office.user("security")


def test_a_duty_and_a_post_hold_on_their_last_day_and_not_after_it(office: Office) -> None:
    clerk = office.user("clerk")
    with office.acts("security", MONDAY):
        clerk.grants[0].valid_until = LAST_DAY
        clerk.assignments[0].valid_until = LAST_DAY
    held = {}
    for day in (date(2018, 12, 31), DAY_ONE, LAST_DAY, FIRST_DAY_AFTER):
        actor = actor_of(office.session, clerk, day)
        post = holds_post(office.session, clerk.id, Duty.ACCEPTANCE, day)
        held[day] = (bool(actor.duties), bool(actor.posts), post)
    assert [all(answers) for answers in held.values()] == [False, True, True, False]
    assert [any(answers) for answers in held.values()] == [False, True, True, False]


OWN_TABLES = {
    "authority": ("system", lambda: Authority(code="Y", name="局", name_en="B")),
    "calendar_year": ("system", lambda: CalendarYear(year=2030)),
    "user_account": ("system", lambda: User(display_name="新", display_name_en="New")),
}


@pytest.mark.parametrize("table", sorted(OWN_TABLES))
@pytest.mark.parametrize("name", ["system", "security", "auditor", "admin", "clerk", "manager"])
def test_a_table_is_written_by_its_duty_only(office: Office, table: str, name: str) -> None:
    writer, make = OWN_TABLES[table]
    if name == writer:
        with office.acts(name, MONDAY) as session:
            session.add(make())
    else:
        with office.refuses("duty-not-held", name) as session:
            session.add(make())


def test_posts_belong_to_security(office: Office) -> None:
    window = office.session.get_one(Window, 1)
    post = {"window": window, "duty": Duty.REVIEW, "name": "二岗", "name_en": "Second"}
    with office.refuses("duty-not-held", "system") as session:
        session.add(Post(**post))
    with office.acts("security", MONDAY) as session:
        session.add(Post(**post))


def test_the_auditor_and_the_guide_write_no_case() -> None:
    cases = {table for table, policy in policies().items() if Duty.AUDIT in policy.writers}
    assert cases == set()


def test_counters_and_the_log_are_written_by_the_hooks_alone(office: Office) -> None:
    assert SYSTEM.is_system
    with office.refuses("table-is-derived", None) as session:
        session.add(NumberCounter(series="case:X", year=2025, last_number=9))


def test_a_password_of_a_keeper_is_the_keepers_own(office: Office) -> None:
    with office.refuses("password-is-its-owners", "system"):
        office.user("security").password_hash = "taken over"
    with office.acts("security", MONDAY):
        office.user("security").password_hash = "his own"
    with office.acts("system", MONDAY):
        office.user("clerk").password_hash = "a new one"


def test_a_person_changes_nothing_else_of_his_account(office: Office) -> None:
    with office.refuses("duty-not-held", "clerk"):
        office.user("clerk").department_id = None
        office.user("clerk").password_hash = "his own"
