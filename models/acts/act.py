"""What an act is: who does it, on what, what is typed with it, and what stands against it.

The page, the list, the portal, the stories of the demonstration and the guard of the table read
the same declaration: the page asks beforehand, the guard asks again of the finished picture.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy import Enum as Choice
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.acting import Actor
from models.application import Application, ApplicationStep
from models.base import stored
from models.enums import Duty
from models.errors import RuleViolation
from models.rules.transitions import APPLICATION_MOVES

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Standing:
    """What a question looks at: the row in hand as a person finds it on a day.

    ``document`` is the part that is being written; a page has none yet. ``step``: the step of
    the case that the act is about.
    """

    session: Session
    actor: Actor
    today: date
    row: Any
    step: ApplicationStep | None = None
    document: Any = None

    @property
    def case(self) -> Application:
        """The case that the act is about."""
        row: Application = self.row
        return row

    @property
    def at_step(self) -> ApplicationStep:
        """The step that the act is about."""
        assert self.step is not None, "only an act on a step asks for it"
        return self.step

    def stored(self, column: str) -> Any:
        """The value of the case's ``column`` before this act."""
        return stored(self.row, column)

    def others(self, rows: Iterable[Any]) -> list[Any]:
        """``rows`` without the document in hand."""
        return [row for row in rows if row is not self.document]

    def at(self, step: ApplicationStep | None) -> "Standing":
        """The same, about ``step``."""
        return replace(self, step=step)


Question = Callable[[Standing], RuleViolation | None]
Given = Mapping[str, Any]
Steps = Callable[[Standing], Iterable[ApplicationStep | None]]


def first_refusal(questions: Iterable[Question], at: Standing) -> RuleViolation | None:
    """The first of what ``questions`` find against it."""
    return next((found for question in questions if (found := question(at))), None)


class Kind(Enum):
    """How an input is typed."""

    LINE = auto()
    TEXT = auto()
    DAY = auto()
    NUMBER = auto()
    TICK = auto()
    MEMBER = auto()  # one member of a vocabulary
    ONE = auto()  # one of the rows that are offered
    SOME = auto()  # any of the rows that are offered
    MET = auto()  # met or not met
    VERDICTS = auto()  # met or not met, for each condition of the case


# What an input gives when nothing is typed.
NOTHING: Mapping[Kind, Any] = defaultdict(
    lambda: None, {Kind.LINE: "", Kind.TEXT: "", Kind.SOME: (), Kind.VERDICTS: {}, Kind.TICK: False}
)


@dataclass(frozen=True, slots=True)
class Input:
    """What is typed with an act. It gives the form its field and the words their key.

    ``needed``: nothing is done without it. ``offered``: the rows to choose from. ``known``: what
    stands there before anybody types. ``asked``: whether it is asked for at all. ``each``: where
    the act is done to many rows, it finds what belongs to each, and nobody types it. ``strict``:
    the form itself stops where it is empty, since no rule says so beside the field.
    """

    name: str
    kind: Kind
    needed: bool = False
    longest: int = LONGEST_TEXT
    least: int = 1
    most: int = 2**31 - 1
    vocabulary: type[Enum] | None = None
    offered: Callable[[Standing], Sequence[Any]] | None = None
    known: Callable[[Standing], Any] | None = None
    each: bool = False
    strict: bool = False
    asked: Callable[[Standing], bool] | None = None

    @property
    def members(self) -> type[Enum]:
        """The vocabulary from which one member is chosen."""
        assert self.vocabulary is not None, "only an input with a vocabulary asks for it"
        return self.vocabulary


_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (Choice, Kind.MEMBER),
    (Text, Kind.TEXT),
    (String, Kind.LINE),
    (Date, Kind.DAY),
    (Boolean, Kind.TICK),
    (Integer, Kind.NUMBER),
)


def typed(column: InstrumentedAttribute[Any], **options: Any) -> Input:
    """The input of ``column``: what kind it is, and how long, is said by the table."""
    held = column.type
    kind = next(kind for held_type, kind in _KINDS if isinstance(held, held_type))
    said: dict[str, Any] = {"kind": kind}
    if kind is Kind.MEMBER:
        said["vocabulary"] = held.enum_class
    if kind is Kind.LINE:
        said["longest"] = held.length
    return Input(column.key, **{**said, **options})


def whole_case(_at: Standing) -> Iterable[None]:
    """The act is about the row itself, not about one of its steps."""
    return (None,)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person does.

    ``on`` is the table of the row to which it is done; ``post`` the post from which; ``move`` the
    row of the table of lawful moves that it makes; ``document`` the table of the row that it adds,
    of which the guard asks all that the act asks. ``needs`` is the state in which the act means
    anything: outside of it it would change nothing, so that no rule would look at it. ``asks``
    are the questions that the rules ask again. ``steps``: about which steps of the case it is.
    ``many``: the tables in whose lists it is done to many rows at once. ``is_main``: with it the
    case goes on. ``is_of_the_portal``: the applicant does it there, and reads other words.
    """

    name: str
    duties: frozenset[Duty]
    run: Callable[[Standing, Given], object]
    on: str = "application"
    post: Duty | None = None
    document: str = ""
    move: str = ""
    inputs: tuple[Input, ...] = ()
    needs: tuple[Question, ...] = ()
    asks: tuple[Question, ...] = ()
    steps: Steps = whole_case
    many: tuple[str, ...] = ()
    is_main: bool = False
    is_of_the_portal: bool = False

    @property
    def key(self) -> str:
        """Its name among all acts; those that the office does to a case go without a table."""
        if self.is_of_the_portal:
            return f"portal.{self.name}"
        return self.name if self.on == "application" else f"{self.on}.{self.name}"

    def is_of(self, actor: Actor) -> bool:
        """Whether one of the person's duties is to do this."""
        return actor.holds(self.duties)

    def why_not_mine(self) -> RuleViolation:
        """What is said to a person of other duties: the act, not whose it is."""
        return RuleViolation("duty-not-held-for-move", target=self)

    def why_pointless(self, at: Standing) -> RuleViolation | None:
        """Why the act means nothing in this state."""
        if at.step not in self.steps(at):
            return step_is_gone()
        return first_refusal(self.needs, at)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the rules ask, as far as it is known beforehand: the post, and then the rest."""
        return (holds_post(self.post), *self.asks) if self.post else self.asks

    def why_not(self, at: Standing) -> RuleViolation | None:
        """What the rules would say against it, as far as is known beforehand."""
        return first_refusal(self.questions, at)


def step_is_gone() -> RuleViolation:
    """The step is not there to be worked any more: somebody was quicker, or the case went on."""
    return RuleViolation("step-is-not-open")


def movers(name: str) -> frozenset[Duty]:
    """The duties that make the moves of this name."""
    return frozenset().union(*(move.duties for move in APPLICATION_MOVES if move.name == name))


def holds_post(duty: Duty) -> Question:
    """The post is held on the day (按岗定责)."""

    def is_held(at: Standing) -> RuleViolation | None:
        return None if duty in at.actor.posts else RuleViolation("post-not-held", post=duty)

    return is_held
