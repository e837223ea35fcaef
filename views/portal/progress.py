"""A case as its applicant sees it: public stages, dates with their meaning, what is to be done.

No post and no person of the office stands here (一个窗口对外).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from models import Application
from models.enums import ApplicationStatus, DecisionOutcome
from views.words.labels import member_label
from views.words.values import localised, show

Case = ApplicationStatus
ENDED_EARLY = frozenset({Case.NOT_ACCEPTED, Case.WITHDRAWN, Case.TERMINATED})


@dataclass(frozen=True, slots=True)
class Stage:
    """One public stage. ``state``: done, here, ahead, or ended."""

    name: str
    day: str
    state: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and what it means for the applicant."""

    label: str
    day: str
    meaning: str


def progress_of(case: Application) -> dict[str, Any]:
    """What a page shows of a case."""
    return {
        "case": case,
        "item": localised(case.licence_item, "name"),
        "kind": member_label(case.kind),
        "status": member_label(case.status),
        "stages": stages_of(case),
        "dates": list(_dates(case)),
        "todo": todo_of(case),
        "decision": case.decision,
        "is_refused": case.decision is not None
        and case.decision.outcome is DecisionOutcome.REFUSED,
    }


def stages_of(case: Application) -> list[Stage]:
    """Receipt, acceptance, review, decision, delivery: how far the case has come."""
    status = case.status
    past = [
        (gettext("Receipt"), case.received_on),
        (gettext("Acceptance"), case.accepted_on),
        (gettext("Review"), case.accepted_on),
        (gettext("Decision"), case.decided_on),
    ]
    if case.decision is None or case.decision.outcome is DecisionOutcome.GRANTED:
        past.append((gettext("Delivery"), case.closed_on if status is Case.DELIVERED else None))
    here = _HERE.get(status)
    stages = [
        Stage(name, show(day) if day and place != 2 else "", _state(place, here, day))
        for place, (name, day) in enumerate(past)
    ]
    if status in ENDED_EARLY:
        reached = [s for s in stages if s.state == "done"]
        return [*reached, Stage(str(member_label(status)), show(case.closed_on), "ended")]
    return stages


# Where in the list the case stands now; a closed case stands nowhere any more.
_HERE = {Case.RECEIVED: 1, Case.CORRECTING: 1, Case.ACCEPTED: 2, Case.GRANTED: 4}


def _state(place: int, here: int | None, day: date | None) -> str:
    if place == here:
        return "here"
    if place == 2 and here == 1:
        return "ahead"
    return "done" if day is not None else "ahead"


def _dates(case: Application) -> Iterator[Dated]:
    for tell in (_answer, _correction, _promise, _law, _extension, _delivery):
        if (said := tell(case)) is not None:
            yield said
    yield from _pauses(case)
    if case.status is Case.ACCEPTED:
        yield from _hearings(case)
        yield from _visits(case)


def _answer(case: Application) -> Dated | None:
    if case.status is not Case.RECEIVED or case.notice_due_on is None:
        return None
    return Dated(
        gettext("The office answers by"),
        show(case.notice_due_on),
        gettext("If you hear nothing until then, your application counts as accepted."),
    )


def _correction(case: Application) -> Dated | None:
    if case.status is not Case.CORRECTING or case.correction_due_on is None:
        return None
    return Dated(
        gettext("You answer by"),
        show(case.correction_due_on),
        gettext("After that day the application is closed; you may apply again."),
    )


def _promise(case: Application) -> Dated | None:
    if case.status is not Case.ACCEPTED or case.due_on is None:
        return None
    return Dated(gettext("Promised decision"), show(case.due_on), _provisional(case))


def _provisional(case: Application) -> str:
    if case.due_is_provisional:
        return str(gettext("Provisional: that year's holidays are not announced yet."))
    return str(gettext("The office promises its decision on or before this day."))


def _law(case: Application) -> Dated | None:
    if case.status is not Case.ACCEPTED or case.statutory_due_on is None:
        return None
    words = gettext("The law gives the office until this day, and no longer.")
    return Dated(gettext("Latest decision by law"), show(case.statutory_due_on), words)


def _pauses(case: Application) -> Iterator[Dated]:
    for running in case.suspensions:
        if running.ended_on is not None:
            continue
        why = gettext(
            "Not counted since %(day)s: %(kind)s (notice %(number)s). The dates go on afterwards.",
            day=show(running.started_on),
            kind=member_label(running.kind),
            number=running.notice_number,
        )
        yield Dated(gettext("Paused, as planned until"), show(running.planned_end_on), why)


def _hearings(case: Application) -> Iterator[Dated]:
    for hearing in case.hearings:
        if hearing.waived_on is not None or hearing.held_on is not None:
            continue
        if hearing.planned_on is not None:
            words = gettext("Place: %(place)s. It costs nothing.", place=hearing.place)
            yield Dated(gettext("Hearing on"), show(hearing.planned_on), words)
        elif hearing.requested_on is not None:
            words = gettext(
                "You have asked for it; notice of day and place is given seven days before."
            )
            yield Dated(gettext("Hearing at the latest on"), show(hearing.hold_due_on), words)
        elif hearing.request_due_on is not None:
            words = gettext("You have the right to a hearing, free of charge: ask for it, or "
                            "give it up, here or at the window.")  # fmt: skip
            yield Dated(gettext("Ask for a hearing by"), show(hearing.request_due_on), words)


def _visits(case: Application) -> Iterator[Dated]:
    for visit in case.inspections:
        if visit.done_on is None:
            words = gettext("Two or more officers come, and show their papers.")
            yield Dated(gettext("Site inspection"), show(visit.planned_on), words)


def _extension(case: Application) -> Dated | None:
    given = next((e for e in case.extensions if e.approved_on), None)
    if given is None:
        return None
    words = gettext("%(days)s working days: %(reason)s", days=given.days, reason=given.reason)
    return Dated(gettext("Limit extended on"), show(given.approved_on), words)


def _delivery(case: Application) -> Dated | None:
    if case.status is not Case.GRANTED or case.due_on is None:
        return None
    words = gettext("The certificate is handed over on or before this day.")
    return Dated(gettext("Delivery by"), show(case.due_on), words)


def todo_of(case: Application) -> str:
    """What the applicant does next, in one sentence."""
    say = _NEXT.get(case.status)
    return say() if say else gettext("There is nothing left to do.")


_NEXT: dict[ApplicationStatus, Callable[[], str]] = {
    Case.DRAFT: lambda: gettext("Hand your application in: nothing runs before that."),
    Case.RECEIVED: lambda: gettext("You need not do anything; the office is checking your papers."),
    Case.CORRECTING: lambda: gettext("Hand in what the notice names, all of it at once."),
    Case.ACCEPTED: lambda: gettext("You need not do anything; the office works on its decision."),
    Case.GRANTED: lambda: gettext("Collect your certificate, or wait for its delivery."),
    Case.REFUSED: lambda: gettext("If you do not agree, use the remedies named below in time."),
    Case.FORWARDED: lambda: gettext("You need not do anything; the organ named below decides."),
    Case.NOT_ACCEPTED: lambda: gettext("Ask at the window which office your matter belongs to."),
}
