"""Saved views: each is its owner's, in his order, private or shared with colleagues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import SavedView
from models.acting import Actor
from models.enums import Duty
from models.questions.saved_views import views_of_list
from models.rules.saved_views import LONGEST_QUERY, asks_a_list
from tests.factories import MONDAY, Office


def view(name: str = "逾期的", **more: object) -> SavedView:
    """A view that is not stored yet."""
    values = {"list_name": "application", "query": "tab=overdue", **more}
    return SavedView(name=name, **values)


def kept(office: Office, who: str = "reviewer", name: str = "逾期的", **more: object) -> SavedView:
    """A stored view."""
    with office.acts(who, MONDAY) as session:
        row = view(name, **more)
        session.add(row)
    return row


def seen(office: Office, *duties: Duty, who: str = "reviewer2") -> list[str]:
    """The names of the views that somebody with these duties sees on the list of cases."""
    actor = Actor(user_id=office.user(who).id, name=who, duties=frozenset(duties))
    return [row.name for row in views_of_list(office.session, actor, "application")]


def test_a_view_is_its_makers_and_stands_after_his_others(office: Office) -> None:
    first, second = kept(office), kept(office, name="临期的")
    elsewhere = kept(office, name="步骤", list_name="application_step")
    assert first.owner is second.owner is office.user("reviewer")
    assert [row.position for row in (first, second, elsewhere)] == [1, 2, 1]


def test_a_private_view_is_seen_by_its_owner_alone(office: Office) -> None:
    kept(office)
    assert seen(office, Duty.REVIEW, who="reviewer") == ["逾期的"]
    assert seen(office, *Duty, who="reviewer2") == []


def test_a_shared_view_is_seen_by_the_holders_of_its_duty(office: Office) -> None:
    kept(office, name="共用", shared_with=Duty.REVIEW)
    kept(office, "reviewer2", "自己的")
    assert seen(office, Duty.REVIEW) == ["自己的", "共用"]
    assert seen(office, Duty.DECISION, who="decider") == []


def test_the_owner_renames_and_takes_away(office: Office) -> None:
    row = kept(office)
    with office.acts("reviewer", MONDAY):
        row.name = "我的逾期"
    assert seen(office, who="reviewer") == ["我的逾期"]
    with office.acts("reviewer", MONDAY) as session:
        session.delete(row)
    assert seen(office, who="reviewer") == []


@pytest.mark.parametrize("who", ["reviewer2", "manager", "head", None])
def test_nobody_else_changes_a_view(office: Office, who: str | None) -> None:
    row = kept(office, shared_with=Duty.REVIEW)
    with office.refuses("saved-view-is-anothers", who):
        row.name = "改名"
    with office.refuses("saved-view-is-anothers", who) as session:
        session.delete(row)


def test_a_view_is_given_to_nobody(office: Office) -> None:
    row = kept(office)
    with office.refuses("column-is-derived", "reviewer"):
        row.owner = office.user("reviewer2")


def test_the_auditor_keeps_no_view(office: Office) -> None:
    with office.refuses("duty-not-held", "auditor") as session:
        session.add(view())


def test_the_system_keeps_no_view(office: Office) -> None:
    with office.refuses("move-needs-a-person", None) as session:
        session.add(view())


def test_a_view_is_shared_with_ones_own_duty_only(office: Office) -> None:
    with office.refuses("view-is-shared-among-colleagues", "reviewer") as session:
        session.add(view(shared_with=Duty.DECISION))


@pytest.mark.parametrize(
    "query",
    ["page=3", "tab=all&tab=overdue", "flt_=1", "next=//evil", "tab", "x" * (LONGEST_QUERY + 1)],
)
def test_a_view_keeps_nothing_but_what_a_list_is_asked(office: Office, query: str) -> None:
    with office.refuses("view-asks-a-list", "reviewer") as session:
        session.add(view(query=query))


def test_a_view_is_of_a_list_of_the_office(office: Office) -> None:
    with office.refuses("view-asks-a-list", "reviewer") as session:
        session.add(view(list_name="nothing"))


def test_the_whole_list_may_be_a_view() -> None:
    assert asks_a_list("")
    assert asks_a_list("tab=overdue&flt_category_is=A%2CB&search=&sort=due_on&desc=1&page_size=50")


@given(st.text(max_size=60))
def test_any_text_is_judged(query: str) -> None:
    assert asks_a_list(query) in (True, False)
