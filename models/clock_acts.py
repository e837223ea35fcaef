"""What a person does to the clock of a case: a review's conclusion, the green lane."""

from sqlalchemy.orm import Session

from models.acting import acting
from models.application import Application
from models.time_itself import GreenLane


def record_review_conclusion(session: Session, case: Application) -> None:
    """Enter that the conclusion of the review is in: from today the decision clock runs."""
    case.review_concluded_by_id = acting(session).actor.user_id


def ask_green_lane(case: Application, reason: str) -> None:
    """Ask the head to let a case go before the others (绿色通道)."""
    case.green_lanes.append(GreenLane(reason=reason))


def approve_green_lane(session: Session, lane: GreenLane) -> None:
    """Approve the green lane as the head, in one's own name."""
    lane.approved_by_id = acting(session).actor.user_id
