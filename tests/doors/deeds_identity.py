"""What is forbidden about whose case it is: what belongs to it, its applicant, its channel."""

from typing import Any

from models import Application, SubmittedMaterial, acts
from tests.doors.deed import Deed, does
from tests.factories import Office

CASES = "tests/models/test_whose_case.py::"


def _beside_another_case(office: Office) -> SubmittedMaterial:
    office.received(complete=False, item=office.item())
    return office.received().materials[0]


def _to_the_other_case(office: Office, material: SubmittedMaterial) -> dict[str, Any]:
    cases = office.session.query(Application).order_by(Application.id)
    return {"application": next(c for c in cases if c is not material.application)}


DEEDS: dict[str, Deed] = {
    "a material is moved to another case": Deed(
        "part-keeps-its-whole", "clerk", _beside_another_case, _to_the_other_case,
        does("clerk", lambda office, material: acts.intake.hand_in_required(
            _to_the_other_case(office, material)["application"]
        )),
        elsewhere={"sql": "part-keeps-its-whole"},
    ),
}  # fmt: skip
