"""The printed page: its font, its marks, its length; text is data and never markup."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from admin_site.documents import render
from admin_site.documents.glyphs import missing_glyphs, printable
from models import Application
from models.database import db
from tests.factories import MONDAY
from tests.views.casework import cases, fill_casework
from tests.web import Browser, close, opened_site
from views.panel.case import printed
from views.panel.case.causes import Cause
from views.printing import CannotBePrinted

MARKS = ("start", "counted", "extra", "rest", "paused", "late")


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def reader(site: Flask, name: str, locale: str = "en") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    return browser


def paused(site: Flask) -> str:
    """A case whose clock stands still and that has been extended or paused before."""
    with site.app_context():
        statement = select(Application.number).where(Application.suspended_since.is_not(None))
        return str(db.session.scalars(statement.order_by(Application.id)).first())


def text_of(paper: bytes) -> str:
    pages = PdfReader(BytesIO(paper)).pages
    assert len(pages) == 1
    return str(pages[0].extract_text())


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", ("Case number", "Promised date", "Day by day", "Clock suspended", "As it stands")),
        ("zh_Hans_CN", ("申请人", "法定到期", "暂停计时", "第四十五条")),
    ],
)
def test_the_paper_tells_the_case_in_the_language_of_its_reader(
    desk: Flask, locale: str, words: tuple[str, ...]
) -> None:
    number = paused(desk)
    answer = reader(desk, "manager", locale).get(f"/admin/application/{number}/why.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    told = text_of(answer.data)
    for said in (number, MONDAY.isoformat(), *words):
        assert said in told, said


def test_the_paper_is_not_for_who_may_not_list_the_dates(desk: Flask) -> None:
    own = cases(desk, status="ACCEPTED", origin="NATIVE")
    for name in ("applicant", "applicant2"):
        browser = reader(desk, name)
        for number in own:
            page = browser.get(f"/admin/application/{number}/").status_code
            paper = browser.get(f"/admin/application/{number}/why.pdf").status_code
            assert paper == (403 if page == 200 else 404), (name, number)
    assert Browser(desk).get(f"/admin/application/{own[0]}/why.pdf").status_code == 302


def test_of_many_causes_the_first_and_the_last_stay(
    desk: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [Cause(f"day {n}", "cause", "x" * 300, "a", "b") for n in range(40)]
    monkeypatch.setattr(printed, "causes_of", lambda _case: many)
    with desk.test_request_context():
        case = db.session.scalars(select(Application).filter_by(number=paused(desk))).one()
        facts = printed.printed_facts(case, MONDAY)
    days = [cells[0] for cells in facts["causes"]]
    first, last = printed.FIRST_CAUSES, printed.LAST_CAUSES
    assert days == [f"day {n}" for n in (*range(first), *range(40 - last, 40))]
    assert str(40 - first - last) in facts["left_out"]
    assert max(len(cells[2]) for cells in facts["causes"]) == printed.LONGEST_DETAIL


def long_facts() -> dict[str, Any]:
    """The longest strip, the most causes, and every text as long as it may be."""
    line = "很长的一段说明文字" * 10
    return {
        "lang": "zh", "number": "XK-2026-000187", "title": "为什么是 2026-11-17？",
        "as_of": [2026, 11, 23], "as_of_words": "截至 2026-11-23", "footer": "示例市市场监督管理局",
        "lines": [["许可事项", line], ["申请人", line * 2], ["时限", line]],
        "dates": [
            {"label": label, "day": "2026-11-17", "light": "▲ 逾 4 日", "sum": line}
            for label in ("承诺到期", "法定到期")
        ],
        "days_title": "逐日",
        "days": [
            {"mark": MARKS[n % 6], "short": "12-31", "sign": f"+{n}", "is_due": n == 40,
             "is_today": n == 50}
            for n in range(126)
        ],
        "cut": line,
        "legend": [{"mark": mark, "sign": "计", "words": line[:20]} for mark in MARKS],
        "due": {"sign": "到期", "words": "到期日"}, "causes_title": "每次变动",
        "headings": ["日期", "原因", "说明", "承诺到期", "法定到期"],
        "causes": [["2026-09-21", "受理", line, "2026-10-26", "2026-11-09"]] * 14,
        "left_out": line, "law": line * 2,
    }  # fmt: skip


def test_a_long_case_still_prints_on_one_page() -> None:
    told = text_of(render("why_date", long_facts()))
    for said in ("XK-2026-000187", "+125", "每次变动"):
        assert said in told


def test_markup_in_a_name_is_printed_as_it_stands() -> None:
    name = '#panic("x") *b* $x$ @ref [link](#a) "quoted" \\ `code`'
    facts = {**long_facts(), "lines": [["申请人", name]]}
    assert '#panic("x") *b*' in text_of(render("why_date", facts))


def test_what_has_no_glyph_is_refused_before_anything_is_made() -> None:
    with pytest.raises(CannotBePrinted) as refused:
        render("why_date", {**long_facts(), "footer": "局\ue000\u200b"})
    assert refused.value.characters == ["\u200b", "\ue000"]


def test_the_font_has_every_character_of_gbk() -> None:
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    letters = {pair.decode("gbk", "ignore") for pair in pairs}
    gbk = {c for text in letters for c in text if c.isprintable()}
    # One sign of mathematics that the font's own source lacks.
    assert gbk - printable() == {"≒"}
    assert len(gbk) > 21_000
    assert missing_glyphs({"names": ["㛃𫖯𬱖", ["▲◆●‖◇○✓→−"]]}) == []
