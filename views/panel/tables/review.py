"""Between acceptance and the end: verdicts, site inspections, hearings, third parties, and who
steps aside."""

from collections.abc import Iterator

from sqlalchemy.orm import joinedload
from wtforms.fields.choices import Choice
from wtforms.validators import DataRequired

from models import (
    ApplicantLink,
    ConditionVerdict,
    Forwarding,
    Hearing,
    InterestedParty,
    SiteInspection,
    SiteInspector,
    Termination,
    User,
    Withdrawal,
)
from models.database import db
from models.questions.people import officers_on_duty
from views.current import current_day
from views.forms.references import ShortListField
from views.panel.engine.base import GuardedModelView
from views.panel.tables.cases import PartOfCase
from views.words.labels import column_label
from views.words.values import row_title


class OfficerField(ShortListField):
    """One of the officers of today."""

    def iter_choices(self) -> Iterator[Choice]:
        """The officers who may be linked to an applicant, after an empty choice."""
        if self.data is None:
            yield Choice("", " ", True, {})
        for user in officers_on_duty(db.session(), current_day()):
            yield Choice(str(user.id), row_title(user), user is self.data, {})


class ConditionVerdictView(PartOfCase):
    """Whether cases meet the conditions of their items."""

    model = ConditionVerdict
    column_list = ("application", "item_condition", "is_met", "given_on", "given_by")
    column_details_list = (*column_list, "note")
    column_searchable_list = ("application.number",)
    column_filters = ("is_met", "given_on", "application_id")
    column_default_sort = ("id", True)


class SiteInspectionView(PartOfCase):
    """The site inspections, with what was found."""

    model = SiteInspection
    column_list = (
        "application", "planned_on", "done_on", "passes", "assigned_on", "is_late_assignment",
    )  # fmt: skip
    column_details_list = (
        *column_list, "assign_by_on", "assigned_by", "findings", "technical_standard",
    )  # fmt: skip
    column_searchable_list = ("application.number",)
    column_filters = ("passes", "planned_on", "done_on", "is_late_assignment", "application_id")
    column_default_sort = ("id", True)
    related = (("site_inspector", "inspection_id"),)


class SiteInspectorView(PartOfCase):
    """Who inspects the site."""

    model = SiteInspector
    column_list = ("inspection", "user")
    column_details_list = column_list
    column_searchable_list = ("user.display_name",)
    column_filters = ("inspection_id", "user_id")
    column_default_sort = ("id", True)
    loads = (joinedload(SiteInspector.inspection),)


class HearingView(PartOfCase):
    """The hearings, from their notice to their minutes."""

    model = Hearing
    column_list = ("application", "kind", "told_on", "requested_on", "planned_on", "held_on")
    column_details_list = (
        *column_list, "request_due_on", "waived_on", "hold_due_on", "notified_on", "place",
        "chair", "is_late", "minutes", "minutes_signed_on",
    )  # fmt: skip
    column_searchable_list = ("application.number",)
    column_filters = ("kind", "planned_on", "held_on", "is_late", "application_id")
    column_default_sort = ("id", True)


class InterestedPartyView(PartOfCase):
    """The third parties whom a permit concerns; their telephone numbers are masked."""

    model = InterestedParty
    column_list = ("application", "name", "told_on", "answer_due_on", "stated_on", "has_waived")
    column_details_list = (*column_list, "interest", "phone", "statement")
    column_searchable_list = ("application.number", "name")
    column_filters = ("told_on", "has_waived", "application_id")
    column_default_sort = ("id", True)


class ForwardingView(PartOfCase):
    """The cases sent to the organ that decides."""

    model = Forwarding
    column_list = (
        "application", "to_organ", "document_number", "is_supported", "forwarded_on",
        "forwarded_by",
    )  # fmt: skip
    column_details_list = (*column_list, "opinion")
    column_searchable_list = ("application.number", "document_number")
    column_filters = ("is_supported", "forwarded_on", "application_id")
    column_default_sort = ("id", True)


ANSWERED = (
    "approved_on", "approved_by", "rejected_on", "rejected_by", "rejection_reason",
)  # fmt: skip


class TerminationView(PartOfCase):
    """The cases that ended undecided."""

    model = Termination
    column_list = ("application", "ground", "proposed_on", "proposed_by", "terminated_on")
    column_details_list = (
        *column_list, "reasons", "legal_basis", "remedies", "proof_number", "proof_on", *ANSWERED,
    )  # fmt: skip
    column_searchable_list = ("application.number", "proof_number")
    column_filters = ("ground", "terminated_on", "application_id")
    column_default_sort = ("id", True)


class WithdrawalView(PartOfCase):
    """The written requests to take an application back."""

    model = Withdrawal
    column_list = ("application", "document_number", "requested_on", "proposed_on", "withdrawn_on")
    column_details_list = (*column_list, "came_by", "proposed_by", *ANSWERED)
    column_searchable_list = ("application.number", "document_number")
    column_filters = ("came_by", "requested_on", "withdrawn_on", "application_id")
    column_default_sort = ("id", True)


class ApplicantLinkView(GuardedModelView):
    """Who is linked to which applicant, and so does nothing on that one's cases."""

    model = ApplicantLink
    column_list = ("user", "applicant", "relation", "since", "until")
    column_details_list = (*column_list, "note", "declared_by")
    column_searchable_list = ("user.display_name", "applicant.name")
    column_filters = ("relation", "since", "until", "user_id", "applicant_id")
    column_default_sort = ("id", True)
    form_columns = ("user", "applicant", "relation", "note", "since", "until")
    form_extra_fields = {  # noqa: RUF012 - Flask-Admin reads it
        "user": OfficerField(column_label("applicant_link", "user"), [DataRequired()], model=User),
    }


VIEWS = (
    ConditionVerdictView, SiteInspectionView, SiteInspectorView, HearingView, InterestedPartyView,
    ForwardingView, TerminationView, WithdrawalView, ApplicantLinkView,
)  # fmt: skip
