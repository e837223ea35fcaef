"""What is typed at intake."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from wtforms import (
    SelectMultipleField,
)
from wtforms.fields.choices import Choice
from wtforms.widgets import CheckboxInput, ListWidget

from models import (
    Application,
    ApplicationStep,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
)
from models.database import db
from models.enums import Necessity, VersionStatus
from models.questions.materials import for_the_officer, missing_of, rows_of
from views.current import current_day
from views.forms.acts.base import ActForm, SomeChosen, text_field
from views.forms.references import ShortListField
from views.words.labels import column_label
from views.words.values import localised


class OfferedItemField(ShortListField):
    """The items that take applications today, at intake."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, model=LicenceItem, **options)
        self.flags.required = True

    def iter_choices(self) -> Iterator[Choice]:
        """The items by their code, after an empty choice."""
        yield Choice("", " ", self.data is None, {})
        takes = or_(LicenceItem.ended_on.is_(None), LicenceItem.ended_on >= current_day())
        statement = (
            select(LicenceItem)
            .join(ItemVersion, ItemVersion.licence_item_id == LicenceItem.id)
            .where(ItemVersion.status == VersionStatus.PUBLISHED, LicenceItem.is_offered, takes)
            .order_by(LicenceItem.code)
        )
        for item in db.session.scalars(statement):
            title = f"{item.code} · {localised(item, 'name')}"
            yield Choice(str(item.id), title, item is self.data, {})


def ticks_field(column: str, *rules: Any) -> SelectMultipleField:
    """Boxes to tick, labelled as the column is."""
    return SelectMultipleField(
        column_label("", column),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=list(rules),
    )


class NoticeForm(ActForm):
    """The complete correction notice: everything that is missing, said once."""

    missing = text_field("missing")
    # What the officer judges to be needed besides; the rest names itself.
    judged = ticks_field("judged")

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        judged = for_the_officer(case)
        self.judged.choices = [(m.id, localised(m, "name")) for m in judged]
        if not judged:
            del self.judged
        if self.missing.raw_data is None:
            self.missing.data = "；".join(material.name for material in missing_of(case))

    def chosen(self, case: Application) -> list[MaterialRequirement]:
        """The materials that the officer ticked."""
        ticked = set(self.judged.data or ()) if "judged" in self else set()
        return rows_of(case.item_version, ticked)


class MaterialsForm(ActForm):
    """The checklist: materials that come in now."""

    materials = ticks_field("materials", SomeChosen())

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        self.materials.choices = [
            (material.id, localised(material, "name"))
            for material in missing_materials_of(case, materials_that_may_come(case))
        ]


def materials_that_may_come(case: Application) -> tuple[Necessity, ...]:
    """After acceptance only what was allowed to follow (容缺) still comes in."""
    return tuple(Necessity) if case.accepted_on is None else (Necessity.DEFERRABLE,)


def missing_materials_of(
    case: Application, kinds: Iterable[Necessity]
) -> list[MaterialRequirement]:
    """The materials of these kinds that are not in yet, in the order of the checklist."""
    present = {m.material_requirement_id for m in case.materials}
    return [m for m in case.item_version.materials if m.necessity in kinds and m.id not in present]
