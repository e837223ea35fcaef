"""What follows for an identity: the record of a number, and what a confirmed proposal does."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, object_session

from models.acting import Acting
from models.application import Applicant
from models.enums import IdentityChange
from models.hooks.changes import Change
from models.identity import ApplicantIdentity
from models.questions.applicants import applicants_of_number
from models.rules.identity import USUAL


def derive_applicant(change: Change, acting: Acting) -> None:
    """The number that comes with a record is its first identity; nobody need confirm it."""
    row = change.row
    assert isinstance(row, Applicant)
    if row.identity_number is None or change.was("identity_number") is not None:
        return
    if row.identity_kind is None and row.kind in USUAL:
        row.identity_kind = USUAL[row.kind]
    row.identities.append(
        ApplicantIdentity(
            change=IdentityChange.REGISTERED,
            identity_kind=row.identity_kind,
            identity_number=row.identity_number,
            proposed_on=acting.today,
            proposed_by_id=acting.actor.user_id,
            confirmed_on=acting.today,
        )
    )


def derive_identity(change: Change, acting: Acting) -> None:
    """Say whose number it is; let what the head confirmed take effect, in that person's name."""
    row = change.row
    session = object_session(row)
    assert isinstance(row, ApplicantIdentity)
    assert session is not None, "the row is in the flush of a session"
    if change.is_new and row.change is IdentityChange.SAME_PERSON and row.identity_number:
        found = [a for a in applicants_of_number(session, row.identity_number)
                 if a.id != row.applicant_id]  # fmt: skip
        row.other = found[0] if found else None
    if row.rejected_by_id is not None and row.rejected_on is None:
        row.rejected_on = acting.today
    if row.confirmed_by_id is not None and row.confirmed_on is None:
        row.confirmed_on = acting.today
        _take_effect(session, row)


def _take_effect(session: Session, row: ApplicantIdentity) -> None:
    applicant = row.applicant
    if row.change is IdentityChange.WITHOUT_NUMBER:
        applicant.is_without_number = True
    elif row.change is IdentityChange.SAME_PERSON and row.other is not None:
        _keep_under(session, applicant, row.other)
    elif row.change is IdentityChange.CORRECTED or _is_the_newer(row):
        applicant.identity_kind, applicant.identity_number = row.identity_kind, row.identity_number
        applicant.is_without_number = False


def _is_the_newer(row: ApplicantIdentity) -> bool:
    """A new document of the same kind takes the place of the old one, which stays on record."""
    return row.applicant.identity_kind in (None, row.identity_kind)


def _keep_under(session: Session, applicant: Applicant, other: Applicant) -> None:
    """Keep the other row, and all that were kept under it, under the one person."""
    kept_under = applicant.same_person_id or applicant.id
    was = other.same_person_id or other.id
    moved = select(Applicant).where(or_(Applicant.id == was, Applicant.same_person_id == was))
    for each in session.scalars(moved.order_by(Applicant.id)):
        if each.id != kept_under:
            each.same_person_id = kept_under
