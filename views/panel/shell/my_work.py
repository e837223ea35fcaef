"""My work: the queue of one's posts, what one has in hand, and what waits for one's answer."""

from typing import ClassVar

from flask import abort, flash, redirect, request
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from models import ApplicationStep, acts
from models.acts.act import Standing, step_is_gone
from models.acts.asking import step_is_mine
from models.database import db
from models.errors import RuleViolation
from models.questions.my_work import ask, steps_to_claim, why_nothing_to_claim
from views.access import PAGES, Verb, may
from views.current import current_actor, current_day
from views.judging import judged
from views.links import case_url
from views.panel.engine.lock import Page, page
from views.panel.engine.page_of_panel import PageOfPanel
from views.panel.shell.my_work_sections import MOST, NEXT, Section, sections_of
from views.requests import key_of_row
from views.words.messages import words_of


class MyWorkPage(PageOfPanel):
    """One officer's day on one page."""

    table = "work"
    endpoint_verbs: ClassVar[dict[str, frozenset[Verb]]] = {
        "index_view": frozenset({Verb.LIST}),
        "claim": frozenset({Verb.ACT}),
    }

    @page("/")
    def index_view(self) -> Page:
        """The page."""
        sections = list(sections_of(db.session(), current_actor(), current_day()))
        return str(
            self.render(
                "panel/my_work.html",
                title=PAGES["work"].name,
                sections=sections,
                next_up=[(NEXT[s.name], s) for s in _by_haste(sections) if s.lines],
                claim_url=self.get_url(".claim"),
            )
        )

    @page("/claim/", "POST")
    def claim(self) -> Response:
        """Take the step that was named, or the first one that one may take; open its case."""
        if not may(current_actor(), "application_step", Verb.ACT):
            abort(403)
        key = request.form.get("step")
        if key is None:
            claimed = _claim_next()
        else:
            step = db.session.get(ApplicationStep, key_of_row(key)) or abort(404)
            claimed = None if _tell(_claim(step)) else step
        if claimed is not None and "open" in request.form:
            return redirect(case_url(claimed.application.number))
        return redirect(self.get_url(".index_view"))


def _by_haste(sections: list[Section]) -> list[Section]:
    """The sections whose first row an officer turns to next: what others wait for comes first."""
    found = {section.name: section for section in sections}
    return [found[name] for name in NEXT if name in found]


def _claim_next() -> ApplicationStep | None:
    """Take the first step of the queue; one that a rule keeps from the reader is passed by."""
    session, actor = db.session(), current_actor()
    kept_back = why_nothing_to_claim(session, actor, current_day()) is not None
    steps = () if kept_back else ask(session, steps_to_claim(actor), MOST).rows
    refusal = None
    for step in steps:
        refusal = _claim(step)
        if refusal is None:
            _tell(None)
            return step
    if steps:
        _tell(refusal)
    else:
        flash(gettext("Nothing is left to claim."), "warning")
    return None


def _claim(step: ApplicationStep) -> RuleViolation | None:
    """Claim a step; what stands against it, when nothing is saved."""
    try:
        return step_is_mine(_at(step)) or judged(lambda: acts.steps.claim(db.session(), step))
    except StaleDataError:
        # Somebody was quicker by less than a page: read again, and say who.
        db.session.rollback()
        return step_is_mine(_at(step)) or step_is_gone()


def _at(step: ApplicationStep) -> Standing:
    return Standing(db.session(), current_actor(), current_day(), step.application, step)


def _tell(refusal: RuleViolation | None) -> RuleViolation | None:
    if refusal is None:
        flash(gettext("Claimed: it lies in your hands now."), "success")
    else:
        flash(words_of(refusal), "danger")
    return refusal


VIEWS = (MyWorkPage,)
