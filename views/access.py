"""Who may do what, as data. A table or an endpoint that is not named here is closed."""

from dataclasses import dataclass
from enum import Enum, auto

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement

from models.acting import Actor
from models.base import classes
from models.enums import Duty
from models.questions.own_rows import own_rows, rows_shown_to


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

OFFICERS = (
    Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.HEAD, Duty.LEADER,
)  # fmt: skip
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
# Head and leader answer what others propose.
_CONFIRMS = _for((Duty.HEAD, Duty.LEADER), frozenset({Verb.ACT}))
_APPLICANT_READS: Grants = {Duty.APPLICANT: READ}
_CATALOGUE_READS: Grants = {Duty.CATALOGUE: READ}
_SECURITY_READS: Grants = {Duty.SECURITY: READ}
# The service centre looks across windows: cases, lists and orders, and nobody's number.
_COMMITTEE_READS: Grants = {Duty.COMMITTEE: READ}

# Table → duty → verbs: the one place that opens anything.
ACCESS: dict[str, Grants] = {
    "authority": _table(_kept_by(Duty.SYSTEM)),
    "department": _table(_kept_by(Duty.SYSTEM), _SECURITY_READS, _CATALOGUE_READS),
    "service_window": _table(_kept_by(Duty.SYSTEM), _SECURITY_READS),
    "user_account": _table(_kept_by(Duty.SYSTEM, Verb.ACT), _SECURITY_READS),
    "calendar_year": _table(_kept_by(Duty.SYSTEM), _OFFICERS_READ, _CATALOGUE_READS),
    "calendar_day": _table(_kept_by(Duty.SYSTEM, Verb.DELETE), _OFFICERS_READ, _CATALOGUE_READS),
    "calendar_notice": _table(
        {Duty.SYSTEM: TAKE | {Verb.CREATE}},
        _OFFICERS_READ,
        _CONFIRMS,
    ),
    "calendar_notice_day": _table({Duty.SYSTEM: READ}, _OFFICERS_READ),
    "number_counter": _table({Duty.SYSTEM: READ}),
    "role_grant": _table(_kept_by(Duty.SECURITY)),
    "post": _table(_kept_by(Duty.SECURITY)),
    "post_assignment": _table(_kept_by(Duty.SECURITY)),
    "licence_item": _table(_kept_by(Duty.CATALOGUE), _OFFICERS_READ, _COMMITTEE_READS),
    "item_version": _table(
        _kept_by(Duty.CATALOGUE, Verb.ACT, Verb.DELETE), _OFFICERS_READ, _COMMITTEE_READS
    ),
    "step_definition": _table(
        _kept_by(Duty.CATALOGUE, Verb.DELETE), _OFFICERS_READ, _COMMITTEE_READS
    ),
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
    "applicant_identity": _table(_OFFICERS_READ, _adds(Duty.ACCEPTANCE, Verb.CREATE), _CONFIRMS),
    "application": _table(
        _OFFICERS_TAKE,
        _APPLICANT_READS,
        _adds(Duty.ACCEPTANCE, Verb.CREATE, Verb.EDIT),
        _for((*OFFICERS[1:], Duty.SUPERVISION, Duty.APPLICANT), frozenset({Verb.ACT})),
        _COMMITTEE_READS,
    ),
    "application_step": _table(
        _OFFICERS_TAKE,
        _for(OFFICERS[1:4], frozenset({Verb.EDIT, Verb.ACT})),
        _for((Duty.HEAD, Duty.SUPERVISION), frozenset({Verb.ACT})),
        _COMMITTEE_READS,
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
    "applicant_correction": _table(_OFFICERS_READ),
    "pre_guidance": _table(_OFFICERS_READ, _adds(Duty.GUIDANCE, Verb.CREATE)),
    "pre_guidance_material": _table(_OFFICERS_READ),
    "clock_suspension": _table(
        _OFFICERS_READ, _APPLICANT_READS, _adds(Duty.REVIEW, Verb.CREATE, Verb.EDIT)
    ),
    "deadline_extension": _table(
        _OFFICERS_READ,
        _APPLICANT_READS,
        _adds(Duty.REVIEW, Verb.CREATE),
        _CONFIRMS,
    ),
    "green_lane": _table(_OFFICERS_READ),
    "earlier_receipt": _table(_OFFICERS_READ),
    "decision": _table(
        _OFFICERS_READ, _APPLICANT_READS, _adds(Duty.DECISION, Verb.CREATE), _COMMITTEE_READS
    ),
    "certificate": _table(
        _OFFICERS_TAKE, _APPLICANT_READS, _adds(Duty.ACCEPTANCE, Verb.ACT), _COMMITTEE_READS
    ),
    "condition_verdict": _table(_OFFICERS_READ),
    "site_inspection": _table(_OFFICERS_READ),
    "site_inspector": _table(_OFFICERS_READ),
    "hearing": _table(_OFFICERS_READ, _APPLICANT_READS),
    "interested_party": _table(_OFFICERS_READ),
    "forwarding": _table(_OFFICERS_READ, _APPLICANT_READS),
    "termination": _table(_OFFICERS_READ, _APPLICANT_READS),
    "withdrawal": _table(_OFFICERS_READ, _APPLICANT_READS),
    "applicant_link": _table(
        _OFFICERS_READ,
        _for(OFFICERS, frozenset({Verb.CREATE})),
        _for((Duty.HEAD, Duty.LEADER), frozenset({Verb.EDIT})),
    ),
    "certificate_change": _table(
        _OFFICERS_TAKE,
        _for((Duty.ACCEPTANCE, Duty.REVIEW, Duty.HEAD), frozenset({Verb.CREATE})),
        _CONFIRMS,
    ),
    "supervision_order": _table(
        _for(OFFICERS, READ | {Verb.EDIT}),
        _for((Duty.HEAD, Duty.SUPERVISION), KEEP | {Verb.ACT}),
        _COMMITTEE_READS,
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
    "service_rating": _table(
        _OFFICERS_READ, {Duty.APPLICANT: READ | {Verb.CREATE}}, _COMMITTEE_READS
    ),
    "rectification": _table(
        _OFFICERS_READ,
        _for((Duty.HEAD, Duty.SUPERVISION), frozenset({Verb.EDIT, Verb.ACT})),
        _COMMITTEE_READS,
    ),
    # Everybody keeps their own; the auditor reads them all and keeps none.
    "saved_view": {
        **_for(tuple(Duty), READ | {Verb.EDIT, Verb.DELETE, Verb.EXPORT}),
        Duty.AUDIT: TAKE,
    },
    "due_date_change": _table(_OFFICERS_READ, _COMMITTEE_READS),
    "finding": _table(_OFFICERS_READ, _COMMITTEE_READS),
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


def scope(actor: Actor, table: str, verb: Verb) -> ColumnElement[bool] | None:
    """The rows of ``table`` to which the actor's ``verb`` is limited; None means all.

    The applicant's duty is limited to own rows: whoever holds another duty that opens the verb
    sees every row, but of a table whose rows are shown to persons.
    """
    grants = ACCESS.get(table, {})
    openers = {duty for duty in actor.duties if verb in grants.get(duty, ())}
    if actor.user_id is None:
        return None
    kind = classes()[table]
    if openers == {Duty.APPLICANT}:
        return own_rows(kind, actor.user_id)
    audience = kind.policy.seen_by
    if audience is None or openers & audience.overseers:
        return None
    return rows_shown_to(kind, actor.user_id)


@dataclass(frozen=True, slots=True)
class PageOfMenu:
    """A page of the panel that is no table's list, and the duties to which it is open."""

    name: LazyString
    duties: frozenset[Duty]


WATCHING = frozenset({Duty.HEAD, Duty.LEADER, Duty.SUPERVISION, Duty.COMMITTEE, Duty.AUDIT})

PAGES: dict[str, PageOfMenu] = {
    "work": PageOfMenu(_("My work"), frozenset({*OFFICERS[1:]})),
    "board": PageOfMenu(_("Time limits board"), WATCHING),
    "figures": PageOfMenu(_("Figures of the reform"), WATCHING),
}


def tables_of(actor: Actor) -> list[str]:
    """Every table whose list is open to the actor, in the order of the access table."""
    return [table for table in ACCESS if may(actor, table, Verb.LIST)]
