"""Nothing is published whose guide is not whole, whose fee has no law, whose source is unread."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from models import (
    Department,
    FeeItem,
    ItemCondition,
    ItemVersion,
    SourceNote,
    StepTemplate,
    TemplateStep,
    acts,
)
from models.acting import acting_as
from models.enums import (
    BasisLevel,
    DecisionOutcome,
    Duty,
    HandlingType,
    Necessity,
    Origin,
    SourceTag,
    VersionStatus,
)
from models.errors import RuleViolation
from models.questions.people import actor_of
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

TUESDAY = date(2025, 3, 4)


def publish(version: ItemVersion) -> None:
    acts.catalogue.move_version(version, VersionStatus.PUBLISHED)


def a_fee(**values: Any) -> FeeItem:
    return FeeItem(
        **{
            "position": 1,
            "name": "检验费",
            "name_en": "Testing fee",
            "amount_fen": 2_500,
            "unit": "台",
            "basis": "《特种设备安全法》第九十九条",
            "basis_level": BasisLevel.LAW,
            "starts_on": MONDAY,
            **values,
        }
    )


# --- Art. 30: the guide ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "values"),
    [
        ("legal_basis", {"legal_basis": " "}),
        ("conditions", {"condition_note": ""}),
        ("materials", {"materials": ()}),
        ("form_sample", {"form_sample": ""}),
        ("statutory_limit", {"statutory": None, "promised": None}),
    ],
)
def test_a_guide_without_one_of_its_elements_is_not_published(
    office: Office, element: str, values: dict[str, Any]
) -> None:
    """Art. 30: the refusal names what is missing."""
    draft = office.draft(**values)
    with office.act("admin2", MONDAY) as session:
        publish(draft)
        with pytest.raises(RuleViolation, match="guide-lacks") as refusal:
            session.commit()
        session.rollback()
    assert refusal.value.facts["column"] == (element,)
    with office.refuses("guide-lacks", "admin2"):
        publish(draft)


def test_a_named_condition_is_a_condition_without_a_note(office: Office) -> None:
    """Art. 30."""
    draft = office.draft(condition_note="")
    with office.acts("admin", MONDAY) as session:
        session.add(ItemCondition(item_version=draft, position=1, name="条件", name_en="Condition"))
    with office.acts("admin2", MONDAY):
        publish(draft)
    assert draft.status is VersionStatus.PUBLISHED


def test_what_is_handled_at_once_needs_no_limit(office: Office) -> None:
    """Art. 30."""
    draft = office.draft(
        statutory=None, promised=None, item={"handling_type": HandlingType.AT_ONCE}
    )
    with office.acts("admin2", MONDAY):
        publish(draft)
    assert draft.status is VersionStatus.PUBLISHED


def test_an_imported_item_needs_no_guide(office: Office) -> None:
    draft = office.draft(
        legal_basis="", form_sample="", item={"origin": Origin.IMPORTED, "is_offered": False}
    )
    with office.acts("admin2", MONDAY):
        publish(draft)
    assert draft.status is VersionStatus.PUBLISHED


# --- Art. 31: no unrelated material ---------------------------------------------------------


def test_a_required_material_names_its_basis(office: Office) -> None:
    """Art. 31."""
    draft = office.draft(materials=({"name": "施工合同", "legal_basis": ""},))
    with office.refuses("material-needs-its-basis", "admin2"):
        publish(draft)


def test_an_optional_material_needs_no_basis(office: Office) -> None:
    """Art. 31."""
    draft = office.draft(materials=({}, {"necessity": Necessity.OPTIONAL, "legal_basis": ""}))
    with office.acts("admin2", MONDAY):
        publish(draft)
    assert draft.status is VersionStatus.PUBLISHED


# --- Art. 24 and the two placements ---------------------------------------------------------

DELEGATED = {"is_delegable": True, "is_delegated": True}


def test_an_authorised_window_decides(office: Office) -> None:
    draft = office.draft(item=DELEGATED)
    with office.acts("admin2", MONDAY):
        publish(draft)
    assert draft.status is VersionStatus.PUBLISHED


def test_an_authorised_window_without_the_deciding_post_is_refused(office: Office) -> None:
    draft = office.draft(item=DELEGATED)
    authority = office.department().authority
    with office.time_acts(MONDAY):
        draft.licence_item.department = Department(
            authority=authority, code="QS", name="质量科", name_en="Quality"
        )
    with office.refuses("decision-is-not-at-the-window", "admin2"):
        publish(draft)


def test_an_entrusted_power_is_not_passed_on(office: Office) -> None:
    """Art. 24: who is entrusted entrusts nobody else."""
    item = office.item(item={"entrusted_by": "青石省局", "entrusted_by_en": "Province"})
    with office.act("admin", MONDAY) as session:
        item.is_delegable = True
        with pytest.raises(IntegrityError, match="entrusted_power_is_not_passed_on"):
            session.commit()
        session.rollback()
    assert not item.is_delegable


def test_a_window_is_authorised_only_where_it_may_be(office: Office) -> None:
    """Art. 24, and the two placements."""
    item = office.item()
    with office.act("admin", MONDAY) as session:
        item.is_delegated = True
        with pytest.raises(IntegrityError, match="delegated_item_is_delegable"):
            session.commit()
        session.rollback()
    assert not item.is_delegated


# --- Art. 58, 59: fees ----------------------------------------------------------------------


@pytest.mark.parametrize("level", [BasisLevel.LOCAL_REGULATION, BasisLevel.DEPARTMENT_RULE])
def test_a_fee_on_a_lower_text_is_not_published(office: Office, level: BasisLevel) -> None:
    """Art. 58, 59."""
    draft = with_fee(office, basis_level=level)
    with office.refuses("fee-needs-a-law", "admin2"):
        publish(draft)


def with_fee(office: Office, **values: Any) -> ItemVersion:
    """A draft with one fee."""
    draft = office.draft()
    with office.acts("admin", MONDAY) as session:
        session.add(a_fee(item_version=draft, **values))
    return draft


def charged_case(office: Office, **values: Any) -> Any:
    """A case accepted under a version with one fee."""
    draft = with_fee(office, **values)
    with office.acts("admin2", MONDAY):
        publish(draft)
    return office.accepted(MONDAY, draft.licence_item)


def test_a_charge_follows_from_the_published_fee(office: Office) -> None:
    """Art. 59: three units of 25 yuan are 75 yuan, charged by the clerk today."""
    case = charged_case(office)
    with office.acts("clerk", TUESDAY):
        acts.fees.charge(case, case.item_version.fees[0], 3)
    charge = case.charges[0]
    assert (charge.amount_fen, charge.charged_on) == (7_500, TUESDAY)
    assert charge.charged_by is office.user("clerk")


def test_an_amount_is_never_typed(office: Office) -> None:
    """Art. 59."""
    case = charged_case(office)
    with office.refuses("column-is-derived", "clerk"):
        acts.fees.charge(case, case.item_version.fees[0])
        case.charges[0].amount_fen = 1


@pytest.mark.parametrize(
    ("values", "day"),
    [({"ends_on": MONDAY}, TUESDAY), ({"starts_on": TUESDAY}, MONDAY)],
    ids=["ended", "not begun"],
)
def test_a_fee_out_of_force_is_not_charged(
    office: Office, values: dict[str, Any], day: date
) -> None:
    """Art. 59."""
    case = charged_case(office, **values)
    with office.refuses("fee-is-not-published", "clerk", day):
        acts.fees.charge(case, case.item_version.fees[0])


def test_a_fee_of_another_item_is_not_charged(office: Office) -> None:
    """Art. 59."""
    case, other = office.accepted(), charged_case(office)
    with office.refuses("fee-is-not-published", "clerk"):
        acts.fees.charge(case, other.item_version.fees[0])


def test_who_does_not_accept_charges_nothing(office: Office) -> None:
    case = charged_case(office)
    with office.refuses("duty-not-held", "reviewer"):
        acts.fees.charge(case, case.item_version.fees[0])


def test_a_payment_has_its_receipt_and_is_entered_once(office: Office) -> None:
    """Art. 59."""
    case = charged_case(office)
    with office.acts("clerk", MONDAY):
        acts.fees.charge(case, case.item_version.fees[0])
    with office.acts("clerk", TUESDAY):
        acts.fees.take_payment(case.charges[0], "鲁财0001")
    assert (case.charges[0].paid_on, case.charges[0].receipt_number) == (TUESDAY, "鲁财0001")
    with office.refuses("charge-is-fixed", "clerk", TUESDAY):
        case.charges[0].receipt_number = "鲁财0002"
    with office.refuses("charge-is-fixed", "clerk", TUESDAY):
        case.charges[0].quantity = 2


def test_a_closed_case_is_charged_nothing(office: Office) -> None:
    case = charged_case(office)
    office.review(case, MONDAY)
    with office.acts("decider", MONDAY):
        acts.decision.decide(
            case,
            DecisionOutcome.REFUSED,
            reasons="申请不符合条件。",
            legal_basis="第三条",
            remedies="复议",
        )
    with office.refuses("case-is-closed", "clerk"):
        acts.fees.charge(case, case.item_version.fees[0])


def test_a_fee_of_a_published_version_is_fixed(office: Office) -> None:
    """Art. 59: the standard is published, and stands."""
    case = charged_case(office)
    fee = case.item_version.fees[0]
    for act in (lambda: setattr(fee, "amount_fen", 1), lambda: office.session.delete(fee)):
        with office.refuses("published-version-is-fixed", "admin"):
            act()


# --- what nobody has read in its source -----------------------------------------------------


def with_source(office: Office, tag: SourceTag) -> ItemVersion:
    """A draft one fact of which is known so."""
    draft = office.draft()
    with office.acts("admin", MONDAY) as session:
        session.add(SourceNote(item_version=draft, position=1, subject="ban_months", tag=tag))
    return draft


@pytest.mark.parametrize("tag", [SourceTag.SECONDARY, SourceTag.MEMORY, SourceTag.INVENTED])
def test_what_is_unverified_is_published_in_a_demonstration_only(
    office: Office, tag: SourceTag
) -> None:
    draft = with_source(office, tag)
    assert draft.to_verify == 1
    with office.refuses("version-is-unverified", "admin2"):
        publish(draft)
    actor = actor_of(office.session, office.user("admin2"), MONDAY)
    with acting_as(office.session, actor, MONDAY, is_demonstration=True):
        publish(draft)
        office.session.commit()
    assert draft.status is VersionStatus.PUBLISHED


def test_a_source_that_was_read_stands_in_nobodys_way(office: Office) -> None:
    draft = with_source(office, SourceTag.MEMORY)
    with office.acts("admin2", TUESDAY):
        acts.catalogue.verify(draft.sources[0])
    note = draft.sources[0]
    assert (note.verified_on, note.verified_by.username) == (TUESDAY, "admin2")
    with office.acts("admin2", TUESDAY):
        publish(draft)
    assert draft.status is VersionStatus.PUBLISHED


def test_a_source_may_still_be_read_after_the_publication(office: Office) -> None:
    draft = with_source(office, SourceTag.MEMORY)
    actor = actor_of(office.session, office.user("admin2"), MONDAY)
    with acting_as(office.session, actor, MONDAY, is_demonstration=True):
        publish(draft)
        office.session.commit()
    with office.acts("admin", TUESDAY):
        acts.catalogue.verify(draft.sources[0])
    assert draft.to_verify == 0
    with office.refuses("published-version-is-fixed", "admin"):
        draft.sources[0].note = "另一出处"


def test_nobody_signs_a_reading_for_another(office: Office) -> None:
    draft = with_source(office, SourceTag.MEMORY)
    with office.refuses("column-is-derived", "admin"):
        draft.sources[0].verified_by_id = office.user("admin2").id


# --- the line of four posts -----------------------------------------------------------------

FOUR = (
    ("预先指导", Duty.GUIDANCE), ("受理审查", Duty.ACCEPTANCE), ("审核", Duty.REVIEW),
    ("受理决定", Duty.DECISION),
)  # fmt: skip


def line_of_posts(office: Office) -> None:
    """The template of the four posts."""
    with office.acts("admin", MONDAY) as session:
        template = StepTemplate(code="NEW", name="四岗", name_en="Four posts")
        template.steps = [
            TemplateStep(
                position=place,
                name=name,
                name_en=duty,
                post_name=f"{name}岗",
                post_name_en=duty,
                duty=duty,
                is_key=duty is not Duty.GUIDANCE,
            )
            for place, (name, duty) in enumerate(FOUR, start=1)
        ]
        session.add(template)


def test_a_draft_from_the_template_has_exactly_the_four_steps(office: Office) -> None:
    line_of_posts(office)
    draft = office.draft(steps=())
    with office.acts("admin", MONDAY) as session:
        acts.catalogue.take_the_line_of_posts(session, draft)
    steps = [(s.position, s.stage_number, s.name, s.duty, s.is_key) for s in draft.steps]
    assert steps == [
        (1, 0, "预先指导", Duty.GUIDANCE, False),
        (2, 1, "受理审查", Duty.ACCEPTANCE, True),
        (3, 2, "审核", Duty.REVIEW, True),
        (4, 3, "受理决定", Duty.DECISION, True),
    ]
    with office.acts("admin", MONDAY):
        for step in draft.steps:
            step.limit_days = 1
    with office.acts("admin2", MONDAY):
        publish(draft)
    assert draft.status is VersionStatus.PUBLISHED


def test_a_draft_that_has_steps_keeps_them(office: Office) -> None:
    line_of_posts(office)
    draft = office.draft()
    with office.refuses("version-has-steps", "admin") as session:
        acts.catalogue.take_the_line_of_posts(session, draft)


def test_without_a_template_there_is_no_line(office: Office) -> None:
    draft = office.draft(steps=())
    with office.refuses("template-is-missing", "admin") as session:
        acts.catalogue.take_the_line_of_posts(session, draft)


def test_a_charge_names_its_fee(office: Office) -> None:
    case = office.accepted()
    with office.refuses("is-missing", "clerk"):
        acts.fees.charge(case, None)  # type: ignore[arg-type]


def test_the_columns_of_the_elements_keep_their_old_values(office: Office) -> None:
    """A guard sees what an element was, though nobody read it before."""
    version = office.item().versions[0]
    office.session.expire_all()
    with office.refuses("published-version-is-fixed", "admin"):
        version.form_sample = "别的"
