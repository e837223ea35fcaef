"""The review of a case: verdicts on its conditions (Art. 34, 38), site inspections (Art. 55)."""

from collections.abc import Iterable, Mapping
from datetime import date

from models.application import Application
from models.catalogue import ItemCondition
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
