"""The words of the acts: what each is called, what is asked before it is done, what is typed."""

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import FeeCharge, FeeItem
from models.acts.act import Act
from views.words.labels import column_label, member_label
from views.words.values import row_title, yuan


class ActWords(NamedTuple):
    """What an act is called, and the question that is asked before it is done."""

    label: LazyString
    question: LazyString | None = None


ACTS: dict[str, ActWords] = {
    "submit": ActWords(_("Receive the draft")),
    "accept": ActWords(_("Accept"), _("Accept this application? Its decision clock starts today.")),
    "materials": ActWords(_("Tick materials off")),
    "correct": ActWords(_("Send a correction notice")),
    "not_accept": ActWords(_("Do not accept"), _("Close this application as not accepted?")),
    "correct_on_the_spot": ActWords(_("Corrected on the spot")),
    "ask_second_notice": ActWords(_("Ask for a second notice")),
    "approve_second_notice": ActWords(
        _("Approve the second notice"), _("Approve this second notice in your own name?")
    ),
    "hand_over": ActWords(_("Hand over the first contact")),
    "resubmit": ActWords(
        _("The correction is answered"), _("Is everything in that the notice asked for?")
    ),
    "withdraw": ActWords(
        _("Withdraw the application"), _("Close this application at the applicant's request?")
    ),
    "claim": ActWords(_("Claim")),
    "complete": ActWords(_("Complete the review")),
    "release": ActWords(
        _("Give back to the queue"), _("Give this step back to the queue of its post?")
    ),
    "assign": ActWords(_("Assign an officer")),
    "judge": ActWords(_("Judge the conditions")),
    "assign_inspectors": ActWords(_("Assign inspectors")),
    "record_inspection": ActWords(_("Record the check on the spot")),
    "tell_hearing": ActWords(
        _("Tell of the right to a hearing"),
        _("Tell the applicant and the interested parties today of their right to a hearing?"),
    ),
    "request_hearing": ActWords(_("A hearing is asked for"), _("Was a hearing asked for today?")),
    "waive_hearing": ActWords(
        _("The hearing is waived"), _("Was the right to a hearing given up today?")
    ),
    "plan_hearing": ActWords(_("Plan the hearing")),
    "hold_hearing": ActWords(_("Record the hearing")),
    "register_party": ActWords(_("Register an interested party")),
    "tell_party": ActWords(_("Tell an interested party")),
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
    "terminate": ActWords(_("Terminate the case"), _("End this case without a decision?")),
    "deliver": ActWords(_("Deliver")),
    "charge": ActWords(_("Charge a fee")),
    "pay": ActWords(_("Enter a payment")),
    "order": ActWords(_("Order its officer to act")),
    "keep_out": ActWords(_("Keep out of the register")),
    "let_in": ActWords(
        _("Let into the register"), _("Does nothing stand against publication any more?")
    ),
}

# "act.input" → its label, where it is not that of the column of its name.
_INPUTS: dict[str, LazyString] = {
    "correct_on_the_spot.reasons": column_label("", "corrected"),
    "not_accept.result": column_label("", "ground"),
    "resume.procedure": column_label("", "kind"),
    "hold_hearing.is_signed": _("The minutes were signed today by those who took part"),
    "hear_party.statement": _("Statement; nothing written means that it waives"),
    "forward.opinion": column_label("", "forwarding.opinion"),
}


def label_of(act: Act) -> LazyString:
    """What an act is called."""
    return ACTS[act.name].label


def question_of(act: Act) -> str:
    """What is asked before an act is done; nothing where it has fields or undoes itself."""
    return str(ACTS[act.name].question or "")


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
