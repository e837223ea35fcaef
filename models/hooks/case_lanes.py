"""What moves a case's clock besides pauses and extensions: a conclusion, the green lane."""

from models.base import stored
from models.hooks.case_change import CaseChange


def date_lanes(change: CaseChange) -> None:
    """Stamp a review's conclusion and the green lane with their day and person."""
    case = change.case
    if case.review_concluded_by_id is not None and case.review_concluded_on is None:
        case.review_concluded_on = change.today
    for lane in case.green_lanes:
        if lane.approved_by_id is not None and stored(lane, "approved_by_id") is None:
            lane.approved_on = change.today
            case.is_green_lane = True
