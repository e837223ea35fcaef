"""Duties that go together, each group named once."""

from models.enums import Duty

NOBODY: frozenset[Duty] = frozenset()
# Everybody of the office; the applicant is outside.
INSIDE = frozenset(Duty) - {Duty.APPLICANT}
# The posts in line that the law binds to days; pre-guidance is voluntary.
LINE = frozenset({Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION})
LEADERS = frozenset({Duty.HEAD, Duty.SUPERVISION})
# Who confirms what another proposed: the head of the section; above the head, the leader of the
# organ, who confirms what the head proposed or decided.
CONFIRMING = frozenset({Duty.HEAD, Duty.LEADER})
# Of these somebody has to be there on every day: who stands in for a holder holds the duty then.
STOOD_IN_FOR = CONFIRMING
# Who works on cases, and may stand in as the first contact of one.
CASEWORK = LINE | LEADERS | {Duty.GUIDANCE}
# Who hands a case in: at the window, or from home.
INTAKE = frozenset({Duty.ACCEPTANCE, Duty.APPLICANT})
# Three keepers: of the office and its calendar, of who may do what, and of the catalogue.
OFFICE = frozenset({Duty.SYSTEM})
ACCESS = frozenset({Duty.SECURITY})
CATALOGUE = frozenset({Duty.CATALOGUE})
