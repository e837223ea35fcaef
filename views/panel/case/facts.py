"""What is known of a case, its limits in words, and what was found against its history."""

from collections.abc import Iterator

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import Application
from models.enums import ApplicationStatus, ClockStart
from models.questions.case_clock import extension_of, last_answered_on, limits_of
from views.panel.case.reader import Reader
from views.words.labels import column_label, member_label
from views.words.values import cell

# What a rule of conduct would have refused in recorded history.
FINDING_WORDS: dict[str, LazyString] = {
    "ended-before-start": _("It ended before it started."),
    "event-after-end": _("It was worked on after its end."),
    "event-before-start": _("It was worked on before its receipt."),
    "decided-after-due": _("It was decided after its due date."),
    "one-officer-did-all": _("One officer did all of it."),
    "event-without-officer": _("A step names no officer."),
    "recorded-in-the-future": _("What the log dates after the day of its import is left out."),
    "deemed-acceptance-before-calendar-change": _(
        "By the changed calendar it was accepted by silence too early."
    ),
}

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


def facts_of(case: Application, reader: Reader) -> Iterator[tuple[str, str]]:
    """The columns of the case that say something, labelled."""
    for name in _FACTS:
        value = getattr(case, name)
        if value in (None, "", False) or (name in _INSIDE and not reader.sees_inside):
            continue
        yield str(column_label("application", name)), cell(case, name)


def limits_of_case(case: Application) -> str:
    """The limits of the item version in words: what the dates are reckoned from."""
    if case.certificate is not None or case.status is ApplicationStatus.GRANTED:
        return str(
            gettext(
                "%(days)s working days to deliver, from the decision",
                days=case.item_version.delivery_limit,
            )
        )
    limits = limits_of(case)
    said = []
    for label, limit, unit in (
        (gettext("promised"), limits.promised, limits.promised_unit),
        (gettext("statutory"), limits.statutory, limits.statutory_unit),
    ):
        if limit is not None:
            said.append(f"{label} {limit} {str(member_label(unit)).lower()}")
    if not said:
        return ""
    start = str(member_label(limits.clock_start)).lower()
    if limits.clock_start is ClockStart.RECEIPT and last_answered_on(case) is not None:
        start = gettext("the day on which nothing was missing any more")
    words = gettext(", ").join([*said, gettext("counted from %(start)s", start=start)])
    extended = extension_of(case)
    more = gettext("extended by %(days)s working days", days=extended) if extended else ""
    return f"{words}{gettext(', ')}{more}" if more else words


def findings_of(case: Application, reader: Reader) -> list[tuple[str, str]]:
    """What a rule of conduct would have refused, as far as the reader may list it."""
    if not reader.sees("finding"):
        return []
    return [(str(FINDING_WORDS.get(f.code, f.code)), f.detail) for f in case.findings]
