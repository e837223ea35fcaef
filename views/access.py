"""Who may do what, as data. A table or an endpoint that is not named here is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, and_, or_, select

from models import (
    Applicant,
    Application,
    Certificate,
    ClockSuspension,
    Complaint,
    CorrectionNotice,
    CorrectionNoticeLine,
    DeadlineExtension,
    Decision,
    FeeCharge,
    Forwarding,
    Hearing,
    IntakeAnswer,
    SavedView,
    ServiceRating,
    SubmittedMaterial,
    SupervisionOrder,
    Termination,
)
from models.acting import Actor
from models.enums import Duty


class Verb(Enum):
    """What an endpoint of a table does."""

    LIST = auto()
    DETAIL = auto()
    CREATE = auto()
    EDIT = auto()
    DELETE = auto()
    EXPORT = auto()
    ACT = auto()


Verbs = frozenset[Verb]
Grants = dict[Duty, Verbs]

READ: Verbs = frozenset({Verb.LIST, Verb.DETAIL})
TAKE: Verbs = READ | {Verb.EXPORT}
KEEP: Verbs = TAKE | {Verb.CREATE, Verb.EDIT}

OFFICERS = (Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.HEAD)
# Two duties read every table; what they may write is said table by table.
OVERSEERS: Grants = {Duty.SUPERVISION: TAKE, Duty.AUDIT: TAKE}


def _for(duties: tuple[Duty, ...], verbs: Verbs) -> Grants:
    return dict.fromkeys(duties, verbs)


def _table(*grants: Grants) -> Grants:
    """The union of ``grants``, with what the overseers read."""
    together: Grants = dict(OVERSEERS)
    for grant in grants:
        for duty, verbs in grant.items():
            together[duty] = together.get(duty, frozenset()) | verbs
    return together


def _kept_by(duty: Duty, *also: Verb) -> Grants:
    return {duty: KEEP | frozenset(also)}


def _adds(duty: Duty, *verbs: Verb) -> Grants:
    return {duty: frozenset(verbs)}


_OFFICERS_READ = _for(OFFICERS, READ)
_OFFICERS_TAKE = _for(OFFICERS, TAKE)
_APPLICANT_READS: Grants = {Duty.APPLICANT: READ}
_CATALOGUE_READS: Grants = {Duty.CATALOGUE: READ}
_SECURITY_READS: Grants = {Duty.SECURITY: READ}

# Table → duty → verbs: the one place that opens anything.
ACCESS: dict[str, Grants] = {
    "authority": _table(_kept_by(Duty.SYSTEM)),
    "department": _table(_kept_by(Duty.SYSTEM), _SECURITY_READS, _CATALOGUE_READS),
    "service_window": _table(_kept_by(Duty.SYSTEM), _SECURITY_READS),
    "user_account": _table(_kept_by(Duty.SYSTEM, Verb.ACT), _SECURITY_READS),
    "calendar_year": _table(_kept_by(Duty.SYSTEM), _OFFICERS_READ, _CATALOGUE_READS),
    "calendar_day": _table(_kept_by(Duty.SYSTEM, Verb.DELETE), _OFFICERS_READ, _CATALOGUE_READS),
    "number_counter": _table({Duty.SYSTEM: READ}),
    "role_grant": _table(_kept_by(Duty.SECURITY)),
    "post": _table(_kept_by(Duty.SECURITY)),
    "post_assignment": _table(_kept_by(Duty.SECURITY)),
    "licence_item": _table(_kept_by(Duty.CATALOGUE), _OFFICERS_READ),
    "item_version": _table(_kept_by(Duty.CATALOGUE, Verb.ACT, Verb.DELETE), _OFFICERS_READ),
    "step_definition": _table(_kept_by(Duty.CATALOGUE, Verb.DELETE), _OFFICERS_READ),
    "material_requirement": _table(_kept_by(Duty.CATALOGUE, Verb.DELETE), _OFFICERS_READ),
    "item_condition": _table(_kept_by(Duty.CATALOGUE, Verb.DELETE), _OFFICERS_READ),
    "item_question": _table(_kept_by(Duty.CATALOGUE, Verb.DELETE), _OFFICERS_READ),
    "fee_item": _table(_kept_by(Duty.CATALOGUE, Verb.DELETE), _OFFICERS_READ),
    "source_note": _table(_kept_by(Duty.CATALOGUE, Verb.ACT, Verb.DELETE)),
    "former_step": _table(_kept_by(Duty.CATALOGUE, Verb.DELETE)),
    "step_template": _table(_kept_by(Duty.CATALOGUE)),
    "template_step": _table(_kept_by(Duty.CATALOGUE, Verb.DELETE)),
    "fee_charge": _table(_OFFICERS_READ, _APPLICANT_READS),
    "applicant": _table(
        _OFFICERS_READ,
        _APPLICANT_READS,
        _for((Duty.GUIDANCE, Duty.ACCEPTANCE), frozenset({Verb.CREATE, Verb.EDIT})),
    ),
    "application": _table(
        _OFFICERS_TAKE,
        _APPLICANT_READS,
        _adds(Duty.ACCEPTANCE, Verb.CREATE, Verb.EDIT),
        _for((*OFFICERS[1:], Duty.SUPERVISION, Duty.APPLICANT), frozenset({Verb.ACT})),
    ),
    "application_step": _table(
        _OFFICERS_TAKE,
        _for(OFFICERS[1:4], frozenset({Verb.EDIT, Verb.ACT})),
        _for((Duty.HEAD, Duty.SUPERVISION), frozenset({Verb.ACT})),
    ),
    "submitted_material": _table(
        _OFFICERS_READ,
        _APPLICANT_READS,
        _adds(Duty.ACCEPTANCE, Verb.CREATE, Verb.EDIT, Verb.DELETE),
    ),
    "correction_notice": _table(
        _OFFICERS_READ, _APPLICANT_READS, _adds(Duty.ACCEPTANCE, Verb.CREATE)
    ),
    "correction_notice_line": _table(_OFFICERS_READ, _APPLICANT_READS),
    "intake_answer": _table(_OFFICERS_READ, _APPLICANT_READS),
    "application_ban": _table(_OFFICERS_READ),
    "first_contact_handover": _table(_OFFICERS_READ),
    "pre_guidance": _table(_OFFICERS_READ, _adds(Duty.GUIDANCE, Verb.CREATE)),
    "pre_guidance_material": _table(_OFFICERS_READ),
    "clock_suspension": _table(
        _OFFICERS_READ, _APPLICANT_READS, _adds(Duty.REVIEW, Verb.CREATE, Verb.EDIT)
    ),
    "deadline_extension": _table(
        _OFFICERS_READ,
        _APPLICANT_READS,
        _adds(Duty.REVIEW, Verb.CREATE),
        _adds(Duty.HEAD, Verb.ACT),
    ),
    "green_lane": _table(_OFFICERS_READ),
    "decision": _table(_OFFICERS_READ, _APPLICANT_READS, _adds(Duty.DECISION, Verb.CREATE)),
    "certificate": _table(_OFFICERS_TAKE, _APPLICANT_READS, _adds(Duty.ACCEPTANCE, Verb.ACT)),
    "condition_verdict": _table(_OFFICERS_READ),
    "site_inspection": _table(_OFFICERS_READ),
    "site_inspector": _table(_OFFICERS_READ),
    "hearing": _table(_OFFICERS_READ, _APPLICANT_READS),
    "interested_party": _table(_OFFICERS_READ),
    "forwarding": _table(_OFFICERS_READ, _APPLICANT_READS),
    "termination": _table(_OFFICERS_READ, _APPLICANT_READS),
    "applicant_link": _table(
        _OFFICERS_READ,
        _for(OFFICERS, frozenset({Verb.CREATE})),
        _adds(Duty.HEAD, Verb.EDIT),
    ),
    "certificate_change": _table(
        _OFFICERS_TAKE,
        _for((Duty.ACCEPTANCE, Duty.REVIEW, Duty.HEAD), frozenset({Verb.CREATE})),
        _adds(Duty.HEAD, Verb.ACT),
    ),
    "supervision_order": _table(
        _for(OFFICERS, READ | {Verb.EDIT}),
        _for((Duty.HEAD, Duty.SUPERVISION), KEEP | {Verb.ACT}),
    ),
    "absence": _table(
        _for((*OFFICERS, Duty.SUPERVISION), READ | {Verb.CREATE, Verb.EDIT, Verb.DELETE})
    ),
    "reassignment": _table(_for((Duty.HEAD, Duty.SUPERVISION), TAKE | {Verb.CREATE})),
    "reassignment_line": _table({Duty.HEAD: TAKE}),
    "supervision_record": _table(_OFFICERS_READ, _kept_by(Duty.REVIEW, Verb.ACT)),
    "supervision_inspector": _table(_OFFICERS_READ),
    "referral": _table(_OFFICERS_READ, _for((Duty.REVIEW, Duty.HEAD, Duty.SUPERVISION), KEEP)),
    "complaint": _table(_for((Duty.HEAD, Duty.SUPERVISION), KEEP | {Verb.ACT})),
    "service_rating": _table(_OFFICERS_READ, {Duty.APPLICANT: READ | {Verb.CREATE}}),
    "rectification": _table(
        _OFFICERS_READ, _for((Duty.HEAD, Duty.SUPERVISION), frozenset({Verb.EDIT, Verb.ACT}))
    ),
    # Everybody keeps his own; the auditor reads them all and keeps none.
    "saved_view": {
        **_for(tuple(Duty), READ | {Verb.EDIT, Verb.DELETE, Verb.EXPORT}),
        Duty.AUDIT: TAKE,
    },
    "due_date_change": _table(_OFFICERS_READ),
    "finding": _table(_OFFICERS_READ),
    "warning": _table(_OFFICERS_READ),
    "daily_run": _table({Duty.SYSTEM: READ}),
    "calendar_revision": _table({Duty.SYSTEM: READ}),
    "audit_entry": {Duty.SUPERVISION: READ, Duty.AUDIT: TAKE},
    "audit_head": {Duty.SUPERVISION: READ, Duty.AUDIT: TAKE},
}


def may(actor: Actor, table: str, verb: Verb) -> bool:
    """Whether one of the actor's duties opens ``verb`` of ``table``."""
    grants = ACCESS.get(table, {})
    return any(verb in grants.get(duty, ()) for duty in actor.duties)


# What an applicant may see of a table: the rows that are his own.
def _own_applicants(user_id: int) -> ColumnElement[bool]:
    return Applicant.user_id == user_id


def _own_cases(user_id: int) -> ColumnElement[bool]:
    return Application.applicant_id.in_(select(Applicant.id).where(_own_applicants(user_id)))


def _of_own_cases(
    part: type[
        SubmittedMaterial
        | CorrectionNotice
        | ClockSuspension
        | DeadlineExtension
        | Decision
        | Certificate
        | FeeCharge
        | Hearing
        | Forwarding
        | Termination
        | IntakeAnswer
        | ServiceRating
    ],
) -> Callable[[int], ColumnElement[bool]]:
    return lambda user_id: part.application_id.in_(
        select(Application.id).where(_own_cases(user_id))
    )


def _told_to(user_id: int) -> ColumnElement[bool]:
    """The notices that were sent to him; one that waits for approval is the office's own."""
    own = _of_own_cases(CorrectionNotice)(user_id)
    return and_(own, CorrectionNotice.issued_on.is_not(None))


def _own_views(user_id: int) -> ColumnElement[bool]:
    return SavedView.owner_id == user_id


OWN_ROWS: dict[str, Callable[[int], ColumnElement[bool]]] = {
    "applicant": _own_applicants,
    "application": _own_cases,
    "submitted_material": _of_own_cases(SubmittedMaterial),
    "correction_notice": _told_to,
    "correction_notice_line": lambda user_id: CorrectionNoticeLine.notice_id.in_(
        select(CorrectionNotice.id).where(_told_to(user_id))
    ),
    "intake_answer": _of_own_cases(IntakeAnswer),
    "clock_suspension": _of_own_cases(ClockSuspension),
    "deadline_extension": _of_own_cases(DeadlineExtension),
    "decision": _of_own_cases(Decision),
    "certificate": _of_own_cases(Certificate),
    "fee_charge": _of_own_cases(FeeCharge),
    "hearing": _of_own_cases(Hearing),
    "forwarding": _of_own_cases(Forwarding),
    "termination": _of_own_cases(Termination),
    "service_rating": _of_own_cases(ServiceRating),
    "saved_view": _own_views,
}


def _addressed_orders(user_id: int) -> ColumnElement[bool]:
    return SupervisionOrder.addressee_id == user_id


def _complaints_about_others(user_id: int) -> ColumnElement[bool]:
    return or_(Complaint.officer_id.is_(None), Complaint.officer_id != user_id)


# Table → duties whose holders see every row, and the rows that the others see.
PERSONAL_ROWS: dict[str, tuple[frozenset[Duty], Callable[[int], ColumnElement[bool]]]] = {
    "supervision_order": (frozenset({Duty.HEAD, Duty.SUPERVISION, Duty.AUDIT}), _addressed_orders),
    # A complaint is not shown to the person complained of, whatever his duties.
    "complaint": (frozenset(), _complaints_about_others),
    "saved_view": (frozenset({Duty.AUDIT}), _own_views),
}


def scope(actor: Actor, table: str, verb: Verb) -> ColumnElement[bool] | None:
    """The rows of ``table`` to which the actor's ``verb`` is limited; None means all.

    Only the applicant's duty is limited to rows: whoever holds another duty that opens the
    verb sees every row.
    """
    grants = ACCESS.get(table, {})
    openers = {duty for duty in actor.duties if verb in grants.get(duty, ())}
    if openers == {Duty.APPLICANT} and actor.user_id is not None:
        return OWN_ROWS[table](actor.user_id)
    if table in PERSONAL_ROWS and actor.user_id is not None:
        unlimited, rows = PERSONAL_ROWS[table]
        return None if openers & unlimited else rows(actor.user_id)
    return None


@dataclass(frozen=True, slots=True)
class PageOfMenu:
    """A page of the panel that is no table's list, and the duties to which it is open."""

    name: LazyString
    duties: frozenset[Duty]


PAGES: dict[str, PageOfMenu] = {
    "work": PageOfMenu(_("My work"), frozenset({*OFFICERS[1:]})),
    "board": PageOfMenu(
        _("Time limits board"), frozenset({Duty.HEAD, Duty.SUPERVISION, Duty.AUDIT})
    ),
    "figures": PageOfMenu(
        _("Figures of the reform"), frozenset({Duty.HEAD, Duty.SUPERVISION, Duty.AUDIT})
    ),
}


def tables_of(actor: Actor) -> list[str]:
    """Every table whose list is open to the actor, in the order of the access table."""
    return [table for table in ACCESS if may(actor, table, Verb.LIST)]
