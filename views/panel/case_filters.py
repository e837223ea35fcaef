"""The filters of the list of cases that look further than one column of theirs."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import inspect, select

from models import Application, Department, LicenceItem, PostAssignment, User
from models.database import db
from models.worklists import CASES_WITH, Light, is_open, is_past_the_law, is_pause_overrun
from views.current import current_day
from views.panel.board_filters import case_filters_of_the_board
from views.panel.columns import localised
from views.panel.filters import Filter, Is, IsNumber, filters_for
from views.panel.labels import column_label
from views.panel.lights import LIGHT_NAMES

MOST_CHOICES = 200
NOBODY = 0


class IsRow(IsNumber):
    """The reference is to this row, chosen by its name."""

    model: Any
    title = "name"

    def _rows(self) -> Any:
        return select(self.model).order_by(self.model.id).limit(MOST_CHOICES)

    def choices(self) -> list[tuple[str, str]]:
        return [
            (str(r.id), str(localised(r, self.title))) for r in db.session.scalars(self._rows())
        ]

    def shown(self, value: str) -> str:
        row = db.session.get(self.model, int(value))
        return value if row is None else str(localised(row, self.title))


class OfItem(IsRow):
    """The case is one of this item."""

    model = LicenceItem


class OfDepartment(IsRow):
    """The item of the case belongs to this department."""

    model = Department

    def _rows(self) -> Any:
        owners = select(LicenceItem.department_id)
        return super()._rows().where(Department.id.in_(owners))

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        items = select(LicenceItem.id).where(LicenceItem.department_id == value)
        return query.filter(Application.licence_item_id.in_(items))


class OfOfficer(IsRow):
    """The case is in this officer's hands, or open and in nobody's."""

    model = User
    title = "display_name"

    def _rows(self) -> Any:
        return super()._rows().where(User.id.in_(select(PostAssignment.user_id)))

    def choices(self) -> list[tuple[str, str]]:
        return [(str(NOBODY), gettext("Unclaimed")), *super().choices()]

    def shown(self, value: str) -> str:
        return str(gettext("Unclaimed")) if int(value) == NOBODY else super().shown(value)

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        if value == NOBODY:
            return query.filter(is_open(), Application.officer_id.is_(None))
        return super().apply(query, value, alias)


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


class PastTheLaw(Is):
    """Overdue, and past the statutory date too."""

    def key(self) -> str:
        return f"past_the_law_{self.kind}"

    def choices(self) -> list[tuple[str, str]]:
        return [("1", gettext("Yes"))]

    def clean(self, value: str) -> bool:
        return {"1": True}[value]

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(is_past_the_law(current_day()))


class PauseOverrun(PastTheLaw):
    """Paused for longer than the applicant was told."""

    def key(self) -> str:
        return f"pause_overrun_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(is_pause_overrun(current_day()))


def case_filters() -> list[Filter]:
    """The filters of the list, in the order of the form."""
    table = inspect(Application).columns
    plain = (
        filters_for(table[name], column_label("application", name))
        for name in (
            "channel", "status", "origin", "received_on", "due_on", "closed_on",
            "is_green_lane",
            "item_version_id", "applicant_id",
        )
    )  # fmt: skip
    return [
        OfItem(table.licence_item_id, column_label("application", "licence_item")),
        OfDepartment(inspect(LicenceItem).columns.department_id, column_label("", "department")),
        OfOfficer(table.officer_id, column_label("application", "officer")),
        WithLight(table.due_on, _("Light")),
        PastTheLaw(table.statutory_due_on, _("Past the statutory date too")),
        PauseOverrun(table.suspended_since, _("Pause overrun")),
        *(flt for filters in plain for flt in filters),
        *case_filters_of_the_board(),
    ]
