"""A page of the panel for everybody with an account: what it shows is within the reader's scope."""

from typing import Any, ClassVar

from flask import redirect
from flask_admin import BaseView
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response

from views.current import is_signed_in
from views.links import here, sign_in_url


class OpenPage(BaseView):  # type: ignore[misc]
    """One page that no duty opens, and that opens nothing by itself."""

    address: ClassVar[str]
    title: ClassVar[LazyString]

    def __init__(self) -> None:
        super().__init__(name=self.title, endpoint=self.address)

    def is_accessible(self) -> bool:
        return is_signed_in()

    def _handle_view(self, name: str, **_kwargs: Any) -> Response | None:
        if is_signed_in():
            return None
        return redirect(sign_in_url(here()))
