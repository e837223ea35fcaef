"""What a field is for, in a sentence under its label. "act.field" or "table.column" → the words."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

HELP: dict[str, LazyString] = {
    # --- acts on a case ---
    "correct.missing": _("Name everything that is missing: the notice is given once (Art. 32)."),
    "ask_second_notice.reason": _("Why the first notice did not name it. The head reads this."),
    "not_accept.proper_organ": _("Only where another organ is competent: where to apply instead."),
    "not_accept.reasons": _("The applicant gets these words in the sealed answer."),
    "correct_on_the_spot.reasons": _("What the applicant corrected, as the record will show it."),
    "complete.opinion": _("What you examined and what you conclude. The decider reads it."),
    "suspend.kind": _("Only these procedures stop the clock (Art. 45)."),
    "suspend.planned_end_on": _(
        "The day of which the applicant is notified; past it the case is flagged."
    ),
    "suspend.notice_number": _("The number of the written notice to the applicant."),
    "ask_extension.days": _("Working days: at most 10, at most 15 for a joint case (Art. 42)."),
    "ask_extension.reason": _("The applicant is notified of this reason."),
    "approve_extension.delegation_number": _(
        "The leader's written delegation to approve extensions."
    ),
    "approve_extension.approval_document": _("The approval of the government's head (Art. 42)."),
    "refuse.reasons": _("A refusal gives its reasons in writing (Art. 38)."),
    "refuse.remedies": _(
        "Reconsideration and lawsuit, with their time limits, must be named (Art. 38)."
    ),
    "refuse.false_materials": _("The applicant is then barred from applying again (Art. 78)."),
    "grant.legal_basis": _("Filled in from the item; change it only where the case differs."),
    "terminate.reasons": _("In one full sentence at least; the applicant gets these words."),
    "terminate.proof_number": _("The document that proves the ground: its number."),
    "enter_withdrawal.document_number": _("The number under which the written request is filed."),
    "certificate_change.proof_number": _(
        "To cancel what is in force: the holder's request, or the document that proves the ground."
    ),
    "deliver.recipient_name": _("Who took the certificate, when somebody else came for it."),
    "assign.officer": _("Who holds the post of this step and is present today."),
    "correct_applicant.identity_number": _(
        "The number finds the applicant; who is new is entered under “Applicants” first."
    ),
    "correct_applicant.reason": _("How the wrong one came to be named. It stays with the case."),
    "hand_over.reason": _("It stays in the log, and the applicant is notified of the new contact."),
    "order.addressee": _("At first the officer who has the case."),
    "order.text": _("What is to be done, and by when. The order changes nothing of the case."),
    "order.answer_days": _("Working days for the answer, from 1 to 15."),
    "keep_out.confidential_reason": _("The secret or the privacy that is protected."),
    # --- forms of the panel ---
    "calendar_notice.source": _("Its number, or its title, as the document bears it."),
    "calendar_notice.text": _(
        "Paste the notice of the State Council, or the JSON of a public holiday repository."
    ),
    "application.licence_item": _("Only items that take applications today."),
    "application.kind": _("A change or a renewal needs the present certificate."),
    "application.applicant": _("Type the whole number, or a part of the name and choose."),
    "application.summary": _("What is asked for, in the applicant's words."),
    "application.agent_name": _("Only where somebody else hands it in (Art. 29)."),
    "applicant.identity_kind": _(
        "Nothing chosen means the credit code of an organisation, the ID card of a person."
    ),
    "applicant.identity_number": _("Once saved it is corrected only with its proof, by the head."),
    "applicant_identity.applicant": _("Type the whole number, or a part of the name and choose."),
    "applicant_identity.change": _("A new passport is a further document of the same person."),
    "applicant_identity.identity_number": _(
        "The right or the further number; or the number of the other record of the same person."
    ),
    "applicant_identity.proof": _("Such as the notice of the register, or the passport's number."),
    "supervision_order.text": _("What is to be done, and by when."),
    "supervision_order.answer": _("What you did, and what still hinders the case."),
    "absence.substitute": _("New steps and questions go to this officer meanwhile."),
    "reassignment.effective_on": _("Today moves at once; a later day waits for that day."),
}


def help_of(field: Any) -> LazyString | str:
    """The help of a field that knows its place; nothing for the others."""
    return HELP.get(getattr(field, "help_key", ""), "")


def place(fields: Any, where: str) -> None:
    """Tell each field to which act or table it belongs."""
    for field in fields:
        field.help_key = f"{where}.{field.short_name}"
