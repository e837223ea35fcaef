"""Questions about hearings and interested parties, each a function named for its question."""

from datetime import date

from sqlalchemy.orm import Session

from models.application import Application
from models.enums import Duty, HearingKind
from models.hearing import Hearing, InterestedParty
from models.questions.people import officers_on_duty
from models.questions.recusal import must_step_aside
from models.questions.review import reviewers_of
from models.rules.duties import CASEWORK
from models.staff import User


def kind_to_tell(case: Application) -> HearingKind | None:
    """The hearing that is to be notified next: the prescribed one first, each once."""
    told = {hearing.kind for hearing in case.hearings}
    if case.item_version.hearing_required and HearingKind.BY_LAW not in told:
        return HearingKind.BY_LAW
    return None if HearingKind.ON_REQUEST in told else HearingKind.ON_REQUEST


def hearing_to_answer(case: Application) -> Hearing | None:
    """The hearing that may still be asked for or waived (Art. 47)."""
    on_request = (h for h in case.hearings if h.kind is HearingKind.ON_REQUEST)
    return next((h for h in on_request if not h.requested_on and not h.waived_on), None)


def hearing_to_hold(case: Application) -> Hearing | None:
    """The hearing that is owed: prescribed, or asked for (Art. 46, 47)."""
    waiting = (h for h in case.hearings if not h.held_on and not h.waived_on)
    return next((h for h in waiting if h.kind is HearingKind.BY_LAW or h.requested_on), None)


def hearing_to_serve(case: Application) -> Hearing | None:
    """The hearing of which notice was sent and is not served yet."""
    on_request = (h for h in case.hearings if h.kind is HearingKind.ON_REQUEST)
    return next((h for h in on_request if h.delivered_on is None), None)


def possible_chairs(session: Session, case: Application, day: date) -> list[User]:
    """The officers who may chair a hearing: they neither review the case nor are linked to its
    applicant (Art. 48)."""
    reviewers = reviewers_of(case)
    return [
        user
        for user in officers_on_duty(session, day, CASEWORK - {Duty.GUIDANCE})
        if user.id not in reviewers and not must_step_aside(session, user.id, case, day)
    ]


def parties_to_tell(case: Application) -> list[InterestedParty]:
    """The interested parties who were not notified of the application yet (Art. 36)."""
    return [party for party in case.interested_parties if party.told_on is None]


def parties_to_serve(case: Application) -> list[InterestedParty]:
    """The interested parties to whom a notice was sent that is not served yet."""
    told = [party for party in case.interested_parties if party.told_on is not None]
    return [party for party in told if party.delivered_on is None]


def parties_to_hear(case: Application) -> list[InterestedParty]:
    """The interested parties who were notified, and have neither stated their case nor waived."""
    told = [party for party in case.interested_parties if party.told_on is not None]
    return [party for party in told if party.stated_on is None and not party.has_waived]
