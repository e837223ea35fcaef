"""Many rows at once: chosen on a list, looked at before anything is stored, done one by one.

The preview does each deed and takes it back: what it tells is what the rules say, not a second
opinion. On confirmation each row is a transaction of its own; a row that somebody changed since
the preview is left alone and told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import abort, flash, redirect, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy.orm.exc import StaleDataError

from models.acts import Act, acts_on_many
from models.acts.many import do_to_row, standing_of_row
from models.database import db
from models.questions.conflicts import who_was_first
from views.access import Verb
from views.current import current_actor, shows_form_again, token_expired
from views.exports import csv_response
from views.forms.inputs import InputsForm, form_of_many
from views.judging import judged, tried
from views.panel.engine.listing import Asked, ListPages
from views.panel.engine.lock import Page, page
from views.panel.engine.records import RecordPages
from views.words.acts import label_of_many, what_came
from views.words.messages import words_of, words_of_another
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


@dataclass(frozen=True, slots=True)
class ManyAct:
    """An act as a list offers it for the chosen rows."""

    name: str
    label: LazyString
    act: Act | None = None

    @property
    def form(self) -> type[InputsForm]:
        """What a person types once for all rows."""
        return form_of_many(self.act) if self.act else InputsForm

    @property
    def has_fields(self) -> bool:
        """Whether anything is typed at all."""
        return bool(self.form.inputs)

    @property
    def speaks_of_another(self) -> bool:
        """Whether a refusal is about an officer who is chosen, not about the reader."""
        return any(asked.name == "officer" for asked in self.form.inputs)


# A download changes nothing, so there is nothing to look at beforehand.
EXPORT = ManyAct("export", _("Export the chosen"))


class BulkPages(RecordPages, ListPages):
    """A list whose rows can be chosen."""

    def list_context(self, asked: Asked, count: int, rows: Any) -> dict[str, Any]:
        return {**super().list_context(asked, count, rows), "bulk_acts": self.acts_offered()}

    def acts_offered(self) -> list[ManyAct]:
        """The acts that the reader may do to rows of this list."""
        return [many for many in self._acts() if self._offers(many)]

    def _acts(self) -> Iterator[ManyAct]:
        for act in acts_on_many(self.table):
            yield ManyAct(act.name, label_of_many(act), act)
        yield EXPORT

    def _offers(self, many: ManyAct) -> bool:
        if many.act is None:
            return self.may(Verb.EXPORT)
        return self.may(Verb.ACT) and many.act.is_of(current_actor())

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
        if act is EXPORT:
            return self._exported([self.find(key, Verb.EXPORT) for key in keys])
        rows = [self.find(key, Verb.ACT) for key in keys]
        return self._looked_at(act, rows, self._form(act, request.form))

    def _form(self, many: ManyAct, sent: Any = None) -> InputsForm:
        form = many.form(sent)
        form.prepare(self.standing(None))
        return form

    def _act_asked(self) -> ManyAct:
        name = request.form.get("act", "")
        act = next((act for act in self._acts() if act.name == name), None) or abort(400)
        return act if self._offers(act) else abort(403)

    def _looked_at(self, act: ManyAct, rows: list[Any], form: InputsForm) -> Page:
        if token_expired():
            words = gettext("The page was open too long. Nothing is lost: please try again.")
            return self._bulk_page(act, rows, form, problems=[words]), 400
        if act.has_fields and not {"_tried", "_confirmed"} & set(request.form):
            return self._bulk_page(
                act, rows, self._form(act)
            )  # comes from the list: nothing typed yet
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

    def _preview(self, act: ManyAct, rows: list[Any], form: InputsForm) -> list[Outcome]:
        return [self._outcome(act, row, form, tried) for row in rows]

    def _carried_out(self, act: ManyAct, row: Any, form: InputsForm) -> Outcome:
        shown = self._chosen(row)
        if shown.seen not in request.form.getlist("seen"):
            return Outcome(shown, refusal=self._changed_meanwhile(row))
        return self._outcome(act, row, form, judged)

    def _outcome(self, act: ManyAct, row: Any, form: InputsForm, judge: Any) -> Outcome:
        """What comes of an act on a row, ``tried`` or ``judged``."""
        shown = self._chosen(row)
        words: list[str] = []

        def deed() -> None:
            assert act.act is not None, "a download is no deed"
            given = form.given()
            done = do_to_row(act.act, standing_of_row(act.act, self.standing(row)), given)
            db.session.flush()  # what follows is derived: only now can it be told
            words.append(what_came(act.act, done, given))

        try:
            refusal = judge(deed)
        except StaleDataError:
            db.session.rollback()
            return Outcome(shown, refusal=self._changed_meanwhile(row))
        if refusal is not None:
            say = words_of_another if act.speaks_of_another else words_of
            return Outcome(shown, refusal=say(refusal))
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
        act: ManyAct,
        rows: list[Any],
        form: InputsForm,
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

    def _done(self, act: ManyAct, outcomes: list[Outcome]) -> Page:
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


def _digest(form: InputsForm) -> str:
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
