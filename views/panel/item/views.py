"""The addresses of an item: its page under its code, and the comparison of its versions."""

from flask import abort, redirect, request

from models import ItemVersion, LicenceItem
from views.access import Verb
from views.current import current_actor
from views.forms.columns import Children
from views.panel.engine.links import item_url
from views.panel.engine.lock import LockedView, Page, page
from views.panel.engine.records import RecordPages
from views.panel.item.page import compare_context, item_context
from views.panel.item.versions import shown_version

LONGEST_CODE = 60


class ItemPages(RecordPages):
    """An item under its code, in place of the plain details of a row."""

    endpoint_verbs = {  # noqa: RUF012 - a constant of the class above
        **LockedView.endpoint_verbs,
        "item_view": frozenset({Verb.DETAIL}),
        "compare_view": frozenset({Verb.DETAIL}),
    }
    # What a version consists of: set by the view of items, which knows that of versions.
    version_parts: tuple[Children, ...] = ()

    def find_item(self, code: str) -> LicenceItem:
        """The item of this code within the reader's scope (404 when there is none)."""
        if len(code) > LONGEST_CODE:
            abort(404)
        query = self.get_query(Verb.DETAIL).filter(LicenceItem.code == code)
        found: LicenceItem | None = query.one_or_none()
        return found or abort(404)

    @page("/details/")
    def details_view(self) -> Page:
        """The plain address of a row leads to the page of the item."""
        return redirect(item_url(self.find(request.args.get("id"), Verb.DETAIL).code))

    @page("/<path:code>/")
    def item_view(self, code: str) -> Page:
        """One item with one of its versions: what it says, and what may be done about it."""
        item = self.find_item(code)
        version = shown_version(item, request.args.get("version"))
        if version is None and request.args.get("version"):
            abort(404)
        context = item_context(item, version, current_actor(), self.version_parts)
        return str(self.render("panel/item.html", **context))

    @page("/<path:code>/compare/")
    def compare_view(self, code: str) -> Page:
        """What differs between two versions; without a wish, between the two newest."""
        item = self.find_item(code)
        old, new = _pair(item)
        context = compare_context(old, new, self.version_parts, current_actor())
        return str(self.render("panel/item_compare.html", **context))


def _pair(item: LicenceItem) -> tuple[ItemVersion, ItemVersion]:
    """The two versions asked for. Aborts with 404 when there is no such version."""
    numbers = [str(version.version_number) for version in item.versions]
    if not numbers:
        abort(404)
    new = shown_version(item, request.args.get("to") or numbers[-1])
    old = shown_version(item, request.args.get("from") or (numbers[-2:])[0])
    if old is None or new is None:
        abort(404)
    return old, new
