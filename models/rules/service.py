"""The rules of service (送达) and of waivers. Pure: facts in, days and codes out."""

from datetime import date, timedelta

from models.enums import Channel, ServiceWay
from models.rules.reasons import has_words

# What is handed over or shown is served at once; the rest when its proof is there.
AT_ONCE = frozenset({ServiceWay.IN_PERSON, ServiceWay.ELECTRONIC})
# [M] A default: the days after which an announcement counts as service, as in the Civil Procedure
# Law. The Administrative Permit Law names none.
ANNOUNCEMENT_DAYS = 30

_WAY_OF_CHANNEL = {
    Channel.ONLINE: ServiceWay.ELECTRONIC,
    Channel.EMAIL: ServiceWay.ELECTRONIC,
    Channel.POST: ServiceWay.POST,
}


def usual_way(channel: Channel | None) -> ServiceWay:
    """How the applicant is served unless somebody says otherwise: the way that the application
    came. Who applied online reads the notice in the portal on the day on which it is sent."""
    return _WAY_OF_CHANNEL.get(channel, ServiceWay.IN_PERSON) if channel else ServiceWay.IN_PERSON


def served_on(way: ServiceWay, delivered_on: date) -> date:
    """The day as of which a document counts as served."""
    if way is ServiceWay.ANNOUNCEMENT:
        return delivered_on + timedelta(days=ANNOUNCEMENT_DAYS)
    return delivered_on


def needs_proof(way: ServiceWay, delivered_on: date, sent_on: date) -> bool:
    """Whether a proof is named: not of what the portal itself shows, nor of what was handed over
    as it was sent."""
    return way is not ServiceWay.ELECTRONIC and not (
        way is ServiceWay.IN_PERSON and delivered_on == sent_on
    )


def why_no_waiver(
    number: str, paper_on: date | None, told_on: date | None, today: date
) -> str | None:
    """What is wrong with a waiver on paper: it has a number and a day, after the person was
    notified."""
    if not has_words(number) or paper_on is None:
        return "waiver-needs-its-paper"
    if told_on is None or not told_on <= paper_on <= today:
        return "waiver-is-of-another-day"
    return None
