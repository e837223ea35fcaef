"""The periods of hearings, of interested parties and of site inspections.

All of them are counted in working days (Art. 82). Pure: facts in, dates out.
"""

from datetime import date

from models.rules.working_days import Calendar

REQUEST_DAYS = 5  # Art. 47 ¶1: to ask for a hearing, from the notice
HOLD_DAYS = 20  # Art. 47 ¶1: to hold it, from the request
# Art. 48(1): "seven days before". Art. 82 counts the periods of the law in working days, so that
# is the unit here too: the longer of the two readings.
HEARING_NOTICE_DAYS = 7
PARTY_DAYS = 5  # Art. 36: to state one's case; the office takes the period of Art. 47
ASSIGNMENT_DAYS = 5  # Art. 55 ¶2: to assign the inspectors, from acceptance


def request_due_on(calendar: Calendar, told_on: date) -> date:
    """The last day on which a hearing may be asked for (Art. 47)."""
    return calendar.add(told_on, REQUEST_DAYS)


def hold_due_on(calendar: Calendar, requested_on: date) -> date:
    """The last day for holding a hearing that was asked for (Art. 47)."""
    return calendar.add(requested_on, HOLD_DAYS)


def is_planned_within(
    calendar: Calendar, planned_on: date, hold_due_on: date | None, today: date
) -> bool:
    """A hearing is planned inside its twenty days while a notice still reaches them; afterwards it
    is late, and held all the same (Art. 47, 48)."""
    if hold_due_on is None or planned_on <= hold_due_on:
        return True
    return today > notify_by(calendar, hold_due_on)


def notify_by(calendar: Calendar, planned_on: date) -> date:
    """The last day to notify of time and place of a hearing (Art. 48)."""
    return calendar.subtract(planned_on, HEARING_NOTICE_DAYS)


def answer_due_on(calendar: Calendar, told_on: date) -> date:
    """The last day for an interested party to state its case (Art. 36)."""
    return calendar.add(told_on, PARTY_DAYS)


def assign_by_on(calendar: Calendar, accepted_on: date) -> date:
    """The last day for assigning the inspectors of a site inspection (Art. 55)."""
    return calendar.add(accepted_on, ASSIGNMENT_DAYS)
