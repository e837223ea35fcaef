"""What is forbidden to time itself: conclusions, the green lane, joint handling."""

from typing import Any

from models import (
    Decision,
    GreenLane,
    Post,
    PostAssignment,
    RoleGrant,
    acts,
)
from models.acts.clock import approve_green_lane, ask_green_lane, record_review_conclusion
from models.enums import ClockStart, Duty, VersionStatus
from tests.doors.deed import Button, Deed, sets
from tests.doors.deeds_case import TUESDAY
from tests.factories import LINE, MONDAY, Office
from tests.models.test_time_rules import conclude, in_green_lane, joint_item

TIME = "tests/models/test_time_rules.py::"
HALVED = TIME + "test_the_green_lane_halves_the_promise_from_the_same_start"
CONCLUSION = {"clock_start": ClockStart.REVIEW_CONCLUSION}
BY_PERSONS = {"system": "move-needs-a-person"}


def _asked(office: Office, who: str = "clerk") -> GreenLane:
    case = office.accepted(MONDAY)
    with office.acts(who, MONDAY):
        ask_green_lane(case, "抢险物资生产急需")
    lane: GreenLane = case.green_lanes[0]
    return lane


def _given(office: Office) -> Any:
    case = office.accepted(MONDAY)
    in_green_lane(office, case, MONDAY)
    return case


def _asked_by_the_head(office: Office) -> GreenLane:
    head = office.user("head")
    with office.acts("security", MONDAY) as session:
        post = session.query(Post).filter(Post.duty == Duty.ACCEPTANCE).one()
        session.add(PostAssignment(user=head, post=post, valid_from=MONDAY))
        session.add(RoleGrant(user=head, duty=Duty.ACCEPTANCE, valid_from=MONDAY))
    return _asked(office, "head")


def _concluded(office: Office) -> Any:
    case = office.accepted(MONDAY, **CONCLUSION)
    conclude(office, case, MONDAY)
    return case


def _joint_extension(office: Office) -> Any:
    case = office.accepted(MONDAY, joint_item(office))
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 15, "联合办理")
    return case.extensions[0]


def _by(name: str, column: str) -> Any:
    return lambda office, _row: {column: office.user(name).id}


def _conclude(office: Office, case: Any) -> None:
    record_review_conclusion(office.session, case)


def _approve(office: Office, lane: GreenLane) -> None:
    approve_green_lane(office.session, lane)


def lane(code: str, reach: Any, lawful: str, **others: Any) -> Deed:
    """A request for the green lane that is forbidden."""
    reason = others.pop("reason", "急需")
    return Deed(
        code, "clerk", reach, lambda _office, case: {"application": case, "reason": reason},
        lawful, new=GreenLane, act=lambda _office, case: ask_green_lane(case, reason),
        button=Button("ask_green_lane", {"reason": reason}), elsewhere=BY_PERSONS | others,
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "a conclusion is recorded twice": Deed(
        "conclusion-is-recorded-once", "reviewer2", _concluded,
        _by("reviewer2", "review_concluded_by_id"),
        TIME + "test_no_date_binds_before_the_review_is_concluded", day=TUESDAY,
        act=_conclude, button=Button("conclude"),
    ),
    "a conclusion is recorded that nobody awaits": Deed(
        "item-awaits-no-conclusion", "reviewer", lambda office: office.accepted(),
        _by("reviewer", "review_concluded_by_id"),
        TIME + "test_no_date_binds_before_the_review_is_concluded",
        act=_conclude, button=Button("conclude"),
    ),
    "a decision does not await the conclusion": Deed(
        "review-is-not-concluded", "decider",
        lambda office: office.reviewed(MONDAY, **CONCLUSION),
        lambda _office, case: {"application": case, "outcome": "GRANTED"},
        TIME + "test_no_decision_comes_before_the_conclusion", new=Decision,
        act=lambda _office, case: acts.decision.decide(case, "GRANTED"), button=Button("grant"),
        elsewhere={**BY_PERSONS},
    ),
    "a joint extension has no document": Deed(
        "joint-extension-needs-its-document", "leader", _joint_extension,
        _by("leader", "approved_by_id"),
        TIME + "test_joint_handling_is_extended_by_fifteen_days_with_its_document",
        act=lambda office, extension: acts.clock.approve_extension(office.session, extension),
        button=Button("approve_extension"), elsewhere={**BY_PERSONS},
    ),
    "the green lane is given twice": lane(
        "green-lane-is-given-once", _given, HALVED, sql="already-exists",
    ),
    "a decided case goes before the others": lane(
        "green-lane-is-too-late", lambda office: office.granted(), HALVED,
    ),
    "a clerk approves the green lane": Deed(
        "green-lane-is-approved-by-the-head", "clerk", _asked, _by("clerk", "approved_by_id"),
        HALVED, act=_approve, button=Button("approve_green_lane"),
        elsewhere={**BY_PERSONS, "sql": "approver-is-not-the-requester"},
    ),
    "the head approves his own green lane": Deed(
        "nobody-approves-his-own-proposal", "head", _asked_by_the_head,
        _by("head", "approved_by_id"), HALVED, act=_approve, button=Button("approve_green_lane"),
        elsewhere={**BY_PERSONS, "sql": "approver-is-not-the-requester"},
    ),
    "a green lane is given for another reason": Deed(
        "green-lane-is-fixed", "head", lambda office: _given(office).green_lanes[0],
        {"reason": "另一个"}, HALVED, elsewhere={**BY_PERSONS},
    ),
    "a step has no limit": Deed(
        "step-has-no-limit", "admin2",
        lambda office: office.draft(steps=[LINE[0], (2, Duty.REVIEW, None), LINE[2]]),
        {"status": VersionStatus.PUBLISHED},
        lambda office, version: sets("admin", limit_days=5)(office, version.steps[1]),
        act=lambda _office, version: acts.catalogue.move_version(version, VersionStatus.PUBLISHED),
        button=Button("publish", of_rows=True),
    ),
}  # fmt: skip
