"""The page of an item: what it is, what the version shown says, and what may be done about it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import request
from flask_babel import gettext
from sqlalchemy import func, select

from models import Application, ItemVersion, LicenceItem
from models.acting import Actor
from models.database import db
from models.enums import Origin, VersionStatus
from models.rules.item_guide import is_unverified
from views.access import Verb, may
from views.forms.columns import Children
from views.panel.engine.links import item_url
from views.panel.item.diff import count_of, differences
from views.panel.item.offers import acts_here
from views.panel.item.sections import ITEM_SECTIONS, VERSION_SECTIONS
from views.panel.item.told import Facts, Told, is_open, told
from views.panel.item.versions import version_lines
from views.steps_picture import picture_of
from views.words.items import limit_words
from views.words.labels import member_label, table_name
from views.words.values import row_title, show

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
    yield version.needs_inspection, gettext("Check on the spot")
    yield version.hearing_required, gettext("Hearing")
    yield version.is_safety_item, gettext("Public safety")
    yield version.is_transferable, gettext("Transferable")
    yield version.fees, gettext("With a fee")


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
        "versions": version_lines(item, version),
        "sections": _sections(item, version, actor),
        "picture": picture_of(version) if version else None,
        "links": list(_links(item, version, actor)),
        **acts_here(item, version, actor, parts),
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
    told = [told(row, section, actor) for row, section in (*says, *about)]
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


# --- the comparison -----------------------------------------------------------------------------


def compare_context(
    old: ItemVersion, new: ItemVersion, parts: tuple[Children, ...], actor: Actor
) -> dict[str, Any]:
    """What the page of a comparison shows."""
    visible = tuple(part for part in parts if is_open(part.relation, actor))
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
