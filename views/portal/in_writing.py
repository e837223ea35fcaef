"""What the office has given the applicant in writing, as the page of the case shows it:
no post, no person."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask_babel import gettext

from models import Application
from models.enums import IntakeResult
from views.portal.guide_elements import yuan
from views.words.labels import member_label
from views.words.values import localised, show


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction notice that was sent (Art. 32(4)): what is missing, and what of it is in."""

    day: str
    is_second: bool
    reason: str
    missing: str
    answered: str
    lines: list[tuple[str, bool]] = field(default_factory=list)


def notices_of(case: Application) -> list[Notice]:
    """The notices that were sent; one that waits for the head's approval is not given yet."""
    present = {m.material_requirement_id for m in case.materials}
    return [
        Notice(
            day=show(notice.issued_on),
            is_second=notice.sequence > 1,
            reason=notice.reason,
            missing=notice.missing,
            answered=show(notice.answered_on) if notice.answered_on else "",
            lines=[
                (localised(line.requirement, "name"), line.material_requirement_id in present)
                for line in notice.lines
            ],
        )
        for notice in case.notices
        if not notice.is_waiting
    ]


def answers_of(case: Application) -> Iterator[tuple[str, str]]:
    """What was answered in writing besides notices and acceptance (Art. 32), and what else ended
    the case: label and text."""
    for answer in case.answers:
        if answer.result in (IntakeResult.INCOMPLETE, IntakeResult.ACCEPTED):
            continue
        yield str(member_label(answer.result)), f"{show(answer.issued_on)} {answer.reasons}"
        if answer.proper_organ:
            yield gettext("Apply instead to"), answer.proper_organ
    if case.forwarding is not None:
        sent = case.forwarding
        yield gettext("Sent on for decision to"), f"{sent.to_organ} {show(sent.forwarded_on)}"
    for ended in case.terminations:
        if ended.terminated_on is not None:
            yield gettext("Handling ended"), f"{show(ended.terminated_on)} {ended.reasons}"


def fees_of(case: Application) -> list[tuple[str, str, str]]:
    """What was charged: name, amount, and whether it is paid (Art. 58)."""
    return [
        (
            localised(charge.fee_item, "name"),
            gettext("%(amount)s yuan", amount=yuan(charge.amount_fen)),
            gettext("paid on %(day)s, receipt %(number)s",
                    day=show(charge.paid_on), number=charge.receipt_number)
            if charge.paid_on
            else gettext("to be paid"),
        )
        for charge in case.charges
    ]  # fmt: skip
