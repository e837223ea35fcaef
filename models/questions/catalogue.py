"""The catalogue: which version of an item binds, and which items take applications."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.catalogue import ItemVersion, LicenceItem
from models.enums import VersionStatus
from models.errors import RuleViolation


def published_version(item: LicenceItem) -> ItemVersion | None:
    """The version that binds an item now."""
    return next((v for v in item.versions if v.status is VersionStatus.PUBLISHED), None)


def published_version_of(session: Session, item_id: int | None) -> ItemVersion | None:
    """The version that binds the item of this key now."""
    statement = select(ItemVersion).where(
        ItemVersion.licence_item_id == item_id, ItemVersion.status == VersionStatus.PUBLISHED
    )
    return session.scalars(statement).one_or_none()


def former_version(version: ItemVersion) -> ItemVersion | None:
    """The version that binds the item at present, if it is another one."""
    bound = published_version(version.licence_item)
    return bound if bound is not version else None


def why_no_applications(version: ItemVersion, day: date) -> RuleViolation | None:
    """Why nobody applies for an item under ``version`` on ``day``: it does not bind, or the item
    has ended or is not offered. None when applications are taken."""
    item = version.licence_item
    if version.status is not VersionStatus.PUBLISHED:
        return RuleViolation("item-has-no-published-version", field="licence_item")
    if not item.is_offered or (item.ended_on is not None and item.ended_on < day):
        return RuleViolation("item-takes-no-applications", field="licence_item", item=item.code)
    return None


def items_taking_applications(session: Session, day: date) -> Sequence[LicenceItem]:
    """The items for which anybody can apply on ``day``, by their code."""
    statement = (
        select(LicenceItem)
        .join(ItemVersion, ItemVersion.licence_item_id == LicenceItem.id)
        .where(ItemVersion.status == VersionStatus.PUBLISHED, LicenceItem.is_offered)
        .where(or_(LicenceItem.ended_on.is_(None), LicenceItem.ended_on >= day))
        .order_by(LicenceItem.code)
    )
    return session.scalars(statement).all()
