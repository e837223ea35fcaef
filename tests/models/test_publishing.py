"""From one version to the next: copied, judged before anybody tries, and put in its place."""

import pytest

from models import FeeItem, ItemCondition, ItemQuestion, ItemVersion, SourceNote, acts
from models.acts.publishing import CHECKS, findings_of
from models.enums import BasisLevel, Duty, SourceTag, VersionStatus
from models.rules.item_guide import GUIDE_ELEMENTS
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone


def whole_draft(office: Office) -> ItemVersion:
    """A draft with a row in each of its parts."""
    draft = office.draft(quota=7)
    with office.acts("admin", MONDAY):
        draft.conditions = [ItemCondition(position=1, name="有场地", name_en="Has a place")]
        draft.fees = [
            FeeItem(
                position=1, name="检验费", name_en="Testing fee", amount_fen=2_500,
                basis_level=BasisLevel.LAW, starts_on=MONDAY,
            )
        ]  # fmt: skip
        draft.questions = [
            ItemQuestion(position=1, question="多久", question_en="How long", answer="五天",
                         answer_en="Five days")
        ]  # fmt: skip
        draft.sources = [
            SourceNote(position=1, subject="quota", tag=SourceTag.MEMORY),
            SourceNote(position=2, subject="steps", tag=SourceTag.MEMORY, is_verified=True),
        ]
    return draft


def published(office: Office, draft: ItemVersion) -> ItemVersion:
    with office.acts("admin", MONDAY):
        for note in draft.sources:
            note.is_verified = True
    with office.acts("admin2", MONDAY):
        acts.catalogue.publish(draft)
    return draft


def copied(office: Office, version: ItemVersion) -> ItemVersion:
    with office.acts("admin2", MONDAY) as session:
        copy = acts.catalogue.draft_from(version)
        session.add(copy)
    return copy


def test_a_new_version_begins_as_a_copy_of_the_old_one(office: Office) -> None:
    version = published(office, whole_draft(office))
    copy = copied(office, version)
    assert (copy.version_number, copy.status) == (2, VersionStatus.DRAFT)
    assert (copy.drafted_by.username, copy.published_on) == ("admin2", None)
    assert (copy.quota, copy.legal_basis) == (7, version.legal_basis)
    for part in acts.catalogue.PARTS:
        old, new = getattr(version, part), getattr(copy, part)
        assert len(new) == len(old) >= 1, part
        assert not {row.id for row in new} & {row.id for row in old}
    assert copy.steps[0].name == version.steps[0].name
    assert copy.fees[0].amount_fen == 2_500


def test_what_was_verified_stays_known_without_a_false_signature(office: Office) -> None:
    copy = copied(office, published(office, whole_draft(office)))
    assert [note.tag for note in copy.sources] == [SourceTag.VERIFIED] * 2
    assert [note.verified_by for note in copy.sources] == [None, None]
    assert copy.to_verify == 0


def test_an_item_has_one_draft_to_revise(office: Office) -> None:
    version = published(office, whole_draft(office))
    copied(office, version)
    with office.refuses("item-has-a-draft", "admin2") as session:
        session.add(acts.catalogue.draft_from(version))


def test_the_version_before_is_retired_with_the_publication(office: Office) -> None:
    version = published(office, whole_draft(office))
    copy = copied(office, version)
    with office.acts("admin", MONDAY):
        acts.catalogue.publish(copy)
    assert (version.status, copy.status) == (VersionStatus.RETIRED, VersionStatus.PUBLISHED)


def test_an_older_draft_does_not_take_the_place_of_a_newer_version(office: Office) -> None:
    older = office.draft()
    with office.acts("admin", MONDAY) as session:
        newer = ItemVersion(licence_item=older.licence_item, **acts.catalogue._said(older))
        for part in ("steps", "materials"):
            rows = getattr(older, part)
            setattr(newer, part, [type(row)(**acts.catalogue._said(row)) for row in rows])
        session.add(newer)
    with office.acts("admin2", MONDAY):
        acts.catalogue.publish(newer)
    with office.refuses("newer-version-binds", "admin2"):
        acts.catalogue.publish(older)
    assert newer.status is VersionStatus.PUBLISHED


def test_a_draft_is_discarded_with_all_its_parts(office: Office) -> None:
    draft = whole_draft(office)
    with office.acts("admin", MONDAY) as session:
        acts.catalogue.discard(session, draft)
    assert draft not in office.session.query(ItemVersion).all()
    assert office.session.query(FeeItem).all() == []


def test_a_published_version_is_not_discarded(office: Office) -> None:
    version = published(office, whole_draft(office))
    with office.refuses("row-is-never-deleted", "admin") as session:
        acts.catalogue.discard(session, version)


def asked(office: Office, name: str, version: ItemVersion) -> dict[str, str]:
    """Check → the code of what stands against it, or nothing."""
    with office.acts(name, MONDAY) as session:
        return {
            finding.check: finding.violation.code if finding.violation else ""
            for finding in findings_of(session, version)
        }


def test_a_whole_draft_lacks_nothing_but_another_person(office: Office) -> None:
    draft = office.draft()
    own = asked(office, "admin", draft)
    assert set(own) == {*GUIDE_ELEMENTS, *CHECKS}
    assert {check for check, code in own.items() if code} == {"second_person"}
    assert not any(asked(office, "admin2", draft).values())
    assert draft.status is VersionStatus.DRAFT


@pytest.mark.parametrize(
    ("check", "code", "values"),
    [
        ("legal_basis", "guide-lacks", {"legal_basis": ""}),
        ("form_sample", "guide-lacks", {"form_sample": " "}),
        ("materials", "guide-lacks", {"materials": ()}),
        ("posts", "version-lacks-a-post", {"steps": ((1, Duty.ACCEPTANCE, 1),)}),
        ("steps_in_time", "steps-exceed-the-promise", {"promised": 1}),
        ("series", "certificate-needs-its-series", {"certificate_series": " "}),
        (
            "series",
            "certificate-needs-its-series",
            {"certificate_name": "", "certificate_series": "", "certificate_months": 12},
        ),
        ("material_basis", "material-needs-its-basis", {"materials": ({"legal_basis": ""},)}),
    ],
)
def test_each_thing_that_is_missing_is_named_by_itself(
    office: Office, check: str, code: str, values: dict[str, object]
) -> None:
    """Art. 30, 31: the checklist and the guards never disagree, for it asks the guards."""
    draft = office.draft(**values)  # type: ignore[arg-type]
    missing = {name: found for name, found in asked(office, "admin2", draft).items() if found}
    assert missing == {check: code}
    with office.refuses(code, "admin2"):
        acts.catalogue.publish(draft)
