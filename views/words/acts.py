"""The words of the acts: what each is called, what is asked before it is done, what is typed."""

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import FeeCharge, FeeItem, SupervisionOrder
from models.acts.act import Act, Given
from views.words.labels import column_label, member_label
from views.words.values import row_title, show, yuan


class ActWords(NamedTuple):
    """What an act is called, and the question that is asked before it is done."""

    label: LazyString
    question: LazyString | None = None


ACTS: dict[str, ActWords] = {
    "accept": ActWords(_("Accept"), _("Accept this application? Its decision clock starts today.")),
    "materials": ActWords(_("Tick materials off")),
    "correct": ActWords(_("Send a correction notice")),
    "not_accept": ActWords(_("Do not accept"), _("Close this application as not accepted?")),
    "correct_on_the_spot": ActWords(_("Corrected on the spot")),
    "ask_second_notice": ActWords(_("Ask for a second notice")),
    "approve_second_notice": ActWords(
        _("Approve the second notice"), _("Approve this second notice in your own name?")
    ),
    "correct_applicant": ActWords(_("Correct the applicant")),
    "hand_over": ActWords(_("Hand over the first contact")),
    "serve_notice": ActWords(_("Enter the service of the notice")),
    "resubmit": ActWords(
        _("The correction is answered"), _("Is everything in that the notice asked for?")
    ),
    "enter_earlier_receipt": ActWords(_("Enter an earlier receipt")),
    "confirm_earlier_receipt": ActWords(
        _("Confirm the earlier receipt"),
        _("Confirm in your own name that it came on this earlier day? Its clock counts from then."),
    ),
    "withdraw": ActWords(
        _("Withdraw the application"),
        _("Withdraw this application? It is closed then; you may apply again."),
    ),
    "claim": ActWords(_("Claim")),
    "complete": ActWords(_("Complete the review")),
    "release": ActWords(
        _("Give back to the queue"), _("Give this step back to the queue of its post?")
    ),
    "assign": ActWords(_("Assign an officer")),
    "judge": ActWords(_("Judge the conditions")),
    "assign_inspectors": ActWords(_("Assign inspectors")),
    "record_inspection": ActWords(_("Record the site inspection")),
    "tell_hearing": ActWords(
        _("Give notice of the right to a hearing"),
        _("Notify the applicant and the interested parties today of their right to a hearing?"),
    ),
    "request_hearing": ActWords(_("A hearing is asked for"), _("Was a hearing asked for today?")),
    "serve_hearing": ActWords(_("Enter the service of the hearing notice")),
    "waive_hearing": ActWords(
        _("The hearing is waived"), _("Did the applicant give up the hearing on this paper?")
    ),
    "plan_hearing": ActWords(_("Plan the hearing")),
    "hold_hearing": ActWords(_("Record the hearing")),
    "register_party": ActWords(_("Register an interested party")),
    "tell_party": ActWords(_("Notify an interested party")),
    "serve_party": ActWords(_("Enter the service to an interested party")),
    "hear_party": ActWords(_("Record a statement")),
    "suspend": ActWords(_("Suspend the clock")),
    "resume": ActWords(_("Resume the clock"), _("End the suspension today?")),
    "ask_extension": ActWords(_("Ask for an extension")),
    "approve_extension": ActWords(
        _("Approve the extension"), _("Approve this extension in your own name?")
    ),
    "conclude": ActWords(
        _("Record the review's conclusion"),
        _("Record today as the day of the review's conclusion? The clock starts with it."),
    ),
    "ask_green_lane": ActWords(_("Ask for the green lane")),
    "approve_green_lane": ActWords(
        _("Approve the green lane"),
        _("Approve the green lane in your own name? The promise is halved."),
    ),
    "grant": ActWords(
        _("Grant the permit"), _("Grant this permit? A certificate is issued at once.")
    ),
    "refuse": ActWords(
        _("Refuse the permit"), _("Refuse this permit? The case is closed with it.")
    ),
    "forward": ActWords(_("Forward the case"), _("Forward this case? It is closed with it.")),
    "terminate": ActWords(
        _("Propose to terminate the case"),
        _("Propose to end this case without a decision? It ends when the head approves."),
    ),
    "approve_termination": ActWords(
        _("Approve the termination"), _("End this case without a decision, in your own name?")
    ),
    "turn_down_termination": ActWords(_("Turn the termination down")),
    "enter_withdrawal": ActWords(
        _("Enter the applicant's withdrawal"),
        _(
            "Close this application at the applicant's written request? Where it is late or nearly"
            " due, or where silence would soon decide, the head confirms first."
        ),
    ),
    "approve_withdrawal": ActWords(
        _("Approve the withdrawal"), _("Close this application, in your own name?")
    ),
    "turn_down_withdrawal": ActWords(_("Turn the withdrawal down")),
    "deliver": ActWords(_("Deliver")),
    "charge": ActWords(_("Charge a fee")),
    "pay": ActWords(_("Enter a payment")),
    "order": ActWords(_("Order its officer to act")),
    "keep_out": ActWords(_("Keep out of the register")),
    "let_in": ActWords(
        _("Let into the register"), _("Does nothing stand against publication any more?")
    ),
    # --- on one's own case, in the portal ---
    "portal.submit": ActWords(_("Hand the application in")),
    "portal.answer": ActWords(_("Answer the notice")),
    "portal.bring": ActWords(_("Hand in what may follow")),
    "portal.request_hearing": ActWords(
        _("Ask for a hearing"), _("Ask for a hearing? It costs nothing.")
    ),
    "portal.waive_hearing": ActWords(
        _("Give the hearing up"),
        _("Give up your right to a hearing? The application may then be decided without one."),
    ),
    "portal.withdraw": ActWords(
        _("Withdraw the application"),
        _("Withdraw this application? It is closed then; you may apply again."),
    ),
    # --- on the rows of other tables, and on many rows at once ---
    "item_version.line": ActWords(_("Take the line of four posts")),
    "item_version.draft": ActWords(_("Draft a new version from this one")),
    "item_version.publish": ActWords(_("Publish"), _("Publish? A published version is fixed.")),
    "item_version.discard": ActWords(_("Discard the draft"), _("Delete this for good?")),
    "item_version.retire": ActWords(_("Retire"), _("Retire? No new case begins under it.")),
    "source_note.verify": ActWords(
        _("The source was read"), _("Have you read the source, and does it bear this out?")
    ),
    "applicant_identity.confirm": ActWords(
        _("Confirm"),
        _("Confirm this in your own name? Bans, links and cases follow both numbers."),
    ),
    "applicant_identity.turn_down": ActWords(_("Turn down"), _("Turn this proposal down?")),
    "certificate_change.approve": ActWords(
        _("Approve"), _("Approve this proposal in your own name?")
    ),
    "certificate_change.reject": ActWords(_("Turn down"), _("Turn this proposal down?")),
    "calendar_notice.confirm": ActWords(
        _("Confirm"),
        _("Confirm this notice in your own name? Every open date is counted again by it."),
    ),
    "calendar_notice.reject": ActWords(_("Turn down"), _("Turn this notice down?")),
    "supervision_order.close": ActWords(_("Accept the answer and close"), _("Close this order?")),
    "supervision_record.sign": ActWords(
        _("Sign the record"), _("Sign this record? It is fixed from then on.")
    ),
    "supervision_record.corrected": ActWords(_("Note the correction")),
    "complaint.take": ActWords(_("Take in hand")),
    "rectification.contact": ActWords(_("The applicant was called")),
    "user_account.end_sessions": ActWords(
        _("End all sessions"), _("Sign these accounts out everywhere?")
    ),
    "give": ActWords(_("Give the open steps to an officer")),
    "application_step.give": ActWords(_("Give the steps to an officer")),
}

# Code → what an act says where there is nothing to do, or what only it asks.
REFUSALS: dict[str, LazyString] = {
    "case-is-confidential": _("The case is kept out of the register already."),
    "case-is-forwarded": _(
        "The case was forwarded: its materials are settled, and the higher organ does not ask the "
        "applicant for them again."
    ),
    "case-is-public": _("The case is not kept out of the register."),
    "extension-is-not-asked-for": _("Nobody has asked for an extension."),
    "green-lane-is-not-asked-for": _("Nobody has asked for the green lane."),
    "hearing-is-told": _("Notice of the right to a hearing was given already."),
    "hearing-was-not-told": _("No right to a hearing was notified, or the hearing is over."),
    "materials-are-all-in": _("Every material of the checklist is in."),
    "no-inspection-is-open": _("No site inspection is under way."),
    "no-notice-yet": _("No correction notice has been given yet."),
    "no-earlier-receipt-waits": _("No earlier receipt waits to be confirmed."),
    "no-party-waits": _("No interested party waits for this."),
    "nothing-to-serve": _("No notice waits for its service to be entered."),
    "nothing-is-owed": _("No charged fee is waiting for payment."),
    "nothing-to-judge": _("This item has no conditions to be judged."),
    "no-ending-waits": _("Nothing was proposed that waits for an answer."),
    "no-correction-is-awaited": _("Nothing was ordered to be corrected, or it was done already."),
}

# Done to many rows, some acts are called otherwise.
_MANY: dict[str, LazyString] = {"order": _("Order the officers to act")}

# "act.input" → its label, where it is not that of the column of its name.
_INPUTS: dict[str, LazyString] = {
    "correct_on_the_spot.reasons": column_label("", "corrected"),
    "correct_applicant.identity_number": _("Identity number of the right applicant"),
    "not_accept.result": column_label("", "ground"),
    "resume.procedure": column_label("", "kind"),
    "hold_hearing.is_signed": _("The minutes were signed today by those who took part"),
    "resubmit.answer": column_label("correction_notice", "answer"),
    "answer.answer": column_label("correction_notice", "answer"),
    "enter_earlier_receipt.came_on": column_label("earlier_receipt", "came_on"),
    "enter_earlier_receipt.cause": column_label("earlier_receipt", "cause"),
    "hear_party.statement": _("Statement; without one, the signed waiver"),
    "forward.opinion": column_label("", "forwarding.opinion"),
}


def label_of(act: Act) -> LazyString:
    """What an act is called."""
    return ACTS[act.key].label


def label_of_many(act: Act) -> LazyString:
    """What an act is called where it is done to many rows."""
    return _MANY.get(act.key) or label_of(act)


def question_of(act: Act) -> str:
    """What is asked before an act is done; nothing where it has fields or undoes itself."""
    return str(ACTS[act.key].question or "")


def input_label(act: Act, name: str) -> LazyString:
    """What an input of an act is called."""
    return _INPUTS.get(f"{act.name}.{name}") or column_label("", name)


def _fee(fee: FeeItem) -> str:
    return f"{row_title(fee)} · {yuan(fee.amount_fen)} / {fee.unit}"


def _charge(charge: FeeCharge) -> str:
    return f"{row_title(charge.fee_item)} · {yuan(charge.amount_fen)}"


# What a row says among others from which one is chosen, where its name alone says too little.
_OFFERED: dict[type[Any], Callable[[Any], str]] = {FeeItem: _fee, FeeCharge: _charge}


def row_offered(row: Any) -> str:
    """A row, or a member of a vocabulary, as one chooses it."""
    if isinstance(row, Enum):
        return str(member_label(row))
    return _OFFERED.get(type(row), row_title)(row)


# --- what came of an act on one of many rows ------------------------------------------------------


def _ordered(order: SupervisionOrder, _given: Given) -> str:
    officer, day = row_title(order.addressee), show(order.answer_due_on)
    words = gettext("Order to %(officer)s, to be answered by %(day)s", officer=officer, day=day)
    return str(words)


def _case_given(count: int, given: Given) -> str:
    officer = row_title(given["officer"])
    words = gettext("Open steps now with %(officer)s: %(count)s", officer=officer, count=count)
    return str(words)


def _step_given(_nothing: None, given: Given) -> str:
    return str(gettext("In the hands of %(officer)s", officer=row_title(given["officer"])))


_DONE: dict[str, Callable[[Any, Given], str]] = {
    "claim": lambda _done, _given: str(gettext("In your hands")),
    "release": lambda _done, _given: str(gettext("Back in the queue of its post")),
    "order": _ordered,
    "give": _case_given,
    "application_step.give": _step_given,
}


def what_came(act: Act, done: Any, given: Given) -> str:
    """What an act did to a row, when what follows from it is derived."""
    say = _DONE.get(act.key)
    return say(done, given) if say else str(label_of(act))
