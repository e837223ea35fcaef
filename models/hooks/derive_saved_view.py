"""What follows when a view of a list is saved."""

from sqlalchemy.orm import object_session

from models.acting import Acting
from models.hooks.changes import Change
from models.questions.saved_views import next_position
from models.saved_views import SavedView


def derive_saved_view(change: Change, acting: Acting) -> None:
    """A new view is its maker's, and stands after the maker's others."""
    view = change.row
    assert isinstance(view, SavedView)
    if not change.is_new:
        return
    view.owner_id = acting.actor.user_id  # type: ignore[assignment]
    session = object_session(view)
    if view.position is None and session is not None:
        view.position = next_position(session, view.owner_id, view.list_name)
