"""Reference data: the calendar and the catalogue. Loading it twice changes nothing."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import (
    CalendarDay,
    CalendarYear,
    Department,
    LicenceItem,
    StepTemplate,
    TemplateStep,
    User,
)
from models.acting import SYSTEM, acting_as
from models.enums import Duty, VersionStatus
from models.questions.people import actor_of
from models.rules.statutory_holidays import confirmed_years
from seed.catalogue_import import new_item, new_version
from seed.catalogue_text import ItemText, read_items

NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"
# A file for each category of the consolidated catalogue.
CATEGORIES = (
    "production", "measurement", "special_equipment", "codes_and_standards", "institutions",
)  # fmt: skip


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


def catalogue_items() -> list[ItemText]:
    """The fifteen items that ship with the product, category by category."""
    return [
        item
        for category in CATEGORIES
        for item in read_items(read_data(f"catalogue/{category}.toml"))
    ]


def load_templates(session: Session, today: date) -> int:
    """The lines of steps that the office lacks."""
    present = set(session.scalars(select(StepTemplate.code)))
    specs = read_data("step_templates.toml")["templates"]
    absent = [spec for spec in specs if spec["code"] not in present]
    with acting_as(session, SYSTEM, today):
        session.add_all(_template(spec) for spec in absent)
        session.commit()
    return len(absent)


def _template(spec: dict[str, Any]) -> StepTemplate:
    steps = [
        TemplateStep(**{**step, "position": place, "duty": _duty(step)})
        for place, step in enumerate(spec["steps"], start=1)
    ]
    return StepTemplate(**{**spec, "steps": steps})


def _duty(step: dict[str, Any]) -> Duty | None:
    return Duty(step["duty"]) if "duty" in step else None


def load_catalogue(session: Session, today: date, drafter: User, publisher: User) -> int:
    """The items that the demonstration lacks: drafted by one person, published by another."""
    load_templates(session, today)
    present = set(session.scalars(select(LicenceItem.code)))
    departments = {d.code: d for d in session.scalars(select(Department).order_by(Department.id))}
    absent = [text for text in catalogue_items() if text.code not in present]
    drafts = [new_version(new_item(text, departments), text) for text in absent]
    with acting_as(session, actor_of(session, drafter, today), today):
        session.add_all(drafts)
        session.commit()
    actor = actor_of(session, publisher, today)
    # Much of it is invented, and says so: only a demonstration publishes that.
    with acting_as(session, actor, today, is_demonstration=True):
        for version in drafts:
            version.status = VersionStatus.PUBLISHED
        session.commit()
    return len(drafts)
