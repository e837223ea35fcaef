"""What is forbidden to a guide, to its sources and to fees (Art. 24, 30, 31, 58, 59)."""

from typing import Any

from models import Department, FeeCharge, ItemVersion, acts
from models.enums import BasisLevel, SourceTag, VersionStatus
from tests.doors.deed import FIELD, Button, Deed, does, sets
from tests.doors.deeds_case import TUESDAY
from tests.factories import MONDAY, Office
from tests.models.test_item_guide_rules import (
    DELEGATED,
    charged_case,
    line_of_posts,
    with_fee,
    with_source,
)

GUIDE = "tests/models/test_item_guide_rules.py::"
CHARGED = GUIDE + "test_a_charge_follows_from_the_published_fee"
LINE = GUIDE + "test_a_draft_from_the_template_has_exactly_the_four_steps"
BY_PERSONS = {"system": "move-needs-a-person"}


def _publish(_office: Office, version: ItemVersion) -> None:
    acts.catalogue.move_version(version, VersionStatus.PUBLISHED)


def publication(code: str, reach: Any, lawful: Any) -> Deed:
    """A publication that is forbidden."""
    return Deed(
        code, "admin2", reach, {"status": VersionStatus.PUBLISHED}, lawful, act=_publish,
        button=Button("publish", of_rows=True),
    )  # fmt: skip


def line(code: str, reach: Any) -> Deed:
    """A draft that does not get the line of four posts."""
    return Deed(
        code, "admin", reach, None, LINE,
        act=lambda office, version: acts.catalogue.take_the_line_of_posts(office.session, version),
        button=Button("line", of_rows=True),
    )  # fmt: skip


def _in_another_department(office: Office) -> ItemVersion:
    draft = office.draft(item=DELEGATED)
    authority = office.department().authority
    with office.time_acts(MONDAY):
        draft.licence_item.department = Department(
            authority=authority, code="QS", name="质量科", name_en="Quality"
        )
    return draft


def _charged(office: Office) -> FeeCharge:
    case = charged_case(office)
    with office.acts("clerk", MONDAY):
        acts.fees.charge(case, case.item_version.fees[0])
    with office.acts("clerk", MONDAY):
        acts.fees.take_payment(case.charges[0], "鲁财0001")
    charge: FeeCharge = case.charges[0]
    return charge


def _fee(_office: Office, case: Any) -> Any:
    return case.item_version.fees[0]


DEEDS: dict[str, Deed] = {
    "a guide without a sample is published": publication(
        "guide-lacks", lambda office: office.draft(form_sample=""),
        sets("admin", form_sample="申请书示范文本"),
    ),
    "a material without a basis is published": publication(
        "material-needs-its-basis",
        lambda office: office.draft(materials=({"name": "施工合同", "legal_basis": ""},)),
        lambda office, version: sets("admin", legal_basis="第四条")(office, version.materials[0]),
    ),
    "a fee without a law is published": publication(
        "fee-needs-a-law",
        lambda office: with_fee(office, basis_level=BasisLevel.DEPARTMENT_RULE),
        lambda office, version: sets("admin", basis_level=BasisLevel.LAW)(office, version.fees[0]),
    ),
    "a window without the deciding post is authorised": publication(
        "decision-is-not-at-the-window", _in_another_department,
        GUIDE + "test_an_authorised_window_decides",
    ),
    "what nobody has read is published": publication(
        "version-is-unverified", lambda office: with_source(office, SourceTag.MEMORY),
        does("admin2", lambda _office, version: acts.catalogue.verify(version.sources[0])),
    ),
    "a draft that has steps takes the line": line(
        "version-has-steps", lambda office: (line_of_posts(office), office.draft())[1],
    ),
    "a line is taken from no template": line(
        "template-is-missing", lambda office: office.draft(steps=()),
    ),
    "a fee that has ended is charged": Deed(
        "fee-is-not-published", "clerk", lambda office: charged_case(office, ends_on=MONDAY),
        lambda office, case: {"application": case, "fee_item": _fee(office, case)}, CHARGED,
        new=FeeCharge, act=lambda office, case: acts.fees.charge(case, _fee(office, case)),
        button=Button("charge", lambda office, case: {
            "fee_item": _fee(office, case).id, "quantity": 1,
        }),
        day=TUESDAY, elsewhere={**BY_PERSONS},
    ),
    "a charge names no fee": Deed(
        "is-missing", "clerk", charged_case,
        lambda _office, case: {"application": case, "fee_item": None}, CHARGED, new=FeeCharge,
        act=lambda _office, case: acts.fees.charge(case, None),  # type: ignore[arg-type]
        button=Button("charge", {"quantity": 1}),
        elsewhere={**BY_PERSONS, "action": FIELD, "sql": "is-missing"},
    ),
    "a payment is entered twice": Deed(
        "charge-is-fixed", "clerk", _charged, {"receipt_number": "鲁财0002"},
        GUIDE + "test_a_payment_has_its_receipt_and_is_entered_once",
        act=lambda _office, charge: acts.fees.take_payment(charge, "鲁财0002"), day=TUESDAY,
        button=Button("pay", lambda _office, charge: {
            "charge": charge.id, "receipt_number": "鲁财0002",
        }),
        elsewhere={**BY_PERSONS, "action": FIELD},
    ),
}  # fmt: skip
