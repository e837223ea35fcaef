"""The guards. First the act: may this person write this at all? Then the finished picture:
does it break a rule? A guard only refuses, with a code and facts."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from models.acting import Acting, Actor
from models.acts import BY_DOCUMENT
from models.application import Application
from models.base import stored
from models.enums import ApplicationStatus, AuditVerb, Duty, Origin, VersionStatus
from models.errors import RuleViolation
from models.hooks.changes import Change, case_of
from models.hooks.guard_calendar import (
    CALENDAR_ACT_GUARDS,
    CALENDAR_GUARDS,
    confirmed_year_changes_by_notice,
)
from models.hooks.guard_case import APPLICATION_GUARDS
from models.hooks.guard_catalogue import CATALOGUE_GUARDS, parent_version_is_a_draft
from models.hooks.guard_catalogue_guide import GUIDE_GUARDS
from models.hooks.guard_certificate import CERTIFICATE_GUARDS
from models.hooks.guard_certificate_change import certificate_changes_by_a_post
from models.hooks.guard_clock import CLOCK_GUARDS
from models.hooks.guard_days import typed_day_is_within_reach
from models.hooks.guard_ending import ENDING_GUARDS
from models.hooks.guard_hearing import HEARING_GUARDS
from models.hooks.guard_identity import IDENTITY_ACT_GUARDS, IDENTITY_GUARDS
from models.hooks.guard_intake import INTAKE_ACT_GUARDS, INTAKE_GUARDS
from models.hooks.guard_parts import PART_GUARDS, material_comes_before_acceptance
from models.hooks.guard_portal import PORTAL_GUARDS
from models.hooks.guard_receipt import RECEIPT_GUARDS
from models.hooks.guard_recusal import RECUSAL_GUARDS, is_an_applicants_act
from models.hooks.guard_review import REVIEW_GUARDS
from models.hooks.guard_saved_view import SAVED_VIEW_GUARDS, view_is_ones_own
from models.hooks.guard_service import SERVICE_GUARDS
from models.hooks.guard_staff import STAFF_GUARDS, is_own_password
from models.hooks.guard_staffing import only_a_coming_absence_goes
from models.hooks.guard_step import STEP_GUARDS
from models.hooks.guard_supervision import SUPERVISION_GUARDS, inspectors_of_a_signed_record_stay
from models.hooks.guarding import Guard, Judgement, ask
from models.policy import Deletable, System
from models.questions.due_dates import reckoned_columns
from models.questions.recusal import acting_on, acts_as_applicant, is_linked, is_own
from models.rules.transitions import MOVES, moves_between


def _together(*families: dict[str, tuple[Guard, ...]]) -> dict[str, tuple[Guard, ...]]:
    """The guards of each table, those of an earlier family first."""
    together: dict[str, tuple[Guard, ...]] = {}
    for family in families:
        for table, guards in family.items():
            together[table] = together.get(table, ()) + guards
    return together


# Table → what its finished rows must satisfy, in this order.
GUARDS: dict[str, tuple[Guard, ...]] = _together(
    {"application": APPLICATION_GUARDS, "application_step": STEP_GUARDS},
    PART_GUARDS,
    CATALOGUE_GUARDS,
    GUIDE_GUARDS,
    STAFF_GUARDS,
    CLOCK_GUARDS,
    CALENDAR_GUARDS,
    REVIEW_GUARDS,
    HEARING_GUARDS,
    ENDING_GUARDS,
    RECUSAL_GUARDS,
    SERVICE_GUARDS,
    INTAKE_GUARDS,
    RECEIPT_GUARDS,
    IDENTITY_GUARDS,
    CERTIFICATE_GUARDS,
    SUPERVISION_GUARDS,
    PORTAL_GUARDS,
    SAVED_VIEW_GUARDS,
)


def guard_act(session: Session, acting: Acting, changes: Iterable[Change]) -> None:
    """Judge what a person changes by hand, before anything follows from it."""
    for change in changes:
        judgement = Judgement(session, acting, change)
        for guard in ACT_GUARDS:
            guard(judgement)


def guard_result(session: Session, acting: Acting, changes: Iterable[Change]) -> None:
    """Judge the finished picture, derived values included."""
    for change in changes:
        if change.verb is AuditVerb.DELETE or _is_reckoned(acting, change):
            continue
        judgement = Judgement(session, acting, change)
        move_is_lawful(judgement)
        document_comes_with_its_act(judgement)
        for guard in GUARDS.get(change.table, ()):
            guard(judgement)


def _is_reckoned(acting: Acting, change: Change) -> bool:
    """Whether the calendar alone moved the dates of a row: nobody has acted, and the rules of the
    acts have nothing to ask. Of a case its dates are asked of all the same."""
    if not acting.actor.is_system or change.is_new or change.table == "application":
        return False
    return set(change.before) <= reckoned_columns(change.table)


def document_comes_with_its_act(j: Judgement) -> None:
    """What a document asks for is what its act asks: the state of the case, the post, the rest."""
    act = BY_DOCUMENT.get(j.change.table)
    if act is None or not j.change.is_new:
        return
    ask(j, *act.needs)
    if not _is_imported(j):  # imported history is recorded by SYSTEM, which holds no post
        ask(j, *act.questions)


def row_may_be_deleted(j: Judgement) -> None:
    """Cases, decisions, people and history stay; only drafts and their parts may go."""
    if j.change.verb is not AuditVerb.DELETE:
        return
    condition = j.change.policy.deletable
    if condition is Deletable.NEVER or stored(j.row, "id") is None:
        raise RuleViolation("row-is-never-deleted")
    if condition is not Deletable.ALWAYS:
        DELETE_GUARDS[condition](j)


def only_a_draft_is_deleted(j: Judgement) -> None:
    """What was received or published is never taken away."""
    if stored(j.row, "status") not in (ApplicationStatus.DRAFT, VersionStatus.DRAFT):
        raise RuleViolation("row-is-never-deleted")


# What must hold before a row is taken away.
DELETE_GUARDS: dict[Deletable, Guard] = {
    Deletable.WHILE_A_DRAFT: only_a_draft_is_deleted,
    Deletable.IN_A_DRAFT_VERSION: parent_version_is_a_draft,
    Deletable.BEFORE_ACCEPTANCE: material_comes_before_acceptance,
    Deletable.BEFORE_IT_BEGINS: only_a_coming_absence_goes,
    Deletable.BEFORE_IT_IS_SIGNED: inspectors_of_a_signed_record_stay,
    Deletable.IN_AN_UNCONFIRMED_YEAR: confirmed_year_changes_by_notice,
    Deletable.BY_ITS_OWNER: view_is_ones_own,
}


def imported_case_is_read_only(j: Judgement) -> None:
    """Imported history is recorded once, by SYSTEM, and never altered."""
    if not j.change.policy.closes_with_its_case:
        return
    case = case_of(j.session, j.change.row)
    if case is None or case.origin is not Origin.IMPORTED:
        if isinstance(j.change.row, Application) and j.change.was("origin") is Origin.IMPORTED:
            raise RuleViolation("origin-never-changes")
        return
    if not j.acting.actor.is_system:
        raise RuleViolation("imported-case-is-read-only")
    if stored(case, "id") is not None:
        raise RuleViolation("imported-case-is-read-only")


def closed_case_is_read_only(j: Judgement) -> None:
    """Nothing is owed on a closed case, so nothing of it changes."""
    if not j.change.policy.closes_with_its_case or _expires(j):
        return
    case = case_of(j.session, j.change.row)
    if case is not None and stored(case, "closed_on") is not None:
        raise RuleViolation("case-is-closed", number=case.number)


def _expires(j: Judgement) -> bool:
    """A certificate outlives its case: its status alone still changes."""
    return j.change.table == "certificate" and set(j.change.before) == {"status"}


def move_is_made_by_hand(j: Judgement) -> None:
    """A person makes the moves of the duties held, SYSTEM those of time; the others follow by
    themselves and nobody makes them."""
    change = j.change
    if change.table not in MOVES or not change.changed("status") or _is_imported(j):
        return
    if change.verb is AuditVerb.DELETE:
        return
    target = j.row.status
    moves = moves_between(change.table, change.was("status"), target)
    of_persons, of_time = any(m.duties for m in moves), any(m.by_time for m in moves)
    if moves and not of_persons and not of_time:
        raise RuleViolation("move-follows-from-an-act", field="status", target=target)
    if of_time and not of_persons and not j.actor.is_system:
        raise RuleViolation("move-is-made-by-time", field="status", target=target)
    if of_persons and not of_time and j.actor.is_system and change.policy.closes_with_its_case:
        raise RuleViolation("move-needs-a-person", target=target)


def part_keeps_its_whole(j: Judgement) -> None:
    """What belongs to a case, or to a version, is not moved to another: that one alone would be
    asked whether it may be."""
    whole = j.change.policy.part_of
    if whole is None or not whole.column or j.change.verb is not AuditVerb.UPDATE:
        return
    if whole.column in j.change.before and j.change.was(whole.column) is not None:
        raise RuleViolation("part-keeps-its-whole", field=whole.column)


def case_is_of_the_actor(j: Judgement) -> None:
    """Applicants act on their own applications only; officers neither on their own nor on that
    of an applicant with whom they have a link (回避)."""
    if not j.change.policy.closes_with_its_case or j.actor.is_system or _is_imported(j):
        return
    case = case_of(j.session, j.change.row)
    if case is None or case.applicant is None:
        return
    own = is_own(j.session, j.actor.user_id, case.applicant)
    applies = acts_as_applicant(j.session, j.actor, case)
    if applies and not own:
        raise RuleViolation("case-is-not-yours")
    if own and j.actor.is_officer and not (applies and is_an_applicants_act(j)):
        raise RuleViolation("officer-is-the-applicant")
    if not own and is_linked(j.session, j.actor.user_id, case.applicant.id, j.today):
        raise RuleViolation("officer-is-linked")


def case_is_pinned(j: Judgement) -> None:
    """A case keeps the item and the version under which it began."""
    if j.change.table != "application" or j.change.verb is not AuditVerb.UPDATE:
        return
    for column in ("item_version_id", "licence_item_id"):
        if j.change.changed(column):
            raise RuleViolation("case-is-pinned", field=column)


def log_is_written_by_the_hooks(j: Judgement) -> None:
    """The log, the history of due dates and the counters follow from acts; SYSTEM too leaves
    them alone."""
    if j.change.policy.system is System.NEVER:
        raise RuleViolation("table-is-derived", table=j.change.table)


def writer_holds_a_duty(j: Judgement) -> None:
    """A table is written by the duties that it names; SYSTEM loads anything but the acts of a
    case: its moves are judged, its documents are of persons."""
    if j.acting.actor.is_system:
        if j.change.policy.system is System.IMPORTS and not _is_imported(j):
            raise RuleViolation("move-needs-a-person", target=j.change.table)
        return
    if is_own_password(j):
        return
    held = j.actor.duties & j.change.policy.writers
    only_as_applicant = held == {Duty.APPLICANT} and not j.change.is_the_applicants
    if not held or only_as_applicant:
        raise RuleViolation("duty-not-held", table=j.change.table)


def derived_column_is_not_written(j: Judgement) -> None:
    """Dates and what else follows from acts are set by the system: no back-dating."""
    if j.change.verb is AuditVerb.DELETE or _is_imported(j):
        return
    is_loaded = j.actor.is_system and j.change.policy.system is System.LOADS_WITH_HISTORY
    for column in sorted(j.change.policy.derived):
        written = (
            getattr(j.change.row, column) not in (None, False)
            if j.change.is_new
            else column in j.change.before
        )
        if written and not is_loaded:
            raise RuleViolation("column-is-derived", field=column, column=column)


def origin_is_set_once(j: Judgement) -> None:
    """Only SYSTEM records imported history, and a case never changes its origin."""
    if not isinstance(j.change.row, Application):
        return
    if not j.change.is_new and j.change.changed("origin"):
        raise RuleViolation("origin-never-changes", field="origin")
    if j.change.row.origin is Origin.IMPORTED and not j.acting.actor.is_system:
        raise RuleViolation("import-is-for-the-system", field="origin")


def move_is_lawful(j: Judgement) -> None:
    """A status takes only the moves of its table, and only by those who may make them."""
    change = j.change
    if change.table not in MOVES or not change.changed("status") or _is_imported(j):
        return
    source, target = change.was("status"), change.row.status  # type: ignore[attr-defined]
    moves = moves_between(change.table, source, target)
    if not moves:
        raise RuleViolation("unlawful-move", field="status", source=source, target=target)
    duties = frozenset().union(*(move.duties for move in moves))
    if j.acting.actor.is_system:
        if change.table == "application" and not any(move.by_time for move in moves):
            raise RuleViolation("move-needs-a-person", target=target)
    elif duties and not _mover(j).holds(duties):
        raise RuleViolation("duty-not-held-for-move", target=target)


def _mover(j: Judgement) -> Actor:
    """Who moves a row: of a case an officer or its applicant, by the duty that is used."""
    row = j.row
    return acting_on(j.session, j.actor, row) if isinstance(row, Application) else j.actor


def _is_imported(j: Judgement) -> bool:
    if not j.change.policy.closes_with_its_case:
        return False
    case = case_of(j.session, j.change.row)
    return case is not None and case.origin is Origin.IMPORTED


ACT_GUARDS: tuple[Guard, ...] = (
    row_may_be_deleted,
    part_keeps_its_whole,
    origin_is_set_once,
    imported_case_is_read_only,
    closed_case_is_read_only,
    writer_holds_a_duty,
    log_is_written_by_the_hooks,
    case_is_pinned,
    case_is_of_the_actor,
    certificate_changes_by_a_post,
    move_is_made_by_hand,
    derived_column_is_not_written,
    *CALENDAR_ACT_GUARDS,
    typed_day_is_within_reach,
    *INTAKE_ACT_GUARDS,
    *IDENTITY_ACT_GUARDS,
)
