"""The demonstration: cases in every state, with dates relative to today."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Applicant, Application, LicenceItem, RoleGrant, User
from models.acting import SYSTEM, Actor, acting_as
from models.enums import ApplicationKind, Channel, Duty, Origin
from models.questions.calendar import working_calendar
from models.questions.people import actor_of, user_named
from models.rules.working_days import Calendar
from seed.happenings import tell_happenings
from seed.office import SINCE
from seed.people import organisations, persons
from seed.reference import load_calendar, load_catalogue, read_data
from seed.scene import Cast
from seed.stories import Story, play, read_acts

INDUSTRY, FOOD, EQUIPMENT = "industrial-product", "food-production", "equipment-registration"
ORGANISATIONS = 600
PLAYERS = (
    Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.HEAD, Duty.LEADER,
    Duty.SUPERVISION,
)  # fmt: skip


def load_demo(session: Session, today: date, timezone: tzinfo) -> bool:
    """Fill the demonstration office with cases, unless it has some. The people must be there."""
    load_calendar(session, today)
    # The catalogue is older than the cases that are pinned to it.
    load_catalogue(session, SINCE, _account(session, "admin"), _account(session, "admin2"))
    own_cases = select(Application.id).where(Application.origin == Origin.NATIVE)
    if session.scalar(own_cases.limit(1)) is not None:
        return False
    applicants = _load_applicants(session, today)
    cast = cast_of(session, today, timezone)
    others = iter(applicants)
    for story in _stories(cast.calendar, today):
        place = story.applicant
        # Who applies about a certificate is its holder.
        applicant = applicants[place or 0] if place is not None or story.about else next(others)
        play(session, story, session.get_one(Applicant, applicant), cast, today)
    tell_happenings(session, cast, session.get_one(Applicant, applicants[0]), today)
    return True


def _stories(calendar: Calendar, today: date) -> Sequence[Story]:
    told = [_story(spec) for spec in read_data("stories.toml")["stories"]]
    make_up_day = _last_make_up_day(calendar, today)
    if make_up_day is None:
        return told
    begins = max(calendar.count(make_up_day, today) + 5, 20)
    acts = read_acts("2 accept, 3 claim, 16 review, 18 grant, 20 deliver")
    return (*told, Story(INDUSTRY, begins, acts, Channel.ONLINE, 0, "跨节假日和调休上班日"))


def _story(spec: dict[str, Any]) -> Story:
    told = {
        "acts": read_acts(spec["acts"]),
        "channel": Channel(spec["channel"]),
        "kind": ApplicationKind(spec.get("kind", "NEW")),
    }
    return Story(**{**spec, **told})


def _last_make_up_day(calendar: Calendar, today: date) -> date | None:
    """The last working day at a weekend, if the past two years have one."""
    days = (today - timedelta(days=n) for n in range(1, 730))
    return next((d for d in days if d.weekday() >= 5 and calendar.is_working_day(d)), None)


def _load_applicants(session: Session, today: date) -> list[int]:
    """Their keys, not the rows: every commit would have to renew all rows that are held."""
    people = [*organisations(ORGANISATIONS), *persons()]
    # The two applicants' accounts stand for the first two organisations with several cases.
    for index, username in enumerate(("applicant", "applicant2")):
        people[index].user = user_named(session, username)
    with acting_as(session, SYSTEM, today):
        session.add_all(people)
        session.flush()
        keys = [person.id for person in people]
        session.commit()
    return keys


def cast_of(session: Session, today: date, timezone: tzinfo) -> Cast:
    """The officers of each duty, the items, and the calendar."""
    items = session.scalars(select(LicenceItem).order_by(LicenceItem.id))
    return Cast(
        items={item.code: item for item in items},
        actors={duty: _actors(session, duty, today) for duty in PLAYERS},
        calendar=working_calendar(session),
        timezone=timezone,
    )


def _actors(session: Session, duty: Duty, today: date) -> Sequence[Actor]:
    users = session.scalars(
        select(User).join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.duty == duty, User.is_active)
        .order_by(User.id)
    )  # fmt: skip
    return [actor_of(session, user, today) for user in users]


def _account(session: Session, username: str) -> User:
    found = user_named(session, username)
    assert found is not None, f"the demonstration has an account {username}"
    return found
