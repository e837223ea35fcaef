"""What is asked of an applicant, as one list of fields (Art. 29: nothing that is not needed)."""

from collections.abc import Sequence
from typing import Any

from flask_admin.form import BaseForm
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from models import Applicant, Application, ItemVersion, MaterialRequirement
from models.enums import ApplicantKind, ApplicationKind, IdentityKind
from models.rules.identity import OWNERS, folded_number, serves
from views.forms.columns import KeptField
from views.forms.inputs import stripped
from views.portal.guide import kinds_of
from views.words.labels import member_label
from views.words.values import localised

NEW_RECORD = "new"
# What tells who somebody is that has no ID card.
OTHER_DOCUMENTS = (
    IdentityKind.PASSPORT, IdentityKind.TRAVEL_PERMIT, IdentityKind.RESIDENCE_CARD,
)  # fmt: skip
LINE = 200


def _line(label: Any, longest: int = LINE, **options: Any) -> StringField:
    return StringField(label, [Length(max=longest)], filters=[stripped], **options)


def _number(text: str | None) -> str:
    return folded_number(text or "")


def _asked(material: MaterialRequirement) -> str:
    """A material, how far it is needed, and in which case."""
    said = [f"{localised(material, 'name')} · {member_label(material.necessity)}"]
    if material.condition:
        said.append(str(localised(material, "condition")))
    return ": ".join(said)


class ApplyForm(BaseForm):  # type: ignore[misc]
    """One application, with the record of who applies when there is none yet."""

    version = KeptField()
    draft = KeptField()
    kind = SelectField(_("What you apply for"))
    certificate_number = _line(_("Number of the present certificate (not for a new permit)"), 60)
    applicant = SelectField(_("Who applies"))
    applicant_kind = SelectField(_("Person or organisation"))
    name = _line(_("Name"))
    identity_kind = SelectField(_("Kind of document"), default="")
    identity_number = StringField(
        _("Identity number or credit code"), [Length(max=18)], filters=[_number]
    )
    phone = _line(_("Telephone"), 30)
    address = _line(_("Address"))
    agent_name = _line(_("Name of the agent"), 60)
    agent_identity_number = StringField(
        _("ID number of the agent"), [Length(max=18)], filters=[_number]
    )
    agent_phone = _line(_("Telephone of the agent"), 30)
    summary = TextAreaField(_("What it is about"), [Length(max=LINE)], filters=[stripped])
    materials = SelectMultipleField(
        _("Materials that you hand in"), coerce=int, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip

    def offer(self, version: ItemVersion, records: Sequence[Applicant]) -> None:
        """Offer what there is to choose from."""
        self.kind.choices = [(k.value, member_label(k)) for k in kinds_of(version)]
        served = version.service_object
        self.applicant.choices = [
            *((str(r.id), r.name) for r in records if serves(served, r.kind)),
            (NEW_RECORD, gettext("Another one, entered below")),
        ]
        self.applicant_kind.choices = [
            (k.value, member_label(k)) for k in ApplicantKind if serves(served, k)
        ]
        self.identity_kind.choices = [
            ("", gettext("ID card, or credit code of an organisation")),
            *((k.value, member_label(k)) for k in OTHER_DOCUMENTS if serves(served, OWNERS[k])),
        ]
        self.materials.choices = [(m.id, _asked(m)) for m in version.materials]

    def recall(self, case: Application) -> None:
        """Show a draft as it was saved."""
        self.version.data, self.draft.data = str(case.version), case.number
        self.kind.data, self.applicant.data = case.kind.value, str(case.applicant_id)
        self.summary.data = case.summary
        self.agent_name.data, self.agent_phone.data = case.agent_name, case.agent_phone
        self.agent_identity_number.data = case.agent_identity_number
        prior = case.prior_certificate
        self.certificate_number.data = prior.number if prior else ""
        self.materials.data = [m.material_requirement_id for m in case.materials]

    @property
    def is_new_record(self) -> bool:
        """Whether who applies is entered with the application."""
        return bool(self.applicant.data == NEW_RECORD)

    @property
    def chosen_kind(self) -> ApplicationKind:
        """What is applied for."""
        return ApplicationKind[self.kind.data]

    @property
    def chosen_identity(self) -> IdentityKind | None:
        """Of what document the number is; None: of the usual one."""
        return IdentityKind[self.identity_kind.data] if self.identity_kind.data else None

    def is_complete(self) -> bool:
        """Whether nothing is left out that the office cannot do without; says so beside it."""
        needed = ["name", "identity_number", "phone"] if self.is_new_record else []
        if self.chosen_kind is not ApplicationKind.NEW:
            needed.append("certificate_number")
        if self.agent_identity_number.data or self.agent_phone.data:
            needed.append("agent_name")
        empty = [self[name] for name in needed if not self[name].data]
        for field in empty:
            field.errors = [*field.errors, gettext("This is required.")]
        return not empty


# The parts of the form: heading, what is to be known, its fields. A new field is a name here.
PARTS: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
    (_("The application"), "", ("kind", "certificate_number", "summary")),
    (_("Who applies"), "", ("applicant",)),
    (
        _("Particulars of another applicant"),
        _("Only for “another one”. They are seen by the office only; the register shows no number "
          "of a person."),
        ("applicant_kind", "name", "identity_kind", "identity_number", "phone", "address"),
    ),
    (
        _("Agent"),
        _("Only if somebody applies for the applicant. The power of attorney is one of the "
          "materials then."),
        ("agent_name", "agent_identity_number", "agent_phone"),
    ),
    (
        _("Materials"),
        _("Tick what you hand in, electronically or at the window. You are notified once, in "
          "writing, of what is missing."),
        ("materials",),
    ),
)  # fmt: skip
