"""The figures of the reform, on one page and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from flask import abort, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response

from models.database import db
from models.questions.figure import Figure, Period
from models.questions.figures import Workload, figures, workload
from views.access import PAGES, Verb
from views.current import current_day
from views.exports import csv_response
from views.panel.engine.lock import Page, page
from views.panel.engine.page_of_panel import PageOfPanel
from views.words.values import NOTHING, in_english

WORDS: dict[str, LazyString] = {
    "departments-merged": _("Sections that handle items: now / before"),
    "items-in-the-centre": _("Items handled in the service hall / all items"),
    "items-delegated": _("Items with an authorised window / items that may have one"),
    "steps-removed": _("Steps removed / items: average"),
    "average-steps": _("Steps / items: average"),
    "days-promised": _("Working days promised now / working days of the former steps"),
    "promise-of-the-law": _("Promised limit as a part of the statutory one / items: average"),
    "days-saved": _("Working days that parallel steps save / days one after another"),
    "online-share": _("Applications online / accepted applications"),
    "collected-on-the-spot": _("Certificates collected on the spot / delivered certificates"),
    "satisfaction": _("Satisfied applicants / applicants who rated the service"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as it is read."""

    code: str
    words: str
    numerator: str
    denominator: str
    value: str


class FiguresPage(PageOfPanel):
    """Each figure as numerator, denominator and quotient, for a period."""

    table = "figures"
    endpoint_verbs: ClassVar[dict[str, frozenset[Verb]]] = {
        "index_view": frozenset({Verb.LIST}),
        "export": frozenset({Verb.EXPORT}),
    }

    @page("/")
    def index_view(self) -> Page:
        """The page."""
        period, electronic = _period(), "paper" not in request.args
        return str(
            self.render(
                "panel/figures.html",
                title=PAGES["figures"].name,
                period=period,
                electronic=electronic,
                lines=list(figure_lines(period, electronic)),
                sections=[_section(row) for row in workload(db.session(), period)],
                export_url=f"{self.get_url('.export')}?{request.query_string.decode('ascii')}",
            )
        )

    @page("/export/csv/")
    def export(self) -> Response:
        """The same figures as a file."""
        period, electronic = _period(), "paper" not in request.args
        headings = (
            gettext("Figure"),
            gettext("Numerator"),
            gettext("Denominator"),
            gettext("Value"),
        )
        lines = figure_lines(period, electronic)
        rows = [(line.words, line.numerator, line.denominator, line.value) for line in lines]
        name = f"figures-{period.first.isoformat()}-{period.last.isoformat()}"
        return csv_response(name, headings, rows)


def _period() -> Period:
    """The period that was asked for; this year so far when none was."""
    today = current_day()
    first = _day("first", date(today.year, 1, 1))
    last = _day("last", today)
    if first > last:
        abort(400)
    return Period(first, last)


def _day(name: str, default: date) -> date:
    text = request.args.get(name, "")
    try:
        return date.fromisoformat(text) if text else default
    except ValueError:
        abort(400)


def figure_lines(period: Period, electronic: bool) -> Iterator[Line]:
    """Every figure in words."""
    for figure in figures(db.session(), period, electronic_counts=electronic):
        yield Line(
            figure.code,
            str(WORDS[figure.code]),
            _number(figure.numerator),
            str(figure.denominator),
            _value(figure),
        )


def _number(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.2f}"


def _value(figure: Figure) -> str:
    if figure.value is None:
        return NOTHING
    return f"{float(figure.value):.1%}" if figure.is_share else f"{float(figure.value):.2f}"


def _section(row: Workload) -> tuple[str, int, int]:
    return row.department_en if in_english() else row.department, row.before, row.now


VIEWS = (FiguresPage,)
