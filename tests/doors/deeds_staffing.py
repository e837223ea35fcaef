"""What is forbidden to absences, reassignments, checks of holders and referrals (Art. 61-64)."""

from datetime import timedelta
from typing import Any

from models import (
    Absence,
    ApplicationStep,
    PostAssignment,
    Reassignment,
    ReassignmentLine,
    RoleGrant,
    acts,
)
from models.acts.reassignment import carry_out
from models.enums import LineOutcome
from tests.doors.deed import Button, Deed, NoWay, sets
from tests.factories import DAY_ONE, MONDAY, Office
from tests.models.test_supervision_absences import FRIDAY, TUESDAY, away
from tests.models.test_supervision_reassignments import WEDNESDAY, asked, in_hand
from tests.models.test_supervision_records import checked, referred, signed

ABSENCES, MOVES, RECORDS = (
    f"tests/models/test_supervision_{part}.py::"
    for part in ("absences", "reassignments", "records")
)
ENTERED = ABSENCES + "test_an_absence_is_entered_by_himself_or_a_leader"
MOVED = MOVES + "test_open_work_moves_at_once_in_the_leaders_name"
SIGNED = RECORDS + "test_a_check_by_two_persons_is_signed_and_open_to_the_public"
BY_PERSONS = {"system": "move-needs-a-person"}
BY_ITS_FORM = {"action": NoWay("the panel does this by the form of the row: the door `form`")}


def absence(
    code: str, who: str, away_one: str, substitute: str, reach: Any = None, others: Any = None
) -> Deed:
    """An absence that must not be entered."""
    return Deed(
        code, who, lambda office: (reach(office) if reach else None, office.user(away_one))[1],
        lambda office, user: {
            "user": user, "substitute": office.user(substitute), "first_day": TUESDAY,
            "last_day": FRIDAY, "reason": "LEAVE",
        },
        ENTERED, new=Absence, elsewhere={**BY_PERSONS, **(others or {})},
    )  # fmt: skip


def _needed(office: Office) -> None:
    post, clerk = office.user("reviewer").assignments[0].post, office.user("clerk")
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=clerk, duty=post.duty, valid_from=DAY_ONE))
    with office.acts("security", MONDAY) as session:
        session.add(PostAssignment(user=clerk, post=post, valid_from=DAY_ONE))
    away(office, "reviewer", "reviewer2")


def _absent_reviewer(office: Office) -> ApplicationStep:
    step: ApplicationStep = office.accepted().steps[1]
    away(office, "reviewer", "reviewer2")
    return step


def _ordered(office: Office) -> Reassignment:
    in_hand(office)
    return asked(office)


def _line(office: Office) -> ReassignmentLine:
    reassignment = _ordered(office)
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    return reassignment.lines[0]


def _line_of(_office: Office, reassignment: Reassignment) -> dict[str, Any]:
    step = _office.session.query(ApplicationStep).filter_by(officer=reassignment.from_user).first()
    return {
        "reassignment": reassignment, "application_step": step, "outcome": LineOutcome.MOVED,
    }  # fmt: skip


DEEDS: dict[str, Deed] = {
    "an absence of a colleague is entered": absence(
        "absence-is-anothers", "reviewer2", "reviewer", "reviewer2",
    ),
    "an absence is entered twice": absence(
        "absences-overlap", "clerk", "clerk", "clerk2",
        lambda office: away(office, "clerk", "clerk2"),
    ),
    "a substitute is absent too": absence(
        "substitute-is-absent", "head", "clerk", "clerk2",
        lambda office: away(office, "clerk2", "clerk"),
    ),
    "a substitute goes away": absence(
        "substitute-is-needed", "reviewer2", "reviewer2", "clerk", _needed,
    ),
    "a substitute lacks the post": absence(
        "substitute-lacks-the-post", "head", "reviewer", "clerk",
    ),
    "an auditor stands in for the head": absence(
        "substitute-cannot-confirm", "head", "head", "auditor",
    ),
    "an absence that has begun begins later": Deed(
        "absence-has-begun", "head", lambda office: away(office, "clerk", "clerk2"),
        {"first_day": FRIDAY}, sets("clerk", TUESDAY, last_day=TUESDAY), day=TUESDAY,
        elsewhere={"delete": "absence-has-begun", "system": "absence-is-anothers"},
    ),
    "an absence that has begun is taken back": Deed(
        "absence-has-begun", "clerk", lambda office: away(office, "clerk", "clerk2"), None,
        ABSENCES + "test_an_absence_is_taken_back_before_it_begins", deletes=True, day=TUESDAY,
        elsewhere={"system": "absence-is-anothers", "delete": "absence-has-begun"},
    ),
    "an absent officer is given work": Deed(
        "officer-is-absent", "head", _absent_reviewer,
        lambda office, _step: {"officer": office.user("reviewer")},
        lambda office, step: sets("head", TUESDAY, officer=office.user("reviewer2"))(office, step),
        day=TUESDAY, elsewhere={"system": "step-belongs-to-another"},
    ),
    "work is reassigned from yesterday on": Deed(
        "effective-day-is-past", "head", lambda office: office.user("reviewer"),
        lambda office, user: {
            "from_user": user, "to_user": office.user("reviewer2"), "reason": "补办",
            "effective_on": MONDAY - timedelta(days=1),
        },
        MOVED, new=Reassignment,
        act=lambda office, user: acts.supervision.ask_reassignment(
            office.session, user, office.user("reviewer2"), MONDAY - timedelta(days=1), "补办"
        ),
        elsewhere={**BY_PERSONS, **BY_ITS_FORM},
    ),
    "a reassignment goes to another": Deed(
        "reassignment-is-fixed", "head", lambda office: asked(office, WEDNESDAY),
        lambda office, _row: {"to_user": office.user("clerk")}, MOVED,
    ),
    "a reassignment is done before its day": Deed(
        "reassignment-is-not-due", "head", lambda office: asked(office, WEDNESDAY),
        {"done_on": MONDAY}, MOVED,
        act=lambda office, row: carry_out(office.session, row, MONDAY),
        elsewhere={
            "sql": "reassignment-waits-for-its-day",
            "action": NoWay("the panel carries out what is due as it is ordered"),
        },
    ),
    "a line tells what did not happen": Deed(
        "line-tells-what-happened", "head", _ordered, _line_of, MOVED, new=ReassignmentLine,
    ),
    "a line is rewritten": Deed(
        "history-only-grows", "head", _line, {"code": "x"}, MOVED,
        elsewhere={"sql": "history-only-grows"},
    ),
    "one person alone checks a holder": Deed(
        "supervision-needs-two", "reviewer", lambda office: checked(office, "reviewer"),
        {"signed_on": MONDAY}, SIGNED,
        act=lambda office, row: acts.supervision.sign(office.session, row),
        button=Button("sign", of_rows=True),
    ),
    "a signed record is rewritten": Deed(
        "signed-record-is-fixed", "reviewer", signed, {"findings": "另有发现"}, SIGNED,
    ),
    "a visit of tomorrow is recorded": Deed(
        "visit-is-in-the-future", "reviewer", lambda office: checked(office, "reviewer"),
        {"visited_on": TUESDAY}, sets("reviewer", findings="补充：仓储合规"),
    ),
    "a referral is rewritten": Deed(
        "referral-is-fixed", "manager", referred, {"facts": "另一事实"},
        sets("manager", outcome="已立案查处"),
    ),
}  # fmt: skip
