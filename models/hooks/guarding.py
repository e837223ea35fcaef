"""What a guard looks at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.acting import Acting, Actor
from models.hooks.changes import Change


@dataclass(frozen=True, slots=True)
class Judgement:
    """One change under judgement, with the session and the circumstances of the act."""

    session: Session
    acting: Acting
    change: Change

    @property
    def row(self) -> Any:
        """The row under judgement; each guard knows its table."""
        return self.change.row

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.acting.actor

    @property
    def today(self) -> date:
        """The office's day of the act."""
        return self.acting.today


Guard = Callable[[Judgement], None]
