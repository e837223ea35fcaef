"""The rules of people: exclusive duties, nobody's own grants, passwords."""

from sqlalchemy import select

from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.questions.people import duties_within, holds_on, periods_of_duty
from models.rules.separation import EXCLUSIVE_DUTIES, covers, duties_that_conflict
from models.staff import Post, PostAssignment, RoleGrant


def exclusive_duties_never_meet(j: Judgement) -> None:
    """Nobody holds two of system, security and audit at any time (三员分立), and nobody audits
    what was done in a duty of one's own."""
    grant: RoleGrant = j.row
    if conflict := duties_that_conflict(grant.duty, duties_within(j.session, grant)):
        raise RuleViolation("duties-conflict", field="duty", duties=tuple(sorted(conflict)))


def nobody_grants_himself(j: Judgement) -> None:
    """Duties and posts are given by another person."""
    user_id = j.row.user_id if j.row.user is None else j.row.user.id
    if user_id is not None and user_id == j.actor.user_id:
        raise RuleViolation("nobody-grants-himself", field="user")


def post_needs_its_duty(j: Judgement) -> None:
    """Whoever holds a post holds its duty too, on each of the days (按岗定责)."""
    assignment: PostAssignment = j.row
    post = assignment.post or j.session.get(Post, assignment.post_id)
    if post is None or assignment.valid_from is None:
        return
    periods = periods_of_duty(j.session, assignment, post.duty)
    if not covers(periods, assignment.valid_from, assignment.valid_until):
        raise RuleViolation("post-needs-its-duty", field="post", duty=post.duty)


PASSWORD_COLUMNS = frozenset({"password_hash", "session_epoch"})


def is_own_password(j: Judgement) -> bool:
    """Whether people change their own password and nothing else."""
    return (
        j.change.table == "user_account"
        and not j.change.is_new
        and j.row.id == j.actor.user_id
        and set(j.change.before) <= PASSWORD_COLUMNS | {"version"}
    )


def password_of_a_keeper_is_the_keepers_own(j: Judgement) -> None:
    """Nobody else sets the password of one who holds an exclusive duty: who knew it would
    hold two of them (三员分立). The command line can, at the machine itself."""
    if j.change.is_new or not j.change.changed("password_hash") or j.actor.is_system:
        return
    held = set(j.session.scalars(select(RoleGrant.duty).where(
        RoleGrant.user_id == j.row.id, holds_on(RoleGrant, j.today)
    )))  # fmt: skip
    if j.row.id != j.actor.user_id and held & EXCLUSIVE_DUTIES:
        raise RuleViolation("password-is-its-owners", field="new_password")


STAFF_GUARDS: dict[str, tuple[Guard, ...]] = {
    "user_account": (password_of_a_keeper_is_the_keepers_own,),
    "role_grant": (nobody_grants_himself, exclusive_duties_never_meet),
    "post_assignment": (nobody_grants_himself, post_needs_its_duty),
}
