"""The versions of an item: which one is shown, and the list of them."""

from dataclasses import dataclass

from models import ItemVersion, LicenceItem
from models.enums import VersionStatus
from models.questions.catalogue import published_version
from views.panel.engine.links import compare_url, item_url
from views.words.labels import member_label
from views.words.values import show


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


def version_lines(item: LicenceItem, shown: ItemVersion | None) -> list[VersionLine]:
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
