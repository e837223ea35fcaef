"""Every deed of the folder: each ``deeds_*.py`` beside this file gives its ``DEEDS``."""

from importlib import import_module
from pathlib import Path

from tests.doors.deed import Deed

FAMILIES = sorted(path.stem for path in Path(__file__).parent.glob("deeds_*.py"))


def _gathered() -> dict[str, Deed]:
    found: dict[str, Deed] = {}
    for family in FAMILIES:
        deeds: dict[str, Deed] = import_module(f"tests.doors.{family}").DEEDS
        assert not set(deeds) & set(found), f"told twice: {set(deeds) & set(found)}"
        found |= deeds
    return found


DEEDS = _gathered()

# Codes that no deed of data can meet → (why, the test that meets them).
NO_DEEDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "case-is-confidential",
            "case-is-forwarded",
            "case-is-public",
            "extension-is-not-asked-for",
            "green-lane-is-not-asked-for",
            "hearing-is-told",
            "hearing-was-not-told",
            "materials-are-all-in",
            "no-ending-waits",
            "no-inspection-is-open",
            "no-notice-yet",
            "no-party-waits",
            "nothing-is-owed",
            "nothing-to-judge",
        ),
        (
            "nothing is written: an act says that there is nothing to do",
            "tests/models/test_acts.py::test_an_act_says_when_there_is_nothing_to_do",
        ),
    ),
    "number-is-of-several": (
        "nothing is written: the act finds two by the number that was typed",
        "tests/models/test_identities.py::test_a_number_of_two_kinds_names_nobody",
    ),
    "applicant-is-unknown": (
        "nothing is written: the act finds nobody by the number that was typed",
        "tests/models/test_whose_case.py::"
        "test_who_applies_and_how_it_came_in_are_facts_from_receipt_on",
    ),
    "reassignment-is-to-another": (
        "the database keeps it by a constraint; the form says so before it shows what would move",
        "tests/models/test_acts.py::test_work_goes_to_another_officer_from_a_day_that_comes",
    ),
    "no-correction-is-awaited": (
        "nothing is written: an act says that there is nothing to do",
        "tests/models/test_acts.py::test_a_correction_that_nobody_ordered_is_not_noted",
    ),
    "bulk-write": (
        "a way of writing, not a thing written: it is the door `bulk` of every deed",
        "tests/models/test_traps.py::test_6_writing_in_bulk_is_refused",
    ),
    "second-flush": (
        "a way of writing: one act is judged once",
        "tests/models/test_traps.py::test_12_a_second_flush_in_one_transaction_is_refused",
    ),
    "nobody-acts": (
        "there is nobody who could do the deed",
        "tests/models/test_traps.py::test_nobody_acts_nothing_is_written",
    ),
}
