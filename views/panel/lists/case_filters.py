"""The filters of the list of cases that look further than one column of theirs."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import and_, inspect, or_, select

from models import Application, ApplicationStep, Department, LicenceItem, PostAssignment, User
from models.database import db
from models.enums import Duty
from models.questions.pauses import is_pause_overrun
from models.questions.worklists import (
    CASES_WITH,
    Light,
    is_open,
    is_past_the_law,
    is_step_in_hand,
)
from views.current import current_day
from views.panel.engine.filters import (
    Claim,
    Filter,
    Is,
    IsMember,
    IsOneOf,
    filters_for,
    holds_one_of,
    key_in,
)
from views.panel.lists.board_filters import case_filters_of_the_board
from views.words.labels import column_label, member_label
from views.words.lights import LIGHT_NAMES
from views.words.values import localised

MOST_CHOICES = 200
NOBODY = 0
POSTS = (Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION)


class IsRow(IsOneOf):
    """The reference is to one of these rows, chosen by their names."""

    model: Any
    title = "name"

    def one(self, value: str) -> int:
        return key_in(value)

    def _rows(self) -> Any:
        return select(self.model).order_by(self.model.id).limit(MOST_CHOICES)

    def choices(self) -> list[tuple[str, str]]:
        return [
            (str(r.id), str(localised(r, self.title))) for r in db.session.scalars(self._rows())
        ]

    def shown_one(self, value: str) -> str:
        row = db.session.get(self.model, int(value))
        return value if row is None else str(localised(row, self.title))


class OfItem(IsRow):
    """The case is one of these items."""

    model = LicenceItem


class OfCategory(IsMember):
    """The item of the case belongs to one of these families."""

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        items = select(LicenceItem.id).where(holds_one_of(LicenceItem.category, value))
        return query.filter(Application.licence_item_id.in_(items))


class AtPost(IsMember):
    """A step of the case is in hand at one of these posts."""

    def key(self) -> str:
        return f"post_{self.kind}"

    def _members(self) -> Any:
        return {duty.name: duty for duty in POSTS}

    def choices(self) -> list[tuple[str, str]]:
        return [(duty.name, str(member_label(duty))) for duty in POSTS]

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        at_post = select(ApplicationStep.application_id).where(
            is_step_in_hand(), holds_one_of(ApplicationStep.duty, value)
        )
        return query.filter(is_open(), Application.id.in_(at_post))


class OfDepartment(IsRow):
    """The item of the case belongs to one of these departments."""

    model = Department

    def _rows(self) -> Any:
        owners = select(LicenceItem.department_id)
        return super()._rows().where(Department.id.in_(owners))

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        items = select(LicenceItem.id).where(holds_one_of(LicenceItem.department_id, value))
        return query.filter(Application.licence_item_id.in_(items))


class OfOfficer(IsRow):
    """The case is in the hands of one of these officers, or open and in nobody's."""

    model = User
    title = "display_name"

    def _rows(self) -> Any:
        return super()._rows().where(User.id.in_(select(PostAssignment.user_id)))

    def choices(self) -> list[tuple[str, str]]:
        return [(str(NOBODY), gettext("Unclaimed")), *super().choices()]

    def shown_one(self, value: str) -> str:
        return str(gettext("Unclaimed")) if int(value) == NOBODY else super().shown_one(value)

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        people = [key for key in value if key != NOBODY]
        if len(people) == len(value):
            return super().apply(query, value, alias)
        unclaimed = and_(is_open(), Application.officer_id.is_(None))
        if not people:
            return query.filter(unclaimed)
        return query.filter(or_(unclaimed, holds_one_of(Application.officer_id, people)))


class WithLight(Is):
    """The case shows this light today."""

    def key(self) -> str:
        return f"light_{self.kind}"

    def choices(self) -> list[tuple[str, str]]:
        return [(light.name, str(name)) for light, name in LIGHT_NAMES.items()]

    def clean(self, value: str) -> Light:
        return Light[value]

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(CASES_WITH[value](current_day()))


class PastTheLaw(Claim):
    """Overdue, and past the statutory date too."""

    def key(self) -> str:
        return f"past_the_law_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(is_past_the_law(current_day()))


class PauseOverrun(PastTheLaw):
    """Paused for longer than the applicant was notified."""

    def key(self) -> str:
        return f"pause_overrun_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(is_pause_overrun(current_day()))


def _of_column(name: str) -> list[Filter]:
    column = inspect(Application).columns[name]
    return filters_for(column, column_label("application", name))


def case_filters() -> list[Filter]:
    """The filters of the list, in the order of the form: choices, days, and what is rarer."""
    table, items = inspect(Application).columns, inspect(LicenceItem).columns
    steps = inspect(ApplicationStep).columns
    days = (_of_column(name) for name in ("received_on", "due_on", "closed_on"))
    references = (_of_column(name) for name in ("item_version_id", "applicant_id"))
    return [
        OfCategory(items.category, _("Item category")),
        OfItem(table.licence_item_id, column_label("application", "licence_item")),
        AtPost(steps.duty, _("At the post")),
        OfOfficer(table.officer_id, column_label("application", "officer")),
        *_of_column("status"),
        *_of_column("channel"),
        OfDepartment(items.department_id, column_label("", "department")),
        *_of_column("origin"),
        *(flt for filters in days for flt in filters),
        WithLight(table.due_on, _("Light")),
        *_of_column("is_green_lane"),
        PastTheLaw(table.statutory_due_on, _("Past the statutory date too")),
        PauseOverrun(table.suspended_since, _("Pause overrun")),
        *(flt for filters in references for flt in filters),
        *case_filters_of_the_board(),
    ]
