"""How a case ends undecided: taken back on the applicant's word, or terminated on a ground with its
proof. What ends a case for the office has a second person."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Given, Question, Standing, typed
from models.acts.asking import Case, is_a_second_person, may_move, stands_at
from models.acts.decision import REMEDIES
from models.application import Application
from models.ending import Termination, Withdrawal
from models.enums import Channel, Duty, TerminationGround
from models.errors import RuleViolation
from models.proposal import Proposal
from models.rules.duties import CONFIRMING
from models.rules.ending import who_terminates


def enter_withdrawal(
    case: Application, document_number: str, requested_on: date, came_by: Channel = Channel.WINDOW
) -> None:
    """Enter the applicant's written request to take the application back (撤回申请)."""
    case.withdrawals.append(
        Withdrawal(document_number=document_number, requested_on=requested_on, came_by=came_by)
    )


def terminate(
    case: Application,
    ground: TerminationGround,
    reasons: str,
    *,
    proof_number: str,
    proof_on: date,
    legal_basis: str,
    remedies: str = REMEDIES,
) -> None:
    """Propose to end an accepted case without a decision, on a ground with its proof."""
    case.terminations.append(
        Termination(
            ground=ground,
            reasons=reasons,
            proof_number=proof_number,
            proof_on=proof_on,
            legal_basis=legal_basis,
            remedies=remedies,
        )
    )


def approve(session: Session, proposal: Proposal) -> None:
    """Approve what another person proposed, in one's own name."""
    proposal.approved_by_id = acting(session).actor.user_id


def turn_down(session: Session, proposal: Proposal, reason: str) -> None:
    """Turn down what was proposed, in one's own name and with the reason."""
    proposal.rejection_reason = reason
    proposal.rejected_by_id = acting(session).actor.user_id


# --- what the acts ask ----------------------------------------------------------------------------

Proposals = Callable[[Application], Iterable[Any]]


def _withdrawals(case: Application) -> Iterable[Any]:
    return case.withdrawals


def _terminations(case: Application) -> Iterable[Any]:
    return case.terminations


def waiting(proposals: Iterable[Any]) -> Any:
    """The proposal that nobody has answered yet; None where there is none."""
    return next((p for p in proposals if p.approved_on is None and p.rejected_on is None), None)


def none_waits(proposals: Proposals) -> Question:
    """What was proposed is answered before the same is proposed again."""

    def is_free(at: Standing) -> RuleViolation | None:
        waits = waiting(at.others(proposals(at.case)))
        return RuleViolation("ending-is-proposed-already") if waits else None

    return is_free


def one_waits(proposals: Proposals) -> Question:
    """Something was proposed, and nobody has answered yet."""

    def waits(at: Standing) -> RuleViolation | None:
        return None if waiting(proposals(at.case)) else RuleViolation("no-ending-waits")

    return waits


def proposed_by_another(proposals: Proposals) -> Question:
    """Nobody answers what the same person proposed."""

    def is_anothers(at: Standing) -> RuleViolation | None:
        waits = waiting(proposals(at.case))
        return is_a_second_person(at, (waits.proposed_by_id,)) if waits else None

    return is_anothers


def ground_is_mine_to_confirm(at: Standing) -> RuleViolation | None:
    """On a listed ground the head confirms; on any other the leader of the organ."""
    waits: Termination | None = waiting(at.case.terminations)
    if waits is None or at.actor.holds(who_terminates(waits.ground)):
        return None
    return RuleViolation("leader-confirms-other-grounds")


# --- the acts -------------------------------------------------------------------------------------


def _approve(proposals: Proposals) -> Callable[[Standing, Given], None]:
    return lambda at, _given: approve(at.session, waiting(proposals(at.case)))


def _turn_down(proposals: Proposals) -> Callable[[Standing, Given], None]:
    return lambda at, given: turn_down(
        at.session, waiting(proposals(at.case)), given["rejection_reason"]
    )


def _basis(at: Standing) -> str:
    return at.case.item_version.legal_basis


_REASON = typed(Termination.rejection_reason, needed=True)

ACTS: tuple[Act, ...] = (
    Act(
        "terminate", frozenset({Duty.DECISION}), lambda at, given: terminate(at.case, **given),
        document="termination", post=Duty.DECISION,
        needs=(stands_at(Case.ACCEPTED), none_waits(_terminations)),
        inputs=(
            typed(Termination.ground, needed=True),
            typed(Termination.reasons, needed=True),
            typed(Termination.proof_number, needed=True),
            typed(Termination.proof_on, needed=True),
            typed(Termination.legal_basis, needed=True, known=_basis),
            typed(Termination.remedies, needed=True, known=lambda _at: REMEDIES),
        ),
    ),
    Act(
        "approve_termination", CONFIRMING, _approve(_terminations), move="terminate",
        needs=(stands_at(Case.ACCEPTED), one_waits(_terminations)),
        asks=(proposed_by_another(_terminations), ground_is_mine_to_confirm), is_main=True,
    ),
    Act(
        "turn_down_termination", CONFIRMING, _turn_down(_terminations),
        needs=(one_waits(_terminations),),
        asks=(proposed_by_another(_terminations), ground_is_mine_to_confirm), inputs=(_REASON,),
    ),
    Act(
        "enter_withdrawal", frozenset({Duty.ACCEPTANCE}),
        lambda at, given: enter_withdrawal(at.case, **given),
        document="withdrawal", post=Duty.ACCEPTANCE,
        needs=(may_move("withdraw"), none_waits(_withdrawals)),
        inputs=(
            typed(Withdrawal.document_number, needed=True),
            typed(Withdrawal.requested_on, needed=True, known=lambda at: at.today),
            typed(Withdrawal.came_by, needed=True, known=lambda _at: Channel.WINDOW),
        ),
    ),
    Act(
        "approve_withdrawal", CONFIRMING, _approve(_withdrawals), move="withdraw",
        needs=(may_move("withdraw"), one_waits(_withdrawals)),
        asks=(proposed_by_another(_withdrawals),), is_main=True,
    ),
    Act(
        "turn_down_withdrawal", CONFIRMING, _turn_down(_withdrawals),
        needs=(one_waits(_withdrawals),), asks=(proposed_by_another(_withdrawals),),
        inputs=(_REASON,),
    ),
)  # fmt: skip
