"""What is forbidden at the end of a case: decisions (Art. 38), certificates, delivery (Art. 44)."""

from datetime import date
from typing import Any

from models import Application, Certificate, Decision, NumberCounter, acts
from models.enums import (
    ApplicationStatus,
    CertificateStatus,
    DecisionOutcome,
)
from tests.doors.deed import Button, Deed, NoWay, does, sets
from tests.factories import MONDAY, Office

LIFE = "tests/models/test_case_life.py::"
GRANTED, REFUSED = DecisionOutcome.GRANTED, DecisionOutcome.REFUSED
REFUSAL = {
    "reasons": "场所不符合要求。",
    "legal_basis": "第三十八条",
    "remedies": "六十日内复议",
}
BY_PERSONS = {"system": "move-needs-a-person"}


def _grant(_office: Office, case: Application) -> None:
    acts.decision.decide(case, GRANTED)


def _decision(outcome: DecisionOutcome, **values: Any) -> Any:
    return lambda _office, case: {"application": case, "outcome": outcome, **values}


def grant(code: str, reach: Any, lawful: Any, who: str = "decider") -> Deed:
    """A grant that is forbidden."""
    return Deed(
        code, who, reach, _decision(GRANTED), lawful, new=Decision, act=_grant,
        button=Button("grant"), elsewhere=dict(BY_PERSONS),
    )  # fmt: skip


def refusal(missing: str) -> Deed:
    """A refusal that says nothing of one of its three parts (Art. 38)."""
    texts = REFUSAL | {missing: " "}
    return Deed(
        f"refusal-needs-{missing.replace('_', '-')}", "decider", lambda office: office.reviewed(),
        _decision(REFUSED, **texts),
        does("decider", lambda _office, case: acts.decision.decide(case, REFUSED, **REFUSAL)),
        new=Decision,
        act=lambda _office, case: acts.decision.decide(case, REFUSED, **texts),
        button=Button("refuse", texts), elsewhere=dict(BY_PERSONS),
    )  # fmt: skip


def _paused_at_the_end(office: Office) -> Application:
    case: Application = office.reviewed()
    office.suspend(case, MONDAY, date(2025, 3, 24))
    return case


DELIVERED = does("clerk", lambda _office, row: acts.decision.deliver(row))
PAPER_DELIVERED = does("clerk", lambda _office, paper: acts.decision.deliver(paper.application))
YEAR = {"certificate_months": 12}

DEEDS: dict[str, Deed] = {
    "a decision skips the review": Deed(
        "steps-are-not-done", "decider", lambda office: office.accepted(),
        {"status": ApplicationStatus.GRANTED},
        LIFE + "test_a_grant_issues_its_certificate_and_starts_delivery",
        act=_grant, button=Button("grant"), elsewhere=dict(BY_PERSONS),
    ),
    "a grant is written before the review": grant(
        "steps-are-not-done", lambda office: office.accepted(),
        lambda office, case: office.review(case, MONDAY),
    ),
    "a grant is written by a reviewer": grant(
        "duty-not-held", lambda office: office.reviewed(), does("decider", _grant), "reviewer",
    ),
    "a case that was not accepted is granted": grant(
        "case-is-not-accepted", lambda office: office.received(),
        sets("clerk", status=ApplicationStatus.ACCEPTED),
    ),
    "a paused case is granted": grant(
        "case-is-paused", _paused_at_the_end,
        lambda office, case: office.resume(case, MONDAY),
    ),
    "a case is granted without a document": Deed(
        "decision-needs-its-document", "decider", lambda office: office.reviewed(),
        {"status": ApplicationStatus.GRANTED}, does("decider", _grant),
        act=lambda _office, case: acts.intake.move(case, ApplicationStatus.GRANTED),
        elsewhere={**BY_PERSONS, "action": NoWay("the page's acts write the document")},
    ),
    **{f"a refusal has no {part}": refusal(part) for part in REFUSAL},
    "a decision is rewritten": Deed(
        "decision-is-fixed", "decider", lambda office: office.granted().decision,
        {"reasons": "另有其他原因。"}, PAPER_DELIVERED,
        elsewhere={**BY_PERSONS, "sql": "decision-is-fixed"},
    ),
    "a decision is dated": Deed(
        "column-is-derived", "decider", lambda office: office.reviewed(),
        _decision(GRANTED, decided_on=date(2025, 3, 4)), does("decider", _grant), new=Decision,
        elsewhere=dict(BY_PERSONS),
    ),
    "a decision is taken away": Deed(
        "row-is-never-deleted", "decider", lambda office: office.granted().decision, None,
        PAPER_DELIVERED, deletes=True, elsewhere={"sql": "decision-is-fixed"},
    ),
    "a delivery names no method": Deed(
        "delivery-needs-its-method", "clerk", lambda office: office.granted(),
        {"status": ApplicationStatus.DELIVERED}, DELIVERED,
        act=lambda _office, case: acts.intake.move(case, ApplicationStatus.DELIVERED),
        elsewhere={**BY_PERSONS, "action": NoWay("the page asks for the method with the act")},
    ),
    "a certificate is rewritten": Deed(
        "column-is-derived", "clerk", lambda office: office.granted().certificate,
        {"holder_name": "别人"},
        PAPER_DELIVERED, elsewhere={"sql": "certificate-states-facts"},
    ),
    "a certificate ends before its time": Deed(
        "move-is-made-by-time", "clerk", lambda office: office.granted(**YEAR).certificate,
        {"status": CertificateStatus.EXPIRED}, PAPER_DELIVERED,
        elsewhere={"system": "certificate-is-valid"},
    ),
    "time ends a certificate too early": Deed(
        "certificate-is-valid", None, lambda office: office.delivered(**YEAR).certificate,
        {"status": CertificateStatus.EXPIRED},
        sets(None, date(2026, 3, 3), status=CertificateStatus.EXPIRED), day=date(2026, 3, 2),
    ),
    "a certificate is issued by hand": Deed(
        "move-follows-from-an-act", "clerk", lambda office: office.accepted(),
        lambda _office, case: {"application": case, "licence_item": case.licence_item},
        LIFE + "test_a_grant_issues_its_certificate_and_starts_delivery", new=Certificate,
    ),
    "a certificate is taken away": Deed(
        "row-is-never-deleted", "clerk", lambda office: office.granted().certificate, None,
        PAPER_DELIVERED, deletes=True, elsewhere={"sql": "row-is-never-deleted"},
    ),
    "a counter is set by hand": Deed(
        "table-is-derived", None, lambda office: office.item(),
        {"series": "case:X", "year": 2025, "last_number": 9},
        LIFE + "test_the_whole_line_ends_with_a_delivered_certificate", new=NumberCounter,
    ),
}  # fmt: skip
