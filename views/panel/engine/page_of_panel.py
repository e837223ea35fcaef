"""A page of the panel that shows no table: open to the duties that the access table names."""

from typing import Any, ClassVar

from flask import abort, redirect, request
from flask_admin import BaseView
from werkzeug.wrappers import Response

from views.access import PAGES, Verb
from views.current import current_actor, is_signed_in
from views.links import path_here, sign_in_url


class PageOfPanel(BaseView):  # type: ignore[misc]
    """One page, named in ``PAGES`` by its ``table``; without one of its duties it answers 403."""

    table: ClassVar[str]
    endpoint_verbs: ClassVar[dict[str, frozenset[Verb]]]

    def __init__(self) -> None:
        super().__init__(name=PAGES[self.table].name, endpoint=self.table)

    def is_accessible(self) -> bool:
        return bool(current_actor().duties & PAGES[self.table].duties)

    def _handle_view(self, name: str, **_kwargs: Any) -> Response | None:
        if not is_signed_in():
            asked = path_here() if request.method == "GET" else self.get_url(".index_view")
            return redirect(sign_in_url(asked))
        if not self.is_accessible():
            abort(403)
        return None
