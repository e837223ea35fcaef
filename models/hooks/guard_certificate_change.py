"""The rules of what happens to a certificate (Art. 8, 69, 70), each a sentence."""

from models.base import stored
from models.certificate import Certificate
from models.certificate_change import CertificateChange
from models.enums import CertificateChangeKind, Duty
from models.errors import RuleViolation
from models.hooks.guard_proposal import proposal_is_answered, proposal_is_fixed
from models.hooks.guarding import Guard, Judgement, gives_a_sentence
from models.questions.recusal import is_linked, is_own
from models.rules.certificate_grounds import (
    BY_ITSELF,
    TARGETS,
    compensation_is_owed,
    ground_fits,
    takes_rights_away,
)
from models.rules.reasons import has_words
from models.rules.transitions import moves_between

Kind = CertificateChangeKind


def certificate_changes_by_a_post(j: Judgement) -> None:
    """A change is made by a person, a cancellation from the acceptance post, and never by
    the holder (回避); what follows by itself is entered by nobody."""
    if j.change.table != "certificate_change":
        return
    row: CertificateChange = j.row
    if j.actor.is_system:
        raise RuleViolation("move-needs-a-person", target=j.change.table)
    if row.certificate is None and row.certificate_id is not None:
        row.certificate = j.session.get(Certificate, row.certificate_id)
    for column in ("certificate", "kind", "ground"):
        if getattr(row, column) is None:
            raise RuleViolation("is-missing", field=column)
    if j.change.is_new and row.kind in BY_ITSELF:
        raise RuleViolation("move-follows-from-an-act", field="kind", target=row.kind)
    if j.change.is_new and row.kind is Kind.CANCEL and Duty.ACCEPTANCE not in j.actor.posts:
        raise RuleViolation("post-not-held", post=Duty.ACCEPTANCE)
    holder = row.certificate.holder
    if is_own(j.session, j.actor.user_id, holder):
        raise RuleViolation("officer-is-the-applicant")
    if is_linked(j.session, j.actor.user_id, holder.id, j.today):
        raise RuleViolation("officer-is-linked")


def change_is_fixed(j: Judgement) -> None:
    """A change that took effect, or was refused, is not rewritten; nor is what was proposed."""
    proposal_is_fixed(j, "effective_on", RuleViolation("certificate-change-is-fixed"))


def change_fits_the_status(j: Judgement) -> None:
    """Nobody proposes what the status of the certificate does not allow."""
    row: CertificateChange = j.row
    status = stored(row.certificate, "status")
    if j.change.is_new and not moves_between("certificate", status, TARGETS[row.kind]):
        raise RuleViolation("unlawful-move", source=status, target=TARGETS[row.kind])


def change_has_its_ground(j: Judgement) -> None:
    """Each change has grounds of its own (Art. 8, 69, 70), and they fit the certificate."""
    row: CertificateChange = j.row
    status = stored(row.certificate, "status")
    if not j.change.is_new:
        return
    if not ground_fits(row.kind, row.ground, status, row.certificate.holder.kind):
        raise RuleViolation("ground-does-not-fit", field="ground", ground=row.ground)


def change_is_proposed_once(j: Judgement) -> None:
    """A proposal is answered before the next one is made."""
    row: CertificateChange = j.row
    if not j.change.is_new or row.kind in BY_ITSELF:
        return
    others = [c for c in row.certificate.changes if c is not row]
    if any(c.effective_on is None and c.rejected_on is None for c in others):
        raise RuleViolation("change-is-proposed-already")


def change_gives_its_reasons(j: Judgement) -> None:
    """A change is made in writing: reasons, basis, and the remedies of whom it is against."""
    row: CertificateChange = j.row
    if not j.change.is_new or row.kind in BY_ITSELF:
        return
    gives_a_sentence(j)
    if not has_words(row.legal_basis):
        raise RuleViolation("legal-basis-is-missing", field="legal_basis")
    status = stored(row.certificate, "status")
    if takes_rights_away(row.kind, row.ground, status) and not has_words(row.remedies):
        raise RuleViolation("remedies-are-missing", field="remedies")


def loss_is_made_good(j: Judgement) -> None:
    """Art. 8, 69: the holder's lawful interest is compensated; what fraud gained is none."""
    row: CertificateChange = j.row
    said = bool((row.compensation or "").strip())
    owed = compensation_is_owed(row.kind, row.ground)
    if owed and not said:
        raise RuleViolation("compensation-is-missing", field="compensation")
    if said and not owed:
        raise RuleViolation("compensation-is-not-owed", field="compensation")


def change_is_answered_by_the_head(j: Judgement) -> None:
    """The head approves or refuses, or the leader, in person, and never what the same person
    proposed or had decided."""
    decision = j.row.certificate.application.decision
    decider = decision.decided_by_id if decision is not None else None
    first = frozenset({decider}) - {None}
    proposal_is_answered(j, first=first)


def cancellation_has_its_proof(j: Judgement) -> None:
    """Art. 70: a certificate in force is cancelled on the holder's request or on another document,
    which has a number and a day."""
    row: CertificateChange = j.row
    if not j.change.is_new or row.kind is not Kind.CANCEL or j.row.effective_on is not None:
        return
    if not has_words(row.proof_number):
        raise RuleViolation("cancellation-needs-its-proof", field="proof_number")
    if row.proof_on is None or row.proof_on > j.today:
        raise RuleViolation("proof-has-its-day", field="proof_on")


def revocation_spares_the_public(j: Judgement) -> None:
    """Art. 69 ¶3: what would harm the public greatly is not revoked."""
    row: CertificateChange = j.row
    if row.kind is Kind.REVOKE and row.public_harm and row.approved_by_id is not None:
        raise RuleViolation("revocation-would-harm-the-public")


CHANGE_GUARDS: tuple[Guard, ...] = (
    change_is_fixed,
    change_fits_the_status,
    change_has_its_ground,
    change_is_proposed_once,
    change_gives_its_reasons,
    loss_is_made_good,
    change_is_answered_by_the_head,
    cancellation_has_its_proof,
    revocation_spares_the_public,
)
