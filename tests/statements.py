"""Raw SQL for tests that go round the hooks, and an office with a row in every table."""

from datetime import date

from sqlalchemy import Engine, select

from models import Application, Base, Finding, ItemCondition, User, acts, intake_acts
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from models.enums import ApplicationStatus, DecisionOutcome, GuidanceOutcome, Origin
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
        _intake_with_every_part(office)
        _record_history(office)


def _draft_with_every_part(office: Office) -> None:
    draft = office.draft()
    with office.acts("admin", MONDAY) as session:
        session.add(ItemCondition(item_version=draft, position=1, name="条件", name_en="Condition"))


def _intake_with_every_part(office: Office) -> None:
    """An answer, a second notice that waits, a hand-over, a ban, and guidance before it all."""
    item = office.item(is_safety_item=True)
    version = item.versions[0]
    with office.acts("guide", MONDAY) as session:
        intake_acts.guide(
            session, version, GuidanceOutcome.READY, ticked=version.materials, visitor_name="陈某"
        )
    twice = office.correcting()
    with office.acts("clerk", MONDAY):
        acts.move(twice, ApplicationStatus.RECEIVED)
    with office.acts("clerk", MONDAY):
        acts.ask_correction(twice, reason="首次告知遗漏")
    handed = office.received()
    with office.acts("clerk", MONDAY):
        intake_acts.hand_over(handed, office.user("clerk2").id, "轮岗")
    refused = office.reviewed(MONDAY, item)
    with office.acts("decider", MONDAY):
        acts.decide(
            refused, DecisionOutcome.REFUSED, reasons="虚假材料", legal_basis="第七十八条",
            remedies="复议", false_materials=True,
        )  # fmt: skip


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
