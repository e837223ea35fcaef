"""Who is heard before a decision: hearings (Art. 46-48) and interested parties (Art. 36)."""

from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.application import Application
from models.enums import HearingKind
from models.hearing import Hearing, InterestedParty
from models.staff import User


def tell_of_hearing(case: Application, kind: HearingKind = HearingKind.ON_REQUEST) -> None:
    """Tell the right to a hearing (Art. 47), or set the one that the law prescribes (Art. 46)."""
    case.hearings.append(Hearing(kind=kind))


def request_hearing(session: Session, hearing: Hearing) -> None:
    """The applicant or an interested party asks for the hearing, today."""
    hearing.requested_on = acting(session).today


def waive_hearing(session: Session, hearing: Hearing) -> None:
    """The right to a hearing is given up, today."""
    hearing.waived_on = acting(session).today


def plan_hearing(hearing: Hearing, *, planned_on: date, place: str, chair: User) -> None:
    """Set day, place and chair, and tell them to those concerned (Art. 48)."""
    hearing.planned_on, hearing.place, hearing.chair_id = planned_on, place, chair.id


def hold_hearing(session: Session, hearing: Hearing, minutes: str) -> None:
    """Enter that the hearing was held today, with its signed minutes (Art. 48)."""
    today = acting(session).today
    hearing.held_on, hearing.minutes_signed_on, hearing.minutes = today, today, minutes


def register_party(case: Application, name: str, interest: str, phone: str | None = None) -> None:
    """Name a third party whom the permit directly concerns (Art. 36)."""
    case.interested_parties.append(InterestedParty(name=name, interest=interest, phone=phone))


def tell_party(session: Session, party: InterestedParty) -> None:
    """Tell an interested party of the application, today."""
    party.told_on = acting(session).today


def record_statement(party: InterestedParty, statement: str) -> None:
    """Enter what an interested party has stated; nothing said means that it waives."""
    if statement.strip():
        party.statement = statement
    else:
        party.has_waived = True
