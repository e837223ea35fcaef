"""The first page: what can be done here, and what the office promises, in numbers."""

from flask import render_template

from models import ItemVersion
from models.enums import LimitUnit
from models.questions.catalogue import why_no_applications
from views.current import current_day
from views.portal.catalogue import shown_items


def welcome() -> str:
    """What the office does, for whoever comes first."""
    today = current_day()
    offered = [v for _item, v in shown_items() if why_no_applications(v, today) is None]
    compared = [pair for v in offered if (pair := _both_limits(v)) is not None]
    promised, statutory = (
        (sum(side) for side in zip(*compared, strict=True)) if compared else (0, 0)
    )
    return render_template(
        "portal/welcome.html",
        offered=len(offered),
        at_once=sum(1 for v in offered if v.promised_limit == 0),
        saved=round(100 - 100 * promised / statutory) if statutory else 0,
    )


def _both_limits(version: ItemVersion) -> tuple[int, int] | None:
    """The promised and the statutory limit, where both are said in working days."""
    both = (version.promised_limit, version.statutory_limit)
    units = {version.promised_unit, version.statutory_unit}
    if None in both or units != {LimitUnit.WORKING_DAY}:
        return None
    return both  # type: ignore[return-value]
