"""What supervision does on a case: it orders, and decides nothing."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import User
from models import supervision_acts as deeds
from models.database import db
from views.panel.case_acts.act import LEADERS, Act, Situation
from views.panel.case_forms.supervision import OrderForm


def _order(at: Situation, form: Any) -> None:
    session = db.session()
    deeds.order(
        session,
        session.get_one(User, form.addressee.data),
        form.text.data,
        kind=form.kind.data,
        application=at.case,
        answer_days=form.answer_days.data,
    )


ACTS: tuple[Act, ...] = (
    Act("order", _("Order its officer to act"), LEADERS, _order, form=OrderForm),
)
