"""The light beside a case in words: shape, text and colour, with the working days in it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models.questions.worklists import Light, days_of_light, light_of
from models.rules.working_days import Calendar

SHAPES: Mapping[Light, str] = {
    Light.OVERDUE: "▲",
    Light.DUE_SOON: "◆",
    Light.RUNNING: "●",
    Light.PAUSED: "❚❚",
    Light.NO_CLOCK: "◇",
    Light.CLOSED: "○",
}

LIGHT_NAMES: Mapping[Light, LazyString] = {
    Light.OVERDUE: _("Overdue"),
    Light.DUE_SOON: _("Due soon"),
    Light.RUNNING: _("In time"),
    Light.PAUSED: _("Clock paused"),
    Light.NO_CLOCK: _("No clock yet"),
    Light.CLOSED: _("Ended"),
}


class Lamp(NamedTuple):
    """A light as a page shows it; ``style`` is the class that colours it."""

    style: str
    shape: str
    words: str


class Lamps:
    """The lights of one page. Each is put into words once, however many rows show it."""

    def __init__(self, calendar: Calendar, today: date) -> None:
        self._calendar = calendar
        self._today = today
        self._made: dict[tuple[Light, int | None, bool], Lamp] = {}

    def of(
        self,
        due_on: date | None,
        warn_on: date | None = None,
        suspended_since: date | None = None,
        closed_on: date | None = None,
    ) -> Lamp:
        """The lamp of a case whose clock stands so."""
        light = light_of(
            self._today,
            due_on=due_on,
            warn_on=warn_on,
            suspended_since=suspended_since,
            closed_on=closed_on,
        )
        days = days_of_light(self._calendar, self._today, light, due_on)
        key = (light, days, due_on == self._today)
        if key not in self._made:
            self._made[key] = Lamp(light.lower().replace("_", "-"), SHAPES[light], _words(*key))
        return self._made[key]


def _words(light: Light, days: int | None, is_the_day: bool) -> str:
    if light is Light.OVERDUE and days:
        return str(ngettext("%(num)d day late", "%(num)d days late", days))
    if light in (Light.DUE_SOON, Light.RUNNING) and is_the_day:
        return str(gettext("due today"))
    if light in (Light.DUE_SOON, Light.RUNNING) and days is not None:
        return str(ngettext("%(num)d day left", "%(num)d days left", days))
    return str(LIGHT_NAMES[light])
