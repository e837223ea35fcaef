"""What is forbidden to saved views: they are their owner's, and ask what a list can be asked."""

from models import SavedView
from models.enums import Duty
from tests.doors.deed import Deed, sets
from tests.models.test_saved_views import kept

VIEWS = "tests/models/test_saved_views.py::"
KEPT = VIEWS + "test_a_view_is_its_makers_and_stands_after_his_others"
SHARED = VIEWS + "test_a_shared_view_is_seen_by_the_holders_of_its_duty"

DEEDS: dict[str, Deed] = {
    "a view of a colleague is renamed": Deed(
        "saved-view-is-anothers", "reviewer2",
        lambda office: kept(office, shared_with=Duty.REVIEW), {"name": "改名"},
        sets("reviewer", name="我的逾期"), elsewhere={"delete": "saved-view-is-anothers"},
    ),
    "a view is shared with a duty of others": Deed(
        "view-is-shared-among-colleagues", "reviewer", kept, {"shared_with": Duty.DECISION},
        SHARED, elsewhere={"system": "saved-view-is-anothers"},
    ),
    "a view asks for more than a list can tell": Deed(
        "view-asks-a-list", "reviewer", lambda office: office.user("reviewer"),
        {"list_name": "application", "name": "第三页", "query": "page=3"}, KEPT, new=SavedView,
        elsewhere={"system": "move-needs-a-person"},
    ),
}  # fmt: skip
