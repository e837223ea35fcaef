"""What is true of a table beside its columns: who writes it, what follows, what stays, whose it is.

Each table says it once, in its class: ``policy = Policy(...)``. Guards, triggers, log and pages
read it there. Its words live in views/words, its doors in views/access.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from models.enums import Duty


class System(Enum):
    """What SYSTEM may write of a table: it loads data and does what time does, and is nobody."""

    LOADS = auto()  # rows, but not what follows from acts
    LOADS_WITH_HISTORY = auto()  # what follows from acts too
    IMPORTS = auto()  # only with an imported case: else a person makes it, under that person's name
    NEVER = auto()  # nothing: the hooks alone write it


class Deletable(Enum):
    """When a row may be taken away. The guards of these conditions are in models/hooks."""

    NEVER = auto()
    WHILE_A_DRAFT = auto()
    IN_A_DRAFT_VERSION = auto()
    BEFORE_ACCEPTANCE = auto()
    BEFORE_IT_BEGINS = auto()
    BEFORE_IT_IS_SIGNED = auto()
    IN_AN_UNCONFIRMED_YEAR = auto()
    BY_ITS_OWNER = auto()
    ALWAYS = auto()


class Personal(Enum):
    """What a column says of a person, and so how much of it is shown."""

    IDENTITY = auto()
    IDENTITY_OR_CREDIT_CODE = auto()  # the number of an organisation is public
    PHONE = auto()
    ADDRESS = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class Whole:
    """Of what a row is a part: the log tells its changes under that subject.

    ``key`` names the reference. ``closes``: closed or imported, the part is read-only with it.
    ``through``: the column that leads there, where the part is one of another part.
    """

    table: str
    key: str
    closes: bool = False
    through: str = ""

    @property
    def column(self) -> str:
        """The column that says where the row belongs; a whole is its own."""
        return self.through or ("" if self.key == "id" else self.key)


THE_CASE = Whole("application", "id", closes=True)
OF_THE_CASE = Whole("application", "application_id", closes=True)
# Written of a case, but not by those who work on it, or after it was closed.
ABOUT_THE_CASE = Whole("application", "application_id")
OF_THE_VERSION = Whole("item_version", "item_version_id")


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is written once. Without ``columns`` it is the whole row; ``once`` says from when on
    (SQL over OLD). The database refuses another value with ``code``."""

    code: str
    columns: tuple[str, ...] = ()
    once: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Rows that only a person sees whom ``column`` names; with ``but``, everybody but that person.

    Holders of ``overseers`` see every row.
    """

    column: str
    overseers: frozenset[Duty] = frozenset()
    but: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The answers of one table."""

    # Of these duties one is needed to write a row; NOBODY: it follows from acts, or from time.
    writers: frozenset[Duty]
    # None: a row stands for itself.
    part_of: Whole | None
    deletable: Deletable
    # What a row is called by when another one refers to it: columns and references.
    title: tuple[str, ...]
    system: System = System.LOADS
    # What follows from acts: nobody back-dates or silently corrects it.
    derived: tuple[str, ...] = ()
    # Of these, what a new row gets at once: its day (``_on``), and the person who acts.
    signed: tuple[str, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    # Of a row of the office the columns that its applicant writes; nothing: the whole row.
    applicant_writes: tuple[str, ...] = ()
    # The way to the person whose row it is: a column, or a reference to a row with such a way.
    own: str = ""
    # The day from which on the person knows of it; before, the row is the office's alone.
    told_on: str = ""
    seen_by: Audience | None = None
    # What the page of its case says of a row, in this order; nothing: it is told elsewhere.
    told: tuple[str, ...] = ()
    personal: Mapping[str, Personal] = field(default_factory=dict)
    # The log tells that these changed, and no values: more people read it than may know.
    hidden: tuple[str, ...] = ()

    @property
    def closes_with_its_case(self) -> bool:
        """Whether a row is a case or a part of one, and read-only when that is closed."""
        return self.part_of is not None and self.part_of.closes
