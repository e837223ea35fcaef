"""What the cases of a log point to: its item with its steps, and its officers.

All of it is made on the first run and completed on later ones.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import (
    Application,
    Authority,
    Department,
    ItemVersion,
    LicenceItem,
    StepDefinition,
    User,
)
from models.enums import Origin, VersionStatus
from models.questions.calendar import working_calendar
from models.rules.deadlines import warn_date
from models.rules.working_days import CalendarRangeError
from seed.event_log import EventLog, LoggedCase
from seed.event_log.meaning import LONGEST_NAME
from seed.log_rows import PREFIX, LogKeys, case_numbers, import_code


def settle_log(session: Session, log: EventLog, name: str, cases: Sequence[LoggedCase]) -> LogKeys:
    """Make what is missing for ``cases``, commit it, and tell the keys to write them with."""
    version = _settle_item(session, log, name)
    _settle_officers(session, version, cases)
    session.commit()
    if version.status is VersionStatus.DRAFT:
        # A version is born a draft, even this one; its publication is an act of its own.
        version.status = VersionStatus.PUBLISHED
        session.commit()
    return _keys(session, version, name, cases)


def _settle_item(session: Session, log: EventLog, name: str) -> ItemVersion:
    """The version of the log's item, with a step for each activity."""
    item = session.scalars(
        select(LicenceItem).where(LicenceItem.code == import_code(name))
    ).one_or_none()
    version = item.versions[-1] if item else _new_version(session, log, name)
    present = {step.name for step in version.steps}
    absent = [activity for activity in log.activities if activity not in present]
    for position, activity in enumerate(absent, start=len(present) + 1):
        version.steps.append(
            StepDefinition(
                position=position, stage_number=position, name=activity, name_en=activity
            )
        )
    return version


def _new_version(session: Session, log: EventLog, name: str) -> ItemVersion:
    title = log.title or name
    item = LicenceItem(
        code=import_code(name),
        name=f"导入：{title}"[:LONGEST_NAME],
        name_en=f"Imported: {title}"[:LONGEST_NAME],
        department=_department(session, name),
        number_prefix=PREFIX,
        is_offered=False,
        origin=Origin.IMPORTED,
    )
    version = ItemVersion(licence_item=item)
    session.add(version)
    return version


def _department(session: Session, name: str) -> Department:
    """A department of the log's own: whose work it records is not known here, and two logs may
    call different officers by one name."""
    code = import_code(name)
    found = session.scalars(select(Department).where(Department.code == code)).one_or_none()
    if found is not None:
        return found
    authority = session.scalars(select(Authority).order_by(Authority.id).limit(1)).one_or_none()
    return Department(
        authority=authority or Authority(code=PREFIX, name="导入", name_en="Imported"),
        code=code,
        name=f"导入：{name}",
        name_en=f"Imported: {name}",
    )


def _settle_officers(session: Session, version: ItemVersion, cases: Iterable[LoggedCase]) -> None:
    """A staff name without an account for each officer whom the log names."""
    department = version.licence_item.department
    present = set(_officers(session, department.id))
    named = {event.resource: None for case in cases for event in case.events}
    session.add_all(
        User(display_name=who, display_name_en=who, is_active=False, department=department)
        for who in named
        if who is not None and who not in present
    )


def _officers(session: Session, department_id: int | None) -> dict[str, int]:
    rows = session.execute(
        select(User.display_name, User.id)
        .where(User.department_id == department_id, User.username.is_(None))
        .order_by(User.id)
    )
    return {row.display_name: row.id for row in rows}


def _keys(
    session: Session, version: ItemVersion, name: str, cases: Iterable[LoggedCase]
) -> LogKeys:
    prefix = f"{import_code(name)}-"
    taken = session.scalars(
        select(Application.number).where(Application.number.startswith(prefix, autoescape=True))
    )
    return LogKeys(
        log_name=name,
        licence_item_id=version.licence_item_id,
        item_version_id=version.id,
        steps={step.name: (step.id, step.stage_number) for step in version.steps},
        officers=_officers(session, version.licence_item.department_id),
        numbers=case_numbers(name, (case.case_id for case in cases), taken),
        warn_on=_warning(session, version.warning_days),
    )


def _warning(session: Session, warning_days: int) -> Callable[[date], date | None]:
    calendar = working_calendar(session)

    def warn_on(due_on: date) -> date | None:
        try:
            return warn_date(calendar, due_on, warning_days)
        except CalendarRangeError:
            return None

    return warn_on
