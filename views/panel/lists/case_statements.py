"""The statements of the list of cases: what is counted, and a page in two steps.

At 100,000 cases the time goes into counting, into skipping rows and into templates. So the ids
of a page are found first, from an index and from the nearer end of the list, and only then the
rows of the page with what belongs to them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select

from models import Applicant, Application, ApplicationStep, LicenceItem, StepDefinition, User
from models.database import db
from models.enums import StepStatus
from models.questions.worklists import CONDITIONS, Worklist, is_open, is_past_the_law
from views.panel.engine.columns import Column
from views.panel.lists.case_columns import ALWAYS_READ

Criteria = Sequence[ColumnElement[bool]]
MOST_TERMS = 5


@dataclass(frozen=True, slots=True)
class Order:
    """How the list runs; the id breaks ties. ``has_gaps``: the column may be empty in it."""

    column: Any
    downwards: bool
    has_gaps: bool = False

    def clauses(self, *, backwards: bool = False) -> list[Any]:
        """The ORDER BY; ``backwards`` from the last row to the first."""
        down = self.downwards is not backwards
        keys = list(dict.fromkeys((self.column, Application.id)))
        clauses = [key.desc() if down else key.asc() for key in keys]
        if self.has_gaps:
            # The two databases put what is empty at different ends. Where nothing is empty this
            # must not be said: PostgreSQL would sort the table instead of reading the index.
            clauses[0] = clauses[0].nulls_first() if backwards else clauses[0].nulls_last()
        return clauses


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list, with the counts of every tab under the same filters."""

    rows: Sequence[Row[Any]]
    counts: dict[str, int]


# --- the search -------------------------------------------------------------------------------


def is_like(search: str) -> ColumnElement[bool]:
    """Every word occurs in the number, the summary or the applicant; a credit code is whole."""
    return and_(*(_has_word(word) for word in search.split()[:MOST_TERMS]))


def _has_word(word: str) -> ColumnElement[bool]:
    applicants = select(Applicant.id).where(
        or_(
            Applicant.name.icontains(word, autoescape=True),
            Applicant.identity_number == word.upper(),
        )
    )
    return or_(
        Application.number.icontains(word, autoescape=True),
        Application.summary.icontains(word, autoescape=True),
        Application.applicant_id.in_(applicants),
    )


# --- the counts -------------------------------------------------------------------------------


def count_tabs(today: date, criteria: Criteria, *, in_one_pass: bool) -> dict[str, int]:
    """How many cases each tab holds, by its name in addresses.

    A case is open or closed, never both: the many closed ones are what is left.
    """
    statement = _counting(today, criteria, in_one_pass) if criteria else _counting_all(today)
    counts = dict(db.session.execute(statement).one()._mapping)
    return {**counts, "closed": counts["all"] - counts["open"]}


def _counting(today: date, criteria: Criteria, in_one_pass: bool = False) -> Any:
    """Each count reads the index that fits it, unless the criteria need every row anyway."""
    asked: dict[str, Any] = {
        "overdue": CONDITIONS[Worklist.OVERDUE](today),
        "due_soon": CONDITIONS[Worklist.DUE_SOON](today),
        "paused": CONDITIONS[Worklist.PAUSED](today),
        "past_the_law": is_past_the_law(today),
        "open": is_open(),
    }
    everything = select(func.count()).select_from(Application).where(*criteria)
    if in_one_pass:
        parts = [func.count().filter(part).label(name) for name, part in asked.items()]
        return everything.with_only_columns(func.count().label("all"), *parts)
    return select(
        everything.scalar_subquery().label("all"),
        *(everything.where(part).scalar_subquery().label(n) for n, part in asked.items()),
    )


@lru_cache(maxsize=2)
def _counting_all(today: date) -> Any:
    # Building the statement takes longer than running it; it is the same all day.
    return _counting(today, ())


# --- the rows ---------------------------------------------------------------------------------


def rows_of_page(
    columns: tuple[Column, ...], criteria: Criteria, order: Order, asked: tuple[int, int],
    count: int,
) -> Sequence[Row[Any]]:  # fmt: skip
    """The rows of a page (number, size) of ``count`` in all, from the nearer end of the list."""
    page, size = asked
    skipped = page * size
    wanted = min(size, count - skipped)
    if wanted <= 0:
        return []
    after = count - skipped - wanted
    backwards = after < skipped
    ids = (
        select(Application.id)
        .where(*criteria)
        .order_by(*order.clauses(backwards=backwards))
        .limit(wanted)
        .offset(after if backwards else skipped)
        .subquery("page")
    )
    statement = _rows(columns).join(ids, ids.c.id == Application.id).order_by(*order.clauses())
    return db.session.execute(statement).all()


@lru_cache(maxsize=4)
def _rows(columns: tuple[Column, ...]) -> Any:
    """What the columns read; a reader who learns less of the office reads less."""
    reads = dict.fromkeys((*ALWAYS_READ, *(each for c in columns for each in c.reads)))
    return (
        select(*reads)
        .select_from(Application)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .outerjoin(Applicant, Applicant.id == Application.applicant_id)
        .outerjoin(User, User.id == Application.officer_id)
    )


def open_steps(ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Case → the names, in both languages, of the steps that are in hand."""
    found: dict[int, list[tuple[str, str]]] = {}
    for case, name, name_en in db.session.execute(_OPEN_STEPS, {"ids": list(ids)}):
        found.setdefault(case, []).append((name, name_en))
    return found


_OPEN_STEPS = (
    select(ApplicationStep.application_id, StepDefinition.name, StepDefinition.name_en)
    .join(StepDefinition, StepDefinition.id == ApplicationStep.step_definition_id)
    .where(
        ApplicationStep.application_id.in_(bindparam("ids", expanding=True)),
        ApplicationStep.status == StepStatus.OPEN,
    )
    .order_by(ApplicationStep.application_id, ApplicationStep.sequence)
)
