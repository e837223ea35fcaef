"""What happens in the office beside its cases: guidance, an absence, work that changes hands."""

from datetime import date

from sqlalchemy.orm import Session

from models import Absence, Applicant, User, acts
from models.acting import acting_as
from models.acts.reassignment import carry_out
from models.enums import AbsenceReason, Duty, GuidanceOutcome, Necessity
from models.questions.catalogue import published_version
from seed.scene import Cast

GUIDED = (
    # item, working days ago, outcome, visitor, proper organ
    ("food-production", 6, GuidanceOutcome.READY, "", ""),
    ("equipment-registration", 4, GuidanceOutcome.INCOMPLETE, "来访人甲", ""),
    ("measurement-standard", 3, GuidanceOutcome.NOT_COMPETENT, "来访人乙", "省市场监督管理局"),
    ("works-notice", 1, GuidanceOutcome.NO_PERMIT_NEEDED, "来访人丙", ""),
)
# Officers without an account: nobody who tries the demonstration is away, or loses work.
GIVER, TAKER = 2, 3


def tell_happenings(session: Session, cast: Cast, known: Applicant, today: date) -> None:
    """Let them happen, each in its own commit. ``known`` is a visitor who applied before."""
    for code, ago, outcome, visitor, organ in GUIDED:
        day = cast.calendar.subtract(today, ago)
        _guide(session, cast, code, day, outcome, visitor, organ, known)
    _absent(session, cast, today)
    _reassign(session, cast, today)


def _guide(
    session: Session,
    cast: Cast,
    code: str,
    day: date,
    outcome: GuidanceOutcome,
    visitor: str,
    organ: str,
    known: Applicant,
) -> None:
    version = published_version(cast.items[code])
    assert version is not None, "the item is offered"
    needed = [m for m in version.materials if m.necessity is not Necessity.OPTIONAL]
    with acting_as(session, cast.officer(Duty.GUIDANCE, 0), day):
        acts.intake.guide(
            session,
            version,
            outcome,
            ticked=needed if outcome is GuidanceOutcome.READY else needed[:1],
            applicant=None if visitor else known,
            visitor_name=visitor,
            proper_organ=organ,
        )
        session.commit()


def _absent(session: Session, cast: Cast, today: date) -> None:
    """The second decider is on leave, and the first stands in (AB岗)."""
    substitute, away = (_person(session, cast, Duty.DECISION, number) for number in (0, 1))
    with acting_as(session, cast.officer(Duty.SUPERVISION, 0), today):
        session.add(
            Absence(
                user=away,
                substitute=substitute,
                first_day=cast.calendar.subtract(today, 1),
                last_day=cast.calendar.add(today, 5),
                reason=AbsenceReason.LEAVE,
            )
        )
        session.commit()


def _reassign(session: Session, cast: Cast, today: date) -> None:
    """One reviewer's work goes to another, but for the case of a linked applicant."""
    giver, taker = (_person(session, cast, Duty.REVIEW, n) for n in (GIVER, TAKER))
    with acting_as(session, cast.officer(Duty.SUPERVISION, 0), today):
        order = acts.supervision.ask_reassignment(session, giver, taker, today, "借调其他窗口")
        session.commit()
        carry_out(session, order, today)


def _person(session: Session, cast: Cast, duty: Duty, number: int) -> User:
    return session.get_one(User, cast.officer(duty, number).user_id)
