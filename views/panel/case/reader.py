"""Who reads the page of a case, and what of it is open to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.acting import Actor
from views.access import Verb, may


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, on which day, and which tables are open to them."""

    actor: Actor
    today: date

    def sees(self, table: str) -> bool:
        """Whether the lists of a table are open to the reader, and so its part of the page."""
        return may(self.actor, table, Verb.LIST)

    def is_told(self, row: Any) -> bool:
        """Whether a row is for the reader's eyes: what waits for approval is the office's own."""
        since = row.policy.told_on
        return self.sees_inside or not since or getattr(row, since) is not None

    @property
    def sees_inside(self) -> bool:
        """Whether the reader learns who in the office sat over what."""
        return self.sees("application_step")
