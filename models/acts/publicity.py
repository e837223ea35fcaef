"""What the public may see of a case (Art. 5, 40)."""

from models.application import Application


def keep_out_of_the_register(case: Application, reason: str) -> None:
    """Say that a case is a secret, or somebody's privacy (Art. 5)."""
    case.is_confidential, case.confidential_reason = True, reason


def let_into_the_register(case: Application) -> None:
    """Say that nothing stands against publication any more."""
    case.is_confidential, case.confidential_reason = False, ""
