"""The written receipt (受理凭证) of Art. 32: what came in, what was answered, who is asked."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

from models import Application, IntakeAnswer
from models.enums import ApplicationStatus
from models.questions.materials import missing_of
from views.words.labels import column_label, member_label
from views.words.values import cell, localised, show

DAYS = (
    "received_on", "notice_due_on", "correction_due_on", "accepted_on", "due_on",
    "statutory_due_on",
)  # fmt: skip


def receipt_context(case: Application) -> dict[str, Any]:
    """What the receipt says of a case, as plain values for its template."""
    closed_unaccepted = case.status is ApplicationStatus.NOT_ACCEPTED
    return {
        "case": case,
        "authority": localised(case.licence_item.department.authority, "name"),
        "facts": list(_facts(case)),
        "answers": [_answer(answer) for answer in case.answers],
        "materials_in": [str(localised(m.requirement, "name")) for m in case.materials],
        "materials_missing": [str(localised(m, "name")) for m in missing_of(case)],
        "days": [
            (str(column_label("application", name)), show(getattr(case, name)))
            for name in DAYS
            if getattr(case, name) is not None
        ],
        "remedies": _remedies() if closed_unaccepted else "",
    }


def _facts(case: Application) -> Iterator[tuple[str, str]]:
    yield gettext("Licence item"), str(localised(case.licence_item, "name"))
    if case.applicant is not None:
        yield gettext("Applicant"), case.applicant.name
        yield gettext("Identity number"), cell(case.applicant, "identity_number")
    if case.agent_name:
        for column in ("agent_name", "agent_identity_number", "agent_phone"):
            yield str(column_label("application", column)), cell(case, column)
    if case.first_contact is not None:
        # The public asks this officer, so the telephone stands here whole (首问责任).
        yield gettext("First contact"), str(localised(case.first_contact, "display_name"))
        yield gettext("Telephone"), show(case.first_contact.phone)


def _answer(answer: IntakeAnswer) -> list[tuple[str, str]]:
    said = [
        (gettext("Answer given"), str(member_label(answer.result))),
        (gettext("Number"), answer.number),
        (gettext("Issued on"), show(answer.issued_on)),
    ]
    if answer.is_deemed:
        said.append((gettext("By silence"), gettext("Yes")))
    if answer.proper_organ:
        said.append((gettext("Competent organ"), answer.proper_organ))
    if answer.reasons:
        said.append((gettext("Reasons"), answer.reasons))
    return said


def _remedies() -> str:
    return str(
        gettext(
            "Against this decision you may apply for administrative reconsideration within "
            "sixty days of receiving it, or bring an action before a people's court within "
            "six months."
        )
    )
