"""The service of a document (送达), entered with its way, its day and its proof."""

from datetime import date
from typing import Any

from models.acts.act import Input, Standing, typed
from models.enums import ServiceWay
from models.rules.service import usual_way
from models.service import Served


def serve(
    document: Served, service_way: ServiceWay, delivered_on: date, service_proof: str
) -> None:
    """Enter in which way, on which day and with which proof a document was served."""
    document.service_way, document.delivered_on = service_way, delivered_on
    document.service_proof = service_proof


def usual_way_of(at: Standing) -> ServiceWay:
    """The way in which the applicant of the case is served unless somebody says otherwise."""
    return usual_way(at.case.channel)


def service_inputs(kind: Any) -> tuple[Input, ...]:
    """What is typed of the service of such a document."""
    return (
        typed(kind.service_way, needed=True),
        typed(kind.delivered_on, needed=True, known=lambda at: at.today),
        typed(kind.service_proof),
    )
