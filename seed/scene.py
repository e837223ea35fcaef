"""Who is there to act in a story, on what, and on which day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from sqlalchemy.orm import Session

from models import Application, LicenceItem, User
from models.acting import Actor, acting
from models.acts import BY_NAME, Act
from models.acts.act import NOTHING, Input, Standing
from models.certificate import Certificate
from models.enums import Duty
from models.rules.working_days import Calendar


@dataclass(slots=True)
class Cast:
    """Who is there to act, and on what."""

    items: dict[str, LicenceItem]
    actors: dict[Duty, Sequence[Actor]]
    calendar: Calendar
    timezone: tzinfo
    told: dict[str, int] = field(default_factory=dict)  # label → the key of its case

    def officer(self, duty: Duty, number: int) -> Actor:
        """One of the officers of a duty, round and round."""
        actors = self.actors[duty]
        return actors[number % len(actors)]


@dataclass(slots=True)
class Scene:
    """One case on one day of its story."""

    session: Session
    case: Application
    today: date
    cast: Cast
    crew: int

    def ahead(self, days: int) -> date:
        """So many working days from this one."""
        return self.cast.calendar.add(self.today, days)

    def officer(self, duty: Duty, turn: int = 0) -> User:
        """An officer of the story's crew, or another one in turn."""
        key = self.cast.officer(duty, self.crew + turn).user_id
        assert key is not None, "an officer is a person"
        return self.session.get_one(User, key)

    @property
    def certificate(self) -> Certificate:
        """The certificate that the case has issued."""
        assert self.case.certificate is not None, "the story has a certificate"
        return self.case.certificate


@dataclass(frozen=True, slots=True)
class Deed:
    """What one person does in one go: the duty (None: the law does it), and what is done.

    ``turn`` 1 is the next officer of that duty; ``on`` is the day on which time does it.
    """

    duty: Duty | None
    do: Callable[[Scene], object]
    turn: int = 0
    on: Callable[[Application], date] | None = None


Words = Mapping[str, tuple[Deed, ...]]


# --- acts of the one table, told in a story -------------------------------------------------------

# What is typed with an act: values, or what finds them in the scene.
Typed = Mapping[str, Any]


def told(duty: Duty, name: str, /, *, turn: int = 0, **typed: Any) -> tuple[Deed, ...]:
    """A person does an act of the table, once."""
    return (Deed(duty, does(name, **typed), turn=turn),)


def does(name: str, /, **typed: Any) -> Callable[[Scene], object]:
    """The act of this name, with what is typed; what is not is filled in as its page does it."""
    return lambda scene: _perform(BY_NAME[name], scene, typed)


def _perform(act: Act, scene: Scene, typed: Typed) -> object:
    at = Standing(scene.session, acting(scene.session).actor, scene.today, scene.case)
    at = at.at(next(iter(act.steps(at))))
    said = {name: value(scene) if callable(value) else value for name, value in typed.items()}
    return act.run(at, {**_filled_in(act, at), **said})


def _filled_in(act: Act, at: Standing) -> dict[str, Any]:
    return {i.name: _known(i, at) for i in act.inputs}


def _known(each: Input, at: Standing) -> Any:
    is_asked = each.asked is None or each.asked(at)
    return each.known(at) if each.known and is_asked else NOTHING[each.kind]
