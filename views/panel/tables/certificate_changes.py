"""What happens to certificates after their issue: proposed, approved, recorded."""

from models import CertificateChange
from views.panel.engine.base import GuardedModelView


class CertificateChangeView(GuardedModelView):
    """The record of changes: suspensions, revocations, withdrawals, cancellations, expiry."""

    model = CertificateChange
    column_list = (
        "certificate", "kind", "ground", "proposed_on", "approved_on", "rejected_on",
        "effective_on",
    )  # fmt: skip
    column_details_list = (
        "certificate", "kind", "ground", "legal_basis", "reasons", "remedies", "compensation",
        "public_harm", "proof_number", "proof_on", "proposed_on", "proposed_by", "approved_on",
        "approved_by", "rejected_on",
        "rejected_by", "effective_on",
    )  # fmt: skip
    column_searchable_list = ("certificate.number", "certificate.holder_name")
    column_filters = ("kind", "ground", "proposed_on", "effective_on", "certificate_id")
    column_default_sort = ("id", True)
    form_columns = (
        "certificate", "kind", "ground", "legal_basis", "reasons", "remedies", "compensation",
        "public_harm", "proof_number", "proof_on",
    )  # fmt: skip


VIEWS = (CertificateChangeView,)
