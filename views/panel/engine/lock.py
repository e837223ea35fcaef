"""The lock on a table's view: one verb for each endpoint, and rows within the reader's scope."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from flask import abort, redirect, request
from flask_admin import expose
from flask_admin.base import AdminViewMeta
from flask_admin.contrib.sqla import ModelView
from flask_admin.tools import iterdecode
from sqlalchemy import Integer, func, inspect
from werkzeug.wrappers import Response

from models.acting import Actor
from models.database import db
from views.access import Verb, may, scope
from views.current import current_actor, is_signed_in
from views.links import here, path_here, sign_in_url
from views.requests import key_of_row, local_path
from views.words.labels import column_label, table_name

Page = str | Response | tuple[str, int]
Method = TypeVar("Method", bound=Callable[..., Any])


def page(url: str, *methods: str) -> Callable[[Method], Method]:
    """Serve a method of a view at ``url``, below the view's own address."""
    serve: Callable[[Method], Method] = expose(url, methods=methods or ("GET",))
    return serve


class PlainInheritance(AdminViewMeta):  # type: ignore[misc]
    """Lets endpoints be inherited as any method is.

    Flask-Admin copies every endpoint into every subclass: the copy that one base got from
    Flask-Admin would hide what another base puts in its place, and open it again.
    """

    # ruff does not see that the base is a metaclass, whose instances are classes.
    def __init__(cls, name: str, bases: tuple[type, ...], fields: Any) -> None:  # noqa: N805
        super().__init__(name, bases, fields)
        for copied in set(vars(cls)) - set(fields):
            if hasattr(getattr(cls, copied), "_wrapped"):
                delattr(cls, copied)


class LockedView(ModelView, metaclass=PlainInheritance):  # type: ignore[misc]
    """A view that is shut until the access table opens an endpoint to the reader."""

    # Endpoint → the verbs of which one is needed. What is not named answers 403.
    endpoint_verbs: ClassVar[dict[str, frozenset[Verb]]] = {
        "index_view": frozenset({Verb.LIST}),
        "create_view": frozenset({Verb.CREATE}),
        "edit_view": frozenset({Verb.EDIT}),
        "details_view": frozenset({Verb.DETAIL}),
        "delete_view": frozenset({Verb.DELETE}),
        "action_view": frozenset({Verb.ACT}),
        "bulk_view": frozenset({Verb.ACT, Verb.EXPORT}),
        "save_view": frozenset({Verb.LIST}),
        "export": frozenset({Verb.EXPORT}),
        "ajax_lookup": frozenset({Verb.CREATE, Verb.EDIT}),
        "ajax_update": frozenset({Verb.EDIT}),
    }

    model: Any
    # Loader options, so that a list reads its references with it.
    loads: ClassVar[tuple[Any, ...]] = ()

    def __init__(self) -> None:
        self.table: str = self.model.__tablename__
        super().__init__(self.model, db, name=table_name(self.table), endpoint=self.table)

    def is_accessible(self) -> bool:
        return may(current_actor(), self.table, Verb.LIST)

    def _handle_view(self, name: str, **_kwargs: Any) -> Response | None:
        if not is_signed_in():
            return redirect(sign_in_url(self._here()))
        if not any(self.may(verb) for verb in self.endpoint_verbs.get(name, ())):
            abort(403)
        return None

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        # Flask-Admin tries again after a TypeError, and so hides the real one.
        return fn(self, *args, **kwargs)

    @staticmethod
    def _here() -> str:
        return here() if request.method == "GET" else path_here()

    def may(self, verb: Verb) -> bool:
        """Whether the reader's duties open ``verb`` of this table."""
        return may(current_actor(), self.table, verb)

    def allows(self, verb: Verb, row: Any) -> bool:
        """Whether ``verb`` makes sense for this row in its present state; rules judge the rest."""
        return self.may(verb)

    def get_query(self, verb: Verb = Verb.LIST) -> Any:
        """The rows within the reader's scope for ``verb``."""
        return self._scoped(db.session.query(self.model).options(*self.loads), verb)

    def get_count_query(self) -> Any:
        query = db.session.query(func.count()).select_from(self.model)
        return self._scoped(query, Verb.LIST)

    def _scoped(self, query: Any, verb: Verb) -> Any:
        actor: Actor = current_actor()
        criterion = scope(actor, self.table, verb)
        return query if criterion is None else query.filter(criterion)

    def find(self, text: str | None, verb: Verb) -> Any:
        """The row with this key, within the scope of ``verb``; a foreign one is not there (404)."""
        values = self._key(text)
        columns = inspect(self.model).primary_key
        query = self.get_query(verb)
        for column, value in zip(columns, values, strict=True):
            query = query.filter(column == value)
        return query.one_or_none() or abort(404)

    def get_one(self, id: Any) -> Any:  # noqa: A002 - Flask-Admin's name
        return self.find(id, Verb.DETAIL)

    def _key(self, text: str | None) -> list[Any]:
        columns = inspect(self.model).primary_key
        if len(columns) == 1:
            return [key_of_row(text)]
        parts = iterdecode(text or "")
        if len(parts) != len(columns):
            abort(404)
        return [
            key_of_row(part) if isinstance(column.type, Integer) else part
            for column, part in zip(columns, parts, strict=True)
        ]

    def get_column_name(self, field: str) -> Any:
        return column_label(self.table, field)

    def _return_url(self) -> str:
        return local_path(request.values.get("url")) or self.get_url(".index_view")

    def _details_or_list(self, row: Any) -> str:
        if row is None or not self.may(Verb.DETAIL):
            return self._return_url()
        return str(self.get_url(".details_view", id=self.get_pk_value(row)))

    def init_actions(self) -> None:
        """Only ``row_actions`` count: no mass delete."""
        self._actions: list[Any] = []
        self._actions_data: dict[str, Any] = {}
