"""What a person types with an act: plain forms, filled in beforehand where the law says what.

What must be written is only marked here; rules judge it, and their words stand beside the field.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar

from flask_admin.form import BaseForm
from sqlalchemy import or_, select
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import Choice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from models import (
    Application,
    ApplicationStep,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
    Post,
    PostAssignment,
    User,
)
from models.database import db
from models.enums import DeliveryMethod, Necessity, SuspensionKind, VersionStatus
from models.queries import holds_on
from views.current import current_day
from views.panel.columns import localised
from views.panel.forms import KeptField, MemberField
from views.panel.labels import column_label
from views.panel.references import ShortListField

LONGEST_TEXT = 4000
LONGEST_LINE = 60
REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，"
    "或者六个月内依法向人民法院提起行政诉讼。"
)


class Needed:
    """Marks a text that the rules ask for; they say so in their own words."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: BaseForm, field: Any) -> None:
        """Leave the judgement to the rules."""


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _text(column: str, *, needed: bool = True) -> TextAreaField:
    marks = [Needed()] if needed else []
    rules = [*marks, Length(max=LONGEST_TEXT)]
    return TextAreaField(column_label("", column), rules, filters=[_stripped])


class ActForm(BaseForm):  # type: ignore[misc]
    """Any act: the version of the case on which the person looked, and the step it is about."""

    version = KeptField()
    step = KeptField()

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        """Offer what there is to choose from; fill in what is known."""

    def typed(self) -> list[tuple[str, str]]:
        """What a person wrote, labelled: so that nothing is lost when the form cannot be shown."""
        fields = (f for f in self if isinstance(f, StringField) and f.raw_data)
        return [(str(f.label.text), f.raw_data[0]) for f in fields if not isinstance(f, KeptField)]


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


class NoticeForm(ActForm):
    """The complete correction notice: everything that is missing, said once."""

    missing = _text("missing")

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.missing.raw_data is None:
            needed = missing_materials_of(case, (Necessity.REQUIRED,))
            self.missing.data = "；".join(material.name for material in needed)


class SomeChosen(DataRequired):  # type: ignore[misc]
    """At least one is chosen. Unmarked: a browser would ask for every box that is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


class MaterialsForm(ActForm):
    """The checklist: materials that come in now."""

    materials = SelectMultipleField(
        column_label("", "materials"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[SomeChosen()],
    )

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        self.materials.choices = [
            (material.id, localised(material, "name"))
            for material in missing_materials_of(case, materials_that_may_come(case))
        ]


class OpinionForm(ActForm):
    """The opinion with which a review ends."""

    opinion = _text("opinion")

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.opinion.raw_data is None and step is not None:
            self.opinion.data = step.opinion


class SuspensionForm(ActForm):
    """A procedure whose time is not counted, as the applicant was told in writing."""

    kind = MemberField(column_label("", "kind"), [DataRequired()], vocabulary=SuspensionKind)
    planned_end_on = DateField(
        column_label("", "planned_end_on"), [DataRequired()], widget=DateInput()
    )
    notice_number = StringField(
        column_label("", "notice_number"), [Needed(), Length(max=LONGEST_LINE)], filters=[_stripped]
    )
    reason = _text("reason", needed=False)


class ExtensionForm(ActForm):
    """More working days, and the reason that the applicant is told."""

    days = IntegerField(column_label("", "days"), [InputRequired(), NumberRange(1, 99)])
    reason = _text("reason")


class GrantForm(ActForm):
    """A grant, with its basis."""

    legal_basis = _text("legal_basis", needed=False)
    reasons = _text("reasons", needed=False)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.legal_basis.raw_data is None:
            self.legal_basis.data = case.item_version.legal_basis


class RefusalForm(ActForm):
    """A refusal: reasons, basis and remedies (Art. 38)."""

    reasons = _text("reasons")
    legal_basis = _text("legal_basis")
    remedies = _text("remedies")

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.legal_basis.raw_data is None:
            self.legal_basis.data = case.item_version.legal_basis
        if self.remedies.raw_data is None:
            self.remedies.data = REMEDIES


class DeliveryForm(ActForm):
    """How the certificate reaches its holder."""

    delivery_method = MemberField(
        column_label("", "delivery_method"), [DataRequired()], vocabulary=DeliveryMethod
    )


class OfficerForm(ActForm):
    """The officer to whom a leader gives a step: a holder of its post today."""

    officer = SelectField(column_label("", "officer"), [DataRequired()], coerce=int)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        holders = holders_of_post(step, today) if step is not None else ()
        self.officer.choices = [(u.id, localised(u, "display_name")) for u in holders]
        if self.officer.raw_data is None and step is not None:
            self.officer.data = step.officer_id


def materials_that_may_come(case: Application) -> tuple[Necessity, ...]:
    """After acceptance only what was allowed to follow (容缺) still comes in."""
    return tuple(Necessity) if case.accepted_on is None else (Necessity.DEFERRABLE,)


def missing_materials_of(
    case: Application, kinds: Iterable[Necessity]
) -> list[MaterialRequirement]:
    """The materials of these kinds that are not in yet, in the order of the checklist."""
    present = {m.material_requirement_id for m in case.materials}
    return [m for m in case.item_version.materials if m.necessity in kinds and m.id not in present]


def holders_of_post(step: ApplicationStep, today: date) -> Iterable[User]:
    """Who holds the post of a step on a day."""
    statement = (
        select(User)
        .join(PostAssignment, PostAssignment.user_id == User.id)
        .join(Post, Post.id == PostAssignment.post_id)
        .where(Post.duty == step.duty, holds_on(PostAssignment, today), User.is_active)
        .distinct()
        .order_by(User.id)
    )
    return db.session.scalars(statement)
