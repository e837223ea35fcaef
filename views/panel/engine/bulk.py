"""Many rows at once: chosen on a list, looked at before anything is stored, done one by one.

The preview does each deed and takes it back: what it tells is what the rules say, not a second
opinion. On confirmation each row is a transaction of its own; a row that somebody changed since
the preview is left alone and told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from flask import abort, flash, redirect, request
from flask_admin.form import BaseForm
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError

from models.database import db
from models.questions.conflicts import who_was_first
from views.access import Verb
from views.current import current_actor, shows_form_again, token_expired
from views.exports import csv_response
from views.judging import judged, tried
from views.panel.engine.bulk_acts import EXPORT, BulkAct, Told, of_row_action
from views.panel.engine.listing import Asked, ListPages
from views.panel.engine.lock import Page, page
from views.words.values import cell, row_title, show

MOST_CHOSEN = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen row as its page shows it. ``seen``: the version that the reader looked at."""

    key: str
    seen: str
    url: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act does to a row; ``refusal`` says why it does nothing."""

    row: Chosen
    words: str = ""
    refusal: str = ""


class BulkPages(ListPages):
    """A list whose rows can be chosen."""

    bulk_acts: ClassVar[tuple[BulkAct, ...]] = ()

    def list_context(self, asked: Asked, count: int, rows: Any) -> dict[str, Any]:
        return {**super().list_context(asked, count, rows), "bulk_acts": self.acts_offered()}

    def acts_offered(self) -> list[BulkAct]:
        """The acts that the reader may do to rows of this list."""
        return [act for act in self._acts() if self._offers(act)]

    def _acts(self) -> Iterator[BulkAct]:
        yield from self.bulk_acts
        own = {act.name for act in self.bulk_acts}
        yield from (of_row_action(deed) for deed in self.row_actions if deed.name not in own)
        yield EXPORT

    def _offers(self, act: BulkAct) -> bool:
        return self.may(act.verb) and (act.duties is None or current_actor().holds(act.duties))

    @page("/bulk/", "GET", "POST")
    @shows_form_again
    def bulk_view(self) -> Page:
        """What would happen to the chosen rows; and, when that was confirmed, what happened."""
        if request.method == "GET":  # after a change of language nothing is chosen any more
            return redirect(self._return_url())
        act = self._act_asked()
        keys = list(dict.fromkeys(request.form.getlist("rowid")))
        if problem := _problem(len(keys)):
            flash(problem, "warning")
            return redirect(self._return_url())
        rows = [self.find(key, act.verb) for key in keys]
        if act is EXPORT:
            return self._exported(rows)
        return self._looked_at(act, rows, act.form(request.form))

    def _act_asked(self) -> BulkAct:
        name = request.form.get("act", "")
        act = next((act for act in self._acts() if act.name == name), None) or abort(400)
        return act if self._offers(act) else abort(403)

    def _looked_at(self, act: BulkAct, rows: list[Any], form: BaseForm) -> Page:
        if token_expired():
            words = gettext("The page was open too long. Nothing is lost: please try again.")
            return self._bulk_page(act, rows, form, problems=[words]), 400
        if act.has_fields and not {"_tried", "_confirmed"} & set(request.form):
            return self._bulk_page(act, rows, act.form())  # comes from the list: nothing typed yet
        if not form.validate():
            return self._bulk_page(act, rows, form), 422
        if "_confirmed" not in request.form:
            return self._bulk_page(act, rows, form, self._preview(act, rows, form))
        if request.form.get("_tried") != _digest(form):
            words = gettext("You changed what is typed: look at what would happen now.")
            outcomes = self._preview(act, rows, form)
            return self._bulk_page(act, rows, form, outcomes, problems=[words]), 409
        return self._done(act, [self._carried_out(act, row, form) for row in rows])

    # --- judged by the rules ------------------------------------------------------------------

    def _preview(self, act: BulkAct, rows: list[Any], form: BaseForm) -> list[Outcome]:
        return [self._outcome(act, row, form, tried) for row in rows]

    def _carried_out(self, act: BulkAct, row: Any, form: BaseForm) -> Outcome:
        shown = self._chosen(row)
        if shown.seen not in request.form.getlist("seen"):
            return Outcome(shown, refusal=self._changed_meanwhile(row))
        return self._outcome(act, row, form, judged)

    def _outcome(self, act: BulkAct, row: Any, form: BaseForm, judge: Any) -> Outcome:
        """What comes of an act on a row, ``tried`` or ``judged``."""
        shown = self._chosen(row)
        if act.asks_the_view and not self.allows(act.verb, row):
            return Outcome(shown, refusal=gettext("Its present state leaves nothing to do here."))
        words: list[str] = []

        def deed() -> None:
            told: Told = act.deed(row, form)
            db.session.flush()  # what follows is derived: only now can it be told
            words.append(told())

        try:
            refusal = judge(deed)
        except StaleDataError:
            db.session.rollback()
            return Outcome(shown, refusal=self._changed_meanwhile(row))
        if refusal is not None:
            return Outcome(shown, refusal=act.refused(row, refusal))
        return Outcome(shown, words=words[0])

    def _changed_meanwhile(self, row: Any) -> str:
        found = who_was_first(db.session(), self.table, row.id)
        who, when = found or (gettext("Somebody"), None)
        words = gettext(
            "%(who)s changed it meanwhile (%(when)s); it was left alone.", who=who, when=show(when)
        )
        return str(words)

    # --- shown ----------------------------------------------------------------------------------

    def _chosen(self, row: Any) -> Chosen:
        key = str(self.get_pk_value(row))
        url, title, about = self.row_in_words(row)
        return Chosen(key, f"{key}.{getattr(row, 'version', 0)}", url, title, about)

    def row_in_words(self, row: Any) -> tuple[str, str, str]:
        """The address of a row's page, what the row is called, and what it is about."""
        has_page = self.may(Verb.DETAIL)
        url = self.get_url(".details_view", id=self.get_pk_value(row)) if has_page else ""
        return url, row_title(row), ""

    def _bulk_page(
        self,
        act: BulkAct,
        rows: list[Any],
        form: BaseForm,
        outcomes: list[Outcome] | None = None,
        problems: list[str] | None = None,
    ) -> str:
        chosen = [o.row for o in outcomes] if outcomes is not None else map(self._chosen, rows)
        return str(
            self.render(
                "panel/bulk_preview.html",
                act=act,
                form=form,
                digest=_digest(form),
                chosen=list(chosen),
                problems=problems or [],
                return_url=self._return_url(),
                **_sorted_out(outcomes),
            )
        )

    def _done(self, act: BulkAct, outcomes: list[Outcome]) -> Page:
        """Back to the list when all went well; otherwise a page that says what did not, and why."""
        sorted_out = _sorted_out(outcomes)
        if not sorted_out["refused"]:
            done = len(outcomes)
            flash(gettext("Done: %(label)s (%(count)s)", label=act.label, count=done), "success")
            return redirect(self._return_url())
        return str(
            self.render(
                "panel/bulk_result.html", act=act, return_url=self._return_url(), **sorted_out
            )
        )

    def _exported(self, rows: list[Any]) -> Page:
        """The chosen rows with the columns of the list's download, in the order of the page."""
        columns = [name for name, _label in self._export_columns]
        headings = [str(label) for _name, label in self._export_columns]
        cells = ([cell(row, column) for column in columns] for row in rows)
        return csv_response(self.table, headings, cells)


def _problem(chosen: int) -> str:
    if not chosen:
        return str(gettext("Please choose at least one row."))
    if chosen <= MOST_CHOSEN:
        return ""
    words = gettext(
        "At most %(most)s rows at once; you chose %(count)s. Nothing was done.",
        most=MOST_CHOSEN,
        count=chosen,
    )
    return str(words)


def _digest(form: BaseForm) -> str:
    """What was typed, in short: the preview of other words is not the one that is confirmed."""
    typed = [(field.short_name, *(field.raw_data or ())) for field in form]
    return sha256(repr(typed).encode()).hexdigest()[:16]


def _sorted_out(outcomes: list[Outcome] | None) -> dict[str, list[Outcome] | None]:
    if outcomes is None:
        return {"accepted": None, "refused": None}
    return {
        "accepted": [o for o in outcomes if not o.refusal],
        "refused": [o for o in outcomes if o.refusal],
    }
