"""The sections of "My work": each a question of the models, and how its rows are read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from models import Application, ApplicationStep
from models.acting import Actor
from models.questions import my_work as questions
from models.questions.calendar import working_calendar
from models.questions.case_clock import binding_day_of
from models.questions.my_work import EmptyQueue, Work, ask
from models.questions.worklists import step_is_late
from views.access import Verb, may
from views.links import case_url, details_url, edit_url, home_url, list_url, new_url
from views.words.lights import Lamp, Lamps
from views.words.values import localised, row_title, show

MOST = 20  # rows of a section; the others are one list away


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is about, where it stands, and by when."""

    url: str
    title: str
    about: str = ""
    detail: str = ""
    lamp: Lamp | None = None
    day: str = ""
    mark: str = ""
    is_green_lane: bool = False
    step: int | None = None  # the step that its button claims


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading. ``empty`` and ``onward`` are read where there are none."""

    name: str
    heading: LazyString
    count: int
    lines: list[Line]
    empty: LazyString
    onward: tuple[LazyString, str]
    more: str = ""
    actions: list[tuple[LazyString, str]] = field(default_factory=list)
    claims: bool = False

    @property
    def left(self) -> int:
        """How many rows are not shown."""
        return self.count - len(self.lines)


# Section → how its first row is called on top of the page: what an officer does next.
NEXT: dict[str, LazyString] = {
    "approvals": _("Next to approve"),
    "mine": _("Next to work on"),
    "to-claim": _("Next in the queue"),
    "orders": _("Next order to answer"),
}

EMPTY_QUEUE: dict[EmptyQueue, LazyString] = {
    EmptyQueue.ABSENT: _("You are entered as absent today: the queue goes to your colleagues."),
    EmptyQueue.NO_POST: _("You hold no post today, so no step waits for you to claim it."),
    EmptyQueue.NOTHING_OPEN: _("Nobody waits: every step of your posts is claimed."),
}


def sections_of(session: Session, actor: Actor, today: date) -> Iterator[Section]:
    """The sections of a person's page, from top to bottom."""
    if actor.user_id is None:
        return
    desk = _Desk(session, actor, actor.user_id, today)
    if questions.confirms(actor):
        # Others wait for these, and some only inside their five days.
        yield desk.approvals()
    yield desk.to_claim()
    yield desk.in_hand()
    yield desk.awaited()
    yield desk.back()
    yield desk.orders()
    yield desk.absences()


class _Desk:
    """The questions, put for one person on one day."""

    def __init__(self, session: Session, actor: Actor, user_id: int, today: date) -> None:
        self.session, self.actor, self.me, self.today = session, actor, user_id, today
        self.calendar = working_calendar(session)
        self.lamps = Lamps(self.calendar, today)

    def to_claim(self) -> Section:
        why = questions.why_nothing_to_claim(self.session, self.actor, self.today)
        waiting = self._ask(questions.steps_to_claim(self.actor)) if why is None else Work([], 0)
        reason = why or EmptyQueue.NOTHING_OPEN
        onward = (_("My absence"), "#absence") if why is EmptyQueue.ABSENT else self._all_cases()
        return Section(
            "to-claim", _("To claim"), waiting.count,
            [self._step(step, can_claim=True) for step in waiting.rows],
            EMPTY_QUEUE[reason], onward, list_url("application_step", tab="queue"),
            [(_("Claim several at once"), list_url("application_step", tab="queue"))],
            claims=True,
        )  # fmt: skip

    def in_hand(self) -> Section:
        mine = self._ask(questions.steps_in_hand(self.me))
        return Section(
            "mine", _("In my hands, by due date"), mine.count,
            [self._step(step) for step in mine.rows],
            _("You have nothing in hand."), (_("Take the next from the queue"), "#to-claim"),
            list_url("application_step", tab="mine"),
        )  # fmt: skip

    def awaited(self) -> Section:
        notices = self._ask(questions.corrections_awaited(self.me))
        return Section(
            "awaited", _("Waiting for the applicant"), notices.count,
            [
                self._case_line(
                    n.application, detail=n.missing, day=show(n.application.correction_due_on)
                )
                for n in notices.rows
            ],
            _("No correction that you asked for is open."), self._all_cases(),
        )  # fmt: skip

    def back(self) -> Section:
        over = self._ask(questions.pauses_overrun(self.me, self.today))
        ended = self._ask(questions.back_from_suspension(self.me, self.calendar, self.today))
        lines = [
            self._case_line(
                pause.application, detail=self._planned(pause), mark=gettext("pause overrun")
            )
            for pause in over.rows
        ]
        lines += [
            self._case_line(
                pause.application,
                detail=gettext("The clock runs again since %(day)s", day=show(pause.ended_on)),
            )
            for pause in ended.rows
        ]
        return Section(
            "back", _("Back from suspension, and pauses overrun"), over.count + ended.count, lines,
            _("No clock of yours began to run again in the last five working days."),
            (_("Paused cases"), list_url("application", tab="paused")),
            list_url("application", tab="paused"),
        )  # fmt: skip

    @staticmethod
    def _planned(pause: Any) -> str:
        until = gettext("planned until %(day)s", day=show(pause.planned_end_on))
        return f"{show(pause.kind)}, {until}"

    def approvals(self) -> Section:
        found = [(words, self._ask(asked), line) for words, asked, line in self._waiting()]
        lines = [line(words, row) for words, work, line in found for row in work.rows]
        return Section(
            "approvals", _("Waiting for my approval"), sum(work.count for _w, work, _l in found),
            lines, _("Nothing waits for your approval."), self._all_cases(),
        )  # fmt: skip

    def _waiting(self) -> Iterable[tuple[LazyString, Any, Callable[[LazyString, Any], Line]]]:
        return (
            (_("Extension"), questions.extensions_to_approve(self.actor), self._request),
            (_("Second notice"), questions.second_notices_to_approve(self.actor), self._request),
            (_("Green lane"), questions.green_lanes_to_approve(self.actor), self._request),
            (_("Earlier receipt"), questions.earlier_receipts_to_confirm(self.actor),
             self._receipt),
            (_("Change of a certificate"), questions.certificate_changes_to_approve(self.actor),
             self._change),
            (_("Identity of an applicant"), questions.identities_to_confirm(self.actor),
             self._identity),
            (_("Termination"), questions.terminations_to_approve(self.actor), self._termination),
            (_("Withdrawal"), questions.withdrawals_to_approve(self.actor), self._withdrawal),
            (_("Holiday notice"), questions.calendar_notices_to_confirm(self.actor),
             self._calendar_notice),
        )  # fmt: skip

    def _request(self, words: LazyString, row: Any) -> Line:
        return self._case_line(row.application, detail=f"{words}: {row.reason}")

    def _termination(self, words: LazyString, row: Any) -> Line:
        return self._case_line(row.application, detail=f"{words}: {row.reasons}")

    def _withdrawal(self, words: LazyString, row: Any) -> Line:
        return self._case_line(row.application, detail=f"{words}: {row.document_number}")

    def _receipt(self, words: LazyString, row: Any) -> Line:
        return self._case_line(row.application, detail=f"{words}: {show(row.came_on)} {row.proof}")

    def _change(self, words: LazyString, row: Any) -> Line:
        url = details_url("certificate_change", row.id)
        about = row.certificate.holder_name
        return Line(url, row.certificate.number, about, f"{words}: {show(row.kind)}")

    @staticmethod
    def _calendar_notice(words: LazyString, row: Any) -> Line:
        url = details_url("calendar_notice", row.id)
        return Line(url, f"{words} {row.year}", row.source, "")

    def _identity(self, words: LazyString, row: Any) -> Line:
        url = details_url("applicant_identity", row.id)
        return Line(url, row.applicant.name, show(row.change), f"{words}: {show(row.proposed_on)}")

    def orders(self) -> Section:
        orders = self._ask(questions.orders_to_me(self.me))
        return Section(
            "orders", _("Orders addressed to me"), orders.count,
            [
                Line(
                    edit_url("supervision_order", order.id),
                    show(order.kind),
                    order.application.number if order.application else "",
                    order.text,
                    self.lamps.of(order.answer_due_on, order.answer_due_on),
                    show(order.answer_due_on),
                )
                for order in orders.rows
            ],
            _("No order waits for your answer."), (_("To the panel"), home_url()),
            list_url("supervision_order"),
        )  # fmt: skip

    def absences(self) -> Section:
        away = self._ask(questions.my_absences(self.me, self.today))
        enter = (_("Enter an absence, with a substitute"), new_url("absence"))
        actions = [enter]
        if may(self.actor, "reassignment", Verb.CREATE):
            actions.append((_("Hand work over"), new_url("reassignment")))
        return Section(
            "absence", _("My absence"), away.count,
            [
                Line(
                    details_url("absence", absence.id),
                    f"{show(absence.first_day)} – {show(absence.last_day)}",
                    row_title(absence.substitute),
                    show(absence.reason),
                )
                for absence in away.rows
            ],
            _("You have entered no absence."), enter, list_url("absence"), actions,
        )  # fmt: skip

    def _ask(self, question: Any) -> Work[Any]:
        return ask(self.session, question, MOST)

    def _all_cases(self) -> tuple[LazyString, str]:
        return _("All cases"), list_url("application")

    def _step(self, step: ApplicationStep, *, can_claim: bool = False) -> Line:
        detail = str(localised(step.step_definition, "name"))
        if step.due_on is not None:
            until = gettext("step due %(day)s", day=show(step.due_on))
            detail += f" · {until}"
        if can_claim:
            # The queue runs in this order (Art. 57), whatever the lights say.
            received = gettext("received %(day)s", day=show(step.application.received_on))
            detail += f" · {received}"
        late = step_is_late(self.today, step.status, step.due_on)
        return self._case_line(
            step.application,
            detail=detail,
            mark=gettext("step is late") if late else "",
            step=step.id if can_claim else None,
        )

    def _case_line(self, case: Application, **values: Any) -> Line:
        binding = binding_day_of(case)
        item = str(localised(case.licence_item, "name"))
        about = f"{case.applicant} · {item}" if case.applicant else item
        lamp = self.lamps.of(binding, case.warn_on, case.suspended_since, case.closed_on)
        values.setdefault("day", show(binding))
        return Line(
            case_url(case.number), case.number, about, lamp=lamp,
            is_green_lane=case.is_green_lane, **values,
        )  # fmt: skip
