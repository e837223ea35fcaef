"""Stories of cases, told through the acts of the office and so judged by every rule."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from models import Applicant, Application, acts
from models.acting import SYSTEM, Actor, acting_as
from models.enums import ApplicationKind, ApplicationStatus, Channel, Duty
from models.questions.catalogue import published_version
from models.questions.people import actor_of
from seed.scene import Cast, Deed, Scene
from seed.story_words import WORDS

OFFICE_HOUR = time(10, 0)
# Stories of which these are told begin with an empty checklist.
INCOMPLETE = frozenset({"ask_correction", "correct_on_the_spot"})

Acts = tuple[tuple[int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One case: its item, when it began, and what was done on which working day after that.

    ``begins`` is so many working days ago, or a day of its own: an item that has ended took its
    applications before. ``crew`` chooses among the officers of each post. A story with a
    ``label`` is one that another may be ``about``: about its certificate, as a ``kind`` says.
    ``applicant`` is a place in the list of applicants; without it the next one applies.
    """

    item: str
    begins: int | date
    acts: Acts
    channel: Channel = Channel.WINDOW
    crew: int = 0
    summary: str = ""
    label: str = ""
    about: str = ""
    kind: ApplicationKind = ApplicationKind.NEW
    applicant: int | None = None
    agent: str = ""


def read_acts(text: str) -> Acts:
    """Acts as they are written in a table: ``1 accept, 2 claim``; what time does needs no day."""
    parts = (part.split() for part in text.split(",") if part.strip())
    return tuple((int(p[0]) if len(p) > 1 else None, p[-1]) for p in parts)


def play(
    session: Session, story: Story, applicant: Applicant, cast: Cast, today: date
) -> Application:
    """Live through ``story`` so that it stands today as it should. Each deed is its own commit."""
    start = story.begins
    if not isinstance(start, date):
        start = cast.calendar.subtract(today, start)
    with _day(session, _beginner(session, story, applicant, cast, start), start, cast):
        case = _begin(session, story, applicant, cast)
        session.commit()
    for after, word in story.acts:
        for deed in WORDS[word]:
            day = deed.on(case) if deed.on else cast.calendar.add(start, after or 0)
            with _day(session, _actor(session, story, deed, case, cast, day), day, cast):
                deed.do(Scene(session, case, day, cast, story.crew))
                session.commit()
    if story.label:
        cast.told[story.label] = case.id
    return case


def _is_left_a_draft(story: Story) -> bool:
    return story.acts[:1] == ((0, "leave_as_draft"),)


def _beginner(session: Session, story: Story, applicant: Applicant, cast: Cast, day: date) -> Actor:
    """Who begins a case: the clerk takes it in, and only the applicant leaves a draft."""
    if not _is_left_a_draft(story):
        return cast.officer(Duty.ACCEPTANCE, story.crew)
    assert applicant.user is not None, "the applicant has an account"
    return actor_of(session, applicant.user, day)


def _actor(
    session: Session, story: Story, deed: Deed, case: Application, cast: Cast, day: date
) -> Actor:
    if deed.duty is None:
        return SYSTEM
    if deed.duty is not Duty.APPLICANT:
        return cast.officer(deed.duty, story.crew + deed.turn)
    user = case.applicant.user if case.applicant else None
    assert user is not None, "the applicant has an account"
    return actor_of(session, user, day)


def _begin(session: Session, story: Story, applicant: Applicant, cast: Cast) -> Application:
    item = cast.items[story.item]
    version = published_version(item)
    assert version is not None, "the item is offered"
    if _is_left_a_draft(story):
        draft = Application(
            item_version=version,
            applicant=applicant,
            channel=story.channel,
            summary=story.summary,
            status=ApplicationStatus.DRAFT,
        )
        session.add(draft)
        return draft
    if story.about:
        case = _apply_about(session, story, cast)
        case.item_version = version
    else:
        case = acts.intake.receive(
            session, item, applicant, channel=story.channel, summary=story.summary
        )
    case.agent_name = story.agent
    if not any(word in INCOMPLETE for _after, word in story.acts):
        acts.intake.hand_in_required(case)
    return case


def _apply_about(session: Session, story: Story, cast: Cast) -> Application:
    prior = session.get_one(Application, cast.told[story.about]).certificate
    assert prior is not None, "the other story has a certificate"
    case = acts.certificate.apply_about(
        session, story.kind, prior, prior.holder, channel=story.channel
    )
    case.summary = story.summary
    return case


def _day(session: Session, actor: Actor, day: date, cast: Cast) -> AbstractContextManager[Session]:
    instant = datetime.combine(day, OFFICE_HOUR, cast.timezone)
    return acting_as(session, actor, day, lambda: instant)
