"""The addresses of a case: its page, and the acts that are done on it."""

from typing import Any

from flask import abort, flash, redirect, request
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Forbidden

from models import Application, ApplicationStep
from models.acts import BY_NAME, Act
from models.acts.act import Standing
from models.acts.asking import case_is_open
from models.database import db
from models.errors import RuleViolation
from views.access import Verb
from views.current import (
    current_actor,
    current_day,
    reads_long_forms,
    shows_form_again,
    token_expired,
    too_long,
)
from views.forms.inputs import ActForm, form_of
from views.links import case_url
from views.panel.case.desk import Tried, desk_of
from views.panel.case.page import Reader, case_context, printed_facts
from views.panel.case.receipt import receipt_context
from views.panel.case.story import Told, story_of
from views.panel.engine.editing import words_too_long
from views.panel.engine.lock import LockedView, Page, page
from views.panel.engine.records import RecordPages
from views.printing import pdf
from views.words.acts import label_of
from views.words.messages import words_of
from views.words.values import show

LONGEST_NUMBER = 80
# Of the story so many lines stand open; the rest is a press away.
NEWEST = 12


class NotOfYourDuties(Forbidden):
    """The act belongs to another duty; the page says to which act, not to whom."""

    is_for_the_reader = True

    def __init__(self, act: Act) -> None:
        super().__init__(words_of(act.why_not_mine()))


class CasePages(RecordPages):
    """A case under its number, in place of the plain details of a row."""

    endpoint_verbs = {  # noqa: RUF012 - a constant of the class above
        **LockedView.endpoint_verbs,
        "case_view": frozenset({Verb.DETAIL}),
        "case_act": frozenset({Verb.ACT}),
        "receipt_view": frozenset({Verb.DETAIL}),
        "why_view": frozenset({Verb.DETAIL}),
    }

    def find_case(self, number: str, verb: Verb) -> Application:
        """The case of this number within the reader's scope; a foreign one is not there (404)."""
        if len(number) > LONGEST_NUMBER:
            abort(404)
        found: Application | None = (
            self.get_query(verb).filter(Application.number == number).one_or_none()
        )
        return found or abort(404)

    @page("/details/")
    def details_view(self) -> Page:
        """The plain address of a row leads to the page of the case."""
        row = self.find(request.args.get("id"), Verb.DETAIL)
        return redirect(case_url(row.number))

    @page("/<path:number>/")
    def case_view(self, number: str) -> Page:
        """One case: where it stands, why its date is what it is, what can be done."""
        return self._case_page(self.find_case(number, Verb.DETAIL))

    @page("/<path:number>/receipt/")
    def receipt_view(self, number: str) -> Page:
        """The written receipt of a case, to be printed and sealed (Art. 32)."""
        case = self.find_case(number, Verb.DETAIL)
        if case.received_on is None:
            abort(404)
        return str(self.render("panel/receipt.html", **receipt_context(case)))

    @page("/<path:number>/why.pdf")
    def why_view(self, number: str) -> Page:
        """Why this date, as one page to hand out or to keep in the file."""
        case = self.find_case(number, Verb.DETAIL)
        if not Reader(current_actor(), current_day()).sees("due_date_change"):
            abort(403)
        return pdf("why_date", printed_facts(case, current_day()), f"{case.number}-why")

    @page("/<path:number>/act/<act_name>/", "POST")
    @shows_form_again
    @reads_long_forms
    def case_act(self, number: str, act_name: str) -> Page:
        """Do one act. What stands against it is said on the page, with everything typed kept."""
        act = BY_NAME.get(act_name) or abort(404)
        case = self.find_case(number, Verb.ACT)
        if not act.is_of(current_actor()):
            raise NotOfYourDuties(act)
        form = form_of(act)(request.form)
        step = _step_of(case, form)
        at = Standing(db.session(), current_actor(), current_day(), case, step)
        if step in act.steps(at):  # of no other step the act knows what to offer
            form.prepare(at)
        if token_expired():
            words = gettext("The page was open too long. Nothing is lost: please try again.")
            return self._once_more(act, at, form, 400, [words])
        if too_long():
            return self._once_more(act, at, form, 413, [words_too_long()])
        if form.version.data != str(case.version):
            return self._overtaken(act, at, form)
        if pointless := case_is_open(at) or act.why_pointless(at):
            return self._refused_act(act, at, form, pointless)
        if not form.validate():
            return self._incomplete(act, at, form)
        return self._do(act, at, form)

    def _incomplete(self, act: Act, at: Standing, form: ActForm) -> tuple[str, int]:
        """A rule that stands against the act as a whole comes before what is missing in it."""
        if reason := act.why_not(at):
            return self._refused_act(act, at, form, reason)
        return self._once_more(act, at, form, 422, [])

    def _do(self, act: Act, at: Standing, form: ActForm) -> Page:
        try:
            refusal = self._judged(lambda: act.run(at, form.given()))
        except StaleDataError:
            db.session.rollback()
            return self._overtaken(act, at, form)
        if refusal is not None:
            return self._refused_act(act, at, form, refusal)
        flash(gettext("Done: %(label)s", label=label_of(act)), "success")
        return redirect(case_url(at.case.number))

    def _refused_act(
        self, act: Act, at: Standing, form: ActForm, refusal: RuleViolation
    ) -> tuple[str, int]:
        words = words_of(refusal)
        beside = form[refusal.field] if refusal.field and refusal.field in form else None
        if beside is None:
            return self._once_more(act, at, form, 422, [words])
        beside.errors = [*beside.errors, words]
        return self._once_more(act, at, form, 422, [])

    def _overtaken(self, act: Act, at: Standing, form: ActForm) -> tuple[str, int]:
        """Somebody changed the case meanwhile: who, and the case as it is now."""
        meanwhile = _meanwhile(at, form.version.data or "")
        who, when = (
            (meanwhile[0].who, meanwhile[0].at) if meanwhile else (gettext("Somebody"), None)
        )
        words = gettext(
            "%(who)s was first (%(when)s). Look at the case as it is now, then decide again.",
            who=who,
            when=show(when),
        )
        tried = Tried(act, at, form, [words], meanwhile)
        return self._case_page(at.case, tried), 409

    def _once_more(
        self, act: Act, at: Standing, form: ActForm, status: int, problems: list[str]
    ) -> tuple[str, int]:
        return self._case_page(at.case, Tried(act, at, form, problems)), status

    def _case_page(self, case: Application, tried: Tried | None = None) -> str:
        context = case_context(case, current_actor(), current_day())
        desk = desk_of(case, current_actor(), current_day(), tried)
        context["newest"] = NEWEST
        return str(self.render("panel/case.html", desk=desk, tried=tried, **context))


def _step_of(case: Application, form: Any) -> ApplicationStep | None:
    """The step that the form names. Aborts with 404 when the case has no such step."""
    key = form.step.data
    if not key:
        return None
    return next((step for step in case.steps if str(step.id) == key), None) or abort(404)


def _meanwhile(at: Standing, seen: str) -> list[Told]:
    """What was done to the case since the version that the person saw, the latest first.

    Each act raises the version of its case by one and writes one entry to the log.
    """
    passed = at.case.version - int(seen) if seen.isdecimal() and len(seen) < 10 else 1
    inside = Reader(at.actor, at.today).sees_inside
    return story_of(at.case, at.actor, sees_inside=inside, most=min(max(passed, 1), NEWEST))
