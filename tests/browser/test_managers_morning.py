"""A manager's morning, done as by somebody new: by the words that stand on the pages, and nothing
else. What cannot be found by its words cannot be found.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Visitor

Visit = Callable[..., Visitor]

SCREENS = pytest.mark.parametrize(
    ("width", "locale"),
    [(1366, "zh_Hans_CN"), pytest.param(390, "en", marks=pytest.mark.thorough)],
)
CHINESE, ENGLISH = "zh_Hans_CN", "en"
BOARD = {CHINESE: "时限看板", ENGLISH: "Time limits board"}
LATE = {CHINESE: "超过承诺期限", ENGLISH: "Late by the promised date"}
DAYS_LATE = {CHINESE: r"逾 (\d+) 日", ENGLISH: r"(\d+) days? late"}
WHY = {CHINESE: r"为什么是 (.+)？", ENGLISH: r"Why (.+)\?"}
STEP_IS_LATE = {CHINESE: "环节超时", ENGLISH: "step is late"}
ORDER = {CHINESE: "督办经办人", ENGLISH: "Order its officer to act"}
CONTENT = {CHINESE: "内容", ENGLISH: "Text"}
ADDRESSEE = {CHINESE: "被督办人", ENGLISH: "Addressee"}
ORDERS = {CHINESE: "督办单", ENGLISH: "Supervision orders"}
ANSWER = {CHINESE: "答复", ENGLISH: "Answer"}
SAVE = {CHINESE: "保存", ENGLISH: "Save"}
ANSWERS = {CHINESE: "待审核的答复", ENGLISH: "Answers to look at"}
AWAY = {CHINESE: "今日缺位", ENGLISH: "Absent today"}
NEW = {CHINESE: "新建", ENGLISH: "New"}
PERSON = {CHINESE: "人员", ENGLISH: "Person"}
FIRST_DAY = {CHINESE: "首日", ENGLISH: "First day"}
LAST_DAY = {CHINESE: "截止日期", ENGLISH: "Last day"}
REASON = {CHINESE: "理由", ENGLISH: "Reason"}
ILL = {CHINESE: "病假", ENGLISH: "Sick leave"}
SUBSTITUTE = {CHINESE: "B 岗", ENGLISH: "Substitute"}
HAND_OVER = {CHINESE: "将在办事项移交给 B 岗", ENGLISH: "Hand the open work over"}
PREVIEW = {CHINESE: "预览移交结果", ENGLISH: "Show what would happen"}
MOVES = {CHINESE: "将移交", ENGLISH: "Moves"}
CONFIRM = {CHINESE: "确认移交", ENGLISH: "Confirm the reassignment"}
MOVED = {CHINESE: "已移交", ENGLISH: "Moved"}
# Two officers, so that either journey finds its own.
GIVER = {CHINESE: "沈核四", ENGLISH: "Shen Hesan"}
TAKER = {CHINESE: "沈核二", ENGLISH: "Shen He'er"}
# The day where the office is, as a date field takes it.
OFFICE_DAY = "new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})"


class Reader:
    """Somebody who finds his way by the words of the page."""

    def __init__(self, visitor: Visitor) -> None:
        self.page: Any = visitor.page
        self.locale = visitor.locale
        self.main = self.page.get_by_role("main")
        visitor.open("/admin/")

    def follow(self, role: str, words: dict[str, str]) -> None:
        """Press what is called so, and read the page that follows."""
        with self.page.expect_navigation():
            self.main.get_by_role(role, name=words[self.locale]).first.click()

    def field(self, label: dict[str, str]) -> Any:
        """The visible field of that name."""
        named = re.compile(rf"^\s*{re.escape(label[self.locale])}")
        return self.main.get_by_label(named).filter(visible=True).first

    def choose(self, label: dict[str, str], choice: dict[str, str]) -> None:
        """Choose what is written so."""
        self.field(label).select_option(label=choice[self.locale])

    def reads(self, words: str) -> bool:
        """Whether the words stand on the page, and can be seen."""
        return bool(self.main.get_by_text(words).filter(visible=True).count())


@SCREENS
def test_the_most_overdue_case_is_found_understood_and_chased(
    visit: Visit, width: int, locale: str
) -> None:
    manager = Reader(visit("manager", width=width, locale=locale))
    manager.follow("link", BOARD)
    manager.follow("link", LATE)

    # The first of the list is the latest.
    lights = manager.main.get_by_text(re.compile(DAYS_LATE[locale])).all_inner_texts()
    days = [int(found[1]) for text in lights if (found := re.search(DAYS_LATE[locale], text))]
    assert days == sorted(days, reverse=True)
    assert len(days) > 3
    case = manager.main.get_by_role("link", name=re.compile(r"^[A-Z]{2}-\d{4}-\d{6}")).first
    number = case.inner_text()
    with manager.page.expect_navigation():
        case.click()

    # Why it is late: the date, how it was counted, the step that holds it up, and with whom.
    assert manager.main.get_by_role("heading", name=number).is_visible()
    assert manager.main.get_by_role("heading", name=re.compile(WHY[locale])).is_visible()
    assert manager.main.get_by_text(re.compile(DAYS_LATE[locale])).first.is_visible()
    assert manager.reads(STEP_IS_LATE[locale])

    manager.main.get_by_text(ORDER[locale]).first.click()
    officer = manager.field(ADDRESSEE).locator("option:checked").inner_text()
    assert manager.reads(officer)
    text = f"请于本周内办结 {width}"
    manager.field(CONTENT).fill(text)
    manager.follow("button", ORDER)
    assert manager.reads(text)

    # Its officer finds the order on his first page, reads what is asked, and answers.
    reviewer = Reader(visit("reviewer", width=width, locale=locale))
    tile = reviewer.main.get_by_role("link", name=text)
    assert tile.is_visible()
    with reviewer.page.expect_navigation():
        tile.click()
    assert reviewer.reads(text)
    assert reviewer.reads(number)
    reviewer.field(ANSWER).fill("检测报告今日已到，周五办结。")
    reviewer.follow("button", SAVE)

    manager = Reader(visit("manager", width=width, locale=locale))
    manager.follow("link", ANSWERS)
    row = manager.main.get_by_role("row").filter(has_text=number)
    with manager.page.expect_navigation():
        row.get_by_role("link").first.click()
    assert manager.reads("检测报告今日已到，周五办结。")


@SCREENS
def test_the_cases_of_an_absent_officer_go_to_another(
    visit: Visit, width: int, locale: str
) -> None:
    manager = Reader(visit("manager", width=width, locale=locale))
    manager.follow("link", AWAY)
    manager.follow("link", NEW)
    manager.choose(PERSON, GIVER)
    today = manager.page.evaluate(OFFICE_DAY)
    manager.field(FIRST_DAY).fill(today)
    manager.field(LAST_DAY).fill(today)
    manager.choose(REASON, ILL)
    manager.choose(SUBSTITUTE, TAKER)
    manager.follow("button", SAVE)

    # The page of the absence offers what comes next, filled in.
    manager.follow("link", HAND_OVER)
    manager.field(REASON).fill("病假期间由 B 岗办理")
    manager.follow("button", PREVIEW)
    assert manager.reads(MOVES[locale])
    manager.follow("button", CONFIRM)
    assert manager.reads(MOVED[locale])
    assert manager.reads(TAKER[locale])
