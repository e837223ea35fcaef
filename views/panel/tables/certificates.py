"""How cases end: decisions, certificates and the counters that number them."""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import request
from flask_babel import lazy_gettext as _

from models import Certificate, CertificateChange, Decision, NumberCounter
from models.enums import CertificateStatus
from models.questions.worklists import cancellation_is_owed
from models.rules.transitions import IN_FORCE
from views.access import Verb, may
from views.current import current_actor, current_day
from views.forms.columns import Children
from views.panel.engine.base import GuardedModelView
from views.panel.engine.filters import Filter, IsTrue
from views.panel.engine.lock import LockedView, Page, page
from views.panel.lists.done_filters import certificate_filters_of_the_board
from views.panel.tables.cases import PartOfCase
from views.verification import qr_image, verify_address
from views.words.labels import column_label, member_label
from views.words.values import exact


class DecisionView(PartOfCase):
    """The written decisions; a refusal gives reasons and remedies."""

    model = Decision
    column_list = ("application", "outcome", "decided_on", "decided_by")
    column_details_list = (
        *column_list, "is_deemed", "legal_basis", "reasons", "remedies", "false_materials",
        "hearing_minutes",
    )  # fmt: skip
    column_searchable_list = ("application.number",)
    column_filters = ("outcome", "decided_on", "application_id")
    column_default_sort = ("id", True)
    form_columns = (
        "application", "outcome", "legal_basis", "reasons", "remedies", "false_materials",
        "hearing_minutes",
    )  # fmt: skip


class IsOwedACancellation(IsTrue):
    """The permit has ended and its record is still to be cancelled (Art. 70)."""

    word = _("is")

    def key(self) -> str:
        return "cancellation_is_owed"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(cancellation_is_owed() if value else ~cancellation_is_owed())


class CertificateView(PartOfCase):
    """The certificates. What they state never changes."""

    model = Certificate
    endpoint_verbs = {  # noqa: RUF012 - a constant of the class above
        **LockedView.endpoint_verbs,
        "print_view": frozenset({Verb.ACT}),
    }
    column_list = (
        "number", "edition", "name", "holder_name", "status", "valid_from", "valid_until",
    )  # fmt: skip
    column_details_list = (
        "number", "edition", "kind", "name", "holder_name", "holder", "licence_item",
        "application", "status", "issued_on", "valid_from", "valid_until", "delivered_on",
        "delivery_method", "delivered_by", "recipient_name",
    )  # fmt: skip
    column_searchable_list = ("number", "holder_name")
    column_filters = (
        "status", "issued_on", "valid_until", "licence_item_id", "application_id",
    )  # fmt: skip
    column_default_sort = ("id", True)
    details_template = "panel/certificate.html"
    related = (("certificate_change", "certificate_id"),)
    children: ClassVar[tuple[Children, ...]] = (
        Children("editions", Certificate, ("edition", "status", "issued_on", "valid_from",
                                           "valid_until", "application")),
        Children("changes", CertificateChange, ("kind", "ground", "proposed_on", "approved_on",
                                                "rejected_on", "effective_on")),
    )  # fmt: skip

    def get_filters(self) -> list[Filter] | None:
        owed = IsOwedACancellation(Certificate.__table__.c.status, _("Cancellation is owed"))
        return [*(super().get_filters() or ()), owed, *certificate_filters_of_the_board()]

    def details_context(self, row: Any) -> dict[str, Any]:
        """The facts, with the address under which everybody sees that it is genuine; the record
        of changes only for those who may list it."""
        address = verify_address(row)
        context = super().details_context(row)
        context |= {"token": row.verify_token, "address": address, "qr": qr_image(address)}
        if not may(current_actor(), "certificate_change", Verb.LIST):
            context["child_tables"] = context["child_tables"][:1]
        return context

    def _related_lists(self, key: Any) -> Iterator[tuple[Any, str]]:
        yield from super()._related_lists(key)
        if may(current_actor(), "certificate_change", Verb.CREATE):
            query = urlencode({"certificate": key})
            yield _("Propose a change"), f"{self.get_url('certificate_change.create_view')}?{query}"
        if self.may(Verb.ACT):
            yield _("Print the certificate"), self.get_url(".print_view", id=key)

    @page("/print/")
    def print_view(self) -> Page:
        """The certificate as it is printed; one that is not in force says so across the page."""
        paper = self.find(request.args.get("id"), Verb.ACT)
        ended = paper.valid_until is not None and paper.valid_until < current_day()
        status = CertificateStatus.EXPIRED if ended and paper.status in IN_FORCE else paper.status
        return str(
            self.render(
                "panel/certificate_print.html",
                paper=paper,
                is_in_force=status is CertificateStatus.VALID,
                status=member_label(status),
                facts=[(column_label(self.table, name), exact(paper, name)) for name in _PRINTED],
                authority=paper.licence_item.department.authority,
                back_url=self.get_url(".details_view", id=paper.id),
            )
        )


# What the printed certificate states (Art. 39).
_PRINTED = (
    "number", "edition", "kind", "holder_name", "issued_on", "valid_from", "valid_until", "status",
)  # fmt: skip


class NumberCounterView(GuardedModelView):
    """The last number given in each series and year."""

    model = NumberCounter
    column_list = ("series", "year", "last_number")
    column_details_list = column_list
    column_searchable_list = ("series",)


VIEWS = (DecisionView, CertificateView, NumberCounterView)
