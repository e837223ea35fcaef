"""The guides: what is offered, and all that one needs to know before applying (Art. 30)."""

from dataclasses import dataclass
from itertools import groupby

from flask import abort, render_template, request
from flask_babel import gettext

from models import ItemVersion, LicenceItem, MaterialRequirement
from models.enums import ApplicationKind, ItemCategory, MaterialSource, Necessity
from models.questions.catalogue import why_no_applications
from models.questions.materials import checklist_of
from models.rules.intake import missing_materials, situations_of
from views.current import current_day
from views.portal.catalogue import LONGEST_TERM, shown_item, shown_items
from views.portal.frame import NothingOfThatName, one_of
from views.portal.guide import guide_rows, kinds_of
from views.portal.guide_elements import told
from views.requests import is_key
from views.steps_picture import picture_of
from views.words.items import limit_words
from views.words.labels import member_label
from views.words.values import localised, show


@dataclass(frozen=True, slots=True)
class Line:
    """One item in the list."""

    code: str
    name: str
    item_type: str
    promised: str
    statutory: str
    ended: str


@dataclass(frozen=True, slots=True)
class Needed:
    """One material of the checklist, and whether it was ticked."""

    key: int
    name: str
    necessity: str
    condition: str
    legal_basis: str
    copies: int
    nature: str
    notes: list[str]
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the pre-check found."""

    missing: list[str]
    may_follow: list[str]
    to_be_judged: list[str]


def items() -> str:
    """The items by category; those that have ended stand apart, as history."""
    term = request.args.get("q", "").strip()
    if len(term) > LONGEST_TERM:
        abort(400)
    today = current_day()
    found = shown_items(term)
    offered = [pair for pair in found if why_no_applications(pair[1], today) is None]
    former = [pair for pair in found if pair not in offered]
    order = list(ItemCategory)
    offered.sort(key=lambda pair: order.index(pair[0].category) if pair[0].category else 99)
    groups = [
        (member_label(category) if category else gettext("Other items"), [_line(*p) for p in pairs])
        for category, pairs in groupby(offered, key=lambda pair: pair[0].category)
    ]
    return render_template(
        "portal/items.html",
        term=term,
        groups=groups,
        count=len(offered),
        former=[_line(*pair) for pair in former],
    )


def _line(item: LicenceItem, version: ItemVersion) -> Line:
    return Line(
        code=item.code,
        name=localised(item, "name"),
        item_type=str(member_label(item.item_type)),
        promised=limit_words(version.promised_limit, version.promised_unit),
        statutory=limit_words(version.statutory_limit, version.statutory_unit),
        ended=gettext("since %(day)s", day=show(item.ended_on)) if item.ended_on else "",
    )


def guide(code: str) -> str:
    """All that is published of one item, and a check of what one has at hand."""
    found = shown_item(code)
    if found is None:
        raise NothingOfThatName(gettext("There is no item of this name in the catalogue."))
    item, version = found
    kind = one_of(request.args.get("kind"), ApplicationKind, ApplicationKind.NEW)
    agent = "agent" in request.args
    have = _ticked()
    return render_template(
        "portal/guide.html",
        item=item,
        name=localised(item, "name"),
        open=why_no_applications(version, current_day()) is None,
        promised=limit_words(version.promised_limit, version.promised_unit),
        statutory=limit_words(version.statutory_limit, version.statutory_unit),
        published_on=show(version.published_on),
        version_number=version.version_number,
        rows=guide_rows(version),
        picture=picture_of(version, is_public=True),
        procedure=told(version, "procedure_text"),
        questions=[(told(q, "question"), told(q, "answer")) for q in version.questions],
        materials=[_needed(m, have) for m in version.materials],
        kinds=[(k.value, member_label(k), k is kind) for k in kinds_of(version)],
        agent=agent,
        verdict=_checked(version, have, kind, agent) if "check" in request.args else None,
    )


def _ticked() -> frozenset[int]:
    keys = request.args.getlist("have")
    if not all(is_key(key) for key in keys):
        abort(400)
    return frozenset(int(key) for key in keys)


def _needed(material: MaterialRequirement, have: frozenset[int]) -> Needed:
    said = str(localised(material, "condition"))
    known = str(member_label(material.situation)) if material.situation else ""
    return Needed(
        key=material.id,
        name=localised(material, "name"),
        necessity=str(member_label(material.necessity)),
        condition=said or known,
        legal_basis=material.legal_basis,
        copies=material.copies,
        nature=gettext(", ").join(
            str(member_label(kind)) for kind in (material.material_type, material.form)
        ),
        notes=_notes(material),
        is_ticked=material.id in have,
    )


def _notes(material: MaterialRequirement) -> list[str]:
    """What the guide says of a material: from whom it is, when it is good, and its pattern."""
    source = member_label(material.source)
    said = [
        gettext("From: %(source)s", source=source)
        if material.source is not MaterialSource.APPLICANT
        else "",
        told(material, "acceptance_criterion"),
        material.sample_text,
        material.blank_form_note,
    ]
    return [line for line in said if line]


def _checked(
    version: ItemVersion, have: frozenset[int], kind: ApplicationKind, agent: bool
) -> Verdict:
    """The list that the window would give, before anybody has queued."""
    materials = {m.id: m for m in version.materials}
    missing = missing_materials(checklist_of(version), have, situations_of(kind, has_agent=agent))
    return Verdict(
        missing=[localised(materials[key], "name") for key in missing],
        may_follow=[
            localised(m, "name")
            for m in materials.values()
            if m.necessity is Necessity.DEFERRABLE and m.id not in have
        ],
        to_be_judged=[
            f"{localised(m, 'name')} ({localised(m, 'condition')})"
            for m in materials.values()
            if m.necessity is Necessity.CONDITIONAL and m.id not in have and m.situation is None
        ],
    )
