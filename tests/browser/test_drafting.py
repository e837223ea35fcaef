"""A catalogue account drafts a version of an item in a browser, and another publishes it."""

from collections.abc import Callable

from tests.browser.conftest import Visitor

Visit = Callable[..., Visitor]

STEPS = (
    ("1", "1", "受理审查", "Acceptance", "ACCEPTANCE"),
    ("2", "2", "决定", "Decision", "DECISION"),
)


def test_a_draft_is_saved_with_blank_rows_left_over(visit: Visit) -> None:
    drafter = visit("admin")
    drafter.open("/admin/item_version/new/")
    drafter.choose("licence_item", "食品生产许可")
    drafter.page.fill("#promised_limit", "6")
    drafter.page.fill("#statutory_limit", "10")
    for row, (position, stage, name, name_en, duty) in enumerate(STEPS):
        drafter.page.fill(f"[name='steps-{row}-position']", position)
        drafter.page.fill(f"[name='steps-{row}-stage_number']", stage)
        drafter.page.fill(f"[name='steps-{row}-name']", name)
        drafter.page.fill(f"[name='steps-{row}-name_en']", name_en)
        drafter.page.select_option(f"[name='steps-{row}-duty']", duty)
    # No material is named: both blank rows stay blank.
    with drafter.page.expect_navigation():
        drafter.page.click(".form-buttons button.btn-primary")
    assert "/new/" not in drafter.page.url
    drafter.open("/admin/item_version/?sort=version_number&desc=1")
    draft = drafter.page.locator("tbody tr", has_text="草稿")
    assert draft.count() == 1
    assert "食品生产许可" in draft.inner_text()
