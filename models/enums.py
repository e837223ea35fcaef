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
    LEADER = auto()
    SUPERVISION = auto()
    COMMITTEE = auto()
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
    FORWARDED = auto()


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
    SUSPENDED = auto()
    REVOKED = auto()
    WITHDRAWN = auto()
    PUNITIVELY_REVOKED = auto()
    CANCELLED = auto()
    SUPERSEDED = auto()


class CertificateChangeKind(Named):
    """What happens to a certificate: 撤销 (Art. 69) is neither 撤回 (8), 吊销 nor 注销 (70)."""

    SUSPEND = auto()
    REINSTATE = auto()
    REVOKE = auto()
    WITHDRAW = auto()
    PUNITIVE_REVOKE = auto()
    CANCEL = auto()
    SUPERSEDE = auto()
    EXPIRE = auto()


class CertificateGround(Named):
    """Why it happens: the grounds of Art. 8, 69 and 70, and of the orders that suspend."""

    ABUSE_OF_POWER = auto()
    ULTRA_VIRES = auto()
    PROCEDURE_BROKEN = auto()
    UNQUALIFIED_APPLICANT = auto()
    FRAUD_OR_BRIBERY = auto()
    LAW_CHANGED = auto()
    CIRCUMSTANCES_CHANGED = auto()
    SERIOUS_VIOLATION = auto()
    CONDITIONS_NOT_KEPT = auto()
    CAUSE_REMOVED = auto()
    EXPIRED_NOT_RENEWED = auto()
    PERSON_DEAD_OR_INCAPABLE = auto()
    LEGAL_PERSON_ENDED = auto()
    PERMIT_ENDED = auto()
    FORCE_MAJEURE = auto()
    HOLDER_REQUEST = auto()
    NEW_EDITION = auto()
    VALIDITY_ENDED = auto()
    OTHER_LAWFUL = auto()


class Channel(Named):
    """How an application came in."""

    WINDOW = auto()
    ONLINE = auto()
    POST = auto()
    EMAIL = auto()
    INTERNAL = auto()


class EarlierReceiptCause(Named):
    """Why an application was entered after the day on which it came."""

    POST = auto()
    OUTAGE = auto()


class ServiceWay(Named):
    """How a document is served (送达): handed over, by post, electronically, left at the place,
    or by public announcement."""

    IN_PERSON = auto()
    POST = auto()
    ELECTRONIC = auto()
    LEFT = auto()
    ANNOUNCEMENT = auto()


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


class IdentityKind(Named):
    """The kind of document or register whose number tells who somebody is (证件类型)."""

    CREDIT_CODE = auto()
    ORGANISATION_CODE = auto()
    IDENTITY_CARD = auto()
    PASSPORT = auto()
    TRAVEL_PERMIT = auto()
    RESIDENCE_CARD = auto()


class IdentityChange(Named):
    """How an applicant came by a number: with the record, or by a proof that the head confirmed."""

    REGISTERED = auto()
    CORRECTED = auto()
    ADDED = auto()
    WITHOUT_NUMBER = auto()
    SAME_PERSON = auto()


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
    REVIEW_CONCLUDED = auto()
    GREEN_LANE = auto()
    DEEMED_RENEWED = auto()
    RECEIVED_EARLIER = auto()


class WarningKind(Named):
    """Of what an officer was warned."""

    DUE_SOON = auto()


class HearingKind(Named):
    """Why a hearing (听证) is held: the law prescribes it (Art. 46), or on request (Art. 47)."""

    BY_LAW = auto()
    ON_REQUEST = auto()


class LinkKind(Named):
    """How an officer is linked to an applicant, and so must step aside (回避)."""

    SELF = auto()
    EMPLOYEE = auto()
    RELATIVE = auto()
    INTEREST = auto()


class TerminationGround(Named):
    """Why the handling of an accepted case ends without a decision (终止办理)."""

    APPLICANT_ENDED = auto()
    OBJECT_CEASED = auto()
    NOT_FOUND = auto()
    LAW_CHANGED = auto()
    OTHER = auto()


class AuditVerb(Named):
    """What an audit entry records of a row."""

    INSERT = auto()
    UPDATE = auto()
    DELETE = auto()


class PowerSource(Named):
    """权力来源: by what the authority holds the power that an item exercises."""

    STATUTE = auto()
    DELEGATED_DOWN = auto()
    AUTHORISED_BY_SUPERIOR = auto()
    AUTHORISED_BY_PEER = auto()
    ENTRUSTED_BY_SUPERIOR = auto()
    ENTRUSTED_BY_PEER = auto()


class ExercisingLevel(Named):
    """行使层级: the level of government at which an item is handled."""

    NATION = auto()
    PROVINCE = auto()
    CITY = auto()
    COUNTY = auto()
    TOWNSHIP = auto()
    VILLAGE = auto()
    SHARED = auto()


class ServiceObject(Named):
    """服务对象: for whom an item is."""

    PERSON = auto()
    ORGANISATION = auto()
    BOTH = auto()


class OnlineDepth(Named):
    """网上办理深度: published, forms fetched, received and pre-checked, or handled whole online."""

    I = auto()  # noqa: E741 - the four depths are numbered so
    II = auto()
    III = auto()
    IV = auto()


class MaterialType(Named):
    """材料类型: an original, a copy, or both to be compared."""

    ORIGINAL = auto()
    COPY = auto()
    ORIGINAL_AND_COPY = auto()


class MaterialForm(Named):
    """材料形式: on paper, electronic, or either."""

    PAPER = auto()
    ELECTRONIC = auto()
    EITHER = auto()


class MaterialSource(Named):
    """来源渠道: who makes a material."""

    APPLICANT = auto()
    GOVERNMENT = auto()
    OTHER = auto()


class BasisLevel(Named):
    """The rank of the text on which a fee rests (Art. 58, 59)."""

    LAW = auto()
    ADMIN_REGULATION = auto()
    LOCAL_REGULATION = auto()
    DEPARTMENT_RULE = auto()


class SourceTag(Named):
    """How well a fact of the catalogue is known."""

    VERIFIED = auto()
    SECONDARY = auto()
    MEMORY = auto()
    INVENTED = auto()
    COMPUTED = auto()


class IntakeResult(Named):
    """The five answers to an application, in the order of Art. 32(1) to (5)."""

    NO_PERMIT_NEEDED = auto()
    NOT_COMPETENT = auto()
    CORRECTED_ON_THE_SPOT = auto()
    INCOMPLETE = auto()
    ACCEPTED = auto()


class BanCause(Named):
    """Why an applicant may not apply again for a time (Art. 78, 79, or the item's own law)."""

    FALSE_MATERIALS = auto()
    FRAUD = auto()
    PUNITIVE_REVOCATION = auto()


class GuidanceOutcome(Named):
    """What pre-guidance (预先指导) advised the visitor."""

    READY = auto()
    INCOMPLETE = auto()
    NO_PERMIT_NEEDED = auto()
    NOT_COMPETENT = auto()


class OrderKind(Named):
    """What a supervision order (督办) asks of its addressee."""

    CHASE = auto()
    CORRECT = auto()
    EXPLAIN = auto()


class AbsenceReason(Named):
    """Why an officer is away from the post."""

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


class NoticeProblem(Named):
    """Why a text is no notice of the days off of a year (节假日安排通知)."""

    NOT_READ = auto()
    NO_YEAR = auto()
    NO_DAYS = auto()
    NO_SUCH_DAY = auto()
    WEEKDAY_DIFFERS = auto()
    COUNT_DIFFERS = auto()
    OTHER_YEAR = auto()
    TOLD_TWICE = auto()
    WORKED_ANYWAY = auto()
    STATUTORY_DAY = auto()
