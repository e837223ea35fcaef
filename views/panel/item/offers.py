"""What this reader may do on the page of an item, and what stands against it."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext

from models import ItemVersion, LicenceItem
from models.acting import Actor
from models.acts import acts_on
from models.acts.act import Standing
from models.database import db
from models.enums import Origin, VersionStatus
from models.questions.catalogue import former_version
from views.access import Verb, may
from views.current import current_day
from views.forms.columns import Children
from views.panel.engine.links import compare_url
from views.panel.item.checklist import checks_of
from views.panel.item.diff import count_of, differences
from views.words import acts as act_words


class Deed(NamedTuple):
    """An act on the version shown, as the page offers it."""

    name: str
    label: str
    question: str
    is_main: bool


def acts_here(
    item: LicenceItem, version: ItemVersion | None, actor: Actor, parts: tuple[Children, ...]
) -> dict[str, Any]:
    """What this reader may do here, and what stands against it."""
    root = f"{request.script_root}/admin"
    is_native = item.origin is Origin.NATIVE
    writes = may(actor, "item_version", Verb.EDIT) and is_native
    is_draft = version is not None and version.status is VersionStatus.DRAFT
    edit_url = f"{root}/item_version/edit/?id={version.id}" if version and is_draft else ""
    checks = checks_of(version, edit_url) if version and is_draft and writes else []
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
