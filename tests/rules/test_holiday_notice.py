"""A notice is read from its text and from JSON, and what it says wrongly is named."""

import json
from datetime import date

import pytest

from models.enums import NoticeProblem
from models.rules.holiday_notice import NoticeError, read_notice
from models.rules.statutory_holidays import MAKE_UP_DAY, confirmed_years
from tests.notices import DAYS_OFF, MAKE_UP_DAYS, NOTICE_2027, SOURCE, holiday_json

Problem = NoticeProblem
PUBLISHED = {known.year: known for known in confirmed_years()}
# As it was published, but for its opening and closing words.
NOTICE_2024 = """国务院办公厅关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区要提前15天妥善安排好值班等工作。
国务院办公厅 2023年10月25日"""


def test_the_text_of_a_notice_is_read() -> None:
    """Art. 82."""
    read = read_notice(NOTICE_2027)
    assert read.year == 2027
    assert set(read.days_off) == DAYS_OFF
    assert set(read.make_up_days) == MAKE_UP_DAYS
    assert read.days[date(2027, 2, 11)] == (False, "春节")
    assert read.days[date(2026, 12, 27)] == (True, MAKE_UP_DAY)


def test_a_published_notice_gives_the_days_that_ship_with_the_product() -> None:
    """Art. 82: the wish that people rest on a day binds nobody."""
    read, known = read_notice(NOTICE_2024), PUBLISHED[2024].exceptions
    assert set(read.make_up_days) == {day for day, (works, _name) in known.items() if works}
    assert {day for day in read.days_off if day.weekday() < 5} == {
        day for day, (works, _name) in known.items() if not works and day.weekday() < 5
    }


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_json_of_a_public_repository_is_read(year: int) -> None:
    known = PUBLISHED[year].exceptions
    assert dict(read_notice(holiday_json(year, known)).days) == dict(known)


def test_the_source_names_the_year_that_the_text_leaves_out() -> None:
    body = NOTICE_2027[NOTICE_2027.index("一、元旦") :]
    assert read_notice(body, SOURCE).year == 2027
    with pytest.raises(NoticeError) as refusal:
        read_notice(body, "国办发明电〔2026〕9号")
    assert refusal.value.problem is Problem.NO_YEAR


def test_the_numbers_before_the_items_may_be_lost() -> None:
    """Copied from a page, a list loses its numbers."""
    lines = NOTICE_2027.splitlines()
    bare = "\r\n".join(line.split("、", 1)[1] if line[1:2] == "、" else line for line in lines)
    assert read_notice(bare).days == read_notice(NOTICE_2027).days


@pytest.mark.parametrize(
    ("right", "wrong", "problem", "line"),
    [
        ("2月5日（农历除夕、周五）", "2月5日（农历除夕、周四）", Problem.WEEKDAY_DIFFERS, 5),
        ("共7天。1月30日", "共8天。1月30日", Problem.COUNT_DIFFERS, 5),
        ("6月9日（周三）放假1天", "6月9日（周三）放假2天", Problem.COUNT_DIFFERS, 8),
        ("4月3日（周六）至5日", "4月3日（周六）至31日", Problem.NO_SUCH_DAY, 6),
        ("4月25日（周日）、5月8日（周六）上班", "4月26日、5月8日（周六）上班",
         Problem.WORKED_ANYWAY, 7),
        ("10月9日（周六）上班", "10月2日（周六）上班", Problem.TOLD_TWICE, 10),
        ("2026年12月27日（周日）上班", "2028年1月2日（周日）上班", Problem.OTHER_YEAR, 4),
        ("10月9日（周六）上班。", "10月9日（周六）。", Problem.NOT_READ, 10),
        ("4月3日（周六）至5日（周一）放假，共3天。", "另行通知。", Problem.NOT_READ, 6),
        ("五、端午节：6月9日（周三）放假1天，不调休。\n", "", Problem.STATUTORY_DAY, None),
        ("2027年", "今年", Problem.NO_YEAR, None),
        ("2027年元旦", "2028年元旦", Problem.NO_YEAR, None),
    ],
)  # fmt: skip
def test_what_a_notice_says_wrongly_is_named_with_its_line(
    right: str, wrong: str, problem: NoticeProblem, line: int | None
) -> None:
    assert right in NOTICE_2027
    with pytest.raises(NoticeError) as refusal:
        read_notice(NOTICE_2027.replace(right, wrong))
    assert (refusal.value.problem, refusal.value.line) == (problem, line)


NEW_YEAR = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}
NO_DAY = NEW_YEAR | {"date": "2027-02-30"}


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("", Problem.NO_YEAR, None),
        ("2027年放假安排待定", Problem.NO_DAYS, None),
        ('{"year": 2027,\n"days": [}', Problem.NOT_READ, 2),
        ('{"days": []}', Problem.NO_YEAR, None),
        ('{"year": 20270, "days": []}', Problem.NO_YEAR, None),
        ('{"year": 2027}', Problem.NO_DAYS, None),
        (json.dumps({"year": 2027, "days": [3]}), Problem.NOT_READ, None),
        (json.dumps({"year": 2027, "days": [NEW_YEAR]}), Problem.STATUTORY_DAY, None),
        (
            json.dumps({"year": 2027, "days": [NEW_YEAR, NO_DAY]}, indent=1),
            Problem.NO_SUCH_DAY, 11,
        ),
        (json.dumps({"year": 2027, "days": [NEW_YEAR | {"isOffDay": 1}]}), Problem.NOT_READ, 1),
    ],
)  # fmt: skip
def test_a_file_that_is_no_notice_is_named(
    text: str, problem: NoticeProblem, line: int | None
) -> None:
    with pytest.raises(NoticeError) as refusal:
        read_notice(text)
    assert (refusal.value.problem, refusal.value.line) == (problem, line)
