"""Reference data: the calendar and the catalogue. Loading it twice changes nothing."""

import tomllib
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import (
    CalendarDay,
    CalendarYear,
    Department,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
    StepDefinition,
    User,
)
from models.acting import SYSTEM, acting_as
from models.enums import (
    Duty,
    HandlingMode,
    HandlingType,
    ItemCategory,
    ItemType,
    Necessity,
    VersionStatus,
)
from models.queries import actor_of
from models.rules.statutory_holidays import confirmed_years

NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"
NECESSITIES = {
    "R": Necessity.REQUIRED,
    "C": Necessity.CONDITIONAL,
    "D": Necessity.DEFERRABLE,
    "O": Necessity.OPTIONAL,
}

# A material without these has no condition, in either language, and comes in one copy.
NOT_SAID = ("", "", 1)


def read_data(name: str) -> dict[str, Any]:
    """A data file that ships with the product."""
    return tomllib.loads((files("seed") / "data" / name).read_text("utf-8"))


def load_calendar(session: Session, today: date) -> int:
    """The confirmed years that the table lacks, with their holidays and make-up days."""
    present = set(session.scalars(select(CalendarYear.year)))
    absent = [year for year in confirmed_years() if year.year not in present]
    with acting_as(session, SYSTEM, today):
        for year in absent:
            days = [
                CalendarDay(day=day, is_working=is_working, name=name)
                for day, (is_working, name) in sorted(year.exceptions.items())
            ]
            source = NOTICE.format(year=year.year)
            session.add(CalendarYear(year=year.year, is_confirmed=True, source=source, days=days))
        session.commit()
    return len(absent)


def load_catalogue(session: Session, today: date, drafter: User, publisher: User) -> int:
    """The items that the catalogue lacks: drafted by one person, published by another."""
    present = set(session.scalars(select(LicenceItem.code)))
    departments = {d.code: d for d in session.scalars(select(Department).order_by(Department.id))}
    specs = [spec for spec in read_data("catalogue.toml")["items"] if spec["code"] not in present]
    drafts = [_item_version(spec, departments) for spec in specs]
    with acting_as(session, actor_of(session, drafter, today), today):
        session.add_all(drafts)
        session.commit()
    with acting_as(session, actor_of(session, publisher, today), today):
        for version in drafts:
            version.status = VersionStatus.PUBLISHED
        session.commit()
    return len(drafts)


def _item_version(spec: dict[str, Any], departments: dict[str, Department]) -> ItemVersion:
    item = LicenceItem(
        code=spec["code"],
        name=spec["name"],
        name_en=spec["name_en"],
        category=ItemCategory(spec["category"]),
        item_type=ItemType(spec["item_type"]),
        handling_type=HandlingType(spec["handling_type"]),
        handling_mode=HandlingMode(spec["handling_mode"]),
        department=departments[spec["department"]],
        former_department=departments.get(spec["former_department"]),
        number_prefix=spec["number_prefix"],
    )
    return ItemVersion(
        licence_item=item,
        legal_basis=spec["legal_basis"],
        statutory_limit=spec.get("statutory_limit"),
        promised_limit=spec.get("promised_limit"),
        warning_days=spec["warning_days"],
        certificate_name=spec["certificate_name"],
        certificate_series=spec["certificate_series"],
        certificate_months=spec.get("certificate_months"),
        steps=list(_steps(spec["steps"])),
        materials=list(_materials(spec["materials"])),
    )


def _steps(specs: Iterable[dict[str, Any]]) -> Iterable[StepDefinition]:
    for position, spec in enumerate(specs, start=1):
        yield StepDefinition(
            position=position,
            stage_number=spec["stage"],
            name=spec["name"],
            name_en=spec["name_en"],
            duty=Duty(spec["duty"]),
            limit_days=spec["days"],
            is_key=spec.get("key", True),
        )


def _materials(specs: Iterable[list[Any]]) -> Iterable[MaterialRequirement]:
    for position, spec in enumerate(specs, start=1):
        name, name_en, necessity, basis, *rest = spec
        filled: list[Any] = [*rest, *NOT_SAID[len(rest) :]]
        condition, condition_en, copies = filled
        yield MaterialRequirement(
            position=position,
            name=name,
            name_en=name_en,
            necessity=NECESSITIES[necessity],
            condition=condition,
            condition_en=condition_en,
            legal_basis=basis,
            copies=copies,
        )
