"""What the address of the board asks for: as of which day, for which period, of which cases."""

from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext
from werkzeug.exceptions import BadRequest

from models.questions.board import Scope
from models.questions.figure import Period
from views.current import current_day

EARLIEST = date(1950, 1, 1)


class BadDay(BadRequest):
    """A day that is none, or that the board cannot speak of."""

    is_for_the_reader = True


@dataclass(frozen=True, slots=True)
class BoardAsked:
    """The cases that the board speaks of, and the period of what was done."""

    scope: Scope
    period: Period


def board_asked() -> BoardAsked:
    """What is asked; today and this month where nothing is. Aborts with 400 in words."""
    today = current_day()
    day = _day("as_of", today)
    if day > today:
        raise BadDay(gettext("%(day)s is still to come.", day=day.isoformat()))
    period = Period(_day("first", day.replace(day=1)), _day("last", day))
    if period.first > period.last:
        raise BadDay(gettext("The period ends before it begins."))
    green = request.args.get("green", "1")
    if green not in ("0", "1"):
        raise BadDay(gettext("The green lane counts (1) or does not (0)."))
    scope = Scope(day, bool(request.args.get("as_of")), with_green_lane=green == "1")
    return BoardAsked(scope, period)


def _day(name: str, default: date) -> date:
    text = request.args.get(name, "").strip()
    if not text:
        return default
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadDay(
            gettext("“%(text)s” is no day. Write it like 2025-03-31.", text=text[:20])
        ) from None
    if day < EARLIEST or day.year > current_day().year + 1:
        raise BadDay(gettext("No calendar reaches %(day)s.", day=day.isoformat()))
    return day
