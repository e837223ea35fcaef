"""The service of a document (送达): from when on its term runs."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from models.base import choice, guarded, rule
from models.enums import ServiceWay

# What is written of a service when it took place.
SERVICE = ("service_way", "delivered_on", "service_proof")


class Served:
    """A document that is served: in which way, on which day, with which proof."""

    service_way: Mapped[ServiceWay | None] = guarded(choice(ServiceWay))
    delivered_on: Mapped[date | None] = guarded(
        comment="handed over, signed for, shown, left at the place, or announced"
    )
    service_proof: Mapped[str] = guarded(
        default="", comment="the signed slip, the postal number, the witness, the announcement"
    )
    served_on: Mapped[date | None] = guarded(
        comment="its term runs from this day; an announcement counts after thirty days"
    )


def service_is_whole() -> CheckConstraint:
    """The day on which a document counts as served follows from that of its delivery."""
    return rule(
        "(served_on IS NULL) = (delivered_on IS NULL) "
        "AND (delivered_on IS NULL OR service_way IS NOT NULL)",
        "service_has_its_day_and_way",
    )
