"""What is sent is served: at once where it is handed over or shown, else by its proof."""

from datetime import date

from models.enums import Channel, ServiceWay
from models.rules import service as rules
from models.service import Served


def send(document: Served, sent_on: date, channel: Channel | None) -> None:
    """A document that goes out today goes the way that was chosen, else the usual one."""
    if document.service_way is None:
        document.service_way = rules.usual_way(channel)
    if document.service_way in rules.AT_ONCE and document.delivered_on is None:
        document.delivered_on = sent_on


def count_service(document: Served) -> None:
    """The day on which a document counts as served follows from how and when it was delivered."""
    if document.delivered_on is None or document.served_on is not None:
        return
    way = document.service_way or ServiceWay.IN_PERSON
    document.served_on = rules.served_on(way, document.delivered_on)
