"""The checklist of a case."""

from dataclasses import dataclass

from models import Application
from models.questions.materials import missing_of
from views.words.labels import member_label
from views.words.values import localised, show


@dataclass(frozen=True, slots=True)
class Material:
    """One line of the checklist."""

    name: str
    is_in: bool
    necessity: str
    is_needed: bool
    received_on: str


def materials_of(case: Application) -> list[Material]:
    """What the item asks for, in the order of its checklist, and what of it is in."""
    present = {m.material_requirement_id: m for m in case.materials}
    needed = {m.id for m in missing_of(case)}
    return [
        Material(
            name=str(localised(requirement, "name")),
            is_in=requirement.id in present,
            necessity=str(member_label(requirement.necessity)),
            is_needed=requirement.id in needed,
            received_on=show(present[requirement.id].received_on)
            if requirement.id in present
            else "",
        )
        for requirement in case.item_version.materials
    ]
