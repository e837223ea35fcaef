"""What the public may see of a case (Art. 5, 40)."""

from models.acts.act import Act, Standing, typed
from models.application import Application
from models.enums import ApplicationStatus, Duty
from models.errors import RuleViolation


def keep_out_of_the_register(case: Application, reason: str) -> None:
    """Say that a case is a secret, or somebody's privacy (Art. 5)."""
    case.is_confidential, case.confidential_reason = True, reason


def let_into_the_register(case: Application) -> None:
    """Say that nothing stands against publication any more."""
    case.is_confidential, case.confidential_reason = False, ""


# The duties that say whether a case is for the register.
SAY_WHAT_IS_SECRET = frozenset({Duty.ACCEPTANCE, Duty.DECISION})


def case_is_public(at: Standing) -> RuleViolation | None:
    """The case is open to the register."""
    return RuleViolation("case-is-confidential") if at.case.is_confidential else None


def case_is_confidential(at: Standing) -> RuleViolation | None:
    """The case is kept out of the register."""
    return None if at.case.is_confidential else RuleViolation("case-is-public")


def case_is_no_draft(at: Standing) -> RuleViolation | None:
    """A draft is nobody's but the applicant's."""
    draft = at.case.status is ApplicationStatus.DRAFT
    return RuleViolation("case-is-not-received") if draft else None


ACTS: tuple[Act, ...] = (
    Act(
        "keep_out", SAY_WHAT_IS_SECRET,
        lambda at, given: keep_out_of_the_register(at.case, given["confidential_reason"]),
        needs=(case_is_public, case_is_no_draft),
        inputs=(typed(Application.confidential_reason, needed=True),),
    ),
    Act(
        "let_in", SAY_WHAT_IS_SECRET, lambda at, _given: let_into_the_register(at.case),
        needs=(case_is_confidential,),
    ),
)  # fmt: skip
