"""The story of a case: who did what, when, what it changed, read from the audit log."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from models import Application, AuditEntry, User
from models.acting import SYSTEM, Actor
from models.base import classes
from models.database import db
from models.enums import (
    ApplicationStatus,
    AuditVerb,
    DeliveryMethod,
    IntakeResult,
    StepStatus,
    SuspensionKind,
)
from views.access import Verb, may
from views.panel.case.changes import ChangedRow, Rows, changed_rows
from views.words.labels import member_label, row_name
from views.words.values import localised

MOST_ENTRIES = 200
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that an act moved."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story. ``rows``: what changed, field by field, for the office's own."""

    at: datetime
    who: str
    deeds: list[str]
    dates: list[Moved]
    rows: list[ChangedRow]


class Names:
    """What the rows that the log names by key are called, in the reader's language."""

    def __init__(self, case: Application, entries: Iterable[AuditEntry]) -> None:
        self.steps = {s.id: str(localised(s.step_definition, "name")) for s in case.steps}
        self.materials = {m.id: str(localised(m, "name")) for m in case.item_version.materials}
        people = {key for entry in entries for key in _people_in(entry)}
        found = db.session.scalars(select(User).where(User.id.in_(people)))
        self.people = {user.id: str(localised(user, "display_name")) for user in found}

    def actor(self, entry: AuditEntry) -> str:
        """Who acted; by the name of that time, when the account is not known any more."""
        if entry.actor_name == SYSTEM.name:
            return str(gettext("The system"))
        return self.people.get(entry.actor_id or 0, entry.actor_name)


def story_of(
    case: Application, reader: Actor, *, sees_inside: bool, most: int = MOST_ENTRIES
) -> list[Told]:
    """The story, the latest first. Who applies learns what happened, not who sat where."""
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_table == "application", AuditEntry.subject_id == case.id)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
    names, rows = Names(case, entries), Rows()
    told = []
    for entry in entries:
        deeds = _deeds(entry, names, sees_inside=sees_inside)
        own = entry.actor_id is not None and entry.actor_id == reader.user_id
        who = names.actor(entry) if sees_inside or own else str(gettext("The office"))
        changed = changed_rows(entry.changes, rows, _sees(reader)) if sees_inside else []
        if deeds or changed:
            moved = list(_moved_dates(entry))
            told.append(
                Told(entry.recorded_at, who, deeds or [_what_else(changed)], moved, changed)
            )
    return told


def last_saved(case: Application) -> datetime | None:
    """When the case, or a part of it, was last changed."""
    return db.session.scalars(
        select(AuditEntry.recorded_at)
        .where(AuditEntry.subject_table == "application", AuditEntry.subject_id == case.id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).one_or_none()


def _sees(reader: Actor) -> Callable[[str], bool]:
    """The case itself is open to whoever reads its page; the rest as its lists are."""
    return lambda table: table == "application" or may(reader, table, Verb.LIST)


def _what_else(changed: list[ChangedRow]) -> str:
    """An act that has no words of its own is told by what it touched, such as an order."""
    own = str(row_name("application"))
    names = [name for name in dict.fromkeys(row.name for row in changed) if name != own]
    return str(gettext(", ")).join(names) or str(gettext("Details of the case changed"))


def _moved_dates(entry: AuditEntry) -> Iterable[Moved]:
    """The due dates that an act moved: the effect for which most people read the story."""
    for change in entry.changes:
        before, after = change.get("before") or {}, change.get("after") or {}
        if change.get("table") != "application" or change.get("verb") != AuditVerb.UPDATE:
            continue
        for column, label in (
            ("due_on", gettext("promised date")), ("statutory_due_on", gettext("statutory date")),
        ):  # fmt: skip
            old, new = before.get(column), after.get(column)
            if column in after and old != new:
                none = gettext("none")
                yield Moved(label, str(old or none), str(new or none))


def _people_in(entry: AuditEntry) -> Iterable[int]:
    yield entry.actor_id or 0
    for change in entry.changes:
        yield (change.get("after") or {}).get("officer_id") or 0
        yield (change.get("after") or {}).get("to_user_id") or 0


def _deeds(entry: AuditEntry, names: Names, *, sees_inside: bool) -> list[str]:
    """What was done, in the order in which one would tell it; the log has no order of its own."""
    told: list[tuple[int, str]] = []
    for change in entry.changes:
        if not sees_inside and _is_inside(change):
            continue
        phrase = PHRASES.get((str(change.get("table")), str(change.get("verb"))))
        if phrase is not None:
            before, after = change.get("before") or {}, change.get("after") or {}
            told += phrase(before, after, names, change.get("id"))
    materials = [words for rank, words in told if rank == MATERIAL]
    if materials:
        words = gettext("Materials in: %(names)s", names=gettext(", ").join(materials))
        told = [(MATERIAL, words), *(pair for pair in told if pair[0] != MATERIAL)]
    return [words for _rank, words in sorted(told, key=lambda pair: pair[0])]


INSIDE = frozenset({"application_step", "first_contact_handover"})


def _is_inside(change: Values) -> bool:
    """Whether only the office learns of it: who sat over what, what was only proposed."""
    table = str(change.get("table"))
    told_on = classes()[table].policy.told_on if table in classes() else ""
    is_proposal = bool(told_on) and not (change.get("after") or {}).get(told_on)
    return table in INSIDE or is_proposal


STATUS, MATERIAL, DOCUMENT, STEP_DONE, STEP_OPEN, OFFICER = range(6)
Ranked = Iterable[tuple[int, str]]


def _begun(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    status = after.get("status")
    words = member_label(ApplicationStatus[status]) if status else gettext("Taken in")
    yield STATUS, str(words)


def _moved(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if status := after.get("status"):
        yield STATUS, str(member_label(ApplicationStatus[status]))
    if "review_concluded_on" in after:
        yield DOCUMENT, gettext("review concluded")


def _handed_in(_before: Values, after: Values, names: Names, _key: Any) -> Ranked:
    yield MATERIAL, names.materials.get(after.get("material_requirement_id", 0), "?")


def _step(_before: Values, after: Values, names: Names, key: Any) -> Ranked:
    name = names.steps.get(key, "?")
    if after.get("status") == StepStatus.DONE:
        yield STEP_DONE, gettext("step done: %(step)s", step=name)
    elif after.get("status") == StepStatus.OPEN:
        yield STEP_OPEN, gettext("next step: %(step)s", step=name)
    elif "officer_id" in after:
        officer = names.people.get(after["officer_id"] or 0)
        if officer:
            words = gettext("%(step)s is with %(officer)s", step=name, officer=officer)
        else:
            words = gettext("%(step)s went back to the queue", step=name)
        yield OFFICER, words


def _noticed(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    is_sent = after.get("issued_on")
    words = gettext("correction notice sent") if is_sent else gettext("second notice asked for")
    yield DOCUMENT, words


def _notice_approved(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if after.get("approved_on"):
        yield DOCUMENT, gettext("second correction notice sent")


def _answered(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    words = member_label(IntakeResult[after["result"]])
    yield DOCUMENT, gettext("answer %(number)s: %(words)s", number=after.get("number"), words=words)


def _met(_before: Values, after: Values, names: Names, _key: Any) -> Ranked:
    officer = names.people.get(after.get("to_user_id") or 0, "?")
    yield OFFICER, gettext("first contact handed over to %(officer)s", officer=officer)


def _suspended(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    kind, end = member_label(SuspensionKind[after["kind"]]), after.get("planned_end_on")
    words = gettext("clock suspended: %(kind)s, planned until %(end)s", kind=kind, end=end)
    yield DOCUMENT, words


def _resumed(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if after.get("ended_on"):
        yield DOCUMENT, gettext("clock resumed")


def _extension_asked(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    days = after.get("days")
    yield DOCUMENT, gettext("extension of %(days)s working days asked for", days=days)


def _extension_given(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if after.get("approved_on"):
        yield DOCUMENT, gettext("extension approved")


def _lane_asked(_before: Values, _after: Values, _names: Names, _key: Any) -> Ranked:
    yield DOCUMENT, gettext("green lane asked for")


def _lane_given(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if after.get("approved_on"):
        yield DOCUMENT, gettext("green lane approved")


def _end_proposed(_before: Values, _after: Values, _names: Names, _key: Any) -> Ranked:
    yield DOCUMENT, gettext("termination proposed")


def _withdrawal_entered(_before: Values, _after: Values, _names: Names, _key: Any) -> Ranked:
    yield DOCUMENT, gettext("written withdrawal entered")


def _end_answered(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if after.get("rejected_on"):
        yield DOCUMENT, gettext("turned down: %(reason)s", reason=after.get("rejection_reason"))


def _receipt_entered(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    yield DOCUMENT, gettext("entered that it came on %(day)s", day=after.get("came_on"))


def _receipt_confirmed(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if after.get("confirmed_on"):
        yield DOCUMENT, gettext("earlier receipt confirmed")


def _issued(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    yield DOCUMENT, gettext("certificate %(number)s issued", number=after.get("number"))


def _handed_over(_before: Values, after: Values, _names: Names, _key: Any) -> Ranked:
    if method := after.get("delivery_method"):
        how = member_label(DeliveryMethod[method])
        yield DOCUMENT, gettext("certificate delivered: %(how)s", how=how)


Phrase = Callable[[Values, Values, Names, Any], Ranked]

# (table, what happened to its row) → the words; what is not named follows from something that is.
PHRASES: dict[tuple[str, str], Phrase] = {
    ("application", AuditVerb.INSERT): _begun,
    ("application", AuditVerb.UPDATE): _moved,
    ("application_step", AuditVerb.UPDATE): _step,
    ("submitted_material", AuditVerb.INSERT): _handed_in,
    ("correction_notice", AuditVerb.INSERT): _noticed,
    ("correction_notice", AuditVerb.UPDATE): _notice_approved,
    ("intake_answer", AuditVerb.INSERT): _answered,
    ("first_contact_handover", AuditVerb.INSERT): _met,
    ("clock_suspension", AuditVerb.INSERT): _suspended,
    ("clock_suspension", AuditVerb.UPDATE): _resumed,
    ("deadline_extension", AuditVerb.INSERT): _extension_asked,
    ("deadline_extension", AuditVerb.UPDATE): _extension_given,
    ("green_lane", AuditVerb.INSERT): _lane_asked,
    ("green_lane", AuditVerb.UPDATE): _lane_given,
    ("termination", AuditVerb.INSERT): _end_proposed,
    ("termination", AuditVerb.UPDATE): _end_answered,
    ("withdrawal", AuditVerb.INSERT): _withdrawal_entered,
    ("withdrawal", AuditVerb.UPDATE): _end_answered,
    ("earlier_receipt", AuditVerb.INSERT): _receipt_entered,
    ("earlier_receipt", AuditVerb.UPDATE): _receipt_confirmed,
    ("certificate", AuditVerb.INSERT): _issued,
    ("certificate", AuditVerb.UPDATE): _handed_over,
}
