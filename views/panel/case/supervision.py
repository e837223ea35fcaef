"""Supervision on the page of a case: the orders about it, their answers, and a leader's ways."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext

from models import Application, SupervisionOrder
from models.enums import Duty, StepStatus
from models.questions.lateness import late
from views.access import Verb, may
from views.links import details_url, edit_url, new_url
from views.panel.case.reader import Reader
from views.panel.shell.home_supervision import rows_about
from views.words.lights import Lamp
from views.words.values import cell, localised, show


@dataclass(frozen=True, slots=True)
class OrderNote:
    """One order about the case. ``todo``: what the reader may do with it, and where."""

    heading: str
    text: str
    who: str
    answer: str
    light: Lamp
    url: str
    todo: str


def orders_about(case: Application, reader: Reader) -> list[OrderNote]:
    """The orders about a case that the reader may see, the latest first."""
    if not reader.sees("supervision_order"):
        return []
    return [_note(order, reader) for order in reversed(rows_about(case, SupervisionOrder))]


def _note(order: SupervisionOrder, reader: Reader) -> OrderNote:
    is_mine = order.addressee_id == reader.actor.user_id
    answers = is_mine and order.answered_on is None
    judges = order.answered_on is not None and order.accepted_on is None and not is_mine
    address = edit_url if answers else details_url
    leads = may(reader.actor, "supervision_order", Verb.ACT)
    todo = ""
    if answers:
        todo = gettext("Answer")
    elif judges and leads:
        todo = gettext("Look at the answer")
    return OrderNote(
        heading=f"{show(order.ordered_on)} {cell(order, 'kind')}",
        text=order.text,
        who=gettext(
            "%(sender)s to %(officer)s",
            sender=localised(order.ordered_by, "display_name"),
            officer=localised(order.addressee, "display_name"),
        ),
        answer=order.answer,
        light=_light(order, reader),
        url=address("supervision_order", order.id),
        todo=str(todo),
    )


def _light(order: SupervisionOrder, reader: Reader) -> Lamp:
    day = show(order.answer_due_on)
    if order.accepted_on is not None:
        return Lamp("closed", "○", gettext("closed on %(day)s", day=show(order.accepted_on)))
    if order.answered_on is not None:
        return Lamp("running", "●", gettext("answered on %(day)s", day=show(order.answered_on)))
    if late(order.answer_due_on, order.answered_on, reader.today):
        return Lamp("overdue", "▲", gettext("no answer, it was due on %(day)s", day=day))
    return Lamp("due-soon", "◆", gettext("waits for an answer until %(day)s", day=day))


def leader_links(case: Application, reader: Reader) -> list[tuple[str, str]]:
    """Where a leader hands work over: of each officer at an open step, absence and reassignment."""
    if not reader.actor.holds(frozenset({Duty.HEAD, Duty.SUPERVISION})) or case.closed_on:
        return []
    return list(_links(case, reader))


def _links(case: Application, reader: Reader) -> Iterator[tuple[str, str]]:
    officers = {
        step.officer.id: step.officer
        for step in case.steps
        if step.status is StepStatus.OPEN and step.officer is not None
    }
    for key, officer in officers.items():
        name = localised(officer, "display_name")
        if may(reader.actor, "absence", Verb.CREATE):
            yield (
                gettext("Enter an absence of %(officer)s", officer=name),
                new_url("absence", user=key),
            )
        if may(reader.actor, "reassignment", Verb.CREATE):
            yield (
                gettext("Hand all open work of %(officer)s to another", officer=name),
                new_url("reassignment", from_user=key),
            )
