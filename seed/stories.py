"""Stories of cases, told through the acts of the office and so judged by every rule."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sqlalchemy.orm import Session

from models import Applicant, Application, ApplicationStep, LicenceItem, acts, intake_acts
from models.acting import SYSTEM, Actor, acting_as
from models.enums import (
    ApplicationStatus,
    Channel,
    DecisionOutcome,
    DeliveryMethod,
    Duty,
    IntakeResult,
    Necessity,
    StepStatus,
    SuspensionKind,
    VersionStatus,
)
from models.rules.working_days import Calendar

OFFICE_HOUR = time(10, 0)
REMEDIES = "对本决定不服的，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"


@dataclass(frozen=True, slots=True)
class Story:
    """One case: its item, how many working days ago it began, and what was done on which
    working day after that. ``crew`` chooses among the officers of each post."""

    item: str
    begins: int
    acts: tuple[tuple[int, str], ...]
    channel: Channel = Channel.WINDOW
    crew: int = 0
    summary: str = ""


def read_acts(text: str) -> tuple[tuple[int, str], ...]:
    """Acts as they are written in a table: ``1 accept, 2 claim``."""
    pairs = (part.split() for part in text.split(",") if part.strip())
    return tuple((int(day), act) for day, act in pairs)


@dataclass(slots=True)
class Cast:
    """Who is there to act, and on what."""

    items: dict[str, LicenceItem]
    actors: dict[Duty, Sequence[Actor]]
    calendar: Calendar
    timezone: tzinfo


@dataclass(slots=True)
class Scene:
    """One case on one day of its story."""

    session: Session
    case: Application
    today: date
    calendar: Calendar


def play(
    session: Session, story: Story, applicant: Applicant, cast: Cast, today: date
) -> Application:
    """Live through ``story`` so that it stands today as it should. Each act is its own commit."""
    start = cast.calendar.subtract(today, story.begins)
    with _day(session, story, "receive", start, cast):
        case = _begin(session, story, cast.items[story.item], applicant)
        session.commit()
    for after, act in story.acts:
        day = cast.calendar.add(start, after)
        with _day(session, story, act, day, cast):
            ACTS[act][1](Scene(session, case, day, cast.calendar))
            session.commit()
    return case


def _begin(session: Session, story: Story, item: LicenceItem, applicant: Applicant) -> Application:
    if story.acts[:1] == ((0, "leave_as_draft"),):
        version = next(v for v in item.versions if v.status is VersionStatus.PUBLISHED)
        draft = Application(
            item_version=version,
            applicant=applicant,
            channel=story.channel,
            summary=story.summary,
            status=ApplicationStatus.DRAFT,
        )
        session.add(draft)
        return draft
    case = acts.receive(session, item, applicant, channel=story.channel, summary=story.summary)
    if not any(act == "ask_correction" for _after, act in story.acts):
        acts.hand_in_required(case)
    return case


def _day(
    session: Session, story: Story, act: str, day: date, cast: Cast
) -> AbstractContextManager[Session]:
    duty = ACTS[act][0] if act in ACTS else Duty.ACCEPTANCE
    actor = SYSTEM
    if duty is not None:
        actors = cast.actors[duty]
        actor = actors[story.crew % len(actors)]
    instant = datetime.combine(day, OFFICE_HOUR, cast.timezone)
    return acting_as(session, actor, day, lambda: instant)


# --- what can be done on a day of a story ---------------------------------------------------------


def _ask_correction(scene: Scene) -> None:
    required = [
        m.name for m in scene.case.item_version.materials if m.necessity is Necessity.REQUIRED
    ]
    acts.ask_correction(scene.case, "；".join(required))


def _not_accept(scene: Scene) -> None:
    intake_acts.answer_not_accepted(
        scene.case,
        IntakeResult.NOT_COMPETENT,
        "该事项由省级部门负责受理，不属于本机关职权范围。",
        "省市场监督管理局",
    )


def _answer(scene: Scene) -> None:
    acts.hand_in_required(scene.case)
    acts.move(scene.case, ApplicationStatus.RECEIVED)


def _review_step(scene: Scene) -> ApplicationStep:
    return next(
        s for s in scene.case.steps if s.duty is Duty.REVIEW and s.status is StepStatus.OPEN
    )


def _suspend(scene: Scene, days: int) -> None:
    acts.suspend(
        scene.case,
        SuspensionKind.INSPECTION,
        planned_end_on=scene.calendar.add(scene.today, days),
        notice_number=f"特告〔{scene.today.year}〕{scene.case.id}号",
        reason="产品送法定检验机构检验",
    )


def _approve_extension(scene: Scene) -> None:
    acts.approve_extension(scene.session, scene.case.extensions[0])


def _refuse(scene: Scene) -> None:
    acts.decide(
        scene.case,
        DecisionOutcome.REFUSED,
        reasons="生产场所与申报的布局图不符，关键工序设备不全。",
        legal_basis=scene.case.item_version.legal_basis,
        remedies=REMEDIES,
    )


def _move(target: ApplicationStatus) -> Callable[[Scene], None]:
    return lambda scene: acts.move(scene.case, target)


# Act → the duty of the person who does it (None: the law does it), and what is done.
ACTS: dict[str, tuple[Duty | None, Callable[[Scene], None]]] = {
    "leave_as_draft": (Duty.ACCEPTANCE, lambda _scene: None),
    "accept": (Duty.ACCEPTANCE, _move(ApplicationStatus.ACCEPTED)),
    "deem_accepted": (None, _move(ApplicationStatus.ACCEPTED)),
    "not_accept": (Duty.ACCEPTANCE, _not_accept),
    "ask_correction": (Duty.ACCEPTANCE, _ask_correction),
    "answer": (Duty.ACCEPTANCE, _answer),
    "end_unanswered": (None, _move(ApplicationStatus.TERMINATED)),
    "withdraw": (Duty.ACCEPTANCE, _move(ApplicationStatus.WITHDRAWN)),
    "claim": (Duty.REVIEW, lambda scene: acts.claim(scene.session, _review_step(scene))),
    "suspend": (Duty.REVIEW, lambda scene: _suspend(scene, 8)),
    "suspend_briefly": (Duty.REVIEW, lambda scene: _suspend(scene, 1)),
    "resume": (Duty.REVIEW, lambda scene: acts.resume(scene.session, scene.case)),
    "ask_extension": (
        Duty.REVIEW,
        lambda scene: acts.ask_extension(scene.case, 5, "案情复杂，需要补充核查。"),
    ),
    "approve_extension": (Duty.HEAD, _approve_extension),
    "review": (
        Duty.REVIEW,
        lambda scene: acts.complete(_review_step(scene), "材料齐全，符合法定条件，建议准予许可。"),
    ),
    "grant": (Duty.DECISION, lambda scene: acts.decide(scene.case, DecisionOutcome.GRANTED)),
    "refuse": (Duty.DECISION, _refuse),
    "deliver": (Duty.ACCEPTANCE, lambda scene: acts.deliver(scene.case, DeliveryMethod.WINDOW)),
    "send": (Duty.ACCEPTANCE, lambda scene: acts.deliver(scene.case, DeliveryMethod.COURIER)),
}
