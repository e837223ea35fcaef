"""The pure rules of service (送达) and of waivers."""

from datetime import date

import pytest

from models.enums import Channel, ServiceWay
from models.rules.service import needs_proof, served_on, usual_way, why_no_waiver

MONDAY, TUESDAY, WEDNESDAY = date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)


@pytest.mark.parametrize("way", list(ServiceWay))
def test_only_an_announcement_counts_later(way: ServiceWay) -> None:
    """送达: by thirty days, a default."""
    late = way is ServiceWay.ANNOUNCEMENT
    assert served_on(way, MONDAY) == (date(2025, 4, 2) if late else MONDAY)


def test_the_usual_way_is_that_of_the_application() -> None:
    """送达: what came online is answered online."""
    assert {channel: usual_way(channel) for channel in (*Channel, None)} == {
        Channel.WINDOW: ServiceWay.IN_PERSON,
        Channel.ONLINE: ServiceWay.ELECTRONIC,
        Channel.POST: ServiceWay.POST,
        Channel.EMAIL: ServiceWay.ELECTRONIC,
        Channel.INTERNAL: ServiceWay.IN_PERSON,
        None: ServiceWay.IN_PERSON,
    }


@pytest.mark.parametrize(
    ("way", "day", "needed"),
    [
        (ServiceWay.ELECTRONIC, TUESDAY, False),
        (ServiceWay.IN_PERSON, MONDAY, False),
        (ServiceWay.IN_PERSON, TUESDAY, True),
        (ServiceWay.POST, MONDAY, True),
        (ServiceWay.LEFT, MONDAY, True),
        (ServiceWay.ANNOUNCEMENT, MONDAY, True),
    ],
)
def test_a_service_has_its_proof(way: ServiceWay, day: date, needed: bool) -> None:
    """送达: the slip, the postal number, the witness, the announcement."""
    assert needs_proof(way, day, MONDAY) is needed


@pytest.mark.parametrize(
    ("number", "paper_on", "told_on", "code"),
    [
        ("1", TUESDAY, TUESDAY, None),
        ("1", WEDNESDAY, TUESDAY, None),
        (" ", TUESDAY, TUESDAY, "waiver-needs-its-paper"),
        ("1", None, TUESDAY, "waiver-needs-its-paper"),
        ("1", MONDAY, TUESDAY, "waiver-is-of-another-day"),
        ("1", date(2025, 3, 6), TUESDAY, "waiver-is-of-another-day"),
        ("1", TUESDAY, None, "waiver-is-of-another-day"),
    ],
)
def test_a_waiver_is_a_paper_of_its_days(
    number: str, paper_on: date | None, told_on: date | None, code: str | None
) -> None:
    """Art. 36, 47."""
    assert why_no_waiver(number, paper_on, told_on, WEDNESDAY) == code
