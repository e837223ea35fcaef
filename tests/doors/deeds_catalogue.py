"""What is forbidden in the catalogue: a published version is fixed and within the law."""

from typing import Any

from models import ItemVersion, StepDefinition, acts
from models.enums import Duty, LimitUnit, VersionStatus
from tests.doors.deed import Button, Deed, NoWay, does, first, sets
from tests.factories import Office

A, R, D = Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION
CATALOGUE = "tests/models/test_catalogue.py::"
FIXED = CATALOGUE + "test_a_version_is_drafted_by_one_and_published_by_another"
PUBLISHED = {"status": VersionStatus.PUBLISHED}
LOADS = NoWay("SYSTEM loads the catalogue and keeps its own history of drafting")


def _publish(_office: Office, version: ItemVersion) -> None:
    acts.catalogue.move_version(version, VersionStatus.PUBLISHED)


def _published(office: Office) -> ItemVersion:
    return office.item().versions[0]


def publication(
    code: str, lawful: Any, who: str = "admin2", others: Any = None, **draft: Any
) -> Deed:
    """A publication that is forbidden."""
    return Deed(
        code, who, lambda office: office.draft(**draft), PUBLISHED, lawful,
        act=_publish, button=Button("publish", of_rows=True),
        elsewhere=others or {},
    )  # fmt: skip


def _of_step(duty: Duty, **values: Any) -> Any:
    """The drafter mends the step of a duty."""

    def mend(office: Office, version: ItemVersion) -> None:
        step = next(step for step in version.steps if step.duty is duty)
        sets("admin", **values)(office, step)

    return mend


def _adds_step(duty: Duty, stage: int) -> Any:
    def add(_office: Office, version: ItemVersion) -> None:
        version.steps.append(
            StepDefinition(
                position=9, stage_number=stage, name="补", name_en="Added", duty=duty, limit_days=1
            )
        )

    return does("admin", add)


DEEDS: dict[str, Deed] = {
    "a drafter publishes his own draft": publication(
        "publisher-is-not-the-drafter", does("admin2", _publish), "admin",
        {"system": LOADS, "sql": "publisher-is-not-the-drafter"},
    ),
    "a version without a decision is published": publication(
        "version-lacks-a-post", _adds_step(D, 3), steps=((1, A, 1), (2, R, 1)),
    ),
    "a version without an acceptance is published": publication(
        "version-lacks-a-post", _adds_step(A, 1), steps=((2, R, 1), (3, D, 1)),
    ),
    "a version decides before it reviews": publication(
        "posts-are-in-line", _of_step(D, stage_number=4),
        steps=((1, A, 1), (2, D, 1), (3, R, 1)),
    ),
    "a version takes longer than it promises": publication(
        "steps-exceed-the-promise", _of_step(R, limit_days=9),
        steps=((1, A, 1), (2, R, 10), (3, D, 6)),
    ),
    "a version of parallel steps takes longer than it promises": publication(
        "steps-exceed-the-promise", _of_step(D, limit_days=1),
        steps=((1, A, 1), (2, R, 10), (2, R, 10), (3, D, 6)),
    ),
    "a version promises a certificate that has no series": publication(
        "certificate-needs-its-series", sets("admin", certificate_series="SL"),
        certificate_series="",
    ),
    "a promise in other units runs past the law": publication(
        "promise-exceeds-the-law", sets("admin", statutory_limit=15),
        steps=((1, A, 1), (2, D, 1)), promised=5, statutory=14,
        statutory_unit=LimitUnit.CALENDAR_DAY,
    ),
    "a draft promises more than the law": Deed(
        "promise-exceeds-the-law", "admin", lambda office: office.draft(), {"promised_limit": 21},
        sets("admin", promised_limit=20), elsewhere={"sql": "promise-within-statutory"},
    ),
    "a published limit is altered": Deed(
        "published-version-is-fixed", "admin", _published, {"promised_limit": 3},
        sets("admin2", status=VersionStatus.RETIRED),
    ),
    "a step of a published version is altered": Deed(
        "published-version-is-fixed", "admin", lambda office: _published(office).steps[0],
        {"limit_days": 2}, FIXED,
        elsewhere={"delete": "published-version-is-fixed"},
    ),
    "a step is moved into a published version": Deed(
        "part-keeps-its-whole", "admin",
        lambda office: (_published(office), office.draft())[1].steps[0],
        lambda office, _step: {"item_version": first(office, ItemVersion), "position": 9},
        sets("admin", limit_days=2), elsewhere={"sql": "part-keeps-its-whole"},
    ),
    "a material of a published version is taken away": Deed(
        "published-version-is-fixed", "admin", lambda office: _published(office).materials[0],
        None, FIXED, deletes=True,
    ),
    "a published version is taken away": Deed(
        "row-is-never-deleted", "admin", _published, None,
        CATALOGUE + "test_a_published_version_is_not_deleted_and_a_draft_is", deletes=True,
        elsewhere={"sql": "row-is-never-deleted"},
    ),
    "a retired version returns": Deed(
        "unlawful-move", "admin2", lambda office: _retired(office), PUBLISHED,
        FIXED, act=_publish, button=Button("publish", of_rows=True),
        elsewhere={"sql": "unlawful-move"},
    ),
    "a published version is published again": Deed(
        "unlawful-move", "admin2", _published, None, sets("admin2", status=VersionStatus.RETIRED),
        act=_publish, button=Button("publish", of_rows=True),
    ),
    "an older draft takes the place of a newer version": Deed(
        "newer-version-binds", "admin2", lambda office: _overtaken(office), None,
        "tests/models/test_publishing.py::"
        "test_the_version_before_is_retired_with_the_publication",
        act=lambda _office, version: acts.catalogue.publish(version),
        button=Button("publish", of_rows=True),
    ),
    "an item that has a draft gets another": Deed(
        "item-has-a-draft", "admin2", lambda office: _revised(office), None,
        "tests/models/test_publishing.py::test_a_new_version_begins_as_a_copy_of_the_old_one",
        act=lambda office, version: office.session.add(acts.catalogue.draft_from(version)),
        button=Button("draft", of_rows=True),
    ),
}  # fmt: skip


def _retired(office: Office) -> ItemVersion:
    version = _published(office)
    sets("admin2", status=VersionStatus.RETIRED)(office, version)
    return version


def _revised(office: Office) -> ItemVersion:
    """A published version, of which a copy is being revised already."""
    version = _published(office)
    does("admin", lambda o, v: o.session.add(acts.catalogue.draft_from(v)))(office, version)
    return version


def _overtaken(office: Office) -> ItemVersion:
    """A draft whose item has a newer version, which binds."""
    draft = office.draft()
    steps = [(step.stage_number, step.duty, step.limit_days) for step in draft.steps]
    newer = office.draft(steps=steps)
    sets("admin", version_number=2)(office, newer)
    does("admin", lambda _o, v: setattr(v, "licence_item", draft.licence_item))(office, newer)
    sets("admin2", status=VersionStatus.PUBLISHED)(office, newer)
    return draft
