"""The acts of a case as its page offers them: open, refused with its reason, or for later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models import Application
from models.acting import Actor
from models.acts import ACTS, Act
from models.acts.act import Standing, first_refusal
from models.acts.asking import case_is_open, officer_is_impartial
from models.database import db
from models.errors import RuleViolation
from views.forms.columns import KeptField
from views.forms.inputs import ActForm, form_of
from views.links import act_url
from views.panel.case.story import Told
from views.words.acts import label_of, question_of
from views.words.field_help import place
from views.words.messages import words_of
from views.words.values import localised


@dataclass(frozen=True, slots=True)
class Tried:
    """An act that was asked for and did not come to pass, with what was typed."""

    act: Act
    at: Standing
    form: ActForm
    problems: list[str]
    # What others did since the page was opened.
    meanwhile: Sequence[Told] = ()

    @property
    def label(self) -> str:
        """What the act is called."""
        return str(label_of(self.act))


@dataclass(frozen=True, slots=True)
class Offer:
    """One act on the page. ``reason``: why it cannot be done now."""

    anchor: str
    label: str
    url: str
    question: str
    is_main: bool
    form: ActForm
    reason: str = ""
    was_tried: bool = False

    @property
    def fields(self) -> list[Any]:
        """The fields that a person fills in."""
        return [f for f in self.form if not isinstance(f, KeptField)]

    @property
    def hidden(self) -> list[Any]:
        """What travels with the form."""
        return [f for f in self.form if isinstance(f, KeptField)]


@dataclass(slots=True)
class Desk:
    """What lies before a person on the page of a case."""

    read_only: str = ""
    open: list[Offer] = field(default_factory=list)
    refused: list[Offer] = field(default_factory=list)
    later: list[Offer] = field(default_factory=list)
    # What was typed for an act that cannot be done any more.
    left_over: list[tuple[str, str]] = field(default_factory=list)

    @property
    def was_tried(self) -> bool:
        """Whether the form that was sent stands on the page again."""
        return any(offer.was_tried for offer in self.open)


def desk_of(case: Application, actor: Actor, today: date, tried: Tried | None = None) -> Desk:
    """The acts of a person's duties, as they stand for this case today."""
    desk, at = Desk(), Standing(db.session(), actor, today, case)
    if closed := first_refusal((case_is_open, officer_is_impartial), at):
        desk.read_only = words_of(closed)
    else:
        for act in ACTS:
            if act.is_of(actor):
                _lay_out(desk, act, at, tried)
    if tried is not None and not desk.was_tried:
        desk.left_over = tried.form.typed()
    return desk


def _lay_out(desk: Desk, act: Act, case: Standing, tried: Tried | None) -> None:
    for at in map(case.at, act.steps(case)):
        if pointless := act.why_pointless(at):
            desk.later.append(_offer(act, at, None, pointless))
        elif reason := act.why_not(at):
            desk.refused.append(_offer(act, at, None, reason))
        else:
            same = tried is not None and tried.act is act and tried.at.step is at.step
            is_main = act.is_main and not any(offer.is_main for offer in desk.open)
            desk.open.append(_offer(act, at, tried if same else None, is_main=is_main))


def _offer(
    act: Act,
    at: Standing,
    tried: Tried | None,
    reason: RuleViolation | None = None,
    *,
    is_main: bool = False,
) -> Offer:
    form = tried.form if tried else form_of(act)()
    if not tried and reason is None:
        form.prepare(at)
    form.version.data = str(at.case.version)
    form.step.data = str(at.step.id) if at.step else ""
    _name_apart(form, f"{act.name}-{at.step.id if at.step else 0}")
    place(form, act.name)
    several = at.step is not None and sum(1 for _ in act.steps(at)) > 1
    step = f" · {localised(at.step.step_definition, 'name')}" if several and at.step else ""
    return Offer(
        anchor=f"act-{act.name}-{at.step.id}" if several and at.step else f"act-{act.name}",
        label=f"{label_of(act)}{step}",
        url=act_url(at.case.number, act.name),
        question=question_of(act),
        is_main=is_main,
        form=form,
        reason=words_of(reason) if reason else "",
        was_tried=tried is not None,
    )


def _name_apart(form: ActForm, prefix: str) -> None:
    """Several forms stand on one page: their fields must not share their ids."""
    for each in form:
        each.id = f"{prefix}-{each.short_name}"
        each.label.field_id = each.id
