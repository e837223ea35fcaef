"""What a figure is: a numerator over a denominator, of the catalogue or of a period."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def holds(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Whether a day lies in the period."""
        return and_(column >= self.first, column <= self.last)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``is_share`` says that it is read as a percentage, else as an average."""

    code: str
    numerator: Fraction
    denominator: int
    is_share: bool = True

    @property
    def value(self) -> Fraction | None:
        """The quotient; None where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


def share(code: str, numerator: int, denominator: int) -> Figure:
    """A part of a whole."""
    return Figure(code, Fraction(numerator), denominator)


def average(code: str, total: Fraction | int, number: int) -> Figure:
    """So much for each."""
    return Figure(code, Fraction(total), number, is_share=False)
