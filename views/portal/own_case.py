"""One case under its number: for who applied, and for who has asked with his four characters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import abort, flash, redirect, render_template, request, session
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from models import Applicant, Application, MaterialRequirement, acts
from models.database import db
from models.enums import ApplicationStatus, Duty, Necessity, Origin
from models.errors import RuleViolation
from models.questions.materials import materials_that_may_come, missing_materials_of, missing_of
from models.rules.transitions import moves_from
from views.current import current_actor, current_day, is_signed_in, shows_form_again, token_expired
from views.judging import judged
from views.portal.frame import for_applicants, is_applicant
from views.portal.in_writing import answers_of, fees_of, notices_of
from views.portal.progress import progress_of
from views.portal.rating import rating_of
from views.portal.verify import standing_of
from views.requests import is_key
from views.verification import verify_address
from views.words.labels import member_label
from views.words.messages import words_of
from views.words.values import localised, show

Case = ApplicationStatus
Page = str | Response | tuple[str, int]
TRACKED = "tracked"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that an applicant does to his own case.

    ``move``: the lawful move that it makes; a deed without one hands materials in.
    """

    name: str
    label: LazyString
    run: Callable[[Application, list[MaterialRequirement]], None]
    move: str = ""
    brings: bool = False
    question: LazyString | None = None

    def is_open(self, case: Application) -> bool:
        """Whether the case stands where this can be done."""
        if self.move:
            moves = moves_from("application", case.status)
            return any(m.name == self.move and Duty.APPLICANT in m.duties for m in moves)
        return case.status is Case.ACCEPTED and bool(brought_later(case))


def _bring(case: Application, brought: Iterable[MaterialRequirement]) -> None:
    for requirement in brought:
        acts.intake.hand_in(case, requirement)


DEEDS: tuple[Deed, ...] = (
    Deed(
        "submit", _("Hand the application in"),
        lambda case, _brought: acts.intake.move(case, Case.RECEIVED), move="submit",
    ),
    Deed(
        "answer", _("Answer the notice"), acts.portal.answer_correction,
        move="resubmit", brings=True,
    ),
    Deed("bring", _("Hand in what may follow"), _bring, brings=True),
    Deed(
        "withdraw", _("Withdraw the application"),
        lambda case, _brought: acts.intake.move(case, Case.WITHDRAWN), move="withdraw",
        question=_("Withdraw this application? It is closed then; you may apply again."),
    ),
)  # fmt: skip


def brought_later(case: Application) -> list[MaterialRequirement]:
    """The materials that can be handed in as the case stands now."""
    kinds: tuple[Necessity, ...] = materials_that_may_come(case)
    return missing_materials_of(case, kinds)


def own_url(number: str) -> str:
    """The address of a case's page in the portal."""
    return f"{request.script_root}/track/{quote(number, safe='')}"


def find_own(number: str) -> Application | None:
    """The reader's own case of this number."""
    if not is_applicant():
        return None
    return db.session.scalar(
        select(Application)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(
            Application.number == number,
            Application.origin == Origin.NATIVE,
            Applicant.user_id == current_actor().user_id,
        )
    )


def own_case(number: str) -> Page:
    """The case, as far as the reader may know it; to anybody else it is not there."""
    case = find_own(number)
    if case is not None:
        return case_page(case)
    if session.get(TRACKED) == number:
        asked = select(Application).where(Application.number == number)
        return case_page(db.session.scalars(asked).one(), is_own=False)
    if is_signed_in():
        abort(404)
    return redirect("/track")


@for_applicants
@shows_form_again
def do(number: str, deed: str) -> Page:
    """Do something to one's own case. What stands against it is said, and what was ticked stays."""
    asked = next((d for d in DEEDS if d.name == deed), None) or abort(404)
    case = find_own(number) or abort(404)
    chosen = _chosen(case)
    if token_expired():
        words = gettext("The page was open too long. Nothing is lost: please try again.")
        return case_page(case, words, chosen), 400
    if request.form.get("version") != str(case.version):
        return _overtaken(case, chosen)
    if not asked.is_open(case):
        words = gettext("This cannot be done any more: the application is in state “%(status)s”.",
                        status=member_label(case.status))  # fmt: skip
        return case_page(case, words, chosen), 422
    if asked.brings and not chosen and not asked.move:
        return case_page(case, gettext("Tick at least one material."), chosen), 422
    return _done(asked, case, chosen)


def _done(asked: Deed, case: Application, chosen: list[MaterialRequirement]) -> Page:
    keys = {m.id for m in chosen}
    refusal: RuleViolation | None
    try:
        refusal = judged(lambda: asked.run(case, chosen))
    except StaleDataError:
        db.session.rollback()
        return _overtaken(case, chosen)
    if refusal is not None:
        still = [m for m in brought_later(case) if m.id in keys]
        return case_page(case, words_of(refusal), still), 422
    flash(gettext("Done: %(label)s", label=asked.label), "success")
    return redirect(own_url(case.number))


def _chosen(case: Application) -> list[MaterialRequirement]:
    keys = request.form.getlist("materials")
    if not all(is_key(key) for key in keys):
        abort(400)
    wanted = {int(key) for key in keys}
    return [m for m in brought_later(case) if m.id in wanted]


def _overtaken(case: Application, chosen: list[MaterialRequirement]) -> tuple[str, int]:
    words = gettext("The application has changed meanwhile. Look at it as it is now, then decide.")
    return case_page(case, words, chosen), 409


def case_page(
    case: Application,
    problem: str = "",
    chosen: Iterable[MaterialRequirement] = (),
    *,
    is_own: bool = True,
) -> str:
    """The page of a case: with what stands against what was tried, and what was ticked."""
    ticked = {m.id for m in chosen}
    present = {m.material_requirement_id for m in case.materials}
    return render_template(
        "portal/case.html",
        problem=problem,
        is_own=is_own,
        deeds=[deed for deed in DEEDS if is_own and deed.is_open(case)],
        may_bring=[(m.id, localised(m, "name"), m.id in ticked) for m in brought_later(case)],
        checklist=[
            (localised(m, "name"), m.id in present, member_label(m.necessity))
            for m in case.item_version.materials
        ],
        missing=[localised(m, "name") for m in missing_of(case)] if is_own else [],
        notices=notices_of(case),
        answers=list(answers_of(case)) if is_own else [],
        fees=fees_of(case) if is_own else [],
        paper=_paper(case) if is_own else None,
        **(rating_of(case) if is_own else {}),
        **progress_of(case),
    )


def _paper(case: Application) -> dict[str, Any] | None:
    paper = case.certificate
    if paper is None:
        return None
    return {
        "number": paper.number,
        "name": paper.name,
        "standing": standing_of(paper, current_day()),
        "until": show(paper.valid_until) if paper.valid_until else gettext("without an end"),
        "address": verify_address(paper),
    }
