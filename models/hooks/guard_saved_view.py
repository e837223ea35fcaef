"""The rules of saved views: each is its owner's, and says what a list can be asked."""

from models.base import Base, stored
from models.enums import Duty
from models.errors import RuleViolation
from models.hooks.guard_staffing import is_made_by_a_person
from models.hooks.guarding import Guard, Judgement
from models.rules.saved_views import asks_a_list
from models.saved_views import SavedView


def view_is_ones_own(j: Judgement) -> None:
    """Only its owner changes a view or takes it away, though others may use it."""
    if not j.change.is_new and stored(j.row, "owner_id") != j.actor.user_id:
        raise RuleViolation("saved-view-is-anothers")


def view_is_shared_with_an_own_duty(j: Judgement) -> None:
    """A view is shared with colleagues of a duty that the owner holds too."""
    duty = j.row.shared_with
    if duty is None or not j.change.changed("shared_with"):
        return
    # What applicants share, anybody would read.
    if duty is Duty.APPLICANT or duty not in j.actor.duties:
        raise RuleViolation("view-is-shared-among-colleagues", field="shared_with", duty=duty)


def view_asks_a_list(j: Judgement) -> None:
    """A view keeps the arguments of a list of the office, each once."""
    view: SavedView = j.row
    if view.list_name not in Base.metadata.tables or not asks_a_list(view.query or ""):
        raise RuleViolation("view-asks-a-list", field="query")


SAVED_VIEW_GUARDS: dict[str, tuple[Guard, ...]] = {
    "saved_view": (
        is_made_by_a_person,
        view_is_ones_own,
        view_is_shared_with_an_own_duty,
        view_asks_a_list,
    )
}
