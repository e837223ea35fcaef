"""What happens to certificates after their issue: proposed, approved, recorded."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import CertificateChange, acts
from models.database import db
from views.access import Verb
from views.panel.engine.base import GuardedModelView, RowAction


def approve(change: Any) -> None:
    """Approve a proposal; whether the head may is for the rules."""
    acts.certificate.approve(db.session(), change)


def reject(change: Any) -> None:
    """Turn a proposal down."""
    acts.certificate.reject(db.session(), change)


class CertificateChangeView(GuardedModelView):
    """The record of changes: suspensions, revocations, withdrawals, cancellations, expiry."""

    model = CertificateChange
    column_list = (
        "certificate", "kind", "ground", "proposed_on", "approved_on", "rejected_on",
        "effective_on",
    )  # fmt: skip
    column_details_list = (
        "certificate", "kind", "ground", "legal_basis", "reasons", "remedies", "compensation",
        "public_harm", "proposed_on", "proposed_by", "approved_on", "approved_by", "rejected_on",
        "rejected_by", "effective_on",
    )  # fmt: skip
    column_searchable_list = ("certificate.number", "certificate.holder_name")
    column_filters = ("kind", "ground", "proposed_on", "effective_on", "certificate_id")
    column_default_sort = ("id", True)
    form_columns = (
        "certificate", "kind", "ground", "legal_basis", "reasons", "remedies", "compensation",
        "public_harm",
    )  # fmt: skip
    row_actions = (
        RowAction(
            "approve", _("Approve"), approve, _("Approve this proposal in your own name?")
        ),
        RowAction("reject", _("Turn down"), reject, _("Turn this proposal down?")),
    )  # fmt: skip

    def allows(self, verb: Verb, row: Any) -> bool:
        is_answered = row.effective_on is not None or row.rejected_on is not None
        return super().allows(verb, row) and (verb is not Verb.ACT or not is_answered)


VIEWS = (CertificateChangeView,)
