"""What is forbidden about people: exclusive duties, own grants, numbers that do not check."""

from typing import Any

from models import Applicant, Authority, Post, PostAssignment, RoleGrant
from models.enums import ApplicantKind, Duty
from models.rules.identity import USUAL
from tests.doors.deed import Deed, NoWay, adds, first, sets
from tests.factories import MONDAY

ONE_DUTY = "SYSTEM loads accounts, and is nobody who could grant himself anything"
TAKEN_OVER = "taken over by somebody else"


def _user(name: str) -> Any:
    return lambda office: office.user(name)


def _grant(name: str, duty: Duty) -> Any:
    return lambda office, _row: {"user": office.user(name), "duty": duty, "valid_from": MONDAY}


def _number(code: str, kind: ApplicantKind, wrong: str, right: str, **cells: Any) -> Deed:
    values = {
        "kind": kind, "name": "某某", "identity_kind": USUAL[kind], "identity_number": wrong,
    }  # fmt: skip
    return Deed(
        code, "clerk", _user("clerk"), values,
        adds("clerk", Applicant, values | {"identity_number": right}), new=Applicant,
        elsewhere=cells,
    )  # fmt: skip


PERSON, FIRM = ApplicantKind.PERSON, ApplicantKind.ORGANISATION
RIGHT_PERSON, RIGHT_FIRM = "11010519491231002X", "91350100M000100Y43"

DEEDS: dict[str, Deed] = {
    "a keeper of the system audits it": Deed(
        "duties-conflict", "security", _user("system"), _grant("system", Duty.AUDIT),
        adds("security", RoleGrant, _grant("system", Duty.HEAD)), new=RoleGrant,
    ),
    "a security keeper grants himself a duty": Deed(
        "nobody-grants-himself", "security", _user("security"), _grant("security", Duty.HEAD),
        adds("security", RoleGrant, _grant("clerk", Duty.HEAD)), new=RoleGrant,
        elsewhere={"system": NoWay(ONE_DUTY), "sql": NoWay("the database knows no actor")},
    ),
    "a security keeper gives himself a post": Deed(
        "nobody-grants-himself", "security", _user("security"),
        lambda office, row: {"user": row, "post": first(office, Post), "valid_from": MONDAY},
        adds("security", PostAssignment, lambda office, _row: {
            "user": office.user("guide"), "post": first(office, Post), "valid_from": MONDAY,
        }),
        new=PostAssignment, elsewhere={"system": NoWay(ONE_DUTY)},
    ),
    "a grant of another is turned to oneself": Deed(
        "nobody-grants-himself", "security", lambda office: office.user("head").grants[0],
        lambda office, _grant: {"user": office.user("security")},
        lambda office, grant: sets("security", user=office.user("manager"))(office, grant),
        elsewhere={"system": NoWay(ONE_DUTY)},
    ),
    "a keeper's password is set by another": Deed(
        "password-is-its-owners", "system", _user("security"), {"password_hash": TAKEN_OVER},
        sets("security", password_hash="his own"),
        typed={"new_password": TAKEN_OVER},
        elsewhere={"system": NoWay("the command line sets it, at the machine itself")},
    ),
    "a security keeper founds an authority": Deed(
        "duty-not-held", "security", _user("security"),
        {"code": "Y", "name": "局", "name_en": "Bureau"},
        adds("system", Authority, {"code": "Y", "name": "局", "name_en": "Bureau"}),
        new=Authority, elsewhere={"system": NoWay("SYSTEM loads the office")},
    ),
    "a clerk moves to another department": Deed(
        "duty-not-held", "clerk", _user("clerk"), {"department": None},
        sets("clerk", password_hash="his own"),
        elsewhere={"system": NoWay("SYSTEM loads accounts")},
    ),
    "an account is taken away": Deed(
        "row-is-never-deleted", "system", _user("guide"), None, sets("system", is_active=False),
        deletes=True, elsewhere={"sql": "row-is-never-deleted"},
    ),
    "a credit code has a wrong check digit": _number(
        "identity-wrong-check-digit", FIRM, "91350100M000100Y44", RIGHT_FIRM,
    ),
    "an identity number has a wrong check digit": _number(
        "identity-wrong-check-digit", PERSON, "110105194912310021", RIGHT_PERSON,
    ),
    "an identity number has a wrong birth date": _number(
        "identity-wrong-birth-date", PERSON, "11010519491331002X", RIGHT_PERSON,
    ),
    "an identity number has a wrong character": _number(
        "identity-wrong-character", PERSON, "A1010519491231002X", RIGHT_PERSON,
    ),
    "an identity number is too short": _number(
        "identity-wrong-length", FIRM, "110105", RIGHT_FIRM, sql="number-has-18-characters",
    ),
}  # fmt: skip
