"""The figures of the reform, each as a numerator over a denominator. Nothing here writes.

Figures of the catalogue stand on its present versions; those of casework on a period.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.application import Application, ApplicationStep
from models.catalogue import ItemVersion, LicenceItem, StepDefinition
from models.certificate import Certificate
from models.enums import Channel, DeliveryMethod, Origin, VersionStatus
from models.item_parts import FormerStep
from models.questions import ratings
from models.questions.figure import Figure, Period, average, share
from models.rules.item_design import longest_path
from models.staff import Department

# --- the catalogue ---------------------------------------------------------------------------

_OWN = LicenceItem.origin == Origin.NATIVE
_BINDS = and_(ItemVersion.status == VersionStatus.PUBLISHED, _OWN)


def departments_merged(session: Session) -> Figure:
    """Six sections into one: the sections that handle items now over those that did."""
    row = session.execute(
        select(
            func.count(func.distinct(LicenceItem.department_id)),
            func.count(func.distinct(LicenceItem.former_department_id)),
        ).where(_OWN)
    ).one()
    return average("departments-merged", row[0], row[1])


def items_in_the_centre(session: Session) -> Figure:
    """Items handled in the service hall, of all."""
    return share("items-in-the-centre", *_counted(session, LicenceItem.is_in_centre, _OWN))


def items_delegated(session: Session) -> Figure:
    """Items for which the window is authorised, of those for which it may be."""
    may = and_(_OWN, LicenceItem.is_delegable)
    return share("items-delegated", *_counted(session, LicenceItem.is_delegated, may))


def _counted(
    session: Session, part: ColumnElement[bool] | object, whole: ColumnElement[bool]
) -> tuple[int, int]:
    chosen = func.sum(case((part, 1), else_=0))  # type: ignore[arg-type]
    row = session.execute(select(chosen, func.count(LicenceItem.id)).where(whole)).one()
    return row[0] or 0, row[1]


def steps_removed(session: Session) -> Figure:
    """Steps of before less the steps of now, for each item that has both."""
    before, now = _steps_before(session), _steps_now(session)
    both = before.keys() & now.keys()
    return average("steps-removed", sum(before[i] - now[i] for i in both), len(both))


def average_steps(session: Session) -> Figure:
    """Steps of the present versions, for each item."""
    now = _steps_now(session)
    return average("average-steps", sum(now.values()), len(now))


def _steps_before(session: Session) -> dict[int, int]:
    rows = session.execute(
        select(FormerStep.licence_item_id, func.count(FormerStep.id))
        .group_by(FormerStep.licence_item_id)
        .order_by(FormerStep.licence_item_id)
    )
    return {row[0]: row[1] for row in rows}


def _steps_now(session: Session) -> dict[int, int]:
    rows = session.execute(
        select(ItemVersion.licence_item_id, func.count(StepDefinition.id))
        .join(StepDefinition, StepDefinition.item_version_id == ItemVersion.id)
        .join(LicenceItem, LicenceItem.id == ItemVersion.licence_item_id)
        .where(_BINDS)
        .group_by(ItemVersion.licence_item_id)
        .order_by(ItemVersion.licence_item_id)
    )
    return {row[0]: row[1] for row in rows}


def days_promised(session: Session) -> Figure:
    """Working days promised now over the working days of the former steps."""
    before = session.scalar(
        select(func.sum(FormerStep.limit_days))
        .join(LicenceItem, LicenceItem.id == FormerStep.licence_item_id)
        .where(_OWN)
    )
    now = session.scalar(
        select(func.sum(ItemVersion.promised_limit))
        .join(LicenceItem, LicenceItem.id == ItemVersion.licence_item_id)
        .where(_BINDS, ItemVersion.licence_item_id.in_(select(FormerStep.licence_item_id)))
    )
    return share("days-promised", now or 0, before or 0)


def days_saved(session: Session) -> Figure:
    """Days that parallel steps save over the same steps one after another (并联)."""
    rows = session.execute(
        select(ItemVersion.id, StepDefinition.stage_number, StepDefinition.limit_days)
        .join(StepDefinition, StepDefinition.item_version_id == ItemVersion.id)
        .join(LicenceItem, LicenceItem.id == ItemVersion.licence_item_id)
        .where(_BINDS)
        .order_by(ItemVersion.id, StepDefinition.position)
    )
    steps: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for version, stage, days in rows:
        steps[version].append((stage, days))
    serial = sum(days or 0 for line in steps.values() for _stage, days in line)
    return share("days-saved", serial - sum(map(longest_path, steps.values())), serial)


def promise_of_the_law(session: Session) -> Figure:
    """The promised limit as a part of the statutory one, on average over the items that have
    both in one unit."""
    rows = session.execute(
        select(ItemVersion.promised_limit, ItemVersion.statutory_limit)
        .join(LicenceItem, LicenceItem.id == ItemVersion.licence_item_id)
        .where(
            _BINDS,
            ItemVersion.promised_unit == ItemVersion.statutory_unit,
            ItemVersion.promised_limit.is_not(None),
            ItemVersion.statutory_limit > 0,
        )
        .order_by(ItemVersion.id)
    ).all()
    total = sum((Fraction(promise or 0, limit or 1) for promise, limit in rows), Fraction())
    return Figure("promise-of-the-law", total, len(rows))


# --- casework --------------------------------------------------------------------------------


def came_on() -> ColumnElement[date | None]:
    """The day of a case's acceptance, or of its receipt where a log was imported."""
    imported = case((Application.origin == Origin.IMPORTED, Application.received_on))
    return func.coalesce(Application.accepted_on, imported)


def online_share(session: Session, period: Period) -> Figure:
    """Applications that came in online, of all accepted in the period.

    An imported case counts on the day on which it came in: its acceptance is not recorded.
    """
    online = func.sum(case((Application.channel == Channel.ONLINE, 1), else_=0))
    counted = select(online, func.count(Application.id)).where(period.holds(came_on()))
    row = session.execute(counted).one()
    return share("online-share", row[0] or 0, row[1])


ON_THE_SPOT = (DeliveryMethod.WINDOW, DeliveryMethod.ELECTRONIC)


def collected_on_the_spot(
    session: Session, period: Period, *, electronic_counts: bool = True
) -> Figure:
    """Certificates handed over at the window, of all delivered in the period (就地取证)."""
    methods = ON_THE_SPOT if electronic_counts else (DeliveryMethod.WINDOW,)
    chosen = func.sum(case((Certificate.delivery_method.in_(methods), 1), else_=0))
    row = session.execute(
        select(chosen, func.count(Certificate.id)).where(period.holds(Certificate.delivered_on))
    ).one()
    return share("collected-on-the-spot", row[0] or 0, row[1])


def satisfaction(session: Session, period: Period) -> Figure:
    """First ratings of the upper three levels, of all first ratings in the period (好差评)."""
    return share("satisfaction", *ratings.satisfaction(session, period.first, period.last))


@dataclass(frozen=True, slots=True)
class Workload:
    """Steps finished in a period that were a section's before the reform, and that are now."""

    department: str
    department_en: str
    before: int
    now: int


def workload(session: Session, period: Period) -> list[Workload]:
    """Finished steps by section: whose they would have been, and whose they are (事务剥离)."""
    # A step names its item by its definition; so no case is looked up, and an imported case,
    # which has an item of its own, stays out as that does.
    done = (
        select(ApplicationStep.step_definition_id, func.count().label("number"))
        .where(period.holds(ApplicationStep.done_on))
        .group_by(ApplicationStep.step_definition_id)
        .subquery()
    )
    rows = session.execute(
        select(LicenceItem.former_department_id, LicenceItem.department_id, func.sum(done.c.number))
        .select_from(done)
        .join(StepDefinition, StepDefinition.id == done.c.step_definition_id)
        .join(ItemVersion, ItemVersion.id == StepDefinition.item_version_id)
        .join(LicenceItem, LicenceItem.id == ItemVersion.licence_item_id)
        .where(_OWN)
        .group_by(LicenceItem.former_department_id, LicenceItem.department_id)
        .order_by(LicenceItem.former_department_id, LicenceItem.department_id)
    ).all()
    before: dict[int, int] = defaultdict(int)
    now: dict[int, int] = defaultdict(int)
    for of_before, of_now, number in rows:
        before[of_before or of_now] += number
        now[of_now] += number
    named = select(Department).where(or_(Department.id.in_(before), Department.id.in_(now)))
    return [
        Workload(d.name, d.name_en, before[d.id], now[d.id])
        for d in session.scalars(named.order_by(Department.id))
    ]


OF_THE_CATALOGUE: tuple[Callable[[Session], Figure], ...] = (
    departments_merged,
    items_in_the_centre,
    items_delegated,
    steps_removed,
    average_steps,
    days_promised,
    promise_of_the_law,
    days_saved,
)


def figures(
    session: Session, period: Period, *, electronic_counts: bool = True
) -> Iterable[Figure]:
    """Every figure, those of the catalogue first."""
    yield from (figure(session) for figure in OF_THE_CATALOGUE)
    yield online_share(session, period)
    yield collected_on_the_spot(session, period, electronic_counts=electronic_counts)
    yield satisfaction(session, period)
