"""What is typed on a step."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from wtforms import (
    SelectField,
)
from wtforms.validators import DataRequired

from models import (
    Application,
    ApplicationStep,
    Post,
    PostAssignment,
    User,
)
from models.absences import is_away
from models.database import db
from models.queries import holds_on
from views.panel.case_forms.base import ActForm, text_field
from views.panel.columns import localised
from views.panel.labels import column_label


class OpinionForm(ActForm):
    """The opinion with which a review ends."""

    opinion = text_field("opinion")

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.opinion.raw_data is None and step is not None:
            self.opinion.data = step.opinion


class OfficerForm(ActForm):
    """The officer to whom a leader gives a step: a holder of its post today."""

    officer = SelectField(column_label("", "officer"), [DataRequired()], coerce=int)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        holders = holders_of_post(step, today) if step is not None else ()
        self.officer.choices = [(u.id, localised(u, "display_name")) for u in holders]
        if self.officer.raw_data is None and step is not None:
            self.officer.data = step.officer_id


def holders_of_post(step: ApplicationStep, today: date) -> Iterable[User]:
    """Who holds the post of a step on a day."""
    statement = (
        select(User)
        .join(PostAssignment, PostAssignment.user_id == User.id)
        .join(Post, Post.id == PostAssignment.post_id)
        .where(Post.duty == step.duty, holds_on(PostAssignment, today), User.is_active)
        .where(~is_away(today))
        .distinct()
        .order_by(User.id)
    )
    return db.session.scalars(statement)
