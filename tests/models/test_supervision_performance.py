"""Row 40 (工作效能): the figures equal a raw recount."""

from datetime import date

import pytest
from sqlalchemy import Engine, text

from models import Application, acts
from models.enums import DecisionOutcome, Duty, StepStatus
from models.questions.performance import Dimension, Figures, performance
from tests.factories import MONDAY, Office
from tests.statements import again

pytestmark = pytest.mark.hooks_alone

SINCE, UNTIL = date(2025, 3, 1), date(2025, 4, 30)
LATE, TOO_LATE = date(2025, 3, 25), date(2025, 4, 2)

SECOND = {"sequence": "2", "reason": "'又缺一份'", "approved_on": "issued_on"}


def decided(office: Office, day: date) -> Application:
    """A case accepted on Monday (promise 15 days, statute 20) and granted on ``day``."""
    case: Application = office.accepted()
    office.review(case, day)
    with office.acts("decider", day):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    return case


@pytest.fixture
def busy(office: Office) -> Office:
    """Three cases: in time, after the promise, after the law."""
    for day in (MONDAY, LATE, TOO_LATE):
        decided(office, day)
    office.accepted()
    return office


def test_cases_are_counted_in_promised_and_in_statutory_time(busy: Office) -> None:
    (of_department,) = performance(busy.session, Dimension.DEPARTMENT, SINCE, UNTIL)
    assert of_department == Figures(
        busy.department().id,
        cases=3,
        in_promised_time=1,
        in_statutory_time=2,
        steps=10,
        late_steps=recount_of_late_steps(busy),
        second_notices=0,
    )


def recount_of_late_steps(office: Office) -> int:
    cases = office.session.query(Application).order_by(Application.id)
    done = [s for case in cases for s in case.steps if s.status is StepStatus.DONE]
    return sum(1 for s in done if s.due_on is not None and s.done_on and s.done_on > s.due_on)


@pytest.mark.parametrize("dimension", [Dimension.OFFICER, Dimension.POST, Dimension.ITEM])
def test_the_parts_add_up_to_the_whole(busy: Office, dimension: Dimension) -> None:
    parts = performance(busy.session, dimension, SINCE, UNTIL)
    assert sum(f.steps for f in parts) == 10
    assert sum(f.late_steps for f in parts) == recount_of_late_steps(busy) > 0
    if dimension is Dimension.ITEM:
        assert sum(f.cases for f in parts) == 3
        assert sum(f.in_statutory_time for f in parts) == 2


def test_a_post_has_the_cases_of_its_steps(busy: Office) -> None:
    posts = {f.key: f for f in performance(busy.session, Dimension.POST, SINCE, UNTIL)}
    assert {key: f.cases for key, f in posts.items()} == dict.fromkeys(
        (Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION), 3
    )
    assert posts[Duty.ACCEPTANCE].late_steps == 0


def test_an_officer_has_the_cases_he_worked_on(busy: Office) -> None:
    officers = {f.key: f for f in performance(busy.session, Dimension.OFFICER, SINCE, UNTIL)}
    reviewer = officers[busy.user("reviewer").id]
    assert (reviewer.cases, reviewer.in_promised_time, reviewer.in_statutory_time) == (3, 1, 2)
    assert set(officers) == {busy.user(name).id for name in ("clerk", "reviewer", "decider")}


def test_an_officer_answers_for_the_steps_he_did(busy: Office) -> None:
    officers = {f.key: f for f in performance(busy.session, Dimension.OFFICER, SINCE, UNTIL)}
    assert officers[busy.user("clerk").id].steps == 4
    assert officers[busy.user("reviewer").id].steps == 3
    assert officers[busy.user("reviewer").id].late_steps == 2


def test_outside_the_period_nothing_counts(busy: Office) -> None:
    assert performance(busy.session, Dimension.ITEM, date(2025, 5, 1), date(2025, 5, 31)) == []
    (february,) = [*performance(busy.session, Dimension.DEPARTMENT, MONDAY, MONDAY)]
    assert (february.cases, february.in_promised_time) == (1, 1)


def test_second_notices_are_those_after_the_first(office: Office) -> None:
    case = office.correcting()
    clerk, item = office.user("clerk").id, case.licence_item_id
    office.session.commit()
    engine = office.session.get_bind()
    assert isinstance(engine, Engine)
    with engine.begin() as connection:
        connection.execute(text(again("correction_notice", **SECOND)))
    for dimension, key in (
        (Dimension.OFFICER, clerk),
        (Dimension.POST, Duty.ACCEPTANCE),
        (Dimension.ITEM, item),
    ):
        found = performance(office.session, dimension, SINCE, UNTIL)
        assert {f.key: f.second_notices for f in found if f.second_notices} == {key: 1}
