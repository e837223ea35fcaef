"""Which derivation belongs to which table."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from models.acting import Acting
from models.application import Application
from models.enums import AuditVerb, Origin
from models.hooks.case_change import CaseChange
from models.hooks.changes import Change, case_of
from models.hooks.derive_calendar import derive_calendar
from models.hooks.derive_case import derive_case
from models.hooks.derive_catalogue import derive_note
from models.hooks.derive_certificate import CERTIFICATE_TABLES, derive_certificate
from models.hooks.derive_identity import derive_applicant, derive_identity
from models.hooks.derive_intake import derive_guidance
from models.hooks.derive_item import derive_version
from models.hooks.derive_saved_view import derive_saved_view
from models.hooks.derive_supervision import derive_supervision
from models.hooks.holding import hold
from models.questions.calendar import working_calendar


def _is_history(session: Session, change: Change) -> bool:
    """Whether a row is of an imported case: it brings its days along."""
    if not change.policy.closes_with_its_case:
        return False
    case = case_of(session, change.row)
    return case is not None and case.origin is Origin.IMPORTED


def _sign(change: Change, acting: Acting) -> None:
    """A new row gets its day, and the person who acts, as its table says."""
    for column in change.policy.signed:
        value = acting.today if column.endswith("_on") else acting.actor.user_id
        setattr(change.row, column, value)


# Table → what follows from a change of one of its rows, beside what follows for a case.
DERIVERS: dict[str, Callable[[Change, Acting], None]] = {
    "item_version": derive_version,
    "source_note": derive_note,
    "pre_guidance": derive_guidance,
    "saved_view": derive_saved_view,
    "applicant": derive_applicant,
    "applicant_identity": derive_identity,
    **dict.fromkeys(CERTIFICATE_TABLES, derive_certificate),
}


def derive(session: Session, acting: Acting, changes: Sequence[Change]) -> None:
    """Fill in what follows from ``changes``, one subject at a time."""
    for change in changes:
        if change.is_new and not _is_history(session, change):
            _sign(change, acting)
    derive_calendar(session, acting, changes)
    derive_supervision(session, acting, changes)
    cases: dict[int, tuple[Application, list[Change]]] = {}
    for change in changes:
        if change.verb is AuditVerb.DELETE:
            continue
        if derive_row := DERIVERS.get(change.table):
            derive_row(change, acting)
        of_case = change.policy.closes_with_its_case
        if of_case and (case := case_of(session, change.row)) is not None:
            cases.setdefault(id(case), (case, []))[1].append(change)
    if not cases:
        return
    calendar = working_calendar(session)
    for case, parts in sorted(cases.values(), key=lambda pair: pair[0].id or 0):
        hold(session, case)
        derive_case(CaseChange(case, session, acting, calendar, parts))
