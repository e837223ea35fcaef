"""What is forbidden about whose case it is: what belongs to it, its applicant, its channel."""

from typing import Any

from models import (
    Applicant,
    ApplicantCorrection,
    ApplicantIdentity,
    ApplicantLink,
    Application,
    LicenceItem,
    SubmittedMaterial,
    acts,
)
from models.enums import (
    ApplicantKind,
    Channel,
    Duty,
    IdentityChange,
    IdentityKind,
    LinkKind,
    ServiceObject,
)
from tests.doors.deed import Button, Deed, NoWay, does, sets
from tests.doors.deeds_case import BY_ITS_FORM, own_draft
from tests.doors.deeds_staff import RIGHT_FIRM
from tests.factories import MONDAY, Office

CASES = "tests/models/test_whose_case.py::"


def _beside_another_case(office: Office) -> SubmittedMaterial:
    office.received(complete=False, item=office.item())
    return office.received().materials[0]


def _to_the_other_case(office: Office, material: SubmittedMaterial) -> dict[str, Any]:
    cases = office.session.query(Application).order_by(Application.id)
    return {"application": next(c for c in cases if c is not material.application)}


REASON = "窗口误选同名企业"
BY_PERSONS = {"system": "move-needs-a-person"}
CORRECTED = CASES + "test_a_wrong_applicant_is_corrected_until_acceptance"
BY_THE_ACT = NoWay("the page has the act, and no form for its rows")


def _with_another(reach: str) -> Any:
    """A case, and an applicant who is not its own."""
    return lambda office: (office.applicant("另一家"), getattr(office, reach)())[1]


def other(office: Office, _case: Any) -> Applicant:
    """The applicant who came first, and has no case."""
    found = office.session.query(Applicant).order_by(Applicant.id).first()
    assert found is not None
    return found


def _beside_a_person(office: Office) -> LicenceItem:
    office.person()
    return office.item(service_object=ServiceObject.ORGANISATION)


def _corrected(office: Office) -> ApplicantCorrection:
    case = office.received()
    right = office.applicant("另一家")
    with office.acts("clerk", MONDAY):
        acts.identity.correct_applicant(case, right, REASON)
    return case.applicant_corrections[0]


def _with_the_clerks_friend(office: Office) -> Application:
    """The clerk who took the case in is linked to another applicant."""
    friend, case = office.applicant("亲友食品厂"), office.received()
    link = ApplicantLink(
        user=office.user("clerk"), applicant=friend, relation=LinkKind.RELATIVE, since=MONDAY
    )
    with office.acts("clerk", MONDAY) as session:
        session.add(link)
    return case


def correction(
    code: str, reach: Any, to: Any, reason: str = REASON, who: str = "clerk", **cells: Any
) -> Deed:
    """A correction of the applicant that is none."""
    return Deed(
        code, who, reach,
        lambda office, case: {
            "application": case, "to_applicant": to(office, case), "reason": reason,
        },
        CORRECTED, new=ApplicantCorrection,
        act=lambda office, case: acts.identity.correct_applicant(case, to(office, case), reason),
        button=Button("correct_applicant", lambda office, case: {
            "identity_number": to(office, case).identity_number, "reason": reason,
        }),
        elsewhere={**BY_PERSONS, **cells},
    )  # fmt: skip


IDENTITIES = "tests/models/test_identities.py::"
BY_A_PROOF = IDENTITIES + "test_a_number_is_corrected_by_a_proof_and_a_second_person"
WITH_A_PROOF = IDENTITIES + "test_a_proposal_names_its_proof"
Change, Kind = IdentityChange, IdentityKind
ADDED: dict[str, Any] = {
    "change": Change.ADDED, "identity_kind": Kind.ORGANISATION_CODE,
    "identity_number": "D2143569X", "proof": "旧代码证", "proof_on": MONDAY,
}  # fmt: skip
ROWS = {"system": "move-needs-a-person", "action": NoWay("the panel has a form for it")}
LOADED = {"system": NoWay("SYSTEM loads records with the numbers that they have")}


def _added(applicant: Applicant) -> ApplicantIdentity:
    row = ApplicantIdentity(**ADDED)
    applicant.identities.append(row)
    return row


def _proposed(office: Office) -> ApplicantIdentity:
    applicant = office.applicant()
    with office.acts("clerk", MONDAY):
        return _added(applicant)


def _proposed_by_the_head(office: Office) -> ApplicantIdentity:
    """By one who is at the acceptance post, and the head."""
    office.holds_too("head", Duty.ACCEPTANCE)
    applicant = office.applicant()
    with office.acts("head", MONDAY):
        return _added(applicant)


def _turned_down(office: Office) -> ApplicantIdentity:
    row = _proposed(office)
    with office.acts("head", MONDAY) as session:
        acts.identity.turn_down(session, row)
    return row


def _without_a_number(office: Office) -> LicenceItem:
    with office.acts("clerk", MONDAY) as session:
        session.add(Applicant(kind=ApplicantKind.ORGANISATION, name="无号厂"))
    return office.item()


def proposal(code: str, lawful: str = WITH_A_PROOF, **values: Any) -> Deed:
    """A proposal of a number that is none."""
    return Deed(
        code, "clerk", lambda office: office.applicant(),
        lambda _office, applicant: {"applicant": applicant, **ADDED, **values},
        lawful, new=ApplicantIdentity,
        elsewhere=dict(ROWS),
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "a material is moved to another case": Deed(
        "part-keeps-its-whole", "clerk", _beside_another_case, _to_the_other_case,
        does("clerk", lambda office, material: acts.intake.hand_in_required(
            _to_the_other_case(office, material)["application"]
        )),
        elsewhere={"sql": "part-keeps-its-whole"},
    ),
    "a person applies for what serves organisations": Deed(
        "item-serves-others", "clerk", _beside_a_person,
        lambda office, item: {
            "licence_item": item, "applicant": other(office, item), "channel": "WINDOW",
            "status": "RECEIVED",
        },
        lambda office, item: office.received(item=item), new=Application,
        typed=lambda office, item: {"licence_item": item, "applicant": other(office, item)},
        act=lambda office, item: acts.intake.receive(office.session, item, other(office, item)),
        elsewhere={**BY_PERSONS, "action": BY_ITS_FORM},
    ),
    "who has no number applies": Deed(
        "applicant-has-no-number", "clerk", _without_a_number,
        lambda office, item: {
            "licence_item": item, "applicant": other(office, item), "channel": "WINDOW",
            "status": "RECEIVED",
        },
        IDENTITIES + "test_a_number_is_not_changed_by_a_form", new=Application,
        typed=lambda office, item: {"licence_item": item, "applicant": other(office, item)},
        act=lambda office, item: acts.intake.receive(office.session, item, other(office, item)),
        elsewhere={**BY_PERSONS, "action": BY_ITS_FORM},
    ),
    "a number is typed over": Deed(
        "number-is-fixed", "clerk", lambda office: office.applicant(),
        {"identity_number": RIGHT_FIRM}, BY_A_PROOF,
        elsewhere={"form": NoWay("the form has no such field")},
    ),
    "a number is entered a second time": Deed(
        "number-is-known", "clerk", lambda office: office.applicant(),
        lambda _office, applicant: {
            "kind": applicant.kind, "name": "别名", "identity_number": applicant.identity_number,
            "identity_kind": applicant.identity_kind,
        },
        BY_A_PROOF, new=Applicant, elsewhere={"sql": "already-exists"},
    ),
    "a person has the code of a firm": Deed(
        "identity-is-of-another-kind", "clerk", lambda office: office.applicant(),
        {
            "kind": ApplicantKind.PERSON, "name": "某某", "identity_kind": Kind.CREDIT_CODE,
            "identity_number": RIGHT_FIRM,
        },
        IDENTITIES + "test_a_number_is_of_the_kind_that_it_says", new=Applicant,
    ),
    "a firm has an organisation code today": Deed(
        "organisation-code-has-ended", "clerk", lambda office: office.applicant(),
        {
            "kind": ApplicantKind.ORGANISATION, "name": "某厂", "identity_number": "D2143569X",
            "identity_kind": Kind.ORGANISATION_CODE,
        },
        IDENTITIES + "test_a_number_is_of_the_kind_that_it_says", new=Applicant,
        elsewhere=dict(LOADED),
    ),
    "a first number is written beside the record": proposal(
        "identity-comes-with-its-record", change=Change.REGISTERED,
    ),
    "a proposal names no number": proposal(
        "identity-names-its-number", identity_kind=None, identity_number=None,
    ),
    "a proposal has no proof": proposal("identity-has-its-proof", proof="。"),
    "a known number is proposed as none": proposal(
        "only-an-organisation-has-no-number",
        IDENTITIES + "test_a_foreign_organisation_applies_without_a_number",
        change=Change.WITHOUT_NUMBER,
    ),
    "a clerk confirms a number": Deed(
        "identity-is-confirmed-by-the-head", "clerk", _proposed,
        lambda office, _row: {"confirmed_by_id": office.user("clerk").id}, BY_A_PROOF,
        act=lambda office, row: acts.identity.confirm(office.session, row),
        elsewhere={**ROWS, "sql": "confirmer-is-not-the-proposer"},
    ),
    "the head confirms the own proposal": Deed(
        "confirmer-is-not-the-proposer", "head", _proposed_by_the_head,
        lambda office, _row: {"confirmed_by_id": office.user("head").id}, BY_A_PROOF,
        act=lambda office, row: acts.identity.confirm(office.session, row),
        button=Button("confirm", of_rows=True),
        elsewhere={"system": "move-needs-a-person", "sql": "confirmer-is-not-the-proposer"},
    ),
    "a proposal that was turned down is confirmed": Deed(
        "identity-is-fixed", "head", _turned_down,
        lambda office, _row: {"confirmed_by_id": office.user("head").id}, BY_A_PROOF,
        act=lambda office, row: acts.identity.confirm(office.session, row),
        button=Button("confirm", of_rows=True),
        elsewhere={"system": "move-needs-a-person", "sql": "identity-is-fixed"},
    ),
    "an accepted case gets another applicant": Deed(
        "applicant-is-fixed", "clerk", _with_another("accepted"),
        lambda office, case: {"applicant": other(office, case)}, CORRECTED,
        elsewhere={"sql": "applicant-is-fixed", "form": NoWay("the form has no such field")},
    ),
    "an accepted case is corrected to another applicant": correction(
        "applicant-is-fixed", _with_another("accepted"), other,
    ),
    "a received case says that it came by post": Deed(
        "channel-is-fixed", "clerk", lambda office: office.received(),
        {"channel": Channel.POST},
        lambda office, _case: sets("applicant", channel=Channel.POST)(office, own_draft(office)),
        elsewhere={"sql": "channel-is-fixed", "form": NoWay("the form has no such field")},
    ),
    "a correction gives no reason": correction(
        "reason-is-missing", _with_another("received"), other, " ",
        sql=NoWay("a blank is a word to the database"),
    ),
    "a correction names the same applicant": correction(
        "correction-names-another", lambda office: office.received(),
        lambda _office, case: case.applicant, sql="correction-names-another",
    ),
    "a case is corrected to a friend of its first contact": correction(
        "officer-in-charge-is-linked", _with_the_clerks_friend, other, who="clerk2",
    ),
    "a case is corrected to a friend of one's own": correction(
        "officer-is-linked", _with_the_clerks_friend, other,
    ),
    "a correction is rewritten": Deed(
        "correction-is-fixed", "clerk", _corrected, {"reason": "别的"}, CORRECTED,
        elsewhere={**BY_PERSONS, "sql": "correction-is-fixed"},
    ),
}  # fmt: skip
