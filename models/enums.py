"""The closed vocabularies of the schema.

Each member's value equals its name: the panel looks members up by name, and a second
spelling would let an unchanged form alter a row.
"""

from enum import StrEnum, auto


class Named(StrEnum):
    """A StrEnum whose ``auto()`` is the member's own name."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name


class Duty(Named):
    """What an account may do in the office (行政许可科). Granted with dates, never for ever."""

    GUIDANCE = auto()
    ACCEPTANCE = auto()
    REVIEW = auto()
    DECISION = auto()
    HEAD = auto()
    SUPERVISION = auto()
    CATALOGUE = auto()
    SYSTEM = auto()
    SECURITY = auto()
    AUDIT = auto()
    APPLICANT = auto()


class ApplicationStatus(Named):
    """Where a case (办件) stands; "paused" is no status but an open suspension."""

    DRAFT = auto()
    RECEIVED = auto()
    CORRECTING = auto()
    ACCEPTED = auto()
    GRANTED = auto()
    DELIVERED = auto()
    REFUSED = auto()
    NOT_ACCEPTED = auto()
    WITHDRAWN = auto()
    TERMINATED = auto()


class ApplicationKind(Named):
    """What is asked for: a new permit, or something about one that is there (Art. 49, 50)."""

    NEW = auto()
    AMENDMENT = auto()
    RENEWAL = auto()
    REISSUE = auto()
    TRANSFER = auto()
    CANCELLATION = auto()


class StepStatus(Named):
    """Where one step (办理环节) of a case stands."""

    WAITING = auto()
    OPEN = auto()
    DONE = auto()
    CANCELLED = auto()


class VersionStatus(Named):
    """The life of an item version: a draft is edited, a published one binds, a retired one ends."""

    DRAFT = auto()
    PUBLISHED = auto()
    RETIRED = auto()


class CertificateStatus(Named):
    """Whether a certificate (证照) is in force."""

    VALID = auto()
    EXPIRED = auto()


class Channel(Named):
    """How an application came in."""

    WINDOW = auto()
    ONLINE = auto()
    POST = auto()
    EMAIL = auto()
    INTERNAL = auto()


class Origin(Named):
    """NATIVE: handled here and judged by every rule. IMPORTED: recorded history, read-only."""

    NATIVE = auto()
    IMPORTED = auto()


class LimitUnit(Named):
    """The unit of a limit; it is data of each item (Art. 82 counts working days)."""

    WORKING_DAY = auto()
    CALENDAR_DAY = auto()
    MONTH = auto()


class ClockStart(Named):
    """What starts the decision clock of an item."""

    ACCEPTANCE = auto()
    RECEIPT = auto()
    REVIEW_CONCLUSION = auto()


class SuspensionKind(Named):
    """The eight procedures whose time is not counted (Art. 45 Administrative Permit Law)."""

    HEARING = auto()
    TENDER = auto()
    AUCTION = auto()
    INSPECTION = auto()
    TESTING = auto()
    QUARANTINE = auto()
    APPRAISAL = auto()
    EXPERT_REVIEW = auto()


class DecisionOutcome(Named):
    """Grant (准予许可) or refusal (不予许可), Art. 38."""

    GRANTED = auto()
    REFUSED = auto()


class ItemCategory(Named):
    """The five categories of the consolidated catalogue."""

    PRODUCTION = auto()
    MEASUREMENT = auto()
    SPECIAL_EQUIPMENT = auto()
    CODE_AND_STANDARD = auto()
    INSTITUTION = auto()


class ItemType(Named):
    """What the item is in law: a permit, or one of the services handled beside permits."""

    PERMIT = auto()
    REGISTRATION = auto()
    FILING = auto()
    NOTICE = auto()
    FIRST_REVIEW = auto()
    NON_PERMIT = auto()


class HandlingType(Named):
    """即办件 is finished at once; 承诺件 within a promised limit."""

    AT_ONCE = auto()
    PROMISED = auto()


class HandlingMode(Named):
    """办理方式: alone, preliminary review, jointly, or forwarded."""

    ALONE = auto()
    PRELIMINARY = auto()
    JOINT = auto()
    FORWARDED = auto()


class Necessity(Named):
    """材料必要性: required, required in a situation, may follow (容缺), or optional."""

    REQUIRED = auto()
    CONDITIONAL = auto()
    DEFERRABLE = auto()
    OPTIONAL = auto()


class Situation(Named):
    """When a conditional material is needed, where the case itself tells it."""

    AGENT = auto()
    FIRST_APPLICATION = auto()
    AMENDMENT = auto()
    RENEWAL = auto()
    RENEWAL_OR_AMENDMENT = auto()


class CertificateKind(Named):
    """The four kinds of permit documents (Art. 39)."""

    LICENCE = auto()
    QUALIFICATION = auto()
    APPROVAL = auto()
    LABEL = auto()


class ApplicantKind(Named):
    """A natural person or an organisation; only the person's number is masked."""

    PERSON = auto()
    ORGANISATION = auto()


class DeliveryMethod(Named):
    """How a certificate reaches its holder (Art. 44)."""

    WINDOW = auto()
    COURIER = auto()
    ELECTRONIC = auto()


class DueCause(Named):
    """Why a case's due date, pause or closure changed; one row of its due-date history each."""

    RECEIVED = auto()
    CORRECTION_NOTICE = auto()
    RESUBMITTED = auto()
    ACCEPTED = auto()
    DEEMED_ACCEPTED = auto()
    SUSPENDED = auto()
    RESUMED = auto()
    EXTENDED = auto()
    DECIDED = auto()
    CLOSED = auto()
    CALENDAR_CHANGED = auto()
    IMPORTED = auto()


class AuditVerb(Named):
    """What an audit entry records of a row."""

    INSERT = auto()
    UPDATE = auto()
    DELETE = auto()


class OrderKind(Named):
    """What a supervision order (督办) asks of its addressee."""

    CHASE = auto()
    CORRECT = auto()
    EXPLAIN = auto()


class AbsenceReason(Named):
    """Why an officer is away from his post."""

    LEAVE = auto()
    TRAINING = auto()
    SICK = auto()
    DEPARTURE = auto()
    OTHER = auto()


class LineOutcome(Named):
    """What became of one step of a reassignment."""

    MOVED = auto()
    REFUSED = auto()


class CheckKind(Named):
    """How a permit holder was supervised (Art. 61, 62)."""

    SITE_VISIT = auto()
    SAMPLING = auto()
    DOCUMENT_CHECK = auto()


class CheckResult(Named):
    """What the supervision of a permit holder found."""

    CONFORMS = auto()
    TO_BE_CORRECTED = auto()
    VIOLATION = auto()


class ReferralDirection(Named):
    """Whether a violation was reported to the deciding organ, or by another one (Art. 64)."""

    TO_DECIDING_ORGAN = auto()
    FROM_OTHER_ORGAN = auto()


class RatingLevel(Named):
    """The five levels of a service rating (好差评); the last two are bad ones (差评)."""

    VERY_SATISFIED = auto()
    SATISFIED = auto()
    FAIRLY_SATISFIED = auto()
    UNSATISFIED = auto()
    VERY_UNSATISFIED = auto()
