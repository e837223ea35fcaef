"""How a case may end without a decision: on whose word, and when a second person is needed."""

from datetime import date

from models.enums import Duty, TerminationGround


def withdrawal_needs_the_head(
    today: date,
    *,
    due_on: date | None,
    warn_on: date | None,
    notice_due_on: date | None,
    filed_in_time: bool,
) -> bool:
    """Whether a withdrawal that the window enters waits for the head (撤回申请).

    It does where an end would help the office rather than the applicant: the case is overdue or
    inside its warning days, it is the last of the five days of notice (Art. 32(4)) or later, or
    silence would renew the permit (Art. 50).
    """
    is_late = due_on is not None and today > due_on
    is_near = warn_on is not None and today >= warn_on
    silence_is_near = notice_due_on is not None and today >= notice_due_on
    return is_late or is_near or silence_is_near or filed_in_time


def who_terminates(ground: TerminationGround) -> frozenset[Duty]:
    """Who confirms that an accepted case ends undecided: on a listed ground the head, or the leader
    above the head; on any other the leader of the organ."""
    if ground is TerminationGround.OTHER:
        return frozenset({Duty.LEADER})
    return frozenset({Duty.HEAD, Duty.LEADER})
