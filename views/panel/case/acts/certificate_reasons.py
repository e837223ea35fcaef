"""What stands against a grant on account of certificates: the present one, and the quota."""

from models.database import db
from models.errors import RuleViolation
from models.questions.certificates import why_no_place
from models.rules.certificate_grounds import WHEN_GRANTED, stands_in
from views.panel.case.acts.act import Situation


def certificate_stands(at: Situation) -> RuleViolation | None:
    """Art. 49, 50: the certificate that the case is about has not ended meanwhile."""
    prior = at.case.prior_certificate
    if prior is None or at.case.kind not in WHEN_GRANTED:
        return None
    lawful = WHEN_GRANTED[at.case.kind]
    stands = stands_in(lawful, prior.status, prior.valid_until, at.today)
    return None if stands else RuleViolation("certificate-is-not-in-force")


def place_is_left(at: Situation) -> RuleViolation | None:
    """Art. 57: a place is free, and nobody accepted earlier waits for it."""
    return why_no_place(db.session(), at.case, at.today)
