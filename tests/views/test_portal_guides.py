"""The guides: what the office publishes of every item (Art. 30), and the check before coming."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.views.portal_site import fill_portal, in_english, words_of
from tests.views.test_pages_are_clean import UNCLEAN
from tests.web import Browser, close, opened_site

HAVE = re.compile(r'name="have" value="(\d+)"')


@pytest.fixture
def portal(sqlite_databases: Any) -> Iterator[Flask]:
    """The site as the public meets it."""
    site = opened_site(sqlite_databases.fresh(fill_portal))
    yield site
    close(site)


@pytest.fixture
def public(portal: Flask) -> Browser:
    """Somebody without an account."""
    return Browser(portal)


def test_the_first_page_leads_to_everything(public: Browser) -> None:
    """Art. 33: the office publishes and takes applications online."""
    page = public.get("/")
    assert page.status_code == 200
    for address in ("/items/", "/track", "/register/", "/login"):
        assert f'href="{address}' in page.text
    assert "青石市局" in page.text
    assert "Bureau" in in_english(public).get("/").text


def test_the_items_stand_with_their_limits(public: Browser) -> None:
    """Art. 30: the limits are published."""
    told = words_of(public.get("/items/"))
    assert "窑炉许可 行政许可 15 个工作日 20 个工作日" in told
    told = words_of(in_english(public).get("/items/"))
    assert "Kiln permit Permit 15 working days 20 working days" in told


def test_an_ended_item_is_history(public: Browser) -> None:
    told = words_of(public.get("/items/"))
    assert told.index("历史事项") < told.index("旧窑登记")
    page = public.get("/items/old")
    assert "不再接收申请" in page.text
    assert "/apply/old" not in page.text


@pytest.mark.parametrize("term", ["窑炉", "KILN", "kiln"])
def test_an_item_is_found_by_its_name_or_code(public: Browser, term: str) -> None:
    told = words_of(public.get("/items/", query_string={"q": term}))
    assert "窑炉许可" in told
    assert "蜂蜜" not in told


def test_a_wild_card_finds_nothing(public: Browser) -> None:
    assert "没有这样的事项" in public.get("/items/?q=%25").text
    assert public.get("/items/", query_string={"q": "x" * 61}).status_code == 400


def test_the_guide_has_the_eight_elements(public: Browser) -> None:
    """Art. 30: matter, basis, conditions, quantity, procedure, limits, materials, model form."""
    told = words_of(public.get("/items/kiln"))
    for element in (
        "许可事项",
        "设定依据",
        "许可条件",
        "数量",
        "办理流程",
        "办理期限",
        "材料",
        "示范文本",
    ):
        assert element in told, element
    assert "《窑炉条例》第三条" in told
    assert "申请书 必要" in told
    assert "委托书 特定情形必要: 委托办理" in told
    told = words_of(in_english(public).get("/items/kiln"))
    for element in ("Matter", "Legal basis", "Conditions", "Quantity", "Procedure", "Time limits",
                    "Materials", "Model form"):  # fmt: skip
        assert element in told, element


def test_the_guide_says_what_it_costs(public: Browser) -> None:
    """Art. 58: no fee unless a law sets one, and that is said."""
    assert "收费 不收费" in words_of(public.get("/items/kiln"))


def test_the_way_has_no_posts_and_no_persons(public: Browser) -> None:
    """Art. 26: one window; the office's inner line is its own matter."""
    told = words_of(public.get("/items/kiln"))
    assert "环节2 1 个工作日" in told
    assert "环节1" not in told  # pre-guidance is no step of the case
    assert "岗" not in told
    assert "reviewer" not in told


@pytest.mark.parametrize("code", ["nothing", "unborn", "log", "%25", "x" * 300])
def test_what_is_not_published_has_no_guide(public: Browser, code: str) -> None:
    answer = public.get(f"/items/{code}")
    assert answer.status_code == 404
    assert "目录中没有这一事项" in answer.text


def test_the_check_names_all_that_is_missing(public: Browser) -> None:
    """Art. 32(4): the same list as at the window, before anybody has queued."""
    form, _agent, later = HAVE.findall(public.get("/items/kiln").text)
    verdict = public.get("/items/kiln?check=1&agent=1").text.split('id="verdict"')[1]
    verdict = verdict[: verdict.index("<form")]
    assert "申请书" in verdict
    assert "委托书" in verdict
    assert "补交：健康证明" in verdict
    verdict = public.get(f"/items/kiln?check=1&have={form}&have={later}").text
    assert "必要材料已齐全" in verdict
    assert f'value="{form}" id="have-{form}" checked' in verdict


@pytest.mark.parametrize("query", ["kind=NOWHERE", "have=x", "have=99999999999", "have=-1"])
def test_a_check_that_makes_no_sense_is_a_bad_request(public: Browser, query: str) -> None:
    assert public.get(f"/items/kiln?check=1&{query}").status_code == 400


@pytest.mark.parametrize("locale", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize(
    "path",
    ["/", "/items/", "/items/kiln?check=1", "/items/old", "/track", "/register/", "/verify/x"],
)
def test_the_pages_are_clean_and_have_landmarks(public: Browser, path: str, locale: str) -> None:
    public.get(f"/language/{locale}")
    text = public.get(path).text
    for what, pattern in UNCLEAN.items():
        assert not pattern.search(text), (path, what)
    assert text.count("<h1") == 1
    assert "<main" in text
    assert "<nav" in text
    boxes = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', text)
    assert all(f'for="{box}"' in text for box in boxes), path


CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_no_word_of_the_pages_stays_chinese_in_english(public: Browser) -> None:
    in_english(public)
    for path in ("/", "/items/", "/track", "/register/"):
        text = re.sub(r"(?s)<tbody>.*?</tbody>", "", public.get(path).text)
        text = text.replace(">中文<", "><").replace(">许<", "><")
        assert not CHINESE.search(text), (path, CHINESE.search(text))


def test_the_language_keeps_the_page(public: Browser) -> None:
    link = re.search(r'href="(/language/en[^"]*)"', public.get("/items/kiln?check=1").text)
    assert link is not None
    answer = public.get(link.group(1).replace("&amp;", "&"))
    assert answer.location == "/items/kiln?check=1"


def test_the_reader_sees_where_he_is(public: Browser) -> None:
    for path in ("/items/", "/items/kiln", "/track", "/register/"):
        # One link of the menu, and the theme that is on.
        assert public.get(path).text.count("aria-current=") == 2, path
