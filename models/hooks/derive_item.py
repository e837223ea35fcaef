"""What follows from a change of an item version: who drafted it, who published it, and when."""

from sqlalchemy import inspect

from models.acting import Acting
from models.catalogue import ItemVersion
from models.enums import VersionStatus
from models.hooks.changes import Change


def derive_version(change: Change, acting: Acting) -> None:
    """Sign a draft with its author, a publication with its publisher and day."""
    version = change.row
    assert isinstance(version, ItemVersion)
    actor = acting.actor.user_id
    if not inspect(version).persistent:
        version.status = version.status or VersionStatus.DRAFT
        version.drafted_by_id = version.drafted_by_id or actor
        if version.version_number is None:
            others = version.licence_item.versions if version.licence_item else []
            version.version_number = 1 + max((v.version_number or 0 for v in others), default=0)
    if version.status is VersionStatus.PUBLISHED and version.published_on is None:
        version.published_on, version.published_by_id = acting.today, actor
