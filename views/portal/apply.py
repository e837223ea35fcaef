"""Apply online: as a draft first, and handed in when the applicant says so (Art. 29, 33)."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from models import Applicant, Application, Certificate, ItemVersion, LicenceItem, acts
from models.acts.intake import move
from models.database import db
from models.enums import ApplicantKind, ApplicationKind, ApplicationStatus
from models.errors import RuleViolation
from models.questions.catalogue import why_no_applications
from models.questions.certificates import newest_edition
from views.current import current_actor, current_day, shows_form_again, token_expired
from views.judging import judged
from views.portal.apply_form import PARTS, ApplyForm
from views.portal.catalogue import shown_item
from views.portal.frame import NothingOfThatName, for_applicants
from views.portal.own_case import find_own, own_url
from views.requests import is_key
from views.words.messages import words_of
from views.words.values import localised

Page = str | Response | tuple[str, int]


@for_applicants
@shows_form_again
def apply(code: str) -> Page:
    """The form of an item, empty, as a draft, or as it was typed."""
    item, version = _open_item(code)
    case = _draft(request.values.get("draft", ""), item)
    form = ApplyForm(request.form if request.method == "POST" else None)
    version = case.item_version if case is not None else version
    form.offer(version, _own_records())
    if request.method != "POST":
        if case is not None:
            form.recall(case)
        return _page(item, form)
    if token_expired():
        words = gettext("The page was open too long. Nothing is lost: please try again.")
        return _page(item, form, words), 400
    if case is not None and form.version.data != str(case.version):
        return _overtaken(item, form, case)
    if not form.validate() or not form.is_complete():
        return _page(item, form, gettext("Something is missing or not right. See below.")), 422
    return _save(item, version, form, case)


def _open_item(code: str) -> tuple[LicenceItem, ItemVersion]:
    found = shown_item(code)
    if found is None:
        raise NothingOfThatName(gettext("There is no item of this name in the catalogue."))
    if refusal := why_no_applications(found[1], current_day()):
        raise NothingOfThatName(words_of(refusal))
    return found


def _draft(number: str, item: LicenceItem) -> Application | None:
    """The draft that is continued. Aborts with 404 when the reader has no such draft."""
    if not number:
        return None
    case = find_own(number) or abort(404)
    if case.licence_item_id != item.id or case.status is not ApplicationStatus.DRAFT:
        abort(404)
    return case


def _own_records() -> Sequence[Applicant]:
    return db.session.scalars(
        select(Applicant).where(Applicant.user_id == current_actor().user_id).order_by(Applicant.id)
    ).all()


def _save(
    item: LicenceItem, version: ItemVersion, form: ApplyForm, case: Application | None
) -> Page:
    prior = _present_certificate(item, form)
    if prior is None and form.chosen_kind is not ApplicationKind.NEW:
        form.certificate_number.errors = [
            gettext("You hold no certificate of this item with this number.")
        ]
        return _page(item, form, gettext("Something is missing or not right. See below.")), 422
    saved = case if case is not None else acts.portal.draft(db.session(), item)
    try:
        refusal = judged(lambda: _write(saved, version, form, prior))
    except StaleDataError:
        db.session.rollback()
        return _overtaken(item, form, case)
    if refusal is not None:
        return _refused(item, form, refusal)
    if request.form.get("deed") != "submit":
        flash(gettext("Saved as a draft. It is not handed in yet."), "success")
        return redirect(own_url(saved.number))
    if refusal := judged(lambda: move(saved, ApplicationStatus.RECEIVED)):
        return _kept_as_draft(item, form, saved, refusal)
    flash(gettext("Your application has been handed in."), "success")
    return redirect(own_url(saved.number))


def _kept_as_draft(
    item: LicenceItem, form: ApplyForm, case: Application, refusal: RuleViolation
) -> Page:
    """What stands against handing in is said beside its field; all that was typed is kept."""
    if _field_of(form, refusal) is None:
        flash(words_of(refusal), "danger")
        return redirect(own_url(case.number))
    form.offer(case.item_version, _own_records())
    form.recall(case)
    return _refused(item, form, refusal)


# Column of the case → the field in which it is typed here.
FIELDS = {"prior_certificate": "certificate_number", "prior_certificate_id": "certificate_number"}


# The office keeps somebody of this number: found by the rule, or in a race by the database.
KNOWN_ALREADY = frozenset({"already-exists", "number-is-known"})


def _field_of(form: ApplyForm, refusal: RuleViolation) -> str | None:
    if refusal.code in KNOWN_ALREADY:
        # The database names the first column of the pair that must be unique.
        return "identity_number"
    name = FIELDS.get(refusal.field or "", refusal.field)
    return name if name in form else None


def _write(
    case: Application, version: ItemVersion, form: ApplyForm, prior: Certificate | None
) -> None:
    chosen = set(form.materials.data or ())
    acts.portal.describe(case, _applicant(form), form.chosen_kind, prior, form.summary.data)
    acts.portal.name_agent(
        case, form.agent_name.data, form.agent_identity_number.data, form.agent_phone.data
    )
    acts.portal.choose_materials(
        db.session(), case, [m for m in version.materials if m.id in chosen]
    )


def _applicant(form: ApplyForm) -> Applicant:
    if form.is_new_record:
        return acts.portal.register_applicant(
            db.session(),
            ApplicantKind[form.applicant_kind.data],
            form.name.data,
            form.identity_number.data,
            form.chosen_identity,
            phone=form.phone.data,
            address=form.address.data,
        )
    key = form.applicant.data
    # The choices of the field are the reader's own records; nothing else came through it.
    return next(r for r in _own_records() if is_key(key) and r.id == int(key))


def _present_certificate(item: LicenceItem, form: ApplyForm) -> Certificate | None:
    """The newest edition of the certificate that the application is about, of this item: one of
    the reader's own, but for a transfer, which is applied for by the new holder (Art. 9)."""
    if form.chosen_kind is ApplicationKind.NEW:
        return None
    paper = newest_edition(db.session(), form.certificate_number.data)
    if paper is None or paper.licence_item_id != item.id:
        return None
    is_own = paper.holder.user_id == current_actor().user_id
    return paper if is_own or form.chosen_kind is ApplicationKind.TRANSFER else None


def _refused(item: LicenceItem, form: ApplyForm, refusal: RuleViolation) -> tuple[str, int]:
    words, field = words_of(refusal), _field_of(form, refusal)
    if refusal.code in KNOWN_ALREADY:
        words = gettext("The office keeps a record with this number already. Have it linked with "
                        "your account at the window, with your identity document.")  # fmt: skip
    if field is None:
        return _page(item, form, words), 422
    form[field].errors = [*form[field].errors, words]
    return _page(item, form, gettext("Something is missing or not right. See below.")), 422


def _overtaken(item: LicenceItem, form: ApplyForm, case: Application | None) -> tuple[str, int]:
    """Somebody changed the draft meanwhile; what was typed stays, and may be saved knowingly."""
    if case is not None:
        form.version.data = str(case.version)
    words = gettext("The draft was changed elsewhere meanwhile. Save again to keep what you see.")
    return _page(item, form, words), 409


def _page(item: LicenceItem, form: ApplyForm, problem: str = "") -> str:
    parts: list[Any] = [
        (legend, note, [form[name] for name in names]) for legend, note, names in PARTS
    ]
    return render_template(
        "portal/apply.html",
        item=item,
        name=localised(item, "name"),
        form=form,
        parts_of_form=parts,
        problem=problem,
    )
