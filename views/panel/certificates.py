"""How cases end: decisions, certificates and the counters that number them."""

from typing import Any

from models import Certificate, Decision, NumberCounter
from views.panel.base import GuardedModelView
from views.panel.cases import PartOfCase
from views.verification import qr_image, verify_address


class DecisionView(PartOfCase):
    """The written decisions; a refusal gives reasons and remedies."""

    model = Decision
    column_list = ("application", "outcome", "decided_on", "decided_by")
    column_details_list = (*column_list, "legal_basis", "reasons", "remedies")
    column_searchable_list = ("application.number",)
    column_filters = ("outcome", "decided_on", "application_id")
    column_default_sort = ("id", True)
    form_columns = ("application", "outcome", "legal_basis", "reasons", "remedies")


class CertificateView(PartOfCase):
    """The certificates. What they state never changes."""

    model = Certificate
    column_list = ("number", "name", "holder_name", "status", "valid_from", "valid_until")
    column_details_list = (
        "number", "name", "holder_name", "licence_item", "application", "status", "issued_on",
        "valid_from", "valid_until", "delivered_on", "delivery_method",
    )  # fmt: skip
    column_searchable_list = ("number", "holder_name")
    column_filters = (
        "status", "issued_on", "valid_until", "licence_item_id", "application_id",
    )  # fmt: skip
    column_default_sort = ("id", True)
    details_template = "panel/certificate.html"

    def details_context(self, row: Any) -> dict[str, Any]:
        address = verify_address(row)
        return {**super().details_context(row), "address": address, "qr": qr_image(address)}


class NumberCounterView(GuardedModelView):
    """The last number given in each series and year."""

    model = NumberCounter
    column_list = ("series", "year", "last_number")
    column_details_list = column_list
    column_searchable_list = ("series",)


VIEWS = (DecisionView, CertificateView, NumberCounterView)
