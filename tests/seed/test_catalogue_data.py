"""The fifteen items that ship with the product, counted from their text alone."""

import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

ITEMS: list[dict[str, Any]] = [
    item
    for path in sorted((files("seed") / "data" / "catalogue").iterdir(), key=str)
    for item in tomllib.loads(path.read_text("utf-8"))["items"]
]
BY_CODE = {item["code"]: item for item in ITEMS}
CODES = {
    "industrial-product", "food-production", "food-workshop", "measurement-standard",
    "instrument-making", "verification-filing", "equipment-registration", "cylinder-filling",
    "equipment-operator", "works-notice", "organisation-code", "product-standard-filing",
    "product-barcode", "testing-body", "metrology-authorisation",
}  # fmt: skip


def test_there_are_fifteen_items_in_five_categories_of_six_sections() -> None:
    assert len(ITEMS) == 15
    assert set(BY_CODE) == CODES
    assert len({item["category"] for item in ITEMS}) == 5
    assert len({item["former_department"] for item in ITEMS}) == 6
    assert {item["department"] for item in ITEMS} == {"XK"}


def test_three_steps_were_removed_on_average() -> None:
    removed = [len(item["former_steps"]) - len(item["steps"]) for item in ITEMS]
    assert Counter(removed) == {4: 4, 3: 7, 2: 4}
    assert sum(removed) / len(removed) == 3.0


def test_only_auxiliary_steps_went() -> None:
    """The key steps of before are the key steps of now, and some of them were joined."""
    for item in ITEMS:
        names = [step["name"] for step in item["former_steps"] if step.get("is_key", True)]
        assert names[0] == "受理审查"
        assert names[-1] == "分管局长审批"
        assert [s["name"] for s in item["steps"]] == ["预先指导", "受理审查", "审核", "受理决定"]


def test_263_working_days_became_111() -> None:
    assert sum(s["limit_days"] for item in ITEMS for s in item["former_steps"]) == 263
    assert sum(item["promised_limit"] for item in ITEMS) == 111
    for item in ITEMS:
        assert sum(step["limit_days"] for step in item["steps"]) == item["promised_limit"]


def test_all_are_in_the_hall_and_all_that_may_be_are_delegated() -> None:
    assert all(item.get("is_in_centre", True) for item in ITEMS)
    delegable = {code for code, item in BY_CODE.items() if item.get("is_delegable")}
    assert delegable == CODES - {
        "industrial-product", "cylinder-filling", "testing-body", "product-barcode",
    }  # fmt: skip
    assert all(BY_CODE[code]["is_delegated"] for code in delegable)
    entrusted = {code for code, item in BY_CODE.items() if item.get("entrusted_by")}
    assert entrusted == {"industrial-product", "cylinder-filling", "testing-body"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_an_item_says_where_its_facts_come_from(code: str) -> None:
    item = BY_CODE[code]
    tags = {note["subject"]: note["tag"] for note in item["sources"]}
    assert {"promised_limit", "steps", "former_steps"} <= set(tags)
    assert tags["promised_limit"] == "INVENTED"
    assert len(tags) == len(item["sources"])
    required = [m for m in item["materials"] if m.get("necessity", "REQUIRED") == "REQUIRED"]
    assert required
    assert all(material.get("legal_basis") for material in required)
    assert item.get("condition_note") or 2 <= len(item["conditions"]) <= 4


def test_the_clock_of_two_items_starts_elsewhere() -> None:
    starts = {c: i["clock_start"] for c, i in BY_CODE.items() if "clock_start" in i}
    assert starts == {"food-workshop": "RECEIPT", "testing-body": "REVIEW_CONCLUSION"}
    workshop = BY_CODE["food-workshop"]
    assert (workshop["statutory_limit"], workshop["statutory_unit"]) == (15, "CALENDAR_DAY")


def test_two_items_have_ended_and_the_sample_of_the_report_is_open() -> None:
    ended = {code for code, item in BY_CODE.items() if "ended_on" in item}
    assert ended == {"instrument-making", "product-standard-filing"}
    notes = {note["subject"]: note["note"] for note in BY_CODE["organisation-code"]["sources"]}
    assert "演示中保留开放" in notes["ended_on"]


def test_the_contract_is_no_required_material_of_a_notice() -> None:
    """Art. 31: nothing beyond the notice and the licence may be asked for."""
    materials = {m["name"]: m for m in BY_CODE["works-notice"]["materials"]}
    assert materials["施工合同"]["necessity"] == "OPTIONAL"
