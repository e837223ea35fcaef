"""Why this date, as one printed page: the words of its template, in the reader's language."""

from datetime import date
from typing import Any

from flask_babel import gettext

from models import Application
from models.database import db
from models.questions.calendar import working_calendar
from models.questions.case_clock import explained_day_of
from views.panel.case.causes import causes_of, headings
from views.panel.case.dates import dates_of
from views.panel.case.facts import limits_of_case
from views.panel.case.why_date import Strip, strip_of
from views.words.values import cell, in_english, localised, show

# More causes than these do not fit on a page that can be read: the middle is then left out.
FIRST_CAUSES, LAST_CAUSES = 2, 12
LONGEST_DETAIL = 90
# No font of books has the bars of a pause.
SHAPES_ON_PAPER = {"❚❚": "‖"}


def printed_facts(case: Application, today: date) -> dict[str, Any]:
    """What the page says of a case on a day. The same case and day give the same facts."""
    calendar = working_calendar(db.session())
    strip = strip_of(case, calendar, today)
    causes = [[_short(text) for text in cause.cells] for cause in causes_of(case)]
    left_out = max(0, len(causes) - FIRST_CAUSES - LAST_CAUSES)
    if left_out:
        causes = causes[:FIRST_CAUSES] + causes[-LAST_CAUSES:]
    return {
        "lang": "en" if in_english() else "zh",
        "number": case.number,
        "title": heading_of(case),
        "as_of": [today.year, today.month, today.day],
        "as_of_words": gettext("As it stands on %(day)s", day=show(today)),
        "footer": str(localised(case.licence_item.department.authority, "name")),
        "lines": _lines(case),
        "dates": [
            {
                "label": each.label,
                "day": each.day,
                "light": f"{SHAPES_ON_PAPER.get(each.light.shape, each.light.shape)} "
                f"{each.light.words}",
                "sum": each.sum,
            }
            for each in dates_of(case, calendar, today)
        ],
        **_strip_facts(strip),
        "causes_title": gettext("What moved the date"),
        "headings": headings(),
        "causes": causes,
        "left_out": gettext("%(count)s causes between them are left out; the case page has all.",
                            count=left_out) if left_out else "",
        "law": gettext(
            "Working days (Administrative Permit Law, Art. 82); the first day is not counted, and "
            "no period ends on a rest day (Civil Code, Art. 201, 203); time under Art. 45 is left "
            "out; one extension (Art. 42)."
        ),
    }  # fmt: skip


def heading_of(case: Application) -> str:
    """The question that the page answers."""
    day = explained_day_of(case)
    if day is None:
        return str(gettext("How the date moved"))
    return str(gettext("Why %(day)s?", day=day.isoformat()))


def _lines(case: Application) -> list[list[str]]:
    version = gettext(
        "version %(number)s, published on %(day)s",
        number=case.item_version.version_number,
        day=show(case.item_version.published_on),
    )
    item = f"{localised(case.licence_item, 'name')} ({version})"
    lines = [[gettext("Case number"), case.number], [gettext("Licence item"), item]]
    if case.applicant is not None:
        number = cell(case.applicant, "identity_number")
        lines.append([gettext("Applicant"), f"{case.applicant.name}  {number}"])
    if limits := limits_of_case(case):
        lines.append([gettext("Limits"), limits])
    return lines


def _strip_facts(strip: Strip | None) -> dict[str, Any]:
    days = strip.days if strip else []
    cut = strip.cut if strip else 0
    return {
        "days_title": gettext("Day by day"),
        "days": [
            {
                "mark": each.mark.style,
                "short": each.short,
                "sign": each.sign,
                "is_due": each.is_due,
                "is_today": each.is_today,
            }
            for each in days
        ],
        "cut": gettext("%(days)s more days are not shown.", days=cut) if cut else "",
        "legend": [
            {"mark": mark.style, "sign": str(mark.sign), "words": str(mark.words)}
            for mark in (strip.legend if strip else ())
        ],
        "due": {"sign": gettext("due"), "words": gettext("The date that binds")},
    }


def _short(text: str) -> str:
    text = " ".join(text.split()) or "–"
    return text if len(text) <= LONGEST_DETAIL else f"{text[: LONGEST_DETAIL - 1]}…"
