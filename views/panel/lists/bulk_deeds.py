"""What officers and leaders do to many cases, or to many steps, at once."""

from typing import Any

from flask_admin.form import BaseForm
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from models import Application, ApplicationStep, acts
from models.acts import BY_NAME
from models.acts.act import LONGEST_TEXT, Act, Standing
from models.acts.asking import case_is_open
from models.acts.reassignment import give, give_case
from models.database import db
from models.enums import OrderKind, StepStatus
from models.errors import RuleViolation
from models.orders import ANSWER_DAYS
from models.rules.duties import LEADERS, LINE
from views.current import current_actor, current_day
from views.forms.columns import MemberField
from views.forms.inputs import stripped
from views.forms.officers import officer_field
from views.panel.engine.bulk_acts import BulkAct, Told
from views.panel.tables.reassignments import REFUSALS, refusal_words
from views.words.acts import label_of
from views.words.labels import column_label
from views.words.messages import words_of
from views.words.values import localised, show


class OrdersForm(BaseForm):  # type: ignore[misc]
    """One text for the orders to the officers of all chosen cases."""

    text = TextAreaField(
        column_label("", "text"),
        [DataRequired(), Length(max=LONGEST_TEXT)],
        filters=[stripped],
    )
    kind = MemberField(
        column_label("", "kind"), [DataRequired()], vocabulary=OrderKind, default=OrderKind.CHASE
    )
    answer_days = IntegerField(
        column_label("", "answer_days"), [InputRequired(), NumberRange(1, 15)], default=ANSWER_DAYS
    )


class GiveForm(BaseForm):  # type: ignore[misc]
    """The officer who gets the chosen work."""

    officer = officer_field("application_step", "officer", duties=LINE)


def _name(user: Any) -> str:
    return str(localised(user, "display_name"))


def _stop(refusal: RuleViolation | None) -> None:
    if refusal is not None:
        raise refusal


def _order(case: Application, form: Any) -> Told:
    _stop(case_is_open(_standing(case)))
    given = acts.supervision.order_its_officer(
        db.session(),
        case,
        form.text.data,
        kind=form.kind.data,
        answer_days=form.answer_days.data,
    )
    return lambda: gettext(
        "Order to %(officer)s, to be answered by %(day)s",
        officer=_name(given.addressee),
        day=show(given.answer_due_on),
    )


def _give_case(case: Application, form: Any) -> Told:
    _stop(case_is_open(_standing(case)))
    officer = form.officer.data
    count = give_case(db.session(), case, officer.id, current_day())
    return lambda: gettext(
        "Open steps now with %(officer)s: %(count)s", officer=_name(officer), count=count
    )


def _give_step(step: ApplicationStep, form: Any) -> Told:
    _stop(case_is_open(_standing(step.application)))
    officer = form.officer.data
    give(db.session(), step, officer.id, current_day())
    return lambda: gettext("In the hands of %(officer)s", officer=_name(officer))


def _of_the_officer(_row: Any, refusal: RuleViolation) -> str:
    """The rule speaks to whoever gets the work; here a leader reads it."""
    return refusal_words(refusal.code) if refusal.code in REFUSALS else words_of(refusal)


def _standing(case: Application) -> Standing:
    return Standing(db.session(), current_actor(), current_day(), case)


def _situation(row: Any, act: Act) -> Standing:
    """A step as its reader finds it; of a case, the step that the act is about, or any open one."""
    if isinstance(row, ApplicationStep):
        return _standing(row.application).at(row)
    whole = _standing(row)
    steps = [*act.steps(whole), *(s for s in row.steps if s.status is StepStatus.OPEN)]
    return whole.at(steps[0] if steps else None)


def _changed_nothing(at: Standing) -> RuleViolation | None:
    """What no rule looks at: the step stands already as the act would leave it."""
    if db.session.is_modified(at.at_step):
        return None
    is_mine = at.at_step.status is StepStatus.OPEN and at.at_step.officer_id == at.actor.user_id
    return RuleViolation("step-is-with-the-officer" if is_mine else "step-is-not-open")


def _of_case_page(name: str, told: LazyString) -> BulkAct:
    """An act of the case page on a step, done to many cases or steps."""
    act = BY_NAME[name]

    def deed(row: Any, _form: Any) -> Told:
        at = _situation(row, act)
        _stop(case_is_open(at))
        _stop(RuleViolation("case-has-no-open-step") if at.step is None else None)
        act.run(at, {})
        _stop(_changed_nothing(at))
        return lambda: str(told)

    def refused(_row: Any, refusal: RuleViolation) -> str:
        return words_of(refusal)

    return BulkAct(name, label_of(act), deed, duties=LINE, refused=refused)


CLAIM = _of_case_page("claim", _("In your hands"))

CASE_ACTS: tuple[BulkAct, ...] = (
    CLAIM,
    BulkAct(
        "order", _("Order the officers to act"), _order, duties=LEADERS, form=OrdersForm
    ),
    BulkAct(
        "give", _("Give the open steps to an officer"), _give_case, duties=LEADERS,
        form=GiveForm, refused=_of_the_officer,
    ),
)  # fmt: skip

STEP_ACTS: tuple[BulkAct, ...] = (
    CLAIM,
    _of_case_page("release", _("Back in the queue of its post")),
    BulkAct(
        "give", _("Give the steps to an officer"), _give_step, duties=LEADERS,
        form=GiveForm, refused=_of_the_officer,
    ),
)  # fmt: skip
