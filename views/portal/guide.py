"""The lines of a guide, as one table: a new line is a new row here (Art. 30, 58)."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import ItemVersion
from models.enums import ApplicationKind, LimitUnit
from views.portal.guide_elements import ELEMENTS, Said, Say, fees, told
from views.words.items import limit_words
from views.words.labels import member_label
from views.words.values import localised


def _matter(version: ItemVersion) -> Said:
    item = version.licence_item
    return [
        f"{localised(item, 'name')} ({item.code})",
        gettext(", ").join(
            str(member_label(m)) for m in (item.category, item.item_type, item.handling_type) if m
        ),
    ]


def _basis(version: ItemVersion) -> Said:
    return [version.legal_basis or gettext("none set")]


def _conditions(version: ItemVersion) -> Said:
    said = [
        f"{localised(c, 'name')}" + (f" ({c.legal_basis})" if c.legal_basis else "")
        for c in version.conditions
    ]
    note = told(version, "condition_note")
    if note:
        said.append(note)
    return said or [gettext("Those of the law named above, and no others.")]


def _quantity(version: ItemVersion) -> Said:
    if version.quota is None:
        return [gettext("Not limited.")]
    words = gettext("At most %(count)s permits in force; the earlier application comes first.",
                    count=version.quota)  # fmt: skip
    return [words]


def _limits(version: ItemVersion) -> Said:
    start = str(member_label(version.clock_start)).lower()
    promised = limit_words(version.promised_limit, version.promised_unit)
    statutory = limit_words(version.statutory_limit, version.statutory_unit)
    return [
        _with_note(gettext("Promised: %(limit)s", limit=promised), told(version, "promised_note")),
        _with_note(gettext("By law: %(limit)s", limit=statutory), told(version, "statutory_note")),
        gettext("Counted from %(start)s; the first day is not counted.", start=start),
        gettext("Time for hearings, inspections, tests and expert reviews is not counted; you are "
                "notified in writing of how long it takes."),
    ]  # fmt: skip


def _with_note(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def _result(version: ItemVersion) -> Said:
    if not version.certificate_series:
        return [told(version, "result_name") or gettext("A written decision.")]
    months = version.certificate_months
    length = limit_words(months, LimitUnit.MONTH) if months else gettext("without an end")
    return [
        gettext("%(name)s, valid: %(length)s", name=version.certificate_name, length=length),
        gettext("Handed over within %(days)s working days of the decision.",
                days=version.delivery_limit),
    ]  # fmt: skip


def _renewal(version: ItemVersion) -> Said:
    if version.renewal_window is None:
        return []
    window = limit_words(version.renewal_window, version.renewal_unit)
    return [gettext("To be applied for at least %(window)s before it expires.", window=window)]


def _checks(version: ItemVersion) -> Said:
    if not version.needs_inspection:
        return []
    words = gettext("The place is visited by at least %(count)s persons.",
                    count=version.fewest_inspectors)  # fmt: skip
    return [words]


def _form(version: ItemVersion) -> Said:
    sample = told(version, "form_sample")
    if not version.materials and not sample:
        return [gettext("No form is needed.")]
    name = localised(version.materials[0], "name") if version.materials else gettext("Model form")
    where = gettext("%(form)s: blank form and completed sample at the window, free of charge.",
                    form=name)  # fmt: skip
    return [where, *([sample] if sample else [])]


def _department(version: ItemVersion) -> Said:
    return [localised(version.licence_item.department, "name")]


def _remedies(_version: ItemVersion) -> Said:
    return [
        gettext("Whoever is refused is given the reasons and may ask for administrative "
                "reconsideration or go to court.")
    ]  # fmt: skip


# Label → what it says of an item; a line that says nothing is left out. The procedure and the
# materials are parts of the page of their own.
GUIDE: tuple[tuple[LazyString, Say], ...] = (
    (_("Matter"), _matter),
    (_("Legal basis"), _basis),
    (_("Conditions of the permit"), _conditions),
    (_("Quantity"), _quantity),
    (_("Time limits"), _limits),
    (_("Model form"), _form),
    (_("What it costs"), fees),
    (_("Site inspection"), _checks),
    (_("What you receive"), _result),
    (_("Renewal"), _renewal),
    (_("Handled by"), _department),
    *ELEMENTS,
    (_("If you do not agree"), _remedies),
)


def guide_rows(version: ItemVersion) -> list[tuple[LazyString, Said]]:
    """The lines of an item's guide."""
    return [(label, said) for label, say in GUIDE if (said := say(version))]


def kinds_of(version: ItemVersion) -> tuple[ApplicationKind, ...]:
    """What can be applied for: about a certificate only where the item gives one, which is
    renewed where it ends, and passed on where the law lets it (Art. 9, 49, 50)."""
    if not version.certificate_series:
        return (ApplicationKind.NEW,)
    barred = {
        ApplicationKind.RENEWAL: version.certificate_months is None,
        ApplicationKind.TRANSFER: not version.is_transferable,
    }
    return tuple(kind for kind in ApplicationKind if not barred.get(kind))
