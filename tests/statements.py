"""Raw SQL for tests that go round the hooks, and an office with a row in every table."""

from datetime import date

from sqlalchemy import Engine, select

from models import Application, Base, Finding, ItemCondition, User, acts, certificate_acts
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    CertificateChangeKind,
    CertificateGround,
    Origin,
)
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
        _change_a_certificate(office)
        _record_history(office)


def _draft_with_every_part(office: Office) -> None:
    draft = office.draft()
    with office.acts("admin", MONDAY) as session:
        session.add(ItemCondition(item_version=draft, position=1, name="条件", name_en="Condition"))


def _change_a_certificate(office: Office) -> None:
    """A suspended certificate with an open proposal, and an open application about it."""
    paper = office.delivered(certificate_months=24).certificate
    with office.acts("clerk", MONDAY) as session:
        certificate_acts.apply_about(session, ApplicationKind.AMENDMENT, paper, paper.holder)
    texts = {"legal_basis": "第六十六条", "reasons": "不再符合条件", "remedies": "六十日内复议"}
    with office.acts("reviewer", MONDAY):
        proposal = certificate_acts.propose(
            paper, CertificateChangeKind.SUSPEND, CertificateGround.CONDITIONS_NOT_KEPT, **texts
        )
    with office.acts("head", MONDAY) as session:
        certificate_acts.approve(session, proposal)
    with office.acts("reviewer", MONDAY):
        certificate_acts.propose(
            paper, CertificateChangeKind.REINSTATE, CertificateGround.CAUSE_REMOVED, **texts
        )


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
