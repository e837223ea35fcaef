"""What is done to the accounts of the office."""

from models.acts.act import Act
from models.enums import Duty
from models.staff import User


def end_sessions(user: User) -> None:
    """End every session of an account: the number in them is no longer the account's."""
    user.session_epoch += 1


ROW_ACTS: tuple[Act, ...] = (
    Act(
        "end_sessions", frozenset({Duty.SYSTEM}), lambda at, _given: end_sessions(at.row),
        on="user_account", many=("user_account",),
    ),
)  # fmt: skip
