"""The page of an item: what it is, what the version shown says, and what may be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import func, select

from models import Application, ItemVersion, LicenceItem
from models.acting import Actor
from models.acts import acts_on
from models.acts.act import Standing
from models.acts.publishing import Finding, findings_of
from models.database import db
from models.enums import Origin, VersionStatus
from models.questions.catalogue import former_version, published_version
from models.rules.item_guide import is_unverified
from views.access import Verb, may
from views.current import current_day
from views.forms.columns import Children
from views.panel.engine.links import compare_url, item_url
from views.panel.item.diff import count_of, differences
from views.panel.item.sections import ITEM_SECTIONS, VERSION_SECTIONS, Section
from views.steps_picture import picture_of
from views.words import acts as act_words
from views.words.items import label_of, limit_words, said
from views.words.labels import column_label, member_label, table_name
from views.words.messages import words_of
from views.words.values import row_title, show

# --- which version ----------------------------------------------------------------------------


def shown_version(item: LicenceItem, asked: str | None) -> ItemVersion | None:
    """The version asked for by number, or ``draft`` for the newest draft; without a wish the one
    that binds, else the newest. None when there is no such version."""
    versions = sorted(item.versions, key=lambda version: -version.version_number)
    if not asked:
        return published_version(item) or (versions[0] if versions else None)
    if asked == "draft":
        return next((v for v in versions if v.status is VersionStatus.DRAFT), None)
    return next((v for v in versions if str(v.version_number) == asked), None)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of them."""

    number: int
    status: str
    state: str
    published_on: str
    drafted_by: str
    published_by: str
    url: str
    is_shown: bool
    compare: str


def _version_lines(item: LicenceItem, shown: ItemVersion | None) -> list[VersionLine]:
    versions = list(item.versions)
    lines = [
        VersionLine(
            number=version.version_number,
            status=str(member_label(version.status)),
            state=version.status.lower(),
            published_on=show(version.published_on),
            drafted_by=show(version.drafted_by),
            published_by=show(version.published_by),
            url=item_url(item.code, version=version.version_number),
            is_shown=version is shown,
            compare=compare_url(earlier, version) if earlier else "",
        )
        for earlier, version in zip([None, *versions], versions, strict=False)
    ]
    return lines[::-1]


# --- what the version says ----------------------------------------------------------------------

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartTable:
    """The rows of a part as a table; a column that says nothing in any row is left out."""

    label: str
    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A section as it is read."""

    section: Section
    facts: Facts
    tables: list[PartTable]


# Said together with another column, or at another place of the page.
_ELSEWHERE = frozenset({"licence_item", "statutory_unit", "promised_unit", "renewal_unit"})
_LIMITS = {
    "statutory_limit": "statutory_unit",
    "promised_limit": "promised_unit",
    "renewal_window": "renewal_unit",
    "renewal_opens": "renewal_unit",
}
_PART_COLUMNS: dict[str, tuple[str, ...]] = {
    "conditions": ("name", "legal_basis"),
    "materials": (
        "name", "necessity", "condition", "situation", "copies", "form", "source",
        "acceptance_criterion", "legal_basis",
    ),
    "steps": ("name", "duty", "stage_number", "limit_days", "is_key"),
    "fees": (
        "name", "amount_fen", "unit", "standard", "basis", "basis_level", "starts_on", "ends_on",
        "reduction", "reduction_basis",
    ),
    "questions": ("question", "answer"),
    "sources": ("subject", "tag", "note", "is_verified", "verified_by", "verified_on"),
    "former_steps": ("name", "post_name", "limit_days", "is_key"),
}  # fmt: skip
# Part → the table whose list must be open to the reader.
_TABLE_OF = {"sources": "source_note"}


def _told(row: Any, section: Section, actor: Actor) -> Told:
    open_parts = [p for p in section.parts if _is_open(p, actor)]
    return Told(
        section,
        list(_facts(row, section.columns)),
        [_table(row, part) for part in open_parts],
    )


def _is_open(part: str, actor: Actor) -> bool:
    return part not in _TABLE_OF or may(actor, _TABLE_OF[part], Verb.LIST)


def _facts(row: Any, columns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        if column in _ELSEWHERE or column.removesuffix("_en") != column:
            continue
        label = label_of(row.__tablename__, column)
        value = getattr(row, column)
        if column in _LIMITS and (value is not None or column.endswith("limit")):
            yield label, limit_words(value, getattr(row, _LIMITS[column]))
        elif value not in (None, "", False):
            yield label, said(row, column)


def _table(row: Any, part: str) -> PartTable:
    rows = getattr(row, part)
    columns = [
        column
        for column in _PART_COLUMNS[part]
        if any(getattr(each, column) not in (None, "") for each in rows)
    ]
    return PartTable(
        str(column_label("", part)),
        [label_of(rows[0].__tablename__, column) for column in columns] if rows else [],
        [[said(each, column) for column in columns] for each in rows],
    )


# --- tags -------------------------------------------------------------------------------------


def _tags(item: LicenceItem, version: ItemVersion | None) -> Iterator[tuple[str, str]]:
    """What one must know of the item at a glance: kind of the tag, words."""
    if not item.is_offered:
        yield "warning", gettext("Not offered")
    if item.ended_on:
        yield "warning", gettext("Offered until %(day)s", day=show(item.ended_on))
    yield (
        "",
        gettext("In the service hall") if item.is_in_centre else gettext("Not in the service hall"),
    )
    if item.is_delegated:
        yield "", gettext("The window is authorised")
    elif item.is_delegable:
        yield "", gettext("The window may be authorised")
    if item.entrusted_by:
        yield "", gettext("Entrusted power")
    for holds, words in _version_tags(version) if version else ():
        if holds:
            yield "", words
    if version and version.to_verify:
        words = gettext("▲ %(count)s facts to be verified", count=version.to_verify)
        yield "warning", words


def _version_tags(version: ItemVersion) -> Iterator[tuple[Any, str]]:
    yield version.quota, gettext("Quota: %(count)s", count=version.quota)
    yield version.duties_are_separated, gettext("Duties are separated")
    yield version.needs_inspection, gettext("Site inspection")
    yield version.hearing_required, gettext("Hearing")
    yield version.is_safety_item, gettext("Public safety")
    yield version.is_transferable, gettext("Transferable")
    yield version.fees, gettext("With a fee")


# --- what stands against publishing ---------------------------------------------------------------

# Finding → what is asked, the article it comes from, and the section where it is mended.
_QUESTIONS: dict[str, tuple[LazyString, str]] = {
    "legal_basis": (_("The legal basis is named (Art. 30)"), "basis"),
    "conditions": (_("The conditions are named (Art. 30)"), "conditions"),
    "steps": (_("The procedure is described (Art. 30)"), "steps"),
    "statutory_limit": (_("There is a time limit (Art. 30)"), "limits"),
    "materials": (_("The materials are listed (Art. 30)"), "materials"),
    "form_sample": (_("There is a sample of the application form (Art. 30)"), "materials"),
    "posts": (_("There is a step of acceptance and one of decision"), "steps"),
    "line": (_("The steps follow the line of posts"), "steps"),
    "steps_in_time": (_("The steps fit into the promise"), "steps"),
    "promise": (_("The promise is within the law"), "limits"),
    "material_basis": (_("Each required material has its legal basis (Art. 31)"), "materials"),
    "fee_basis": (_("Each fee rests on a law (Art. 58, 59)"), "fees"),
    "window": (_("An authorised window has the post that decides"), ""),
    "sources": (_("Every source was read"), "sources"),
    "second_person": (_("Another person than the drafter publishes"), ""),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what is asked, and what is missing."""

    question: str
    is_met: bool
    reason: str
    url: str


def _checks(version: ItemVersion, edit_url: str) -> list[Check]:
    return [_check(finding, version, edit_url) for finding in findings_of(db.session(), version)]


def _check(finding: Finding, version: ItemVersion, edit_url: str) -> Check:
    question, section = _QUESTIONS[finding.check]
    url = (
        f"{edit_url}#part-{section}"
        if section and edit_url
        else f"#part-{section}"
        if section
        else ""
    )
    return Check(str(question), finding.is_met, _reason(finding, version), url)


def _reason(finding: Finding, version: ItemVersion) -> str:
    """What is missing, where the question does not say so; and what only a demonstration lets
    pass."""
    if finding.check == "sources" and finding.is_met and version.to_verify:
        return str(gettext("Not read yet: %(count)s. Only a demonstration lets that pass.",
                           count=version.to_verify))  # fmt: skip
    says_enough = finding.violation is None or finding.violation.code == "guide-lacks"
    return "" if says_enough or finding.violation is None else words_of(finding.violation)


# --- the page ---------------------------------------------------------------------------------


def item_context(
    item: LicenceItem, version: ItemVersion | None, actor: Actor, parts: tuple[Children, ...]
) -> dict[str, Any]:
    """What the page shows of an item and of one of its versions."""
    return {
        "title": f"{item.code} {row_title(item)}",
        "item": item,
        "name": row_title(item),
        "other_name": item.name if row_title(item) != item.name else item.name_en,
        "kinds": [str(member_label(k)) for k in (item.category, item.item_type) if k],
        "department": show(item.department),
        "former_department": show(item.former_department) if item.former_department else "",
        "tags": list(_tags(item, version)),
        "shown": version,
        "status": str(member_label(version.status)) if version else "",
        "state": version.status.lower() if version else "",
        "limits": _limits(version) if version else [],
        "versions": _version_lines(item, version),
        "sections": _sections(item, version, actor),
        "picture": picture_of(version) if version else None,
        "links": list(_links(item, version, actor)),
        **_acts(item, version, actor, parts),
    }


def _limits(version: ItemVersion) -> Facts:
    return [
        (gettext("Promised limit"), limit_words(version.promised_limit, version.promised_unit)),
        (gettext("Statutory limit"), limit_words(version.statutory_limit, version.statutory_unit)),
        (gettext("Clock starts with"), str(member_label(version.clock_start))),
        (gettext("Materials"), str(len(version.materials))),
        (
            gettext("Fees"),
            str(len(version.fees)) if version.fees else gettext("No fee."),
        ),
    ]


def _sections(item: LicenceItem, version: ItemVersion | None, actor: Actor) -> list[Told]:
    about = [(item, section) for section in ITEM_SECTIONS if section.key != "former"]
    says = [(version, section) for section in VERSION_SECTIONS] if version else []
    told = [_told(row, section, actor) for row, section in (*says, *about)]
    return [each for each in told if each.facts or each.tables or not each.section.parts]


def _links(
    item: LicenceItem, version: ItemVersion | None, actor: Actor
) -> Iterator[tuple[str, str]]:
    root = request.script_root
    was_published = any(v.status is not VersionStatus.DRAFT for v in item.versions)
    if was_published and item.origin is Origin.NATIVE:
        yield gettext("Public guide"), f"{root}/items/{quote(item.code)}"
    if may(actor, "application", Verb.LIST):
        count = db.session.scalar(
            select(func.count()).select_from(Application).filter_by(licence_item_id=item.id)
        )
        url = f"{root}/admin/application/?flt_licence_item_id_is={item.id}"
        yield gettext("Cases of this item (%(count)s)", count=count), url
    if may(actor, "certificate", Verb.LIST):
        url = f"{root}/admin/certificate/?flt_licence_item_id_is={item.id}"
        yield str(table_name("certificate")), url
    if version and may(actor, "source_note", Verb.LIST):
        waiting = sum(is_unverified(n.tag, n.is_verified) for n in version.sources)
        if waiting:
            url = f"{root}/admin/source_note/?flt_item_version_id_is={version.id}"
            yield gettext("Read the sources (%(count)s)", count=waiting), url


class Deed(NamedTuple):
    """An act on the version shown, as the page offers it."""

    name: str
    label: str
    question: str
    is_main: bool


def _acts(
    item: LicenceItem, version: ItemVersion | None, actor: Actor, parts: tuple[Children, ...]
) -> dict[str, Any]:
    """What this reader may do here, and what stands against it."""
    root = f"{request.script_root}/admin"
    is_native = item.origin is Origin.NATIVE
    writes = may(actor, "item_version", Verb.EDIT) and is_native
    is_draft = version is not None and version.status is VersionStatus.DRAFT
    edit_url = f"{root}/item_version/edit/?id={version.id}" if version and is_draft else ""
    checks = _checks(version, edit_url) if version and is_draft and writes else []
    former = former_version(version) if version and is_draft else None
    changes = differences(former, version, parts) if former and version and is_draft else []
    new_url = f"{root}/item_version/new/?{urlencode({'licence_item': item.id})}"
    return {
        "may_write": writes,
        "item_edit_url": f"{root}/licence_item/edit/?id={item.id}"
        if may(actor, "licence_item", Verb.EDIT) and is_native
        else "",
        "new_version_url": new_url if writes and not item.versions else "",
        "edit_url": edit_url if writes else "",
        "checks": checks,
        "is_ready": all(check.is_met for check in checks),
        "deeds": list(_deeds(version, former, actor)) if version and writes else [],
        "changes": changes,
        "count": count_of(changes),
        "former": former,
        "compare_url": compare_url(former, version) if former and version else "",
    }


# What is done on the page of an item; a draft is thrown away on its own page.
_OFFERED = ("line", "publish", "draft", "retire")


def _deeds(version: ItemVersion, former: ItemVersion | None, actor: Actor) -> Iterator[Deed]:
    at = Standing(db.session(), actor, current_day(), version)
    by_name = {act.name: act for act in acts_on("item_version")}
    for act in (by_name[name] for name in _OFFERED):
        if act.is_of(actor) and act.why_pointless(at) is None:
            question = _retires(former) if act.name == "publish" else ""
            label, asked = str(act_words.label_of(act)), question or act_words.question_of(act)
            yield Deed(act.name, label, asked, act.is_main)


def _retires(former: ItemVersion | None) -> str:
    if former is None:
        return ""
    words = gettext("Publish? Version %(number)s is retired with it.", number=former.version_number)
    return str(words)


# --- the comparison -----------------------------------------------------------------------------


def compare_context(
    old: ItemVersion, new: ItemVersion, parts: tuple[Children, ...], actor: Actor
) -> dict[str, Any]:
    """What the page of a comparison shows."""
    visible = tuple(part for part in parts if _is_open(part.relation, actor))
    changes = differences(old, new, visible)
    item = new.licence_item
    return {
        "title": gettext("%(item)s: what changed", item=row_title(item)),
        "item": item,
        "name": row_title(item),
        "old": old,
        "new": new,
        "numbers": [(v.version_number, str(member_label(v.status))) for v in item.versions],
        "changes": changes,
        "count": count_of(changes),
        "old_url": item_url(item.code, version=old.version_number),
        "new_url": item_url(item.code, version=new.version_number),
    }
