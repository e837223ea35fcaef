"""What supervision does on a case: it orders, and decides nothing."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import User, acts
from models.database import db
from models.rules.duties import LEADERS
from views.forms.acts.supervision import OrderForm
from views.panel.case.acts.act import Act, Situation


def _order(at: Situation, form: Any) -> None:
    session = db.session()
    acts.supervision.order(
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
