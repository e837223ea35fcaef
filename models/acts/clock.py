"""What moves the clock: pauses (Art. 45), extensions (Art. 42), a conclusion, the green lane."""

from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.application import Application
from models.clock import ClockSuspension, DeadlineExtension, GreenLane
from models.enums import (
    SuspensionKind,
)
from models.errors import RuleViolation


def suspend(
    case: Application,
    kind: SuspensionKind,
    *,
    planned_end_on: date,
    notice_number: str,
    reason: str = "",
) -> None:
    """Stop the clock for a special procedure (Art. 45), from today."""
    case.suspensions.append(
        ClockSuspension(
            kind=kind, planned_end_on=planned_end_on, notice_number=notice_number, reason=reason
        )
    )


def resume(session: Session, case: Application, kind: SuspensionKind | None = None) -> None:
    """End the open suspension of a kind today; of several without a kind, the first begun."""
    for suspension in case.suspensions:
        if suspension.ended_on is None and kind in (None, suspension.kind):
            suspension.ended_on = acting(session).today
            return
    raise RuleViolation("case-is-not-paused")


def ask_extension(case: Application, days: int, reason: str) -> None:
    """Ask the head to extend the limit (Art. 42)."""
    case.extensions.append(DeadlineExtension(days=days, reason=reason))


def approve_extension(
    session: Session, extension: DeadlineExtension, approval_document: str = ""
) -> None:
    """Approve an extension as the head, in one's own name; of a case handled jointly with the
    number of the government head's approval."""
    if approval_document:
        extension.approval_document = approval_document
    extension.approved_by_id = acting(session).actor.user_id


def record_review_conclusion(session: Session, case: Application) -> None:
    """Enter that the conclusion of the review is in: from today the decision clock runs."""
    case.review_concluded_by_id = acting(session).actor.user_id


def ask_green_lane(case: Application, reason: str) -> None:
    """Ask the head to let a case go before the others (绿色通道)."""
    case.green_lanes.append(GreenLane(reason=reason))


def approve_green_lane(session: Session, lane: GreenLane) -> None:
    """Approve the green lane as the head, in one's own name."""
    lane.approved_by_id = acting(session).actor.user_id
