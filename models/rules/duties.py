"""Duties that go together, each group named once."""

from models.enums import Duty

# Everybody of the office; the applicant is outside.
INSIDE = frozenset(Duty) - {Duty.APPLICANT}
# The posts in line that the law binds to days; pre-guidance is voluntary.
LINE = frozenset({Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION})
LEADERS = frozenset({Duty.HEAD, Duty.SUPERVISION})
# Who works on cases, and may stand in as the first contact of one.
CASEWORK = LINE | LEADERS | {Duty.GUIDANCE}
