"""What was done: the board's filters of steps, notices and certificates in a period."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import false, inspect, or_, select

from models import (
    Application,
    ApplicationStep,
    Certificate,
    CorrectionNotice,
    LicenceItem,
    ServiceRating,
    StepDefinition,
)
from models.enums import Channel
from models.questions.figures import ON_THE_SPOT
from models.questions.performance import was_finished_late
from models.questions.worklists import is_unclaimed_step
from models.rules.rating import SATISFIED_LEVELS
from views.panel.engine.filters import LONGEST_TEXT, Filter, From, Is, IsTrue, Until, holds_one_of
from views.panel.lists.board_filters import Holds
from views.panel.lists.case_filters import NOBODY, IsRow, OfDepartment, OfItem, OfOfficer
from views.words.labels import column_label, member_label

NO_CHANNEL = "NONE"


class OfTheCase:
    """What is asked of the case to which a row belongs."""

    called: str
    kind: str
    column: Any

    def key(self) -> str:
        """The name of the filter in an address."""
        return f"{self.called}_{self.kind}"

    def holds(self, value: Any) -> Any:
        """The condition on the case."""
        raise NotImplementedError

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        """Only rows of such cases."""
        return query.filter(self.column.in_(select(Application.id).where(self.holds(value))))


class ItemOfTheCase(OfTheCase, OfItem):
    """It is of this item."""

    called = "of_item"

    def holds(self, value: Any) -> Any:
        return holds_one_of(Application.licence_item_id, value)


class DepartmentOfTheCase(OfTheCase, OfDepartment):
    """Its item belongs to this department."""

    called = "of_department"

    def holds(self, value: Any) -> Any:
        items = select(LicenceItem.id).where(holds_one_of(LicenceItem.department_id, value))
        return Application.licence_item_id.in_(items)


class ChannelOfTheCase(OfTheCase, Is):
    """It came by this channel, or nobody noted by which."""

    called = "of_channel"

    def choices(self) -> list[tuple[str, str]]:
        named = [(channel.name, str(member_label(channel))) for channel in Channel]
        return [*named, (NO_CHANNEL, gettext("Not recorded"))]

    def clean(self, value: str) -> Channel | None:
        return None if value == NO_CHANNEL else Channel[value]

    def holds(self, value: Any) -> Any:
        return Application.channel == value


class GreenLaneOfTheCase(OfTheCase, IsTrue):
    """It is on the green lane, or is not."""

    called = "is_green_lane"

    def holds(self, value: Any) -> Any:
        return Application.is_green_lane.is_(value)


class DoneBy(IsRow):
    """This officer did it, or nobody is recorded."""

    model = OfOfficer.model
    title = OfOfficer.title

    def key(self) -> str:
        return f"done_by_{self.kind}"

    def shown_one(self, value: str) -> str:
        return str(gettext("Not recorded")) if int(value) == NOBODY else super().shown_one(value)

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        column, people = self.get_column(alias), [key for key in value if key != NOBODY]
        nobody = column.is_(None) if len(people) < len(value) else false()
        return query.filter(or_(nobody, holds_one_of(column, people) if people else false()))


class StepOfName(Is):
    """The step is called so in the catalogue."""

    def key(self) -> str:
        return f"step_{self.kind}"

    def clean(self, value: str) -> str:
        if len(value) > LONGEST_TEXT:
            raise ValueError
        return value

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        named = select(StepDefinition.id).where(StepDefinition.name == value)
        return query.filter(ApplicationStep.step_definition_id.in_(named))


def _of_the_case(case: Any) -> list[Any]:
    return [
        ItemOfTheCase(case, column_label("application", "licence_item")),
        DepartmentOfTheCase(case, column_label("", "department")),
        ChannelOfTheCase(case, column_label("application", "channel")),
        GreenLaneOfTheCase(case, _("Green lane")),
    ]


def certificate_filters_of_the_board() -> list[Filter]:
    """What the list of certificates needs for the board."""
    columns = inspect(Certificate).columns
    delivered_on = column_label("certificate", "delivered_on")
    return [
        From(columns.delivered_on, delivered_on),
        Until(columns.delivered_on, delivered_on),
        Holds(
            columns.delivered_on, _("Collected on the spot"), "on_the_spot",
            lambda _d: Certificate.delivery_method.in_(ON_THE_SPOT),
        ),
    ]  # fmt: skip


def rating_filters_of_the_board() -> list[Filter]:
    """What the list of ratings needs for the board."""
    columns = inspect(ServiceRating).columns
    return [
        Holds(
            columns.level, _("At least basically satisfied"), "satisfied",
            lambda _d: ServiceRating.level.in_(SATISFIED_LEVELS),
        ),
    ]  # fmt: skip


def step_filters_of_the_board() -> list[Filter]:
    """What the list of steps needs for the board."""
    columns = inspect(ApplicationStep).columns
    done_on = column_label("application_step", "done_on")
    return [
        Holds(columns.duty, _("Waits to be claimed"), "unclaimed", lambda _d: is_unclaimed_step()),
        From(columns.done_on, done_on),
        Until(columns.done_on, done_on),
        Holds(columns.done_on, _("Finished late"), "finished_late", lambda _d: was_finished_late()),
        Holds(
            columns.application_id, _("No post"), "no_post",
            lambda _d: ApplicationStep.duty.is_(None),
        ),
        DoneBy(columns.officer_id, _("Done by")),
        StepOfName(columns.step_definition_id, column_label("", "step_definition")),
        *_of_the_case(columns.application_id),
    ]  # fmt: skip


def notice_filters_of_the_board() -> list[Filter]:
    """What the list of correction notices needs for the board."""
    columns = inspect(CorrectionNotice).columns
    return [
        Holds(
            columns.sequence, _("Second notice"), "second",
            lambda _d: CorrectionNotice.sequence > 1,
        ),
        DoneBy(columns.issued_by_id, column_label("correction_notice", "issued_by")),
        *_of_the_case(columns.application_id),
    ]  # fmt: skip
