"""What is forbidden to the record of a certificate: proposals and approvals (Art. 8, 69, 70)."""

from typing import Any

from models import Certificate, CertificateChange, acts
from models.enums import CertificateChangeKind as Kind
from models.enums import CertificateGround as Ground
from tests.certificates import PROPOSALS, TEXTS, changed, paper_of, proposal
from tests.doors.deed import FIELD, Button, Deed, NoWay
from tests.doors.deeds_case import TUESDAY
from tests.factories import MONDAY, Office

CHANGES = "tests/models/test_certificate_changes.py::"
APPROVED = CHANGES + "test_only_the_head_approves"
MOVED = CHANGES + "test_a_change_starts_from_the_statuses_that_the_law_names"
BY_PERSONS = {"system": "move-needs-a-person"}
BY_ITS_FORM = NoWay("a change is proposed by its form: the door `form`")


def _proposed(office: Office, who: str = "reviewer", kind: Kind = Kind.SUSPEND, **values: Any) -> (
    CertificateChange
):  # fmt: skip
    paper = paper_of(office)
    with office.acts(who, MONDAY):
        return proposal(paper, kind, **values)


def _waiting(office: Office) -> Certificate:
    return _proposed(office).certificate


def _in_force(office: Office) -> CertificateChange:
    return changed(office, paper_of(office), Kind.SUSPEND)


def change(
    code: str, kind: Kind, reach: Any = paper_of, others: Any = None, who: str = "reviewer",
    **values: Any,
) -> Deed:  # fmt: skip
    """A proposal that must not be made."""
    given = {"kind": kind, **TEXTS, **PROPOSALS[kind], **values}
    return Deed(
        code, who, reach, lambda _office, paper: {"certificate": paper, **given}, MOVED,
        new=CertificateChange, act=lambda _office, paper: acts.certificate.propose(paper, **given),
        elsewhere={**BY_PERSONS, "action": BY_ITS_FORM, **(others or {})},
    )  # fmt: skip


def approval(code: str, who: str, reach: Any, others: Any = None) -> Deed:
    """An approval that must not be given."""
    return Deed(
        code, who, reach, lambda office, _row: {"approved_by_id": office.user(who).id}, APPROVED,
        act=lambda office, row: acts.certificate.approve(office.session, row), day=TUESDAY,
        button=Button("approve", of_rows=True), elsewhere={**BY_PERSONS, **(others or {})},
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "a proposal while another waits": change(
        "change-is-proposed-already", Kind.REVOKE, _waiting, {"sql": "already-exists"},
    ),
    "a proposal on a ground of another kind": change(
        "ground-does-not-fit", Kind.SUSPEND, ground=Ground.LAW_CHANGED,
    ),
    "a proposal without a basis": change("legal-basis-is-missing", Kind.SUSPEND, legal_basis=" "),
    "a proposal without remedies": change("remedies-are-missing", Kind.SUSPEND, remedies=" "),
    "a valid certificate is cancelled upon nothing": change(
        "cancellation-needs-its-proof", Kind.CANCEL, who="clerk", proof_number="", proof_on=None,
    ),
    "a revocation without compensation": change(
        "compensation-is-missing", Kind.REVOKE, compensation=" ",
    ),
    "what fraud gained is compensated": change(
        "compensation-is-not-owed", Kind.REVOKE, ground=Ground.FRAUD_OR_BRIBERY,
    ),
    "a proposal of nothing": change(
        "is-missing", Kind.SUSPEND, others={"form": FIELD, "sql": "is-missing"}, ground=None,
    ),
    "a reviewer approves a proposal": approval(
        "head-answers-proposals", "reviewer", _proposed, {"sql": "approver-is-not-the-proposer"},
    ),
    "the head approves his own proposal": approval(
        "nobody-approves-his-own-proposal", "head", lambda office: _proposed(office, "head"),
        {"sql": "approver-is-not-the-proposer"},
    ),
    "what harms the public is revoked": approval(
        "revocation-would-harm-the-public", "head",
        lambda office: _proposed(office, kind=Kind.REVOKE, public_harm=True),
    ),
    "a change that took effect is rewritten": Deed(
        "certificate-change-is-fixed", "head", _in_force, {"reasons": "另有其他原因。"}, APPROVED,
        elsewhere={**BY_PERSONS, "sql": "certificate-change-is-fixed"},
    ),
    "a change that took effect is refused": Deed(
        "certificate-change-is-fixed", "head", _in_force,
        lambda office, _row: {"rejected_by_id": office.user("head").id}, APPROVED,
        act=lambda office, row: acts.certificate.reject(office.session, row),
        button=Button("reject", of_rows=True),
        elsewhere={**BY_PERSONS, "sql": "certificate-change-is-fixed"},
    ),
}  # fmt: skip
