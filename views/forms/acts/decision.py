"""What is typed at the end of a case."""

from datetime import date

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from models import (
    Application,
    ApplicationStep,
)
from models.enums import DeliveryMethod
from models.questions.review import last_inspection
from views.forms.acts.base import LONGEST_LINE, ActForm, stripped, text_field
from views.forms.columns import MemberField
from views.words.labels import column_label

REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，"
    "或者六个月内依法向人民法院提起行政诉讼。"
)


class GrantForm(ActForm):
    """A grant, with its basis."""

    legal_basis = text_field("legal_basis", needed=False)
    reasons = text_field("reasons", needed=False)

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.legal_basis.raw_data is None:
            self.legal_basis.data = case.item_version.legal_basis


class RefusalForm(ActForm):
    """A refusal: reasons, basis and remedies (Art. 38)."""

    reasons = text_field("reasons")
    legal_basis = text_field("legal_basis")
    remedies = text_field("remedies")
    false_materials = BooleanField(column_label("", "false_materials"))

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        if self.legal_basis.raw_data is None:
            self.legal_basis.data = _basis_of_refusal(case)
        if self.remedies.raw_data is None:
            self.remedies.data = REMEDIES


def _basis_of_refusal(case: Application) -> str:
    """The basis of the item, and the standard that a failed check was measured by (Art. 55)."""
    inspection = last_inspection(case)
    failed = inspection is not None and inspection.passes is False
    standard = inspection.technical_standard if inspection is not None and failed else ""
    return "；".join(text for text in (case.item_version.legal_basis, standard) if text)


class DeliveryForm(ActForm):
    """How the certificate reaches its holder."""

    delivery_method = MemberField(
        column_label("", "delivery_method"), [DataRequired()], vocabulary=DeliveryMethod
    )
    recipient_name = StringField(
        column_label("", "recipient_name"), [Length(max=LONGEST_LINE)], filters=[stripped]
    )
