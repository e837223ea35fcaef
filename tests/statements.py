"""Raw SQL for tests that go round the hooks, and an office with a row in every table."""

from datetime import date

from sqlalchemy import Engine, select

from models import (
    Absence,
    Application,
    Base,
    Complaint,
    Finding,
    ItemCondition,
    Referral,
    SupervisionInspector,
    SupervisionRecord,
    User,
    acts,
)
from models import supervision_acts as deeds
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from models.enums import (
    ApplicationStatus,
    CheckKind,
    CheckResult,
    Origin,
    RatingLevel,
    ReferralDirection,
)
from models.reassignments import carry_out
from tests.factories import MONDAY, Office, fill_office

DUE = date(2025, 3, 24)


def change(table: str, where: str = "1 = 1", **values: str) -> str:
    """UPDATE the first row of a table; values are SQL literals."""
    pairs = ", ".join(f"{column} = {value}" for column, value in values.items())
    if "id" not in Base.metadata.tables[table].c:
        return f"UPDATE {table} SET {pairs}"
    return f"UPDATE {table} SET {pairs} WHERE id = ({_first(table, where)})"


def again(table: str, where: str = "1 = 1", **values: str) -> str:
    """INSERT the first row of a table once more, with other values for some columns."""
    columns = [column.name for column in Base.metadata.tables[table].c if column.name != "id"]
    chosen = ", ".join(values.get(column, column) for column in columns)
    names = ", ".join(columns)
    first = _first(table, where)
    return f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE id = ({first})"


def _first(table: str, where: str) -> str:
    return f"SELECT min(id) FROM {table} WHERE {where}"


def fill_every_table(engine: Engine) -> None:
    """An office in which every table has a row: cases in several states of their life."""
    fill_office(engine)
    with GuardedSession(engine) as session:
        office = Office(session)
        office.delivered(certificate_months=12)
        extended = office.accepted()
        office.extend(extended, MONDAY, 5)
        office.suspend(extended, MONDAY, DUE)
        withdrawn = office.correcting()
        with office.acts("clerk", MONDAY):
            acts.move(withdrawn, ApplicationStatus.WITHDRAWN)
        _draft_with_every_part(office)
        _record_history(office)
        _supervise(office)


def _draft_with_every_part(office: Office) -> None:
    draft = office.draft()
    with office.acts("admin", MONDAY) as session:
        session.add(ItemCondition(item_version=draft, position=1, name="条件", name_en="Condition"))


def _supervise(office: Office) -> None:
    """A row in every table of supervision: an answered order, a check, a bad rating rectified."""
    own = office.applicant("自家食品厂", user=office.user("applicant"))
    case = office.delivered(applicant=own)
    with office.acts("applicant", MONDAY) as session:
        rating = deeds.rate(session, case, RatingLevel.UNSATISFIED, "等候太久")
    with office.acts("manager", MONDAY) as session:
        deeds.contact(session, rating.rectification)
    with office.acts("manager", MONDAY):
        deeds.rectify(rating.rectification, "已增设窗口")
    with office.acts("manager", MONDAY) as session:
        order = deeds.order(session, office.user("reviewer"), "请尽快办理", application=case)
        session.add(Complaint(text="窗口推诿", handler=office.user("manager"), outcome="已纠正"))
        session.add(
            Referral(
                direction=ReferralDirection.TO_DECIDING_ORGAN, organ="临江市局", facts="超范围生产"
            )
        )
        session.add(
            Absence(
                user=office.user("clerk"),
                substitute=office.user("clerk2"),
                first_day=MONDAY,
                last_day=MONDAY,
            )
        )
    with office.acts("reviewer", MONDAY):
        deeds.answer(order, "已安排")
    with office.acts("manager", MONDAY) as session:
        deeds.close_order(session, order)
    with office.acts("reviewer", MONDAY) as session:
        record = SupervisionRecord(
            certificate=case.certificate,
            visited_on=MONDAY,
            kind=CheckKind.SITE_VISIT,
            findings="设备运行正常",
            result=CheckResult.CONFORMS,
        )
        record.inspectors = [
            SupervisionInspector(user=office.user(name)) for name in ("reviewer", "reviewer2")
        ]
        session.add(record)
    _reassign(office)


def _reassign(office: Office) -> None:
    step = office.accepted().steps[1]
    with office.acts("reviewer", MONDAY) as session:
        acts.claim(session, step)
    people = office.user("reviewer"), office.user("decider")
    with office.acts("manager", MONDAY) as session:
        reassignment = deeds.ask_reassignment(session, *people, MONDAY, "轮岗")
    with office.act("manager", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)


def _record_history(office: Office) -> None:
    item = office.item(item={"is_offered": False, "origin": Origin.IMPORTED})
    officer = office.session.scalars(select(User).order_by(User.id).limit(1)).one()
    with acting_as(office.session, SYSTEM, MONDAY):
        case = Application(
            number="L-1",
            licence_item=item,
            item_version=item.versions[0],
            origin=Origin.IMPORTED,
            log_name="log",
            external_id="1",
            status=ApplicationStatus.ACCEPTED,
            officer=officer,
            received_on=MONDAY,
        )
        office.session.add(Finding(application=case, code="late"))
        office.session.commit()
