"""Recusal (回避): who is linked to the applicant does nothing, whatever he tries and holds."""

from collections.abc import Callable

import pytest

from models.enums import ApplicationStatus
from models.errors import RuleViolation
from tests.factories import MONDAY, Office
from tests.machines.case_model import Traits, World
from tests.machines.living import DEEDS, MOVES, Life
from tests.models.test_recusal import gives_everything, link

JUDGED = Traits(judged=True, concludes=True)


def _received(life: Life) -> None:
    """A second notice waits for the head, and a green lane was asked for."""
    for act in ("ask_correction", "resubmit", "ask_second", "ask_green"):
        life.attempt(act, "clerk")


def _accepted(life: Life) -> None:
    """Something of everything is there."""
    life.attempt("accept", "clerk")
    parts = ("ask_green", "extend", "tell", "inspect", "suspend INSPECTION")
    for act in parts:
        life.attempt(act, "reviewer")


def _granted(life: Life) -> None:
    """The certificate waits to be delivered."""
    life.attempt("accept", "clerk")
    for act in ("judge", "conclude", "complete"):
        life.attempt(act, "reviewer")
    life.attempt("grant", "decider")


STATES: dict[str, Callable[[Life], None]] = {
    "RECEIVED": _received,
    "ACCEPTED": _accepted,
    "GRANTED": _granted,
}
# Nobody has proposed an end that waits for its second person.
NOTHING_WAITS = {"end", "take_back"}
OF_THE_REVIEW = {"pass", "fail", "request", "waive", "plan", "hold", "resume", "approve"}
# How far the case has come → the acts that find nothing there to write.
IN_VAIN = {
    "RECEIVED": NOTHING_WAITS | OF_THE_REVIEW | {"resubmit", "hand_in"},
    "ACCEPTED": NOTHING_WAITS | {"accept", "hand_in", "approve_second"},
    "GRANTED": NOTHING_WAITS
    | OF_THE_REVIEW
    | {
        "hand_in",
        "approve_green",
        "approve_second",
        "judge",
        "complete",
    },
}


@pytest.mark.parametrize("status", sorted(STATES))
def test_a_linked_officer_is_refused_whatever_he_tries(office: Office, status: str) -> None:
    """Recusal: with every duty and post in his hand, each act on the case is refused."""
    gives_everything(office, "reviewer2")
    life = Life(office, World(MONDAY), True, JUDGED)
    STATES[status](life)
    assert life.case.status is ApplicationStatus(status)
    link(office, "reviewer2", life.case.applicant)
    before = office.stored()
    office.session.rollback()
    for act in sorted({*DEEDS, *MOVES} - IN_VAIN[status]):
        with office.act("reviewer2", MONDAY) as session:
            with pytest.raises(RuleViolation) as refusal:
                life.do_and_commit(act, "reviewer2")
            session.rollback()
            session.expire_all()
        assert refusal.value.code == "officer-is-linked", act
    assert office.stored() == before
