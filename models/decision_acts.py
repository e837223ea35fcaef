"""What a person does between the acceptance of a case and its end. Each act sets only what that
person sets; days, periods and statuses follow."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.application import Application
from models.catalogue import ItemCondition
from models.ending import Forwarding, Termination
from models.enums import HearingKind, TerminationGround
from models.hearing import Hearing, InterestedParty
from models.inspection import ConditionVerdict, SiteInspection, SiteInspector
from models.staff import User

# Condition → whether it is met, and a note.
Verdicts = Mapping[ItemCondition, tuple[bool, str]]


def judge(case: Application, verdicts: Verdicts) -> None:
    """Say of each condition whether it is met (Art. 34, 38); a verdict given before is changed."""
    given = {verdict.item_condition: verdict for verdict in case.verdicts}
    for condition, (is_met, note) in verdicts.items():
        verdict = given.get(condition)
        if verdict is None:
            case.verdicts.append(
                ConditionVerdict(item_condition=condition, is_met=is_met, note=note)
            )
        else:
            verdict.is_met, verdict.note = is_met, note


def all_met(case: Application) -> Verdicts:
    """Every condition of the case's version, as met."""
    return dict.fromkeys(case.item_version.conditions, (True, ""))


def assign_inspectors(case: Application, users: Iterable[User], planned_on: date) -> None:
    """Assign the officers of a check on the spot (Art. 55)."""
    inspection = SiteInspection(planned_on=planned_on)
    inspection.inspectors = [SiteInspector(user=user) for user in users]
    case.inspections.append(inspection)


def record_inspection(
    inspection: SiteInspection, passes: bool, findings: str, technical_standard: str = ""
) -> None:
    """Enter what a check on the spot has found, as one who was there."""
    inspection.passes, inspection.findings = passes, findings
    inspection.technical_standard = technical_standard


def tell_of_hearing(case: Application, kind: HearingKind = HearingKind.ON_REQUEST) -> None:
    """Tell the right to a hearing (Art. 47), or set the one that the law prescribes (Art. 46)."""
    case.hearings.append(Hearing(kind=kind))


def request_hearing(session: Session, hearing: Hearing) -> None:
    """The applicant or an interested party asks for the hearing, today."""
    hearing.requested_on = acting(session).today


def waive_hearing(session: Session, hearing: Hearing) -> None:
    """The right to a hearing is given up, today."""
    hearing.waived_on = acting(session).today


def plan_hearing(hearing: Hearing, *, planned_on: date, place: str, chair: User) -> None:
    """Set day, place and chair, and tell them to those concerned (Art. 48)."""
    hearing.planned_on, hearing.place, hearing.chair_id = planned_on, place, chair.id


def hold_hearing(session: Session, hearing: Hearing, minutes: str) -> None:
    """Enter that the hearing was held today, with its signed minutes (Art. 48)."""
    today = acting(session).today
    hearing.held_on, hearing.minutes_signed_on, hearing.minutes = today, today, minutes


def register_party(case: Application, name: str, interest: str, phone: str | None = None) -> None:
    """Name a third party whom the permit directly concerns (Art. 36)."""
    case.interested_parties.append(InterestedParty(name=name, interest=interest, phone=phone))


def tell_party(session: Session, party: InterestedParty) -> None:
    """Tell an interested party of the application, today."""
    party.told_on = acting(session).today


def record_statement(party: InterestedParty, statement: str) -> None:
    """Enter what an interested party has stated; nothing said means that it waives."""
    if statement.strip():
        party.statement = statement
    else:
        party.has_waived = True


def forward(
    case: Application, *, to_organ: str, opinion: str, is_supported: bool, document_number: str
) -> None:
    """Send the reviewed case to the organ that decides (Art. 35)."""
    case.forwarding = Forwarding(
        to_organ=to_organ,
        opinion=opinion,
        is_supported=is_supported,
        document_number=document_number,
    )


def terminate(case: Application, ground: TerminationGround, reasons: str) -> None:
    """End an accepted case without a decision, for a written reason."""
    case.termination = Termination(ground=ground, reasons=reasons)
