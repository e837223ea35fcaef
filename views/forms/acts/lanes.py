"""What is typed to let a case go before the others, and to extend one that is handled jointly."""

from datetime import date

from wtforms import StringField
from wtforms.validators import Length

from models import Application, ApplicationStep
from models.enums import HandlingMode
from views.forms.acts.base import LONGEST_LINE, ActForm, Needed, stripped, text_field
from views.words.labels import column_label


class GreenLaneForm(ActForm):
    """Why the case cannot wait."""

    reason = text_field("reason")


class ApprovalForm(ActForm):
    """Of a case handled jointly the number of the government head's approval (Art. 42)."""

    approval_document = StringField(
        column_label("", "approval_document"),
        [Needed(), Length(max=LONGEST_LINE)],
        filters=[stripped],
    )

    def prepare(self, case: Application, step: ApplicationStep | None, today: date) -> None:
        """Ask for the number only where the law does."""
        if case.licence_item.handling_mode is not HandlingMode.JOINT:
            del self.approval_document
