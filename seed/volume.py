"""Many cases quickly: a few hundred are lived through the hooks, the rest are copies of them.

A copy is, row for row, what the hooks wrote for its original, except for its keys, its number
and its applicant; so a large demonstration obeys the same rules as a small one.
"""

from datetime import date, tzinfo
from itertools import cycle, islice
from random import Random

from sqlalchemy.orm import Session

from models import Applicant
from models.enums import Channel
from seed.copies import copy_cases, free_applicants
from seed.demo import EQUIPMENT, FOOD, INDUSTRY, cast_of
from seed.stories import Story, play

ORIGINALS = 300
TWO_YEARS = 480  # working days

CHANNELS = (Channel.ONLINE,) * 8 + (Channel.WINDOW,) * 3 + (Channel.POST, Channel.EMAIL)
PROMISES = {
    INDUSTRY: 20, FOOD: 8, EQUIPMENT: 5,
    "food-workshop": 5, "cylinder-filling": 15,
}  # fmt: skip
# Each item once, and those whose certificates have five places for their numbers more often: a
# number of four places must do for a hundred thousand cases.
ITEMS = (*PROMISES, *(EQUIPMENT, INDUSTRY) * 4, EQUIPMENT)

# Of every 100 cases 8 are open and 2 of those are late, spread over the open states.
OPEN_SHARE = 0.08
OPEN_KINDS = ("late", "received", "running", "running", "late", "paused", "granted", "soon")


def add_cases(
    session: Session, count: int, today: date, timezone: tzinfo, most_lived: int = ORIGINALS
) -> int:
    """Add ``count`` cases of every state over two years; returns how many were added.

    At most ``most_lived`` of them are lived through the hooks; the others are their copies.
    """
    if count <= 0:
        return 0
    # Keys, not rows: every commit would have to renew all rows that are held.
    applicants = [row.id for row in free_applicants(session.connection())]
    players = cast_of(session, today, timezone)
    stories = _stories(min(count, most_lived))
    originals = [
        play(session, story, session.get_one(Applicant, applicant), players, today).id
        for story, applicant in zip(stories, cycle(applicants))
    ]
    session.commit()
    copy_cases(session.connection(), originals, count - len(originals), today)
    session.commit()
    return count


# --- the originals -------------------------------------------------------------------------------


def _stories(count: int) -> list[Story]:
    # Always the same ones: a demonstration and a benchmark can be repeated.
    chance = Random(20260102)  # noqa: S311 - nothing secret
    open_count = round(count * OPEN_SHARE)
    kinds = list(islice(cycle(OPEN_KINDS), open_count))
    stories = [_open_story(chance, index, kind) for index, kind in enumerate(kinds)]
    stories += [_closed_story(chance, index) for index in range(count - open_count)]
    chance.shuffle(stories)
    return stories


def _open_story(chance: Random, index: int, kind: str) -> Story:
    item = ITEMS[index % len(ITEMS)]
    promise = PROMISES[item]
    began, acts = {
        "received": (3, ()),
        "running": (1, ((1, "accept"),)),
        "soon": (promise, ((1, "accept"), (1, "claim"))),
        "late": (promise + 2 + chance.randrange(8), ((1, "accept"), (2, "claim"))),
        "paused": (4, ((1, "accept"), (2, "claim"), (3, "suspend"))),
        "granted": (5, ((1, "accept"), (2, "claim"), (3, "review"), (4, "grant"))),
    }[kind]
    return Story(item, began, acts, chance.choice(CHANNELS), chance.randrange(60))


def _closed_story(chance: Random, index: int) -> Story:
    item = ITEMS[index % len(ITEMS)]
    reviewed = 2 + chance.randrange(PROMISES[item] + 2)
    acts = _ending(chance, reviewed)
    began = acts[-1][0] + chance.randrange(TWO_YEARS)
    return Story(item, began, acts, chance.choice(CHANNELS), chance.randrange(60))


def _ending(chance: Random, reviewed: int) -> tuple[tuple[int, str], ...]:
    reviewing = ((1, "accept"), (2, "claim"), (reviewed, "review"))
    endings: tuple[tuple[int, tuple[tuple[int, str], ...]], ...] = (
        (84, (*reviewing, (reviewed + 1, "grant"), (reviewed + 3, "deliver"))),
        (4, ((1, "accept"), (2, "claim"), (reviewed, "review_against"), (reviewed + 1, "refuse"))),
        (3, ((1, "ask_correction"), (6, "answer"), (7, "accept"), (8, "withdraw"))),
        (4, ((2, "not_accept"),)),
        (2, ((1, "ask_correction"), (32, "end_unanswered"))),
        (3, ((6, "deem_accepted"), (8, "withdraw"))),
    )
    weights = [weight for weight, _acts in endings]
    return chance.choices([acts for _weight, acts in endings], weights)[0]
