"""The lines of a guide that the national list of elements asks for (GB/T 39554): what it costs,
where and when, how, and whom to ask."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import FeeItem, ItemVersion
from views.current import current_day
from views.words.labels import member_label
from views.words.values import in_english, localised

Said = list[str]
Say = Callable[[ItemVersion], Said]


def told(row: Any, column: str) -> str:
    """A text of the catalogue in the reader's language, else as it was published."""
    return str((in_english() and getattr(row, f"{column}_en")) or getattr(row, column) or "")


def line_of(column: str) -> Say:
    """A line that is one text of the version; nothing when it is empty."""
    return lambda version: [text] if (text := told(version, column)) else []


def yuan(amount_fen: int) -> str:
    """An amount as it is paid."""
    return f"{amount_fen / 100:.2f}"


def fees_in_force(version: ItemVersion, today: date) -> list[FeeItem]:
    """The fees that are charged today; none means that nothing is."""
    return [f for f in version.fees if f.starts_on <= today and (f.ends_on or today) >= today]


def fees(version: ItemVersion) -> Said:
    """Art. 58: no fee unless a law or regulation sets one; what it is based on is published."""
    in_force = fees_in_force(version, current_day())
    return [_fee(fee) for fee in in_force] or [gettext("No fee.")]


def _fee(fee: FeeItem) -> str:
    amount = gettext("%(amount)s yuan", amount=yuan(fee.amount_fen))
    level = member_label(fee.basis_level)
    parts = [
        f"{localised(fee, 'name')}: {amount}" + (f" / {fee.unit}" if fee.unit else ""),
        told(fee, "standard"),
        gettext("Basis: %(basis)s (%(level)s)", basis=fee.basis, level=level) if fee.basis else "",
        gettext("Reduction: %(words)s (%(basis)s)", words=fee.reduction, basis=fee.reduction_basis)
        if fee.reduction
        else "",
    ]
    return str(gettext("; ").join(part for part in parts if part))


def _entrusted(version: ItemVersion) -> Said:
    organ = told(version.licence_item, "entrusted_by")
    words = gettext("%(organ)s has entrusted this office with its power, and answers for it.",
                    organ=organ)  # fmt: skip
    return [words] if organ else []


def _for_whom(version: ItemVersion) -> Said:
    return [str(member_label(version.service_object))]


_DOORS = (
    ("by_window", _("at the window")),
    ("by_internet", _("online")),
    ("by_courier", _("by courier")),
)
_SUPPORTS = (
    ("has_booking", _("booking of a time")),
    ("has_online_payment", _("payment online")),
    ("has_courier", _("delivery by courier")),
    ("has_self_service", _("self-service terminals")),
)


def _named(version: ItemVersion, names: tuple[tuple[str, LazyString], ...]) -> str:
    said = [str(words) for column, words in names if getattr(version, column)]
    return str(gettext(", ").join(said))


def _ways(version: ItemVersion) -> Said:
    doors = _named(version, _DOORS)
    return [*([doors] if doors else []), str(member_label(version.online_depth))]


def _visits(version: ItemVersion) -> Said:
    if version.visits_needed == 0:
        return [gettext("You need not come at all.")]
    said = [
        ngettext("At most %(num)s visit.", "At most %(num)s visits.", version.visits_needed),
        told(version, "on_site_reason"),
    ]
    return [line for line in said if line]


def _supports(version: ItemVersion) -> Said:
    named = _named(version, _SUPPORTS)
    return [named] if named else []


def _intermediary(version: ItemVersion) -> Said:
    text = told(version, "intermediary")
    return [line for line in (text, version.intermediary_basis) if line] if text else []


def _hearing(version: ItemVersion) -> Said:
    if not version.hearing_required:
        return []
    return [gettext("A hearing is held before the decision; it costs nothing.")]


# Label → what it says of a version; a line that says nothing is left out.
ELEMENTS: tuple[tuple[LazyString, Say], ...] = (
    (_("Entrusted power"), _entrusted),
    (_("For whom"), _for_whom),
    (_("Special procedures"), line_of("special_procedures")),
    (_("Hearing"), _hearing),
    (_("How to apply"), _ways),
    (_("Visits to the window"), _visits),
    (_("Place"), line_of("place")),
    (_("Opening hours"), line_of("opening_hours")),
    (_("This window also offers"), _supports),
    (_("Where it can be handled"), line_of("region_scope")),
    (_("Handled jointly with"), line_of("joint_organs")),
    (_("Intermediary services"), _intermediary),
    (_("Questions to"), line_of("consultation")),
    (_("Complaints to"), line_of("complaints")),
)
