"""The page of a case: a timeline, not a form. What it shows, as plain values for its template."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import (
    Application,
    ApplicationStep,
    ClockSuspension,
    DueDateChange,
    ServiceRating,
    SupervisionOrder,
)
from models.acting import Actor
from models.calendar import working_calendar
from models.database import db
from models.enums import ApplicationStatus, DueCause, StepStatus
from models.hooks.case_clock import pauses_of
from models.materials import missing_of
from models.rules.case_clock import green_lane_promise
from models.rules.deadlines import Pause, warn_date
from models.rules.working_days import Calendar, CalendarRangeError
from models.worklists import pause_is_overrun, step_is_late
from views.panel.access import Verb, may
from views.panel.case_story import story_of
from views.panel.columns import cell, localised, show
from views.panel.home_supervision import rows_about
from views.panel.labels import column_label, member_label, table_name
from views.panel.lights import Lamp, Lamps
from views.panel.why_date import strip_of

# What a rule of conduct would have refused in recorded history.
FINDING_WORDS: dict[str, LazyString] = {
    "ended-before-start": _("It ended before it started."),
    "event-after-end": _("It was worked on after its end."),
    "event-before-start": _("It was worked on before its receipt."),
    "decided-after-due": _("It was decided after its due date."),
    "one-officer-did-all": _("One officer did all of it."),
    "event-without-officer": _("A step names no officer."),
    "deemed-acceptance-before-calendar-change": _(
        "By the changed calendar it was accepted by silence too early."
    ),
}

Facts = list[tuple[str, str]]

MARKS = {
    StepStatus.DONE: "✓",
    StepStatus.OPEN: "●",
    StepStatus.WAITING: "○",
    StepStatus.CANCELLED: "–",
}


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step in the track of the case."""

    mark: str
    status: str
    state: str
    name: str
    officer: str
    days: str
    due_on: str
    is_late: bool
    opinion: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, on which day, and which tables are open to him."""

    actor: Actor
    today: date

    def sees(self, table: str) -> bool:
        """Whether the lists of a table are open to him, and so its part of the page."""
        return may(self.actor, table, Verb.LIST)

    def is_told(self, row: Any) -> bool:
        """Whether a row is for his eyes: what waits for approval is the office's own."""
        return self.sees_inside or not getattr(row, "is_waiting", False)

    @property
    def sees_inside(self) -> bool:
        """Whether he learns who in the office sat over what."""
        return self.sees("application_step")


def case_context(case: Application, actor: Actor, today: date) -> dict[str, Any]:
    """What the page shows of a case to this reader."""
    reader = Reader(actor, today)
    calendar = working_calendar(db.session())
    version = case.item_version
    return {
        "case": case,
        "status": member_label(case.status),
        "item": localised(case.licence_item, "name"),
        "version": version.version_number,
        "published_on": show(version.published_on),
        "applicant": case.applicant and case.applicant.name,
        "applicant_number": case.applicant and cell(case.applicant, "identity_number"),
        "channel": show(case.channel),
        "lamps": list(_lamps(case, calendar, today)),
        "stages": _stages(case, calendar, reader),
        "facts": list(_facts(case, reader)),
        "limits": _limits(case),
        "strip": strip_of(case, calendar, today) if reader.sees("due_date_change") else None,
        "history": _history(case) if reader.sees("due_date_change") else None,
        "materials": _materials(case) if reader.sees("submitted_material") else None,
        "documents": list(_documents(case, reader)),
        "findings": [
            (str(FINDING_WORDS.get(finding.code, finding.code)), finding.detail)
            for finding in (case.findings if reader.sees("finding") else ())
        ],
        "story": story_of(case, actor, sees_inside=reader.sees_inside),
        "next_step": _who_acts_next(case),
        "instant": show,
        "pause_overrun": _pause_overrun(case, today),
    }


# --- lights -----------------------------------------------------------------------------------


def _lamps(case: Application, calendar: Calendar, today: date) -> Iterator[tuple[str, Lamp]]:
    """Two lights for two dates; before acceptance the one of the notice's five days."""
    lamps = Lamps(calendar, today)
    if case.status is ApplicationStatus.RECEIVED and case.notice_due_on and not case.closed_on:
        yield gettext("Answer to the application"), lamps.of(case.notice_due_on)
        return
    stands = (case.suspended_since, case.closed_on)
    if case.status is ApplicationStatus.GRANTED:
        # One clock at a time: what is owed now is the delivery (Art. 44).
        yield gettext("Delivery date"), lamps.of(case.due_on, case.warn_on, *stands)
        return
    yield gettext("Promised date"), lamps.of(case.due_on, case.warn_on, *stands)
    law = case.statutory_due_on
    if law is not None and case.closed_on is None:
        warn_on = _warns_on(calendar, law, case.item_version.warning_days)
        yield gettext("Statutory date"), lamps.of(law, warn_on, *stands)


def _pause_overrun(case: Application, today: date) -> str:
    """The day on which the open pause was to end, if that is past."""
    ends = next((s.planned_end_on for s in case.suspensions if s.ended_on is None), None)
    return show(ends) if case.closed_on is None and pause_is_overrun(today, ends) else ""


def _warns_on(calendar: Calendar, due_on: date, warning_days: int) -> date | None:
    try:
        return warn_date(calendar, due_on, warning_days)
    except CalendarRangeError:
        return None


# --- the track --------------------------------------------------------------------------------


def _stages(case: Application, calendar: Calendar, reader: Reader) -> list[list[StepCard]]:
    """The steps of the case; those of one stage run in parallel and stand in one column."""
    pauses = pauses_of(case)
    return [
        [_card(step, calendar, pauses, reader) for step in steps]
        for _number, steps in groupby(case.steps, key=lambda step: step.stage_number)
    ]


def _card(
    step: ApplicationStep, calendar: Calendar, pauses: list[Pause], reader: Reader
) -> StepCard:
    until = step.done_on or reader.today
    inside = reader.sees_inside
    return StepCard(
        mark=MARKS[step.status],
        status=step.status.lower(),
        state=str(member_label(step.status)),
        name=str(localised(step.step_definition, "name")),
        officer=_officer(step) if inside else "",
        days=_days(step, calendar, pauses, until),
        due_on=show(step.due_on) if step.due_on and step.status is StepStatus.OPEN else "",
        is_late=step_is_late(reader.today, step.status, step.due_on)
        or (step.due_on is not None and step.done_on is not None and step.done_on > step.due_on),
        opinion=step.opinion if inside else "",
    )


def _officer(step: ApplicationStep) -> str:
    if step.officer is not None:
        return str(localised(step.officer, "display_name"))
    return gettext("Unclaimed") if step.status is StepStatus.OPEN else ""


def _days(step: ApplicationStep, calendar: Calendar, pauses: list[Pause], until: date) -> str:
    """The working days used of those allowed; paused ones are not used."""
    limit = step.step_definition.limit_days
    if step.opened_on is None or step.status is StepStatus.CANCELLED:
        return "" if limit is None else str(gettext("limit %(limit)s days", limit=limit))
    try:
        worked = calendar.between(step.opened_on, until)
    except CalendarRangeError:
        return ""
    used = sum(1 for day in worked if not any(pause.covers(day) for pause in pauses))
    if limit is None:
        return str(gettext("%(used)s days", used=used))
    return str(gettext("%(used)s of %(limit)s days", used=used, limit=limit))


def _who_acts_next(case: Application) -> str:
    if case.closed_on is not None:
        return ""
    if case.status in _WAITS_FOR:
        return str(_WAITS_FOR[case.status]())
    open_steps = [s for s in case.steps if s.status is StepStatus.OPEN]
    names = gettext(", ").join(str(localised(s.step_definition, "name")) for s in open_steps)
    return str(gettext("Next: %(steps)s", steps=names)) if names else ""


_WAITS_FOR: dict[ApplicationStatus, Callable[[], str]] = {
    ApplicationStatus.DRAFT: lambda: gettext("Next: the application is handed in"),
    ApplicationStatus.CORRECTING: lambda: gettext("Next: the applicant answers the notice"),
    ApplicationStatus.GRANTED: lambda: gettext("Next: the certificate is delivered"),
}


# --- facts ------------------------------------------------------------------------------------

_FACTS = (
    "status", "kind", "prior_certificate", "filed_in_time",
    "agent_name", "agent_identity_number", "agent_phone",
    "origin", "log_name", "external_id", "first_contact", "officer", "received_on",
    "notice_due_on", "correction_due_on", "accepted_on", "deemed_accepted",
    "review_concluded_on", "due_on",
    "due_is_provisional", "statutory_due_on",
    "statutory_due_is_provisional", "suspended_since", "decided_on", "decision_due_on",
    "closed_on", "summary", "is_confidential", "confidential_reason",
)  # fmt: skip
_INSIDE = frozenset({"first_contact", "officer"})


def _facts(case: Application, reader: Reader) -> Iterator[tuple[str, str]]:
    for name in _FACTS:
        value = getattr(case, name)
        if value in (None, "", False) or (name in _INSIDE and not reader.sees_inside):
            continue
        yield str(column_label("application", name)), cell(case, name)


def _limits(case: Application) -> str:
    """The limits of the item version in words: what the dates are reckoned from."""
    if case.certificate is not None or case.status is ApplicationStatus.GRANTED:
        return str(
            gettext(
                "%(days)s working days to deliver, from the decision",
                days=case.item_version.delivery_limit,
            )
        )
    version = case.item_version
    promised = version.promised_limit
    if case.is_green_lane:
        promised = green_lane_promise(promised)
    said = []
    for label, limit, unit in (
        (gettext("promised"), promised, version.promised_unit),
        (gettext("statutory"), version.statutory_limit, version.statutory_unit),
    ):
        if limit is not None:
            said.append(f"{label} {limit} {str(member_label(unit)).lower()}")
    if not said:
        return ""
    start = str(member_label(version.clock_start)).lower()
    words = gettext(", ").join([*said, gettext("counted from %(start)s", start=start)])
    extended = sum(e.days for e in case.extensions if e.approved_on)
    more = gettext("extended by %(days)s working days", days=extended) if extended else ""
    return f"{words}{gettext(', ')}{more}" if more else words


def _history(case: Application) -> list[list[str]]:
    """Each event that moved the date: when, why, and how both dates stood then."""
    return [
        [
            show(change.effective_on),
            str(member_label(change.cause)),
            _detail(case, change),
            gettext("paused")
            if change.is_paused and change.due_on is None
            else show(change.due_on),
            show(change.statutory_due_on),
        ]
        for change in case.due_date_changes
    ]


def _stands_still(change: DueDateChange) -> bool:
    return change.is_paused and change.due_on is None


def _detail(case: Application, change: DueDateChange) -> str:
    explain = _DETAILS.get(change.cause)
    return explain(case, change.effective_on) if explain else ""


def _notice(case: Application, _day: date) -> str:
    return gettext("answer due by %(day)s", day=case.notice_due_on) if case.notice_due_on else ""


def _suspension(case: Application, day: date) -> str:
    return _named_suspension(next((s for s in case.suspensions if s.started_on == day), None))


def _resumption(case: Application, day: date) -> str:
    return _named_suspension(next((s for s in case.suspensions if s.ended_on == day), None))


def _named_suspension(suspension: ClockSuspension | None) -> str:
    if suspension is None:
        return ""
    kind = member_label(suspension.kind)
    return str(gettext("%(kind)s, notice %(number)s", kind=kind, number=suspension.notice_number))


def _extension(case: Application, day: date) -> str:
    given = next((e for e in case.extensions if e.approved_on == day), None)
    if given is None:
        return ""
    return str(gettext("%(days)s working days: %(reason)s", days=given.days, reason=given.reason))


_DETAILS: dict[DueCause, Callable[[Application, date], str]] = {
    DueCause.RECEIVED: _notice,
    DueCause.RESUBMITTED: _notice,
    DueCause.SUSPENDED: _suspension,
    DueCause.RESUMED: _resumption,
    DueCause.EXTENDED: _extension,
    DueCause.GREEN_LANE: lambda case, _day: case.green_lanes[0].reason,
}


# --- what belongs to the case -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Material:
    """One line of the checklist."""

    name: str
    is_in: bool
    necessity: str
    is_needed: bool
    received_on: str


def _materials(case: Application) -> list[Material]:
    present = {m.material_requirement_id: m for m in case.materials}
    needed = {m.id for m in missing_of(case)}
    return [
        Material(
            name=str(localised(requirement, "name")),
            is_in=requirement.id in present,
            necessity=str(member_label(requirement.necessity)),
            is_needed=requirement.id in needed,
            received_on=show(present[requirement.id].received_on)
            if requirement.id in present
            else "",
        )
        for requirement in case.item_version.materials
    ]


def _documents(case: Application, reader: Reader) -> Iterator[tuple[str, list[Facts]]]:
    """The decision, the certificate and the rest, as far as their tables are open to the reader."""
    for table, columns, rows_in in _DOCUMENTS:
        rows = [r for r in rows_in(case) if reader.is_told(r)] if reader.sees(table) else []
        if rows:
            yield str(table_name(table)), [_said(row, columns, reader) for row in rows]


def _said(row: Any, columns: tuple[str, ...], reader: Reader) -> Facts:
    return [
        (str(column_label(row.__tablename__, column)), cell(row, column))
        for column in columns
        if getattr(row, column) not in (None, "", False)
        and (reader.sees_inside or not column.endswith("_by"))
    ]


# (table, its columns, its rows in a case)
_DOCUMENTS: tuple[tuple[str, tuple[str, ...], Callable[[Application], list[Any]]], ...] = (
    ("decision", ("outcome", "decided_on", "decided_by", "is_deemed", "legal_basis", "reasons",
                  "remedies"),
     lambda case: [case.decision] if case.decision else []),
    ("certificate", ("number", "edition", "name", "holder_name", "status", "valid_from",
                     "valid_until", "delivered_on", "delivery_method", "delivered_by",
                     "recipient_name"),
     lambda case: [case.certificate] if case.certificate else []),
    ("forwarding", ("to_organ", "document_number", "is_supported", "opinion", "forwarded_on",
                    "forwarded_by"),
     lambda case: [case.forwarding] if case.forwarding else []),
    ("termination", ("ground", "reasons", "terminated_on", "terminated_by"),
     lambda case: [case.termination] if case.termination else []),
    ("condition_verdict", ("item_condition", "is_met", "note", "given_on", "given_by"),
     lambda case: case.verdicts),
    ("site_inspection", ("inspector_names", "assigned_on", "assign_by_on", "is_late_assignment",
                         "planned_on", "done_on", "passes", "findings", "technical_standard"),
     lambda case: case.inspections),
    ("hearing", ("kind", "told_on", "request_due_on", "requested_on", "waived_on", "hold_due_on",
                 "notified_on", "planned_on", "place", "chair", "held_on", "is_late", "minutes",
                 "minutes_signed_on"),
     lambda case: case.hearings),
    ("interested_party", ("name", "interest", "phone", "told_on", "answer_due_on", "statement",
                          "stated_on", "has_waived"),
     lambda case: case.interested_parties),
    ("intake_answer", ("result", "number", "issued_on", "issued_by", "is_deemed", "proper_organ",
                       "reasons"),
     lambda case: case.answers),
    ("first_contact_handover", ("from_user", "to_user", "reason", "handed_on", "handed_by"),
     lambda case: case.handovers),
    ("correction_notice", ("issued_on", "issued_by", "missing", "answered_on", "reason",
                           "requested_on", "requested_by", "approved_on", "approved_by"),
     lambda case: case.notices),
    ("clock_suspension", ("kind", "started_on", "planned_end_on", "ended_on", "notice_number",
                          "reason"),
     lambda case: case.suspensions),
    ("deadline_extension", ("days", "reason", "requested_on", "requested_by", "approved_on",
                            "approved_by", "approval_document"),
     lambda case: case.extensions),
    ("green_lane", ("reason", "requested_on", "requested_by", "approved_on", "approved_by"),
     lambda case: case.green_lanes),
    ("fee_charge", ("fee_item", "quantity", "amount_fen", "charged_on", "charged_by", "paid_on",
                    "receipt_number"),
     lambda case: case.charges),
    ("supervision_order", ("kind", "addressee", "text", "ordered_on", "ordered_by",
                           "answer_due_on", "answer", "answered_on", "accepted_on"),
     lambda case: rows_about(case, SupervisionOrder)),
    ("service_rating", ("level", "text", "rated_on", "is_follow_up"),
     lambda case: rows_about(case, ServiceRating)),
)  # fmt: skip
