"""What the public sees of the catalogue: items with the version that binds, or bound last."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from models import ItemVersion, LicenceItem
from models.database import db
from models.enums import Origin, VersionStatus

LONGEST_TERM = 60
SHOWN = (VersionStatus.PUBLISHED, VersionStatus.RETIRED)


def shown_items(term: str = "") -> Sequence[tuple[LicenceItem, ItemVersion]]:
    """Every item that was ever published, with its newest published version, by code."""
    statement = (
        select(LicenceItem, ItemVersion)
        .join(ItemVersion, ItemVersion.licence_item_id == LicenceItem.id)
        .where(LicenceItem.origin == Origin.NATIVE, ItemVersion.status.in_(SHOWN))
        .order_by(LicenceItem.code, ItemVersion.version_number)
    )
    if term:
        columns = (LicenceItem.name, LicenceItem.name_en, LicenceItem.code)
        statement = statement.where(or_(*(c.icontains(term, autoescape=True) for c in columns)))
    newest: dict[int, tuple[LicenceItem, ItemVersion]] = {}
    for item, version in db.session.execute(statement):
        known = newest.get(item.id)
        # A draft that was published and withdrawn again does not hide the one that binds.
        if known is None or known[1].status is not VersionStatus.PUBLISHED:
            newest[item.id] = (item, version)
    return list(newest.values())


def shown_item(code: str) -> tuple[LicenceItem, ItemVersion] | None:
    """The item of this code as the public sees it; None when it sees none."""
    return next((pair for pair in shown_items(code) if pair[0].code == code), None)
