"""What a person does with the catalogue and its fees, besides filling in forms."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.application import Application
from models.catalogue import ItemVersion, StepDefinition
from models.enums import Duty
from models.errors import RuleViolation
from models.fees import FeeCharge, FeeItem
from models.item_parts import SourceNote, StepTemplate

# The line of four posts: guidance is before the clock, the others follow one another.
LINE_OF_POSTS = "NEW"


def steps_from_template(version: ItemVersion, template: StepTemplate) -> None:
    """Give a draft that has no steps those of a template, one after another."""
    if version.steps:
        raise RuleViolation("version-has-steps")
    is_guided = any(step.duty is Duty.GUIDANCE for step in template.steps)
    version.steps = [
        StepDefinition(
            position=place,
            stage_number=place - is_guided,
            name=step.name,
            name_en=step.name_en,
            duty=step.duty,
            is_key=step.is_key,
        )
        for place, step in enumerate(template.steps, start=1)
    ]


def take_the_line_of_posts(session: Session, version: ItemVersion) -> None:
    """Give a draft the four posts in line (预先指导、受理审查、审核、受理决定)."""
    template = session.scalars(
        select(StepTemplate).where(StepTemplate.code == LINE_OF_POSTS)
    ).one_or_none()
    if template is None:
        raise RuleViolation("template-is-missing")
    steps_from_template(version, template)


def verify(note: SourceNote) -> None:
    """Say that the source of a fact was read, and bears it out."""
    note.is_verified = True


def charge(case: Application, fee: FeeItem, quantity: int = 1) -> None:
    """Charge a published fee; its amount follows (Art. 59)."""
    case.charges.append(FeeCharge(fee_item=fee, quantity=quantity))


def take_payment(owed: FeeCharge, receipt_number: str) -> None:
    """Enter the receipt (票据) of what is paid today."""
    owed.receipt_number = receipt_number
