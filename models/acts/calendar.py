"""What is done about the working calendar: a notice is handed in, and confirmed or refused."""

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Standing
from models.acts.asking import is_a_second_person
from models.calendar_notice import CalendarNotice
from models.errors import RuleViolation
from models.rules.duties import CONFIRMING


def propose(session: Session, text: str, source: str) -> CalendarNotice:
    """Hand in a notice on the days off of a year; it moves nothing until it is confirmed."""
    notice = CalendarNotice(source=source, text=text)
    session.add(notice)
    return notice


def confirm(session: Session, notice: CalendarNotice) -> None:
    """Confirm a notice as the head, in one's own name: the year becomes what it says."""
    notice.confirmed_by_id = acting(session).actor.user_id


def reject(session: Session, notice: CalendarNotice) -> None:
    """Refuse a notice as the head, in one's own name."""
    notice.rejected_by_id = acting(session).actor.user_id


# --- what the acts ask ----------------------------------------------------------------------------


def notice_is_unanswered(at: Standing) -> RuleViolation | None:
    """The notice was neither confirmed nor refused."""
    notice: CalendarNotice = at.row
    return None if notice.is_waiting else RuleViolation("calendar-notice-is-fixed")


def notice_is_anothers(at: Standing) -> RuleViolation | None:
    """A notice is confirmed by another person than the one who handed it in."""
    return is_a_second_person(at, {at.row.proposed_by_id} - {None})


_NOTICES = "calendar_notice"

ROW_ACTS: tuple[Act, ...] = (
    Act(
        "confirm", CONFIRMING, lambda at, _given: confirm(at.session, at.row), on=_NOTICES,
        needs=(notice_is_unanswered,), asks=(notice_is_anothers,),
    ),
    Act(
        "reject", CONFIRMING, lambda at, _given: reject(at.session, at.row), on=_NOTICES,
        needs=(notice_is_unanswered,),
    ),
)  # fmt: skip
