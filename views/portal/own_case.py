"""One case under its number: for who applied, and for who has asked with its four characters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from models import Applicant, Application, MaterialRequirement, acts
from models.acts import Act
from models.acts.act import Input, Kind, Standing
from models.acts.intake import materials_to_come
from models.database import db
from models.enums import ApplicationStatus, Origin
from models.errors import RuleViolation
from models.questions.materials import missing_of
from views.current import current_actor, current_day, is_signed_in, shows_form_again, token_expired
from views.judging import judged
from views.portal.frame import for_applicants, is_applicant
from views.portal.in_writing import answers_of, fees_of, notices_of
from views.portal.progress import progress_of
from views.portal.rating import rating_of
from views.portal.verify import standing_of
from views.requests import is_key
from views.verification import verify_address
from views.words.acts import input_label, label_of, question_of
from views.words.labels import member_label
from views.words.messages import words_of
from views.words.values import localised, show

Case = ApplicationStatus
Page = str | Response | tuple[str, int]
TRACKED = "tracked"


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on one's own case, as its page offers it. ``brings``: with ticked materials;
    ``texts``: with what is written, by its name and label."""

    name: str
    label: str
    question: str
    brings: bool
    texts: list[tuple[str, str]]


def _standing(case: Application) -> Standing:
    return Standing(db.session(), current_actor(), current_day(), case)


def _deeds(case: Application) -> list[Deed]:
    """What its applicant can do to a case as it stands."""
    at = _standing(case)
    return [
        Deed(
            act.name,
            str(label_of(act)),
            question_of(act),
            any(each.kind is Kind.SOME for each in act.inputs),
            [(each.name, str(input_label(act, each.name))) for each in _texts(act, at)],
        )
        for act in acts.portal.ACTS
        if act.why_pointless(at) is None
    ]


def _texts(act: Act, at: Standing) -> list[Input]:
    """The texts that are written with an act, as the case stands."""
    return [
        each
        for each in act.inputs
        if each.kind is Kind.TEXT and (each.asked is None or each.asked(at))
    ]


def own_url(number: str) -> str:
    """The address of a case's page in the portal."""
    return url_for("portal.own_case", number=number)


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
    return redirect(url_for("portal.track"))


@for_applicants
@shows_form_again
def do(number: str, deed: str) -> Page:
    """Do something to one's own case. What stands against it is said, and what was ticked stays."""
    asked = next((act for act in acts.portal.ACTS if act.name == deed), None) or abort(404)
    case = find_own(number) or abort(404)
    chosen = _chosen(case)
    if token_expired():
        words = gettext("The page was open too long. Nothing is lost: please try again.")
        return case_page(case, words, chosen), 400
    if request.form.get("version") != str(case.version):
        return _overtaken(case, chosen)
    if asked.why_pointless(_standing(case)):
        words = gettext("This cannot be done any more: the application is in state “%(status)s”.",
                        status=member_label(case.status))  # fmt: skip
        return case_page(case, words, chosen), 422
    if not chosen and any(each.needed and each.kind is Kind.SOME for each in asked.inputs):
        return case_page(case, gettext("Tick at least one material."), chosen), 422
    return _done(asked, case, chosen)


def _done(asked: Act, case: Application, chosen: list[MaterialRequirement]) -> Page:
    keys = {m.id for m in chosen}
    refusal: RuleViolation | None
    at = _standing(case)
    written = {each.name: "" for each in asked.inputs if each.kind is Kind.TEXT}
    for each in _texts(asked, at):
        written[each.name] = request.form.get(each.name, "").strip()[: each.longest]
    try:
        refusal = judged(lambda: asked.run(at, {"materials": chosen, **written}))
    except StaleDataError:
        db.session.rollback()
        return _overtaken(case, chosen)
    if refusal is not None:
        still = [m for m in materials_to_come(_standing(case)) if m.id in keys]
        return case_page(case, words_of(refusal), still), 422
    flash(gettext("Done: %(label)s", label=label_of(asked)), "success")
    return redirect(own_url(case.number))


def _chosen(case: Application) -> list[MaterialRequirement]:
    keys = request.form.getlist("materials")
    if not all(is_key(key) for key in keys):
        abort(400)
    wanted = {int(key) for key in keys}
    return [m for m in materials_to_come(_standing(case)) if m.id in wanted]


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
        deeds=_deeds(case) if is_own else [],
        may_bring=[
            (m.id, localised(m, "name"), m.id in ticked) for m in materials_to_come(_standing(case))
        ],
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
        "token": paper.verify_token,
        "address": verify_address(paper),
    }
