"""A case under change: what every derivation of a case looks at."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from models.acting import Acting
from models.application import Application
from models.base import Base, stored
from models.enums import ApplicationStatus
from models.hooks.changes import Change
from models.rules.working_days import Calendar

Part = TypeVar("Part", bound=Base)


@dataclass(slots=True)
class CaseChange:
    """A case that this flush touches, with the changes of its parts."""

    case: Application
    session: Session
    acting: Acting
    calendar: Calendar
    parts: list[Change]

    @property
    def today(self) -> date:
        """The office's day of the act."""
        return self.acting.today

    @property
    def entered(self) -> ApplicationStatus | None:
        """The status that the case takes in this flush; None when it keeps its own."""
        same = self.case.status == stored(self.case, "status")
        return None if same else self.case.status

    def new(self, kind: type[Part]) -> list[Part]:
        """The parts of ``kind`` that this flush adds."""
        return [c.row for c in self.parts if c.is_new and isinstance(c.row, kind)]

    def touches(self, *kinds: type[Base]) -> bool:
        """Whether a part of one of ``kinds`` is added or altered."""
        return any(isinstance(c.row, kinds) for c in self.parts)
