"""The rules of acceptance (Art. 32) and of the decision's clock (Art. 42)."""

from datetime import date

from models.enums import HandlingMode
from models.rules.case_clock import EXTENSION_DAYS, JOINT_EXTENSION_DAYS


def notice_period_is_over(notice_due_on: date | None, today: date) -> bool:
    """Whether the five days have passed: silence has become acceptance (Art. 32(4))."""
    return notice_due_on is not None and today > notice_due_on


def longest_extension(mode: HandlingMode) -> int:
    """The most working days an extension may have (Art. 42)."""
    return JOINT_EXTENSION_DAYS if mode is HandlingMode.JOINT else EXTENSION_DAYS


def extension_is_too_late(due_on: date | None, today: date) -> bool:
    """An extension is approved on or before the due date, never after it (Art. 42)."""
    return due_on is not None and today > due_on
