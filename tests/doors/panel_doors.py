"""The panel's doors: a row's form, the acts of a case and of rows, inline edits, deletion.

What is sent is derived from the deed, and forced: a field that a form lacks, or a page that is
closed to the account, is sent all the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask import Flask
from flask_babel import force_locale
from werkzeug.test import TestResponse

from models import LicenceItem
from models.acts import BY_NAME
from tests.doors.deed import FIELD, Button, Cell, Deed, NoWay, case_of
from tests.doors.model_doors import as_typed
from tests.factories import Office
from tests.web import Browser
from views.words.messages import WORDS

CLOSED = frozenset({403, 404})
SHUT_WITH = CLOSED | {400, 405}
IN_NO_FORM = NoWay("in no form")
CLOSED_TO_HIM = NoWay("closed to this account")
TRIED = re.compile(r'name="_tried" value="(\w+)"')
FACT = re.compile(r"%\\\((\w+)\\\)s")


@dataclass(frozen=True)
class Aim:
    """What is sent at whom: plain values, so that the office's session can be let go."""

    table: str
    key: str
    version: str
    is_new: bool
    fields: dict[str, str]
    case: str
    item: str
    case_version: str
    step: str
    typed: dict[str, str]
    on_page: dict[str, str]


def aim_of(office: Office, deed: Deed, row: Any) -> Aim:
    """The aim of a deed at the row that was reached."""
    case = case_of(row)

    def plain(button: Button | None) -> dict[str, str]:
        told = button.fields(office, row) if button else {}
        return {name: as_typed(value) for name, value in told.items()}

    return Aim(
        table=(deed.new or type(row)).__tablename__,
        key=str(row.id),
        version=str(getattr(row, "version", "")),
        is_new=deed.new is not None,
        fields={k: as_typed(v) for k, v in deed.fields(office, row).items()},
        case=case.number if case else "",
        item=_item_of(row),
        case_version=str(case.version) if case else "",
        step=str(row.id) if row.__tablename__ == "application_step" else "",
        typed=plain(deed.button),
        on_page=plain(deed.page),
    )


def _item_of(row: Any) -> str:
    found = row if isinstance(row, LicenceItem) else getattr(row, "licence_item", None)
    return found.code if isinstance(found, LicenceItem) else ""


class Visitor(Browser):
    """Somebody signed in."""

    def __init__(self, site: Flask, name: str) -> None:
        super().__init__(site)
        assert self.sign_in(name).status_code == 302

    def reads(self, language: str) -> None:
        """Change the language."""
        self.get(f"/language/{language}")


# A page with whether it refuses, or why the door leads nowhere.
Answer = tuple[TestResponse, bool] | NoWay
Way = Callable[[Visitor, Aim], Answer]


def by_form(visitor: Visitor, aim: Aim) -> Answer:
    """The form of the row, or the one for a new row."""
    base = f"/admin/{aim.table}"
    path = f"{base}/new/" if aim.is_new else f"{base}/edit/?id={aim.key}"
    if visitor.get(path).status_code in CLOSED:
        return _judged(visitor.post(path, {**aim.fields, "version": aim.version}))
    blank = visitor.form(path)
    named = {_field(blank, name): text for name, text in aim.fields.items()}
    if None not in named:
        return _judged(visitor.post(path, {**blank, **named}))
    if not aim.is_new:
        # As it stands, with what no field of it can say: nothing of that is written.
        unnamed = {k: v for k, v in aim.fields.items() if _field(blank, k) is None}
        visitor.post(path, {**blank, **unnamed})
    return IN_NO_FORM


def _field(blank: dict[str, str], name: str) -> str | None:
    """The field of a column, or of the reference whose key it is."""
    return next((each for each in (name, name.removesuffix("_id")) if each in blank), None)


def by_action(visitor: Visitor, aim: Aim, button: Button) -> Answer:
    """An act of the case page, of a row of a list, or of the rows chosen on it."""
    if button.of_many:
        return _chosen(visitor, aim, button)
    if button.of_rows:
        sent = {"action": button.name, "rowid": aim.key, **aim.typed}
        return _told_on_the_list(visitor, aim, visitor.post(f"/admin/{aim.table}/action/", sent))
    assert button.name in BY_NAME, "there is no such act"
    sent = {"version": aim.case_version, "step": aim.step, **aim.typed}
    return _judged(visitor.post(f"/admin/application/{aim.case}/act/{button.name}/", sent))


def _chosen(visitor: Visitor, aim: Aim, button: Button) -> Answer:
    """An act on chosen rows: refused in its preview, and again when that is confirmed all the same,
    though such a preview has no button for it."""
    path = f"/admin/{aim.table}/bulk/"
    sent = {"act": button.name, "rowid": aim.key, "_tried": "", **aim.typed}
    shown = visitor.post(path, sent)
    if shown.status_code != 200 or not _all_left(shown):
        return _judged(shown)
    tried = TRIED.search(shown.text)
    sent |= {"seen": f"{aim.key}.{aim.version}", "_tried": tried.group(1) if tried else ""}
    result = visitor.post(path, {**sent, "_confirmed": "1"})
    return result, result.status_code == 200 and _all_left(result)


def _all_left(page: TestResponse) -> bool:
    """Whether no row of those chosen was, or would be, changed."""
    return 'id="refused-rows"' in page.text and 'id="accepted-rows"' not in page.text


def by_page(visitor: Visitor, aim: Aim, page: Button) -> Answer:
    """A public page on which applicants act."""
    sent = {"version": aim.case_version, **aim.on_page}
    return _judged(visitor.post(page.name.format(case=aim.case, item=aim.item), sent))


def by_deletion(visitor: Visitor, aim: Aim) -> Answer:
    """The button that takes a row away."""
    answer = visitor.post(f"/admin/{aim.table}/delete/", {"id": aim.key})
    return _told_on_the_list(visitor, aim, answer)


def by_what_is_shut(visitor: Visitor, aim: Aim) -> Answer:
    """The addresses at which Flask-Admin would write, were they not shut: a cell edited in place,
    a details page that takes a form, and the deletion of many rows."""
    base = f"/admin/{aim.table}"
    for path, sent in (
        (f"{base}/ajax/update/", {"list_form_pk": aim.key, **aim.fields}),
        (f"{base}/details/?id={aim.key}", aim.fields),
        (f"{base}/action/", {"action": "delete", "rowid": aim.key}),
    ):
        answer = visitor.post(path, sent)
        if answer.status_code not in SHUT_WITH:
            return answer, False
    return CLOSED_TO_HIM


def _judged(answer: TestResponse) -> Answer:
    if answer.status_code in CLOSED:
        return CLOSED_TO_HIM
    return answer, 400 <= answer.status_code < 500


def _told_on_the_list(visitor: Visitor, aim: Aim, answer: TestResponse) -> Answer:
    """After a deed on the list, its words stand on the list."""
    if answer.status_code != 302:
        return _judged(answer)
    shown = visitor.get(f"/admin/{aim.table}/")
    return shown, "message-danger" in shown.text


def ways(deed: Deed, deletion: Cell) -> Iterator[tuple[str, Cell, Way]]:
    """Each door of the panel that leads to a deed, with the code that stands there."""
    doors: dict[str, tuple[Cell, Way]] = {
        "delete": (deletion, by_deletion),
        "ajax": (deed.at("ajax"), by_what_is_shut),
    }
    if deed.is_of_data and not deed.deletes:
        doors["form"] = deed.at("form"), by_form
    if (button := deed.button) is not None:
        doors["action"] = deed.at("action"), lambda visitor, aim: by_action(visitor, aim, button)
    if (page := deed.page) is not None:
        doors["portal"] = deed.at("portal"), lambda visitor, aim: by_page(visitor, aim, page)
    for door, (cell, way) in doors.items():
        if not isinstance(cell, NoWay):
            yield door, cell, way


def problem(site: Flask, answer: Answer, expected: str, language: str) -> str:
    """What is wrong with an answer; empty when it refuses in the words of the rule."""
    if isinstance(answer, NoWay):
        return ""
    page, refused = answer
    if not refused:
        return f"{page.status_code} is no refusal"
    if expected == FIELD or says(site, page, expected, language):
        return ""
    return f"{expected} is not said, but {_said(page)}"


def says(site: Flask, page: TestResponse, code: str, language: str) -> bool:
    """Whether the words of a rule stand on the page; its facts may be any."""
    with site.test_request_context(), force_locale(language):
        words = str(WORDS[code])
    pattern = FACT.sub(".*?", re.escape(words))
    return re.search(pattern, unescape(page.text), re.S) is not None


def _said(page: TestResponse) -> list[str]:
    found = re.findall(r'(?:role="alert"|class="[^"]*error[^"]*")[^>]*>(.*?)</', page.text, re.S)
    return [unescape(" ".join(text.split()))[:150] for text in found]
