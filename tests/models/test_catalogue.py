"""The catalogue: what binds a case is a published version, and that binds only within the law."""

from typing import Any

import pytest

from models import MaterialRequirement
from models.enums import Duty, LimitUnit, VersionStatus
from tests.factories import LINE, MONDAY, Office

A, R, D, G = Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.GUIDANCE


def test_a_version_is_drafted_by_one_and_published_by_another(office: Office) -> None:
    draft = office.draft()
    assert (draft.version_number, draft.drafted_by.username) == (1, "admin")
    with office.refuses("publisher-is-not-the-drafter", "admin"):
        draft.status = VersionStatus.PUBLISHED
    with office.acts("admin2", MONDAY):
        draft.status = VersionStatus.PUBLISHED
    assert (draft.published_on, draft.published_by.username) == (MONDAY, "admin2")


def test_a_published_version_is_fixed(office: Office) -> None:
    version = office.item().versions[0]
    for act in (
        lambda: setattr(version, "promised_limit", 5),
        lambda: setattr(version.steps[0], "limit_days", 2),
        lambda: setattr(version.materials[0], "name", "别的"),
        lambda: version.materials.append(MaterialRequirement(position=9, name="新", name_en="N")),
        lambda: office.session.delete(version.steps[0]),
        lambda: office.session.delete(version.materials[0]),
    ):
        with office.refuses("published-version-is-fixed", "admin"):
            act()


def test_a_published_version_is_not_deleted_and_a_draft_is(office: Office) -> None:
    version, draft = office.item().versions[0], office.draft()
    with office.refuses("row-is-never-deleted", "admin") as session:
        session.delete(version)
    with office.acts("admin", MONDAY) as session:
        for part in (*draft.steps, *draft.materials, draft):
            session.delete(part)


def test_a_step_is_not_moved_into_a_published_version(office: Office) -> None:
    version, draft = office.item().versions[0], office.draft()
    with office.refuses("part-keeps-its-whole", "admin"):
        draft.steps[0].item_version = version


def test_a_retired_version_takes_no_application_and_never_returns(office: Office) -> None:
    version = office.item().versions[0]
    with office.acts("admin2", MONDAY):
        version.status = VersionStatus.RETIRED
    for status in (VersionStatus.PUBLISHED, VersionStatus.DRAFT):
        with office.refuses("unlawful-move", "admin2"):
            version.status = status


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        ("version-lacks-a-post", ((1, A, 1), (2, R, 1))),
        ("version-lacks-a-post", ((2, R, 1), (3, D, 1))),
        ("posts-are-in-line", ((1, A, 1), (2, D, 1), (3, R, 1))),
        ("posts-are-in-line", ((1, A, 1), (2, R, 1), (2, D, 1))),
        ("posts-are-in-line", ((1, R, 1), (2, A, 1), (3, D, 1))),
        ("steps-exceed-the-promise", ((1, A, 1), (2, R, 10), (3, D, 6))),
        (None, ((1, A, 9), (2, R, 10), (2, R, 10), (3, D, 5))),
        (None, ((0, G, 9), (1, A, 1), (2, None, 13), (3, D, 2))),
    ],
)
def test_the_steps_are_a_line_within_the_promise(
    office: Office, code: str | None, steps: Any
) -> None:
    draft = office.draft(steps=steps, promised=15)
    if code is None:
        with office.acts("admin2", MONDAY):
            draft.status = VersionStatus.PUBLISHED
    else:
        with office.refuses(code, "admin2"):
            draft.status = VersionStatus.PUBLISHED


SHORT = ((1, A, 1), (2, D, 1))


@pytest.mark.parametrize(
    ("promised", "unit", "statutory", "statutory_unit", "lawful"),
    [
        (5, LimitUnit.WORKING_DAY, 15, LimitUnit.CALENDAR_DAY, True),
        (5, LimitUnit.WORKING_DAY, 14, LimitUnit.CALENDAR_DAY, False),
        (15, LimitUnit.WORKING_DAY, 1, LimitUnit.MONTH, False),
        (20, LimitUnit.CALENDAR_DAY, 20, LimitUnit.WORKING_DAY, True),
        (1, LimitUnit.MONTH, 30, LimitUnit.CALENDAR_DAY, False),
        (1, LimitUnit.MONTH, 31, LimitUnit.CALENDAR_DAY, True),
    ],
)
def test_a_promise_is_within_the_law_in_whatever_units(
    office: Office,
    promised: int,
    unit: LimitUnit,
    statutory: int,
    statutory_unit: LimitUnit,
    lawful: bool,
) -> None:
    draft = office.draft(
        steps=SHORT,
        promised=promised,
        promised_unit=unit,
        statutory=statutory,
        statutory_unit=statutory_unit,
    )
    if lawful:
        with office.acts("admin2", MONDAY):
            draft.status = VersionStatus.PUBLISHED
    else:
        with office.refuses("promise-exceeds-the-law", "admin2"):
            draft.status = VersionStatus.PUBLISHED


def test_a_promise_beyond_the_law_is_refused_as_a_draft(office: Office) -> None:
    draft = office.draft(promised=15, statutory=20)
    with office.refuses("promise-exceeds-the-law", "admin"):
        draft.promised_limit = 21


def test_pre_guidance_is_no_step_of_a_case(office: Office) -> None:
    case = office.received(steps=((0, G, 1), *LINE))
    assert [step.duty for step in case.steps] == [A, R, D]
