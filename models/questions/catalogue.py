"""The catalogue: which version of an item binds."""

from models.catalogue import ItemVersion
from models.enums import VersionStatus


def published_version(version: ItemVersion) -> ItemVersion | None:
    """The version that binds the item at present, if it is another one."""
    others = (v for v in version.licence_item.versions if v is not version)
    return next((v for v in others if v.status is VersionStatus.PUBLISHED), None)
