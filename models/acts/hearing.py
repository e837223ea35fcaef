"""Who is heard before a decision: hearings (Art. 46-48) and interested parties (Art. 36)."""

from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Given, Input, Kind, Standing, holds_post, typed
from models.acts.asking import Case, is_the_applicant, stands_at
from models.acts.service import serve, service_inputs, usual_way_of
from models.application import Application
from models.base import stored
from models.enums import Duty, HearingKind, ServiceWay
from models.errors import RuleViolation
from models.hearing import Hearing, InterestedParty
from models.questions.hearings import (
    hearing_to_answer,
    hearing_to_hold,
    hearing_to_serve,
    kind_to_tell,
    parties_to_hear,
    parties_to_serve,
    parties_to_tell,
    possible_chairs,
)
from models.rules.duties import LEADERS, LINE
from models.staff import User


def tell_of_hearing(
    case: Application,
    kind: HearingKind = HearingKind.ON_REQUEST,
    service_way: ServiceWay | None = None,
) -> None:
    """Give notice of the right to a hearing (Art. 47), or set the prescribed one (Art. 46)."""
    case.hearings.append(Hearing(kind=kind, service_way=service_way))


def request_hearing(session: Session, hearing: Hearing) -> None:
    """The applicant or an interested party asks for the hearing, today."""
    hearing.requested_on = acting(session).today


def waive_hearing(
    session: Session, hearing: Hearing, waiver_number: str = "", waiver_paper_on: date | None = None
) -> None:
    """The right to a hearing is given up, today: by the applicant, or on a signed paper."""
    hearing.waived_on = acting(session).today
    if waiver_number or waiver_paper_on:
        hearing.waiver_number, hearing.waiver_paper_on = waiver_number, waiver_paper_on


def plan_hearing(hearing: Hearing, *, planned_on: date, place: str, chair: User) -> None:
    """Set day, place and chair, and notify those concerned of them (Art. 48)."""
    hearing.planned_on, hearing.place, hearing.chair_id = planned_on, place, chair.id


def hold_hearing(
    session: Session, hearing: Hearing, minutes: str, *, is_signed: bool = True
) -> None:
    """Enter that the hearing was held today, with its minutes, which are signed (Art. 48)."""
    today = acting(session).today
    hearing.held_on, hearing.minutes = today, minutes
    hearing.minutes_signed_on = today if is_signed else None


def register_party(case: Application, name: str, interest: str, phone: str | None = None) -> None:
    """Name a third party whom the permit directly concerns (Art. 36)."""
    case.interested_parties.append(InterestedParty(name=name, interest=interest, phone=phone))


def tell_party(
    session: Session, party: InterestedParty, service_way: ServiceWay | None = None
) -> None:
    """Notify an interested party of the application, today."""
    party.told_on = acting(session).today
    party.service_way = service_way


def record_statement(
    party: InterestedParty,
    statement: str,
    waiver_number: str = "",
    waiver_paper_on: date | None = None,
) -> None:
    """Enter what an interested party has stated, or the signed paper on which it waives."""
    if statement.strip():
        party.statement = statement
        return
    party.has_waived = True
    party.waiver_number, party.waiver_paper_on = waiver_number, waiver_paper_on


# --- what the acts, and the end of a case, ask ----------------------------------------------------


def hearing_is_to_be_told(at: Standing) -> RuleViolation | None:
    """Notice of a hearing of one kind is given once."""
    return None if kind_to_tell(at.case) else RuleViolation("hearing-is-told")


def hearing_waits_for_an_answer(at: Standing) -> RuleViolation | None:
    """The right to a hearing was notified, and neither used nor given up."""
    return None if hearing_to_answer(at.case) else RuleViolation("hearing-was-not-told")


def request_period_runs(at: Standing) -> RuleViolation | None:
    """A hearing is asked for within five days of its notice (Art. 47)."""
    hearing = at.document or hearing_to_answer(at.case)
    due = hearing.request_due_on if hearing else None
    over = due is not None and at.today > due
    return RuleViolation("request-period-is-over", due=due) if over else None


def hearing_is_owed(at: Standing) -> RuleViolation | None:
    """A hearing is prescribed, or was asked for, and not held yet."""
    return None if hearing_to_hold(at.case) else RuleViolation("hearing-was-not-requested")


def hearing_day_is_here(at: Standing) -> RuleViolation | None:
    """A hearing is held when it was notified, under its chair (Art. 48)."""
    hearing = at.document or hearing_to_hold(at.case)
    if hearing is None or hearing.planned_on is None or hearing.chair_id is None:
        return RuleViolation("hearing-is-not-planned")
    if at.today < hearing.planned_on:
        return RuleViolation("hearing-is-before-its-day", day=hearing.planned_on)
    return None


def chair_or_review_records(at: Standing) -> RuleViolation | None:
    """The review post notifies and plans a hearing; who chaired it may record it too. The applicant
    asks for it, or gives it up."""
    if is_the_applicant(at):
        return None
    hearing = at.document or hearing_to_hold(at.case)
    chair_id = stored(hearing, "chair_id") if hearing is not None else None
    if chair_id is not None and chair_id == at.actor.user_id:
        return None
    return holds_post(Duty.REVIEW)(at)


def a_party_is_to_be_told(at: Standing) -> RuleViolation | None:
    """An interested party was not notified of the application yet (Art. 36)."""
    return None if parties_to_tell(at.case) else RuleViolation("no-party-waits")


def a_party_is_to_be_heard(at: Standing) -> RuleViolation | None:
    """An interested party was notified, and has not answered (Art. 36)."""
    return None if parties_to_hear(at.case) else RuleViolation("no-party-waits")


def a_hearing_is_to_be_served(at: Standing) -> RuleViolation | None:
    """The notice of a hearing was sent, and is not served yet."""
    return None if hearing_to_serve(at.case) else RuleViolation("nothing-to-serve")


def a_party_is_to_be_served(at: Standing) -> RuleViolation | None:
    """An interested party was notified, and the notice is not served yet."""
    return None if parties_to_serve(at.case) else RuleViolation("nothing-to-serve")


def hearings_are_over(at: Standing) -> RuleViolation | None:
    """While a hearing may be asked for, or is owed, nothing is decided (Art. 46-48)."""
    prescribed = [h for h in at.case.hearings if h.kind is HearingKind.BY_LAW]
    if at.case.item_version.hearing_required and not prescribed:
        return RuleViolation("hearing-is-not-held")
    found = (_is_over(hearing, at.today) for hearing in at.case.hearings)
    return next((refusal for refusal in found if refusal), None)


def _is_over(hearing: Hearing, today: date) -> RuleViolation | None:
    if hearing.held_on is not None or hearing.waived_on is not None:
        return None
    if hearing.kind is HearingKind.BY_LAW or hearing.requested_on is not None:
        return RuleViolation("hearing-is-not-held")
    due = hearing.request_due_on
    if hearing.served_on is None:
        return RuleViolation("hearing-notice-is-not-served")
    runs = due is not None and today <= due
    return RuleViolation("hearing-request-period-runs", due=due) if runs else None


def parties_were_heard(at: Standing) -> RuleViolation | None:
    """Each interested party was notified, and spoke, waived or let five days pass (Art. 36)."""
    waiting = tuple(
        party.name
        for party in at.case.interested_parties
        if not party.stated_on
        and not party.has_waived
        and (party.answer_due_on is None or at.today <= party.answer_due_on)
    )
    return RuleViolation("party-was-not-heard", parties=waiting) if waiting else None


# --- the acts -------------------------------------------------------------------------------------


def _to_answer(at: Standing) -> Hearing:
    hearing = hearing_to_answer(at.case)
    assert hearing is not None, "only a hearing that was notified is answered"
    return hearing


def _to_serve(at: Standing) -> Hearing:
    hearing = hearing_to_serve(at.case)
    assert hearing is not None, "only what was sent is served"
    return hearing


def _is_on_request(at: Standing) -> bool:
    return kind_to_tell(at.case) is HearingKind.ON_REQUEST


def _to_hold(at: Standing) -> Hearing:
    hearing = hearing_to_hold(at.case)
    assert hearing is not None, "only a hearing that is owed is held"
    return hearing


def _register(at: Standing, given: Given) -> None:
    register_party(at.case, given["name"], given["interest"], given["phone"] or None)


_REVIEW = frozenset({Duty.REVIEW})

ACTS: tuple[Act, ...] = (
    Act(
        "tell_hearing", _REVIEW,
        lambda at, given: tell_of_hearing(
            at.case, kind_to_tell(at.case) or HearingKind.ON_REQUEST, **given
        ),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), hearing_is_to_be_told),
        inputs=(typed(Hearing.service_way, known=usual_way_of, asked=_is_on_request),),
    ),
    Act(
        "serve_hearing", _REVIEW,
        lambda at, given: serve(_to_serve(at), **given),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), a_hearing_is_to_be_served),
        inputs=service_inputs(Hearing),
    ),
    Act(
        "request_hearing", _REVIEW,
        lambda at, _given: request_hearing(at.session, _to_answer(at)),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), hearing_waits_for_an_answer),
        asks=(request_period_runs,),
    ),
    Act(
        "waive_hearing", _REVIEW,
        lambda at, given: waive_hearing(at.session, _to_answer(at), **given),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), hearing_waits_for_an_answer),
        inputs=(
            typed(Hearing.waiver_number, needed=True), typed(Hearing.waiver_paper_on, needed=True),
        ),
    ),
    Act(
        "plan_hearing", _REVIEW, lambda at, given: plan_hearing(_to_hold(at), **given),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), hearing_is_owed),
        inputs=(
            typed(Hearing.planned_on, needed=True),
            typed(Hearing.place, needed=True),
            Input(
                "chair", Kind.ONE, needed=True,
                offered=lambda at: possible_chairs(at.session, at.case, at.today),
            ),
        ),
    ),
    Act(
        "hold_hearing", LINE | LEADERS,
        lambda at, given: hold_hearing(at.session, _to_hold(at), **given),
        needs=(stands_at(Case.ACCEPTED), hearing_is_owed),
        asks=(chair_or_review_records, hearing_day_is_here),
        inputs=(
            typed(Hearing.minutes, needed=True),
            # Those who took part have signed the minutes (Art. 48).
            Input("is_signed", Kind.TICK, needed=True),
        ),
    ),
    Act(
        "register_party", _REVIEW, _register,
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED),),
        inputs=(
            typed(InterestedParty.name, needed=True),
            typed(InterestedParty.interest, needed=True),
            typed(InterestedParty.phone),
        ),
    ),
    Act(
        "tell_party", _REVIEW, lambda at, given: tell_party(at.session, **given),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), a_party_is_to_be_told),
        inputs=(
            Input("party", Kind.ONE, needed=True, offered=lambda at: parties_to_tell(at.case)),
            typed(InterestedParty.service_way, known=lambda _at: ServiceWay.IN_PERSON),
        ),
    ),
    Act(
        "serve_party", _REVIEW,
        lambda _at, given: serve(
            given["party"], given["service_way"], given["delivered_on"], given["service_proof"]
        ),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), a_party_is_to_be_served),
        inputs=(
            Input("party", Kind.ONE, needed=True, offered=lambda at: parties_to_serve(at.case)),
            *service_inputs(InterestedParty),
        ),
    ),
    Act(
        "hear_party", _REVIEW,
        lambda _at, given: record_statement(**given),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), a_party_is_to_be_heard),
        inputs=(
            Input("party", Kind.ONE, needed=True, offered=lambda at: parties_to_hear(at.case)),
            # Without a statement the signed paper says that the party waives.
            typed(InterestedParty.statement),
            typed(InterestedParty.waiver_number),
            typed(InterestedParty.waiver_paper_on),
        ),
    ),
)  # fmt: skip
