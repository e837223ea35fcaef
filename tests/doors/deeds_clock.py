"""What is forbidden to the clock: suspensions (Art. 45), extensions (Art. 42)."""

from datetime import date
from typing import Any

from models import Application, ClockSuspension, DeadlineExtension, acts
from models.enums import SuspensionKind
from tests.doors.deed import FIELD, Button, Deed, does, sets
from tests.doors.deeds_case import TUESDAY
from tests.factories import MONDAY, Office

LIFE = "tests/models/test_case_life.py::"
DUE, PAST_DUE = date(2025, 3, 24), date(2025, 3, 25)
SUSPENSION = {
    "kind": SuspensionKind.HEARING, "planned_end_on": DUE, "notice_number": "听1号",
}  # fmt: skip
EXTENSION = {"days": 5, "reason": "需专家论证"}
BY_PERSONS = {"system": "move-needs-a-person"}


def _of_case(values: dict[str, Any], **others: Any) -> Any:
    return lambda _office, case: {"application": case, **values, **others}


def _suspend(**others: Any) -> Any:
    values = SUSPENSION | others
    return lambda _office, case: acts.clock.suspend(
        case, values["kind"], planned_end_on=values["planned_end_on"],
        notice_number=values["notice_number"],
    )  # fmt: skip


def _paused(office: Office) -> Application:
    case: Application = office.accepted()
    office.suspend(case, MONDAY, DUE)
    return case


def _resumed(office: Office) -> ClockSuspension:
    case = _paused(office)
    office.resume(case, TUESDAY)
    return case.suspensions[0]


def _asked(office: Office) -> DeadlineExtension:
    case: Application = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 10, "需专家论证")
    return case.extensions[0]


def _extended(office: Office) -> DeadlineExtension:
    case: Application = office.accepted()
    office.extend(case, MONDAY, 5)
    return case.extensions[0]


def _ask(days: int, reason: str) -> Any:
    return lambda _office, case: acts.clock.ask_extension(case, days, reason)


def _approve(office: Office, extension: DeadlineExtension) -> None:
    acts.clock.approve_extension(office.session, extension)


def _approved_by(name: str) -> Any:
    return lambda office, _extension: {"approved_by_id": office.user(name).id}


def suspension(code: str, reach: Any, lawful: Any, elsewhere: Any = None, **others: Any) -> Deed:
    """A suspension that is forbidden."""
    typed = {k: v for k, v in {**SUSPENSION, **others}.items() if k in SUSPENSION}
    return Deed(
        code, "reviewer", reach, _of_case(typed), lawful, new=ClockSuspension,
        act=_suspend(**typed), button=Button("suspend", typed),
        elsewhere=BY_PERSONS | (elsewhere or {}),
    )  # fmt: skip


def extension(code: str, reach: Any, lawful: Any, elsewhere: Any = None, **others: Any) -> Deed:
    """An extension that is forbidden."""
    typed = EXTENSION | others
    return Deed(
        code, "reviewer", reach, _of_case(typed), lawful, new=DeadlineExtension,
        act=_ask(typed["days"], typed["reason"]), button=Button("ask_extension", typed),
        elsewhere=BY_PERSONS | (elsewhere or {}),
    )  # fmt: skip


SUSPENDED = does("reviewer", _suspend())
ASKED = does("reviewer", _ask(10, "需专家论证"))
ACCEPTED = sets("clerk", status="ACCEPTED")


DEEDS: dict[str, Deed] = {
    "a case that was not accepted is suspended": suspension(
        "case-is-not-accepted", lambda office: office.received(), ACCEPTED,
    ),
    "a paused case is suspended": suspension(
        "procedure-is-running", _paused, lambda office, case: office.resume(case, TUESDAY),
        {"sql": "already-exists"}, kind=SuspensionKind.INSPECTION,
    ),
    "a suspension names no notice": suspension(
        "suspension-needs-its-notice", lambda office: office.accepted(), SUSPENDED,
        notice_number=" ",
    ),
    "a suspension ends before it begins": suspension(
        "planned-end-is-past", lambda office: office.accepted(), SUSPENDED,
        {"sql": "planned-end-follows-the-start"}, planned_end_on=date(2025, 2, 28),
    ),
    "a suspension ends yesterday": Deed(
        "suspension-ends-today", "reviewer", lambda office: _paused(office).suspensions[0],
        {"ended_on": MONDAY},
        sets("reviewer", TUESDAY, ended_on=TUESDAY), day=TUESDAY, elsewhere=dict(BY_PERSONS),
    ),
    "a suspension is planned anew": Deed(
        "suspension-is-fixed", "reviewer", lambda office: _paused(office).suspensions[0],
        {"planned_end_on": PAST_DUE},
        sets("reviewer", ended_on=MONDAY), elsewhere=dict(BY_PERSONS),
    ),
    "a suspension that ended runs again": Deed(
        "suspension-is-fixed", "reviewer", _resumed, {"ended_on": None},
        lambda office, row: office.suspend(row.application, TUESDAY, DUE), day=TUESDAY,
        elsewhere=dict(BY_PERSONS),
    ),
    "a clock that runs is resumed": Deed(
        "case-is-not-paused", "reviewer", lambda office: office.accepted(), None, SUSPENDED,
        act=lambda office, case: acts.clock.resume(office.session, case), button=Button("resume"),
    ),
    "a case that was not accepted is extended": extension(
        "case-is-not-accepted", lambda office: office.received(), ACCEPTED,
    ),
    "a case is extended twice": extension(
        "extension-is-given-once", lambda office: _extended(office).application,
        lambda office, case: office.review(case, MONDAY),
        {"sql": "already-exists"},
    ),
    "an extension is too long": extension(
        "extension-is-too-long", lambda office: office.accepted(), ASKED, days=11,
    ),
    "an extension gives no reason": extension(
        "reason-is-missing", lambda office: office.accepted(), ASKED, reason=" ",
    ),
    "a reviewer approves an extension": Deed(
        "leader-approves", "reviewer", _asked, _approved_by("reviewer"), does("leader", _approve),
        act=_approve, button=Button("approve_extension"), elsewhere=dict(BY_PERSONS),
    ),
    "the leader approves in another's name": Deed(
        "leader-approves", "leader", _asked, _approved_by("manager"), does("leader", _approve),
        elsewhere=dict(BY_PERSONS),
    ),
    "the head extends without a delegation": Deed(
        "delegation-is-missing", "head", _asked, _approved_by("head"), does("leader", _approve),
        act=_approve, button=Button("approve_extension"),
        elsewhere={**BY_PERSONS, "action": FIELD},
    ),
    "the head extends by a delegation of a day to come": Deed(
        "day-is-to-come", "head", _asked,
        lambda office, _row: {
            "approved_by_id": office.user("head").id, "delegation_number": "1",
            "delegation_on": PAST_DUE,
        },
        does("leader", _approve), elsewhere=dict(BY_PERSONS),
        act=lambda office, extension: acts.clock.approve_extension(
            office.session, extension, delegation_number="1", delegation_on=PAST_DUE
        ),
        button=Button(
            "approve_extension",
            {"delegation_number": "1", "delegation_on": PAST_DUE.isoformat()},
        ),
    ),
    "an extension is approved too late": Deed(
        "extension-is-too-late", "leader", _asked, _approved_by("leader"),
        does("leader", _approve, DUE),
        act=_approve, button=Button("approve_extension"), day=PAST_DUE,
        elsewhere=dict(BY_PERSONS),
    ),
    "an extension that was given is altered": Deed(
        "extension-is-fixed", "leader", _extended, {"days": 3},
        lambda office, row: office.review(row.application, MONDAY),
        elsewhere=dict(BY_PERSONS),
    ),
}  # fmt: skip
