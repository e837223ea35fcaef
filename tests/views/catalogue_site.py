"""A site with an item in two versions: one that binds, and a draft that revises it."""

import re
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import Engine, select

from models import FeeItem, FormerStep, ItemVersion, LicenceItem, acts
from models.database import GuardedSession, db
from models.enums import BasisLevel
from tests.factories import MONDAY, Office
from tests.web import Browser, fill_site

CODE = "honey"
TAGS = re.compile(r"<[^>]+>")


def fill_item(engine: Engine) -> None:
    """What the site has, and the item with its two versions; ``admin`` drafted both."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session)
        office._numbers = iter(range(700, 800))
        item = office.item(
            item={"code": CODE},
            materials=({"name": "申请书", "name_en": "Form", "legal_basis": "第一条"},
                       {"name": "图纸", "name_en": "Plan", "legal_basis": "第二条"}),
        )  # fmt: skip
        with office.acts("admin", MONDAY):
            draft = acts.catalogue.draft_from(item.versions[0])
            draft.fees = [
                FeeItem(
                    position=1, name="检验费", name_en="Testing fee", amount_fen=2_500, unit="台",
                    basis_level=BasisLevel.LAW, starts_on=MONDAY,
                )
            ]  # fmt: skip
            session.add(draft)
            item.former_steps = [
                FormerStep(
                    position=place, name=f"原环节{place}", name_en="Former", post_name="原岗",
                    post_name_en="Former post", limit_days=6,
                )
                for place in range(1, 9)
            ]  # fmt: skip


def item_of(site: Flask) -> LicenceItem:
    """The item, with its versions read."""
    with site.app_context():
        item = db.session.scalars(select(LicenceItem).filter_by(code=CODE)).one()
        for version in item.versions:
            _ = version.steps, version.materials, version.fees, version.conditions
        return item


def draft_of(site: Flask) -> ItemVersion:
    """The draft of the item."""
    return item_of(site).versions[1]


def names(site: Flask, part: str = "materials") -> list[str]:
    """The names of a part of the draft, in their order."""
    return [row.name for row in getattr(draft_of(site), part)]


def edit_path(site: Flask) -> str:
    """The address of the draft's form."""
    return f"/admin/item_version/edit/?id={draft_of(site).id}"


def said_on(browser: Browser, path: str, **query: Any) -> str:
    """The words of a page."""
    answer = browser.get(path, query_string=query)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(unescape(TAGS.sub(" ", answer.text)).split())
