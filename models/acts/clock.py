"""What moves the clock: pauses (Art. 45), extensions (Art. 42), a conclusion, the green lane."""

from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Input, Kind, Standing, typed
from models.acts.asking import Case, is_a_second_person, stands_at
from models.application import Application
from models.base import stored
from models.clock import ClockSuspension, DeadlineExtension, GreenLane
from models.enums import ClockStart, Duty, HandlingMode, SuspensionKind
from models.errors import RuleViolation
from models.rules.acceptance import extension_is_too_late
from models.rules.duties import CONFIRMING


def suspend(
    case: Application,
    kind: SuspensionKind,
    *,
    planned_end_on: date,
    notice_number: str,
    reason: str = "",
) -> None:
    """Stop the clock for a special procedure (Art. 45), from today."""
    case.suspensions.append(
        ClockSuspension(
            kind=kind, planned_end_on=planned_end_on, notice_number=notice_number, reason=reason
        )
    )


def resume(session: Session, case: Application, kind: SuspensionKind | None = None) -> None:
    """End the open suspension of a kind today; of several without a kind, the first begun."""
    for suspension in case.suspensions:
        if suspension.ended_on is None and kind in (None, suspension.kind):
            suspension.ended_on = acting(session).today
            return
    raise RuleViolation("case-is-not-paused")


def ask_extension(case: Application, days: int, reason: str) -> None:
    """Ask the leader of the organ to extend the limit (Art. 42)."""
    case.extensions.append(DeadlineExtension(days=days, reason=reason))


def approve_extension(
    session: Session,
    extension: DeadlineExtension,
    approval_document: str = "",
    *,
    delegation_number: str = "",
    delegation_on: date | None = None,
) -> None:
    """Approve an extension as the leader, in one's own name, or as the head under a written
    delegation; of a case handled jointly with the number of the government head's approval."""
    if approval_document:
        extension.approval_document = approval_document
    extension.delegation_number, extension.delegation_on = delegation_number, delegation_on
    extension.approved_by_id = acting(session).actor.user_id


def record_review_conclusion(session: Session, case: Application) -> None:
    """Enter that the conclusion of the review is in: from today the decision clock runs."""
    case.review_concluded_by_id = acting(session).actor.user_id


def ask_green_lane(case: Application, reason: str) -> None:
    """Ask the head to let a case go before the others (绿色通道)."""
    case.green_lanes.append(GreenLane(reason=reason))


def approve_green_lane(session: Session, lane: GreenLane) -> None:
    """Approve the green lane as the head, in one's own name."""
    lane.approved_by_id = acting(session).actor.user_id


# --- what the acts ask ----------------------------------------------------------------------------

IN_HAND = (Case.RECEIVED, Case.ACCEPTED)


def clock_runs(at: Standing) -> RuleViolation | None:
    """While a special procedure runs its result is not there to be decided upon (Art. 45)."""
    # As stored: the end of a case ends its pause with it, before the rules look.
    paused = any(stored(pause, "ended_on") is None for pause in at.case.suspensions)
    return RuleViolation("case-is-paused") if paused else None


def clock_is_paused(at: Standing) -> RuleViolation | None:
    """Only a pause that is open ends."""
    return None if clock_runs(at) else RuleViolation("case-is-not-paused")


def case_is_extended_once(at: Standing) -> RuleViolation | None:
    """A case is extended once (Art. 42)."""
    others = at.others(at.case.extensions)
    return RuleViolation("extension-is-given-once") if others else None


def extension_waits(at: Standing) -> RuleViolation | None:
    """An extension was asked for, and nobody has answered yet."""
    if not at.case.extensions:
        return RuleViolation("extension-is-not-asked-for")
    given = at.case.extensions[0].approved_on is not None
    return RuleViolation("extension-is-given-once") if given else None


def extension_is_anothers_wish(at: Standing) -> RuleViolation | None:
    """Nobody approves the extension for which the same person asked."""
    return is_a_second_person(at, (e.requested_by_id for e in at.case.extensions))


def extension_is_in_time(at: Standing) -> RuleViolation | None:
    """An extension is approved on or before the due day (Art. 42)."""
    due = at.stored("due_on")
    late = extension_is_too_late(due, at.today)
    return RuleViolation("extension-is-too-late", due=due) if late else None


def conclusion_is_awaited(at: Standing) -> RuleViolation | None:
    """The item's clock starts with a review's conclusion, which is entered once (Art. 42)."""
    if at.case.item_version.clock_start is not ClockStart.REVIEW_CONCLUSION:
        return RuleViolation("item-awaits-no-conclusion")
    is_in = at.stored("review_concluded_by_id") is not None
    return RuleViolation("conclusion-is-recorded-once") if is_in else None


def conclusion_is_in(at: Standing) -> RuleViolation | None:
    """No decision before the conclusion that starts its clock (Art. 42)."""
    awaited = at.case.item_version.clock_start is ClockStart.REVIEW_CONCLUSION
    is_in = at.case.review_concluded_on is not None
    return RuleViolation("review-is-not-concluded") if awaited and not is_in else None


def lane_is_for_a_case_in_hand(at: Standing) -> RuleViolation | None:
    """Only a received or an accepted case goes before the others."""
    in_hand = at.stored("status") in IN_HAND
    return None if in_hand else RuleViolation("green-lane-is-too-late")


def lane_is_given_once(at: Standing) -> RuleViolation | None:
    """A case is put on the green lane once."""
    others = at.others(at.case.green_lanes)
    return RuleViolation("green-lane-is-given-once") if others else None


def lane_waits(at: Standing) -> RuleViolation | None:
    """The green lane was asked for, and nobody has answered yet."""
    if not at.case.green_lanes:
        return RuleViolation("green-lane-is-not-asked-for")
    given = at.case.green_lanes[0].approved_on is not None
    return RuleViolation("green-lane-is-given-once") if given else None


def lane_is_anothers_wish(at: Standing) -> RuleViolation | None:
    """Nobody approves the green lane for which the same person asked."""
    return is_a_second_person(at, (lane.requested_by_id for lane in at.case.green_lanes))


def lane_is_asked_by_the_line(at: Standing) -> RuleViolation | None:
    """Acceptance or review asks."""
    if at.actor.posts & {Duty.ACCEPTANCE, Duty.REVIEW}:
        return None
    return RuleViolation("post-not-held", post=Duty.ACCEPTANCE)


def _running(at: Standing) -> list[SuspensionKind]:
    return [pause.kind for pause in at.case.suspensions if pause.ended_on is None]


def _by_delegation(at: Standing) -> bool:
    return Duty.LEADER not in at.actor.duties


def _is_joint(at: Standing) -> bool:
    return at.case.licence_item.handling_mode is HandlingMode.JOINT


ACTS: tuple[Act, ...] = (
    Act(
        "suspend", ClockSuspension.policy.writers,
        lambda at, given: suspend(at.case, **given),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED),),
        inputs=(
            typed(ClockSuspension.kind, needed=True),
            typed(ClockSuspension.planned_end_on, needed=True),
            typed(ClockSuspension.notice_number, needed=True),
            typed(ClockSuspension.reason),
        ),
    ),
    Act(
        "resume", ClockSuspension.policy.writers,
        lambda at, given: resume(at.session, at.case, given["procedure"]),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), clock_is_paused),
        # Which of the running procedures ends; the one begun first stands chosen.
        inputs=(Input("procedure", Kind.ONE, offered=_running),),
    ),
    Act(
        "ask_extension", DeadlineExtension.policy.writers - CONFIRMING,
        lambda at, given: ask_extension(at.case, **given),
        needs=(stands_at(Case.ACCEPTED),), asks=(case_is_extended_once,),
        inputs=(
            typed(DeadlineExtension.days, needed=True, most=99),
            typed(DeadlineExtension.reason, needed=True),
        ),
    ),
    Act(
        "approve_extension", CONFIRMING,
        lambda at, given: approve_extension(at.session, at.case.extensions[0], **given),
        needs=(stands_at(Case.ACCEPTED), extension_waits),
        asks=(extension_is_anothers_wish, extension_is_in_time),
        # Of a case handled jointly the number of the government head's approval (Art. 42 ¶2).
        # Of whom the law does not name, the leader's written delegation.
        inputs=(
            typed(DeadlineExtension.approval_document, needed=True, asked=_is_joint),
            typed(DeadlineExtension.delegation_number, needed=True, asked=_by_delegation),
            typed(DeadlineExtension.delegation_on, needed=True, asked=_by_delegation),
        ),
        is_main=True,
    ),
    Act(
        "conclude", frozenset({Duty.REVIEW}),
        lambda at, _given: record_review_conclusion(at.session, at.case),
        post=Duty.REVIEW, needs=(stands_at(Case.ACCEPTED), conclusion_is_awaited),
    ),
    Act(
        "ask_green_lane", GreenLane.policy.writers - CONFIRMING,
        lambda at, given: ask_green_lane(at.case, **given),
        needs=(lane_is_for_a_case_in_hand, lane_is_given_once),
        asks=(lane_is_asked_by_the_line,), inputs=(typed(GreenLane.reason, needed=True),),
    ),
    Act(
        "approve_green_lane", CONFIRMING,
        lambda at, _given: approve_green_lane(at.session, at.case.green_lanes[0]),
        needs=(lane_is_for_a_case_in_hand, lane_waits), asks=(lane_is_anothers_wish,),
    ),
)  # fmt: skip
