"""By which numbers an applicant is known: one row for each, and no way round it."""

from datetime import date
from typing import Any

import pytest

from models import Applicant, ApplicantIdentity, ApplicantLink, acts
from models.enums import (
    ApplicantKind,
    ApplicationStatus,
    DecisionOutcome,
    IdentityChange,
    IdentityKind,
    LinkKind,
)
from models.errors import RuleViolation
from models.questions.applicants import applicants_of_number
from models.questions.my_work import identities_to_confirm
from models.questions.people import actor_of
from tests.factories import DAY_ONE, MONDAY, Office
from tests.models.test_recusal import gives_everything

pytestmark = pytest.mark.hooks_alone

Case, Change, Kind = ApplicationStatus, IdentityChange, IdentityKind
TUESDAY = date(2025, 3, 4)
PROOF: dict[str, Any] = {"proof": "出入境管理机构证明12号", "proof_on": DAY_ONE}
REFUSAL = {"reasons": "检验报告系伪造", "legal_basis": "第七十八条", "remedies": "六十日内复议"}
CARD, OTHER_CARD = "11010519491231002X", "440524188001010014"


def proposed(
    office: Office, applicant: Applicant, change: Change, kind: Kind | None, number: str | None
) -> ApplicantIdentity:
    with office.acts("clerk", MONDAY):
        return acts.identity.propose_identity(applicant, change, kind, number, **PROOF)


def confirmed(office: Office, *proposal: Any) -> ApplicantIdentity:
    row = proposed(office, *proposal)
    with office.acts("head", MONDAY) as session:
        acts.identity.confirm(session, row)
    return row


# --- a number ------------------------------------------------------------------------------------


def test_the_first_number_comes_with_the_record(office: Office) -> None:
    """Identity is the kind of document and its number; nothing said means the usual one."""
    row = office.person(" １１０１０５ 19491231-002x ")
    (known,) = row.identities
    assert (row.identity_kind, row.identity_number) == (Kind.IDENTITY_CARD, CARD)
    assert (known.change, known.confirmed_on) == (Change.REGISTERED, DAY_ONE)
    for name in ("clerk", "guide", "applicant"):
        again = Applicant(
            kind=ApplicantKind.PERSON, name="别名", identity_number=CARD.lower(),
            user=office.user("applicant"),
        )  # fmt: skip
        with office.refuses("number-is-known", name) as session:
            session.add(again)


def test_a_number_is_of_the_kind_that_it_says(office: Office) -> None:
    """GB 11643, GB 32100, GB 11714, and the shapes of the others."""
    refused = (
        ("identity-is-of-another-kind", Kind.CREDIT_CODE, "91350100M000100Y43"),
        ("identity-wrong-length", Kind.PASSPORT, "E12"),
        ("identity-wrong-character", Kind.TRAVEL_PERMIT, "Q12345678"),
        ("identity-wrong-character", Kind.RESIDENCE_CARD, CARD),
    )
    for code, kind, number in refused:
        row = {"kind": ApplicantKind.PERSON, "name": "某", "identity_kind": kind}
        with office.refuses(code, "clerk") as session:
            session.add(Applicant(**row, identity_number=number))
    with office.refuses("organisation-code-has-ended", "clerk") as session:
        row = {"kind": ApplicantKind.ORGANISATION, "identity_kind": Kind.ORGANISATION_CODE}
        session.add(Applicant(**row, name="某厂", identity_number="D2143569-X"))
    for kind, number in ((Kind.PASSPORT, "E12345678"), (Kind.TRAVEL_PERMIT, "H12345678")):
        assert office.person(number, identity_kind=kind).identities


def test_a_number_is_not_changed_by_a_form(office: Office) -> None:
    """Who it is, is corrected with a proof; whoever has none gets one, and then applies."""
    row, item = office.person(CARD), office.item()
    for values in ({"identity_number": OTHER_CARD}, {"identity_number": None}):
        with office.refuses("number-is-fixed", "clerk"):
            for column, value in values.items():
                setattr(row, column, value)
    bare = office.person(None)
    with office.refuses("applicant-has-no-number", "clerk") as session:
        acts.intake.receive(session, item, bare)
    with office.acts("clerk", MONDAY):
        bare.identity_number = OTHER_CARD
    assert office.received(item=item, applicant=bare).status is Case.RECEIVED


# --- a further one -------------------------------------------------------------------------------


def test_a_number_is_corrected_by_a_proof_and_a_second_person(office: Office) -> None:
    """The old number stays on record: it leads to the same applicant, and is nobody else's."""
    row = office.person("E12345678", identity_kind=Kind.PASSPORT)
    office.received(applicant=row)
    change = proposed(office, row, Change.CORRECTED, Kind.PASSPORT, "EA1234567")
    head = actor_of(office.session, office.user("head"), MONDAY)
    assert list(office.session.scalars(identities_to_confirm(head))) == [change]
    assert row.identity_number == "E12345678"
    with office.refuses("identity-is-confirmed-by-the-head", "clerk") as session:
        acts.identity.confirm(session, change)
    with office.acts("head", MONDAY) as session:
        acts.identity.confirm(session, change)
    assert list(office.session.scalars(identities_to_confirm(head))) == []
    assert (row.identity_number, change.confirmed_by) == ("EA1234567", office.user("head"))
    for number in ("E12345678", "ea 1234567"):
        assert list(applicants_of_number(office.session, number)) == [row]
    with office.refuses("number-is-known", "clerk") as session:
        session.add(
            Applicant(kind=ApplicantKind.PERSON, name="柳试验", identity_kind=Kind.PASSPORT,
                      identity_number="E12345678")
        )  # fmt: skip
    with office.refuses("identity-is-fixed", "head"):
        change.rejected_by_id = office.user("head").id


def test_the_proposer_does_not_confirm(office: Office) -> None:
    """Never the same person, whatever duties are in one hand."""

    row = office.person("E12345678", identity_kind=Kind.PASSPORT)
    gives_everything(office, "clerk")
    change = proposed(office, row, Change.ADDED, Kind.PASSPORT, "EA1234567")
    with office.refuses("confirmer-is-not-the-proposer", "clerk") as session:
        acts.identity.confirm(session, change)
    with office.acts("head", MONDAY) as session:
        acts.identity.turn_down(session, change)
    assert (change.rejected_on, row.identity_number) == (MONDAY, "E12345678")


def test_a_proposal_names_its_proof(office: Office) -> None:
    """The number and the day of the document, from the acceptance post, by no friend."""
    row = office.person("E12345678", identity_kind=Kind.PASSPORT)
    propose = acts.identity.propose_identity
    added = (Change.ADDED, Kind.PASSPORT, "EA1234567")
    for proof in ({"proof": " "}, {"proof_on": TUESDAY}):
        with office.refuses("identity-has-its-proof", "clerk"):
            propose(row, *added, **{**PROOF, **proof})
    with office.refuses("identity-names-its-number", "clerk"):
        propose(row, Change.ADDED, None, None, **PROOF)
    with office.refuses("identity-comes-with-its-record", "clerk"):
        propose(row, Change.REGISTERED, Kind.PASSPORT, "EA1234567", **PROOF)
    with office.refuses("post-not-held", "head"):
        propose(row, *added, **PROOF)
    with office.refuses("applicant-is-unknown", "clerk"):
        propose(row, Change.SAME_PERSON, Kind.PASSPORT, "EA1234567", **PROOF)
    with office.acts("clerk", MONDAY) as session:
        session.add(
            ApplicantLink(user=office.user("clerk"), applicant=row, relation=LinkKind.RELATIVE,
                          since=DAY_ONE)
        )  # fmt: skip
    with office.refuses("officer-is-linked", "clerk"):
        propose(row, *added, **PROOF)


def test_a_foreign_organisation_applies_without_a_number(office: Office) -> None:
    """With the head's word, flagged; nobody else does."""
    foreign = Applicant(kind=ApplicantKind.ORGANISATION, name="Kiln Ltd")
    with office.acts("clerk", MONDAY) as session:
        session.add(foreign)
    bare = office.person(None)
    with office.refuses("only-an-organisation-has-no-number", "clerk"):
        acts.identity.propose_identity(bare, Change.WITHOUT_NUMBER, None, None, **PROOF)
    confirmed(office, foreign, Change.WITHOUT_NUMBER, None, None)
    assert foreign.is_without_number
    assert office.received(applicant=foreign).status is Case.RECEIVED


def test_a_credit_code_that_does_not_check_is_the_heads_word(office: Office) -> None:
    """GB 32100: real ones exist; refused by default, taken with a proof and a second person."""
    wrong, firm = "91350211M0000XUF46", {"kind": ApplicantKind.ORGANISATION, "name": "某厂"}
    with office.refuses("identity-wrong-check-digit", "clerk") as session:
        session.add(Applicant(**firm, identity_number=wrong))
    row = Applicant(**firm)
    with office.acts("clerk", MONDAY) as session:
        session.add(row)
    confirmed(office, row, Change.ADDED, Kind.CREDIT_CODE, wrong)
    assert (row.identity_kind, row.identity_number) == (Kind.CREDIT_CODE, wrong)


def test_a_number_of_two_kinds_names_nobody(office: Office) -> None:
    """A passport and a permit may have one number: then the act finds neither."""
    number = "12345678"
    office.person(number, identity_kind=Kind.PASSPORT)
    office.person(number, identity_kind=Kind.TRAVEL_PERMIT)
    with pytest.raises(RuleViolation, match="number-is-of-several"):
        acts.identity.the_applicant_of(office.session, number)


# --- bans, links and cases follow ----------------------------------------------------------------


def test_bans_links_and_certificates_follow_the_person(office: Office) -> None:
    """Art. 9, 78, 回避: under whichever row and number the same person comes."""
    item = office.item(is_safety_item=True)
    card = office.person(CARD)
    passport = office.person("E12345678", identity_kind=Kind.PASSPORT, user=office.user("clerk2"))
    lied = office.reviewed(MONDAY, item, applicant=card)
    with office.acts("decider", MONDAY):
        acts.decision.decide(lied, DecisionOutcome.REFUSED, **REFUSAL, false_materials=True)
    paper = office.delivered(applicant=card, certificate_months=12).certificate
    with office.acts("reviewer", MONDAY) as session:
        session.add(
            ApplicantLink(user=office.user("reviewer"), applicant=card, relation=LinkKind.INTEREST,
                          since=DAY_ONE)
        )  # fmt: skip
    confirmed(office, card, Change.SAME_PERSON, Kind.PASSPORT, "E12345678")
    assert passport.same_person is card
    with office.refuses("applicant-is-banned", "clerk", TUESDAY) as session:
        acts.intake.receive(session, item, passport)
    case = office.accepted()
    for applicant in (card, passport):
        case = office.received(applicant=applicant)
        with office.refuses("officer-is-the-applicant", "clerk2"):
            acts.intake.move(case, Case.ACCEPTED)
        with office.acts("clerk", MONDAY):
            acts.intake.move(case, Case.ACCEPTED)
        with office.refuses("officer-is-linked", "reviewer") as session:
            acts.steps.claim(session, case.steps[1])
    with office.acts("clerk", MONDAY) as session:
        acts.certificate.apply_about(session, "AMENDMENT", paper, passport)
