"""What applicants must not write, and what the public may see (Art. 5, 29)."""

from typing import Any

from models import Applicant, LicenceItem, acts
from models.enums import ApplicantKind
from tests.doors.deed import FIELD, Button, Deed, NoWay, sets
from tests.doors.deeds_case import own_draft
from tests.doors.deeds_staff import RIGHT_PERSON
from tests.factories import Office

PORTAL = "tests/models/test_portal_acts.py::"
WRONG = RIGHT_PERSON[:-1] + "1"
REASON = "涉及商业秘密"
BY_PERSONS = {"system": NoWay("SYSTEM loads records and history")}


def _own(reach: str) -> Any:
    return lambda office: getattr(office, reach)(
        applicant=office.applicant(user=office.user("applicant"))
    )


def _hides(reason: str) -> dict[str, Any]:
    return {"is_confidential": True, "confidential_reason": reason}


def _keep_out(reason: str) -> Any:
    return lambda _office, case: acts.publicity.keep_out_of_the_register(case, reason)


def _applies(_office: Office, item: LicenceItem) -> dict[str, Any]:
    return {
        "kind": "NEW", "applicant": "new", "applicant_kind": "PERSON", "name": "柳试验",
        "identity_number": WRONG, "phone": "19900000000", "address": "青石路1号",
        "summary": "蜂蜜", "materials": item.versions[-1].materials[0].id,
    }  # fmt: skip


DEEDS: dict[str, Deed] = {
    "an applicant rewrites what is with the office": Deed(
        "application-is-with-the-office", "applicant", _own("received"), {"summary": "别的"},
        sets("clerk", summary="补记"), page=Button("/apply/{item}?draft={case}", {
            "kind": "NEW", "summary": "别的",
        }),
        elsewhere={"system": NoWay("SYSTEM is no applicant"), "portal": FIELD},
    ),
    "an applicant hands in what nobody asked for": Deed(
        "application-is-with-the-office", "applicant",
        lambda office: office.received(
            applicant=office.applicant(user=office.user("applicant")), complete=False
        ),
        None, sets("clerk", summary="补记"),
        act=lambda _office, case: acts.intake.hand_in_required(case),
        button=Button("materials", lambda _office, case: {
            "materials": case.item_version.materials[0].id,
        }),
        page=Button("/track/{case}/bring", lambda _office, case: {
            "materials": case.item_version.materials[0].id,
        }),
        elsewhere={"portal": FIELD},
    ),
    "an applicant answers where no notice was sent": Deed(
        "unlawful-move", "applicant", _own("accepted"), {"status": "RECEIVED"},
        sets("clerk", summary="补记"), act=lambda _office, case: acts.intake.move(case, "RECEIVED"),
        button=Button("resubmit"), page=Button("/track/{case}/answer"),
        elsewhere={"sql": "unlawful-move", "portal": FIELD},
    ),
    "an applicant submits the draft of another": Deed(
        "case-is-not-yours", "applicant2", own_draft, {"status": "RECEIVED"},
        sets("applicant", status="RECEIVED"),
        act=lambda _office, case: acts.intake.move(case, "RECEIVED"),
        page=Button("/track/{case}/submit"),
        elsewhere={
            "system": "move-needs-a-person", "delete": "case-is-not-yours",
            "action": NoWay("the office hands in nothing for an applicant"),
        },
    ),
    "the record of another is rewritten": Deed(
        "applicant-record-is-not-yours", "applicant",
        lambda office: office.applicant(user=office.user("applicant2")),
        {"phone": "19900000000"}, sets("guide", phone="19900000000"), elsewhere={**BY_PERSONS},
    ),
    "an applicant registers with a number that does not check": Deed(
        "identity-wrong-check-digit", "applicant", lambda office: office.item(),
        lambda office, _item: {
            "kind": ApplicantKind.PERSON, "name": "柳试验", "identity_number": WRONG,
            "identity_kind": "IDENTITY_CARD",
            "user_id": office.user("applicant").id,
        },
        PORTAL + "test_an_applicant_drafts_with_a_record_of_his_own", new=Applicant,
        act=lambda office, _item: acts.portal.register_applicant(
            office.session, ApplicantKind.PERSON, "柳试验", WRONG
        ),
        page=Button("/apply/{item}", _applies),
        elsewhere={"action": NoWay("the panel registers applicants by their form")},
    ),
    "a secret gives no reason": Deed(
        "confidential-case-says-why", "clerk", lambda office: office.accepted(), _hides(" "),
        sets("clerk", **_hides(REASON)), act=_keep_out(" "),
        button=Button("keep_out", {"confidential_reason": " "}), elsewhere={"action": FIELD},
    ),
    "an applicant hides his own permit": Deed(
        "confidentiality-is-of-the-office", "applicant", _own("correcting"), _hides("不想公开"),
        sets("clerk", **_hides(REASON)), act=_keep_out("不想公开"),
        button=Button("keep_out", {"confidential_reason": "不想公开"}), elsewhere={**BY_PERSONS},
    ),
    "a reviewer calls a case a secret": Deed(
        "confidentiality-is-of-the-office", "reviewer", lambda office: office.accepted(),
        _hides(REASON), sets("decider", **_hides(REASON)), act=_keep_out(REASON),
        button=Button("keep_out", {"confidential_reason": REASON}), elsewhere={**BY_PERSONS},
    ),
}  # fmt: skip
