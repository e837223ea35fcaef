"""The lists behind the board's numbers: each address asks for exactly what was counted."""

from typing import Any

from models.enums import Channel, Origin
from models.questions.board import Scope
from models.questions.figure import Period
from models.questions.performance import Dimension, Key
from views.links import list_url
from views.panel.lists.board_filters import WorkedOnByOfficer, WorkedOnByPost
from views.panel.lists.done_filters import NO_CHANNEL

NO_GREEN_LANE = {"flt_is_green_lane_is": "0"}
Arguments = dict[str, Any]


def list_address(table: str, scope: Scope | None = None, **arguments: Any) -> str:
    """The address of a list; with a scope of cases, without the green lane if it has none."""
    narrowed = {} if scope is None or scope.with_green_lane else NO_GREEN_LANE
    return list_url(table, **arguments, **narrowed)


def days_of(column: str, period: Period) -> Arguments:
    """The filters for a column whose day lies in the period."""
    return {
        f"flt_{column}_from": period.first.isoformat(),
        f"flt_{column}_until": period.last.isoformat(),
    }


# --- by officer, post, item, department, channel -------------------------------------------------


def open_with(dimension: Dimension, scope: Scope, key: Key, *, late: bool) -> str:
    """The open cases of the key, or its late ones; of a post its open steps."""
    if dimension is Dimension.POST:
        of_post = {"flt_no_post_is": "1"} if key is None else {"flt_duty_is": key}
        state = {"flt_late_is": "1"} if late else {}
        return list_address("application_step", scope, flt_status_is="OPEN", **of_post, **state)
    if scope.from_history:
        what = "overdue" if late else "open"
        state = {f"flt_{what}_as_of": scope.day.isoformat()}
    else:
        state = {"tab": "overdue"} if late else {"flt_open_is": "1"}
    return list_address("application", scope, **state, **_cases_of(dimension, key))


def decided_by(dimension: Dimension, scope: Scope, period: Period, key: Key, **more: str) -> str:
    """The cases of the key that were decided in the period."""
    if dimension is Dimension.POST:
        of_key = {"flt_worked_on_by_post_is": WorkedOnByPost.value(key, period)}
    elif dimension is Dimension.OFFICER:
        of_key = {"flt_worked_on_by_officer_is": WorkedOnByOfficer.value(key, period)}
    else:
        of_key = _cases_of(dimension, key)
    return list_address("application", scope, **days_of("decided_on", period), **of_key, **more)


def steps_done_by(dimension: Dimension, scope: Scope, period: Period, key: Key, **more: str) -> str:
    """The steps of the key that were finished in the period."""
    if dimension is Dimension.POST:
        of_key = {"flt_no_post_is": "1"} if key is None else {"flt_duty_is": key}
    elif dimension is Dimension.OFFICER:
        of_key = {"flt_done_by_is": key or 0}
    else:
        of_key = _rows_of_cases(dimension, key)
    chosen = {"flt_status_is": "DONE", **days_of("done_on", period), **of_key}
    return list_address("application_step", scope, **chosen, **more)


def second_notices_of(dimension: Dimension, scope: Scope, period: Period, key: Key) -> str:
    """The second correction notices of the key that were issued in the period."""
    if dimension is Dimension.POST:
        of_key: Arguments = {}  # they are all of one post
    elif dimension is Dimension.OFFICER:
        of_key = {"flt_done_by_is": key or 0}
    else:
        of_key = _rows_of_cases(dimension, key)
    chosen = {"flt_second_is": "1", **days_of("issued_on", period), **of_key}
    return list_address("correction_notice", scope, **chosen)


def _cases_of(dimension: Dimension, key: Key) -> Arguments:
    if dimension is Dimension.OFFICER:
        return {"flt_no_officer_is": "1"} if key is None else {"flt_officer_id_is": key}
    if dimension is Dimension.CHANNEL:
        return {"flt_no_channel_is": "1"} if key is None else {"flt_channel_is": _name(key)}
    column = "licence_item_id" if dimension is Dimension.ITEM else "department_id"
    return {f"flt_{column}_is": key}


def _rows_of_cases(dimension: Dimension, key: Key) -> Arguments:
    if dimension is Dimension.CHANNEL:
        return {"flt_of_channel_is": NO_CHANNEL if key is None else _name(key)}
    return {f"flt_of_{dimension.lower()}_is": key}


def _name(key: Key) -> str:
    return Channel(str(key)).name


# --- the figures of the reform -------------------------------------------------------------------


def reform_lists(period: Period) -> dict[str, tuple[str, str]]:
    """Figure → the lists of its numerator and denominator, where rows are what they count.

    The others are sums of days, averages, or steps of the catalogue: no list has them.
    """
    items = {"flt_origin_is": Origin.NATIVE.name}
    came, delivered = days_of("came_on", period), days_of("delivered_on", period)
    rated = {**days_of("rated_on", period), "flt_is_follow_up_is": "0"}

    def part_and_whole(table: str, part: Arguments, whole: Arguments) -> tuple[str, str]:
        return list_address(table, **whole, **part), list_address(table, **whole)

    return {
        "items-in-the-centre": part_and_whole("licence_item", {"flt_is_in_centre_is": 1}, items),
        "items-delegated": part_and_whole(
            "licence_item", {"flt_is_delegated_is": 1}, {**items, "flt_is_delegable_is": 1}
        ),
        "online-share": part_and_whole(
            "application", {"flt_channel_is": Channel.ONLINE.name}, came
        ),
        "collected-on-the-spot": part_and_whole(
            "certificate", {"flt_on_the_spot_is": 1}, delivered
        ),
        "satisfaction": part_and_whole("service_rating", {"flt_satisfied_is": 1}, rated),
    }
