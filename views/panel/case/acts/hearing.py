"""Who is heard before a decision: hearings (Art. 46-48) and interested parties (Art. 36)."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import Hearing, InterestedParty, acts
from models.database import db
from models.enums import ApplicationStatus, Duty, HearingKind
from models.rules.writers import WRITERS
from views.forms.acts.hearing import (
    ChosenPartyForm,
    HearingForm,
    MinutesForm,
    PartyForm,
    StatementForm,
)
from views.panel.case.acts.act import Act, Situation
from views.panel.case.acts.reasons import holds_post, stands_at
from views.panel.case.acts.review import chosen_users
from views.panel.case.acts.review_reasons import (
    a_party_is_to_be_heard,
    a_party_is_to_be_told,
    chairs_or_reviews,
    hearing_day_is_here,
    hearing_is_owed,
    hearing_is_to_be_told,
    hearing_to_answer,
    hearing_to_hold,
    hearing_waits_for_an_answer,
    kind_to_tell,
    request_period_runs,
)

Case = ApplicationStatus
REVIEWERS = frozenset({Duty.REVIEW})


def _tell(at: Situation, _form: Any) -> None:
    acts.hearing.tell_of_hearing(at.case, kind_to_tell(at.case) or HearingKind.ON_REQUEST)


def _to_answer(at: Situation) -> Hearing:
    hearing = hearing_to_answer(at.case)
    assert hearing is not None, "only a hearing that was told is answered"
    return hearing


def _to_hold(at: Situation) -> Hearing:
    hearing = hearing_to_hold(at.case)
    assert hearing is not None, "only a hearing that is owed is held"
    return hearing


def _plan(at: Situation, form: Any) -> None:
    acts.hearing.plan_hearing(
        _to_hold(at),
        planned_on=form.planned_on.data,
        place=form.place.data or "",
        chair=chosen_users([form.chair.data])[0],
    )


def _party(at: Situation, form: Any) -> InterestedParty:
    return next(p for p in at.case.interested_parties if p.id == form.party.data)


def _register(at: Situation, form: Any) -> None:
    acts.hearing.register_party(
        at.case, form.name.data or "", form.interest.data or "", form.phone.data or None
    )


ACTS: tuple[Act, ...] = (
    Act(
        "tell_hearing", _("Tell of the right to a hearing"), REVIEWERS, _tell,
        needs=(stands_at(Case.ACCEPTED), hearing_is_to_be_told),
        reasons=(holds_post(Duty.REVIEW),),
        question=_(
            "Tell the applicant and the interested parties today of their right to a hearing?"
        ),
    ),
    Act(
        "request_hearing", _("A hearing is asked for"), REVIEWERS,
        lambda at, _form: acts.hearing.request_hearing(db.session(), _to_answer(at)),
        needs=(stands_at(Case.ACCEPTED), hearing_waits_for_an_answer),
        reasons=(holds_post(Duty.REVIEW), request_period_runs),
        question=_("Was a hearing asked for today?"),
    ),
    Act(
        "waive_hearing", _("The hearing is waived"), REVIEWERS,
        lambda at, _form: acts.hearing.waive_hearing(db.session(), _to_answer(at)),
        needs=(stands_at(Case.ACCEPTED), hearing_waits_for_an_answer),
        reasons=(holds_post(Duty.REVIEW),),
        question=_("Was the right to a hearing given up today?"),
    ),
    Act(
        "plan_hearing", _("Plan the hearing"), REVIEWERS, _plan,
        needs=(stands_at(Case.ACCEPTED), hearing_is_owed),
        reasons=(holds_post(Duty.REVIEW),), form=HearingForm,
    ),
    Act(
        "hold_hearing", _("Record the hearing"), WRITERS["hearing"],
        lambda at, form: acts.hearing.hold_hearing(
            db.session(), _to_hold(at), form.minutes.data or ""
        ),
        needs=(stands_at(Case.ACCEPTED), hearing_is_owed),
        reasons=(chairs_or_reviews, hearing_day_is_here), form=MinutesForm,
    ),
    Act(
        "register_party", _("Register an interested party"), REVIEWERS, _register,
        needs=(stands_at(Case.ACCEPTED),), reasons=(holds_post(Duty.REVIEW),), form=PartyForm,
    ),
    Act(
        "tell_party", _("Tell an interested party"), REVIEWERS,
        lambda at, form: acts.hearing.tell_party(db.session(), _party(at, form)),
        needs=(stands_at(Case.ACCEPTED), a_party_is_to_be_told),
        reasons=(holds_post(Duty.REVIEW),), form=ChosenPartyForm,
    ),
    Act(
        "hear_party", _("Record a statement"), REVIEWERS,
        lambda at, form: acts.hearing.record_statement(
            _party(at, form), form.statement.data or ""
        ),
        needs=(stands_at(Case.ACCEPTED), a_party_is_to_be_heard),
        reasons=(holds_post(Duty.REVIEW),), form=StatementForm,
    ),
)  # fmt: skip
