"""The rules of service (送达): day, way and proof; from it terms run (Art. 32, 36, 47)."""

from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.rules.reasons import has_words
from models.rules.service import needs_proof
from models.service import SERVICE


def _service_is_proved(sent: str) -> Guard:
    def service_is_proved(j: Judgement) -> None:
        """A document is served once, between the day it was sent and today, with its proof."""
        row, change = j.row, j.change
        if not change.is_new and change.was("delivered_on") is not None:
            if any(map(change.changed, SERVICE)):
                raise RuleViolation("service-is-fixed")
            return
        if row.delivered_on is None:
            return
        sent_on = getattr(row, sent)
        if sent_on is None or not sent_on <= row.delivered_on <= j.today:
            raise RuleViolation("service-is-between-its-days", field="delivered_on", day=sent_on)
        if row.service_way is None:
            raise RuleViolation("service-has-its-day-and-way", field="service_way")
        is_proved = has_words(row.service_proof)
        if needs_proof(row.service_way, row.delivered_on, sent_on) and not is_proved:
            raise RuleViolation("service-needs-its-proof", field="service_proof")

    return service_is_proved


SERVICE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "correction_notice": (_service_is_proved("issued_on"),),
    "hearing": (_service_is_proved("told_on"),),
    "interested_party": (_service_is_proved("told_on"),),
}
