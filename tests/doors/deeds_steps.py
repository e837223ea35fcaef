"""What is forbidden on the steps of a case: posts, separation, order."""

from typing import Any

from models import ApplicationStep, Post, PostAssignment, RoleGrant, acts
from models.enums import Duty, StepStatus
from tests.doors.deed import FIELD, Button, Deed, NoWay, does, sets
from tests.doors.deeds_case import TUESDAY
from tests.factories import LINE, MONDAY, Office

LIFE = "tests/models/test_case_life.py::"
OPINION = "符合条件"
DONE = {"status": StepStatus.DONE, "opinion": OPINION}
PARALLEL = (LINE[0], (2, Duty.REVIEW, 3), (2, Duty.REVIEW, 4), (3, Duty.DECISION, 2))


def claimed_step(office: Office, **values: Any) -> ApplicationStep:
    """A review step in the hands of ``reviewer``."""
    case = office.accepted(**values)
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    step: ApplicationStep = case.steps[1]
    return step


def _step(reach: str, index: int) -> Any:
    return lambda office: getattr(office, reach)().steps[index]


def _claimed_without_a_post(office: Office) -> ApplicationStep:
    step = claimed_step(office)
    with office.acts("security", MONDAY):
        office.user("reviewer").assignments[0].valid_until = MONDAY
    return step


def gives_every_post(office: Office, name: str) -> None:
    """Give a person the posts of the line that he does not hold."""
    posts = office.session.query(Post).all()
    with office.acts("security", MONDAY) as session:
        for post in posts:
            if post.duty is not Duty.ACCEPTANCE:
                session.add(PostAssignment(user=office.user(name), post=post, valid_from=MONDAY))
                session.add(RoleGrant(user=office.user(name), duty=post.duty, valid_from=MONDAY))


def _claimed_by_the_acceptor(office: Office) -> ApplicationStep:
    gives_every_post(office, "clerk")
    case = office.accepted()
    with office.acts("clerk", MONDAY) as session:
        acts.steps.claim(session, case.steps[1])
    step: ApplicationStep = case.steps[1]
    return step


def _claimed_decision(office: Office) -> ApplicationStep:
    case = office.reviewed()
    with office.acts("decider", MONDAY) as session:
        acts.steps.claim(session, case.steps[2])
    step: ApplicationStep = case.steps[2]
    return step


def _complete(_office: Office, step: ApplicationStep) -> None:
    acts.steps.complete(step, OPINION)


def _claim(office: Office, step: ApplicationStep) -> None:
    acts.steps.claim(office.session, step)


def _himself(name: str) -> Any:
    return lambda office, _step: {"officer": office.user(name)}


COMPLETE = Button("complete", {"opinion": OPINION})
RELEASED = does("reviewer", lambda _office, step: acts.steps.release(step))
COMPLETED = does("reviewer", _complete)
WITH_ITS_ACT = NoWay("the page ends this step with the act that it stands for")
NEEDS_A_PERSON = {"system": "move-needs-a-person"}

DEEDS: dict[str, Deed] = {
    "a step is taken from a colleague": Deed(
        "step-belongs-to-another", "reviewer2", claimed_step, DONE, COMPLETED,
        act=_complete, button=COMPLETE, elsewhere={**NEEDS_A_PERSON},
    ),
    "a colleague's opinion is written": Deed(
        "step-belongs-to-another", "reviewer2", claimed_step, {"opinion": "不符合条件"},
        sets("reviewer", opinion=OPINION),
        elsewhere={"system": NoWay("SYSTEM is nobody's colleague: it writes no opinion by itself")},
    ),
    "a claimed step is claimed again": Deed(
        "step-belongs-to-another", "reviewer2", claimed_step, _himself("reviewer2"), RELEASED,
        act=_claim, button=Button("claim"),
    ),
    "a step is claimed for somebody else": Deed(
        "step-belongs-to-another", "reviewer", _step("accepted", 1), _himself("reviewer2"),
        does("reviewer", _claim),
    ),
    "a step is claimed without its post": Deed(
        "post-not-held", "clerk2", _step("accepted", 1), _himself("clerk2"),
        does("reviewer", _claim),
        act=_claim, button=Button("claim"),
        elsewhere={"system": "step-belongs-to-another", "action": "step-is-not-open"},
    ),
    "a step is claimed from the list without its post": Deed(
        "post-not-held", "clerk2", _step("accepted", 1), _himself("clerk2"),
        does("reviewer", _claim),
        act=_claim, button=Button("claim", of_rows=True),
        elsewhere={"system": "step-belongs-to-another"},
    ),
    "a step is assigned to one without its post": Deed(
        "post-not-held", "manager", _step("accepted", 1), _himself("clerk2"),
        lambda office, step: sets("manager", officer=office.user("reviewer2"))(office, step),
        act=lambda office, step: acts.steps.assign(step, office.user("clerk2").id),
        button=Button("assign", lambda office, _step: {"officer": office.user("clerk2").id}),
        elsewhere={"system": "step-belongs-to-another", "action": FIELD},
    ),
    "a step is finished when its post has ended": Deed(
        "post-not-held", "reviewer", _claimed_without_a_post, DONE,
        lambda office, step: sets("manager", TUESDAY, officer=office.user("reviewer2"))(
            office, step
        ),
        act=_complete, button=COMPLETE, day=TUESDAY, elsewhere={**NEEDS_A_PERSON},
    ),
    "a finished step is rewritten": Deed(
        "step-is-not-open", "reviewer", _step("reviewed", 1), {"opinion": "不符合条件"},
        LIFE + "test_a_review_step_is_claimed_then_finished_with_an_opinion",
    ),
    "a step that waits is claimed": Deed(
        "step-is-not-open", "reviewer", _step("received", 1), _himself("reviewer"),
        LIFE + "test_a_review_step_is_claimed_then_finished_with_an_opinion",
        act=_claim, button=Button("claim"),
    ),
    "a step that waits is finished": Deed(
        "unlawful-move", "reviewer", _step("received", 1), DONE,
        LIFE + "test_a_review_step_is_claimed_then_finished_with_an_opinion",
        act=_complete, button=COMPLETE,
        elsewhere={"sql": "unlawful-move", "action": "step-is-not-open"},
    ),
    "an acceptance is ticked off without an act": Deed(
        "step-ends-with-its-act", "clerk", _step("received", 0), DONE,
        lambda office, step: sets("clerk", status="ACCEPTED")(office, step.application),
        act=_complete, elsewhere={**NEEDS_A_PERSON, "action": WITH_ITS_ACT},
    ),
    "a decision is ticked off without an act": Deed(
        "step-ends-with-its-act", "decider", _claimed_decision, DONE,
        does("decider", lambda _office, step: acts.decision.decide(step.application, "GRANTED")),
        act=_complete, elsewhere={**NEEDS_A_PERSON, "action": WITH_ITS_ACT},
    ),
    "a review is cancelled": Deed(
        "move-follows-from-an-act", "reviewer", claimed_step, {"status": StepStatus.CANCELLED},
        COMPLETED,
    ),
    "a next step is opened by hand": Deed(
        "move-follows-from-an-act", "reviewer", _step("accepted", 2), {"status": StepStatus.OPEN},
        LIFE + "test_a_review_step_is_claimed_then_finished_with_an_opinion",
    ),
    "a step is added by hand": Deed(
        "move-follows-from-an-act", "reviewer", lambda office: office.accepted(),
        lambda _office, case: {
            "application": case, "step_definition": case.steps[1].step_definition,
        },
        LIFE + "test_receipt_starts_the_five_days_and_opens_acceptance",
        new=ApplicationStep,
    ),
    "the acceptor reviews his own acceptance": Deed(
        "duties-are-separated", "clerk", _claimed_by_the_acceptor, DONE,
        does("clerk", lambda _office, step: acts.steps.release(step)),
        act=_complete, button=COMPLETE, elsewhere={**NEEDS_A_PERSON},
    ),
    "a review has no opinion": Deed(
        "opinion-is-missing", "reviewer", claimed_step,
        {"status": StepStatus.DONE, "opinion": " "}, COMPLETED,
        act=lambda _office, step: acts.steps.complete(step, " "),
        button=Button("complete", {"opinion": " "}), elsewhere={**NEEDS_A_PERSON},
    ),
    "a parallel step is taken from a colleague": Deed(
        "step-belongs-to-another", "reviewer2",
        lambda office: claimed_step(office, steps=PARALLEL), DONE, COMPLETED,
        act=_complete, button=COMPLETE, elsewhere={**NEEDS_A_PERSON},
    ),
    "a parallel step that is claimed is claimed again": Deed(
        "step-belongs-to-another", "reviewer2",
        lambda office: claimed_step(office, steps=PARALLEL), _himself("reviewer2"), RELEASED,
        act=_claim, button=Button("claim"),
    ),
}  # fmt: skip
