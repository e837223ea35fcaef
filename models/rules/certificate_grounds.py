"""Why a certificate may change: the grounds of Art. 8, 69 and 70, and what each asks for."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from models.enums import ApplicantKind
from models.enums import ApplicationKind as Asked
from models.enums import CertificateChangeKind as Kind
from models.enums import CertificateGround as Ground
from models.enums import CertificateStatus as Paper
from models.rules.transitions import IN_FORCE, PERMIT_ENDED

# Kind of change → the status that it leads to.
TARGETS: Mapping[Kind, Paper] = MappingProxyType(
    {
        Kind.SUSPEND: Paper.SUSPENDED,
        Kind.REINSTATE: Paper.VALID,
        Kind.REVOKE: Paper.REVOKED,
        Kind.WITHDRAW: Paper.WITHDRAWN,
        Kind.PUNITIVE_REVOKE: Paper.PUNITIVELY_REVOKED,
        Kind.CANCEL: Paper.CANCELLED,
        Kind.SUPERSEDE: Paper.SUPERSEDED,
        Kind.EXPIRE: Paper.EXPIRED,
    }
)

# Kind of change → its lawful grounds.
GROUNDS: Mapping[Kind, frozenset[Ground]] = MappingProxyType(
    {
        Kind.SUSPEND: frozenset(
            {Ground.SERIOUS_VIOLATION, Ground.CONDITIONS_NOT_KEPT, Ground.OTHER_LAWFUL}
        ),
        Kind.REINSTATE: frozenset({Ground.CAUSE_REMOVED, Ground.OTHER_LAWFUL}),
        Kind.REVOKE: frozenset(
            {
                Ground.ABUSE_OF_POWER, Ground.ULTRA_VIRES, Ground.PROCEDURE_BROKEN,
                Ground.UNQUALIFIED_APPLICANT, Ground.OTHER_LAWFUL, Ground.FRAUD_OR_BRIBERY,
            }
        ),
        Kind.WITHDRAW: frozenset({Ground.LAW_CHANGED, Ground.CIRCUMSTANCES_CHANGED}),
        Kind.PUNITIVE_REVOKE: frozenset({Ground.SERIOUS_VIOLATION}),
        Kind.CANCEL: frozenset(
            {
                Ground.EXPIRED_NOT_RENEWED, Ground.PERSON_DEAD_OR_INCAPABLE,
                Ground.LEGAL_PERSON_ENDED, Ground.PERMIT_ENDED, Ground.FORCE_MAJEURE,
                Ground.HOLDER_REQUEST, Ground.OTHER_LAWFUL,
            }
        ),
        Kind.SUPERSEDE: frozenset({Ground.NEW_EDITION}),
        Kind.EXPIRE: frozenset({Ground.VALIDITY_ENDED}),
    }
)  # fmt: skip

# What the hooks record by themselves, and what the head decides upon a proposal.
BY_ITSELF = frozenset({Kind.SUPERSEDE, Kind.EXPIRE})
BY_THE_HEAD = frozenset(Kind) - BY_ITSELF - {Kind.CANCEL}
# Against the holder: the remedies are named.
ADVERSE = BY_THE_HEAD - {Kind.REINSTATE}

# Ground of a cancellation → the statuses of the certificate in which it can be one (Art. 70).
STATUSES_OF_GROUND: Mapping[Ground, Collection[Paper]] = MappingProxyType(
    {
        Ground.EXPIRED_NOT_RENEWED: (Paper.EXPIRED,),
        Ground.PERMIT_ENDED: PERMIT_ENDED,
        Ground.HOLDER_REQUEST: (*IN_FORCE, Paper.EXPIRED),
    }
)
# Ground of a cancellation → the holders that it can befall.
HOLDERS_OF_GROUND: Mapping[Ground, ApplicantKind] = MappingProxyType(
    {
        Ground.PERSON_DEAD_OR_INCAPABLE: ApplicantKind.PERSON,
        Ground.LEGAL_PERSON_ENDED: ApplicantKind.ORGANISATION,
    }
)
SAFETY_BAN_MONTHS = 36


# Kind of application → the statuses of the certificate when it comes in, and when it is granted.
WHEN_FILED: Mapping[Asked, Collection[Paper]] = MappingProxyType(
    {
        Asked.AMENDMENT: (Paper.VALID,),
        Asked.REISSUE: (Paper.VALID,),
        Asked.TRANSFER: (Paper.VALID,),
        Asked.RENEWAL: (Paper.VALID,),
        Asked.CANCELLATION: (*IN_FORCE, Paper.EXPIRED),
    }
)
# Art. 50: an order that suspends does not stop a renewal, nor does expiry while it was decided.
WHEN_GRANTED: Mapping[Asked, Collection[Paper]] = MappingProxyType(
    {**WHEN_FILED, Asked.RENEWAL: (*IN_FORCE, Paper.EXPIRED)}
)


def stands_in(
    lawful: Collection[Paper], status: Paper, valid_until: date | None, day: date
) -> bool:
    """Whether a certificate stands in one of the ``lawful`` statuses on ``day`` (Art. 49, 50).

    One whose last valid day has passed has expired, though time has not yet said so.
    """
    has_ended = valid_until is not None and day > valid_until
    return status in lawful and (not has_ended or Paper.EXPIRED in lawful)


def ground_fits(kind: Kind, ground: Ground, status: Paper, holder: ApplicantKind) -> bool:
    """Whether a change of this kind may rest on ``ground`` for such a certificate (Art. 69, 70)."""
    if ground not in GROUNDS[kind]:
        return False
    if status not in STATUSES_OF_GROUND.get(ground, tuple(Paper)):
        return False
    return HOLDERS_OF_GROUND.get(ground, holder) is holder


def needs_a_second_person(kind: Kind, status: Paper) -> bool:
    """Whether a change waits for the head: all that is decided against or for a holder, and the
    cancellation of what is still in force; time itself opens the cancellation of what has ended."""
    return kind in BY_THE_HEAD or (kind is Kind.CANCEL and status in IN_FORCE)


def takes_rights_away(kind: Kind, ground: Ground, status: Paper) -> bool:
    """Whether a change is against the holder, who is told the remedies then."""
    cancels = kind is Kind.CANCEL and status in IN_FORCE
    return kind in ADVERSE or (cancels and ground is not Ground.HOLDER_REQUEST)


def compensation_is_owed(kind: Kind, ground: Ground) -> bool:
    """Art. 8, 69 ¶4: a lawful interest is made good; one gained by fraud or bribery is none."""
    if kind is Kind.WITHDRAW:
        return True
    return kind is Kind.REVOKE and ground is not Ground.FRAUD_OR_BRIBERY


def ban_follows(
    kind: Kind, ground: Ground, *, is_safety_item: bool, ban_months: int | None
) -> int | None:
    """For how many months the holder may not apply again; None when there is no ban (Art. 79).

    A permit gained by fraud or bribery: three years where the item concerns public safety. A
    punitive revocation: as long as the law of the item says.
    """
    if kind is Kind.REVOKE and ground is Ground.FRAUD_OR_BRIBERY and is_safety_item:
        return SAFETY_BAN_MONTHS
    return ban_months if kind is Kind.PUNITIVE_REVOKE else None
