"""Which pages there are: found by following every link, as each account, from its first page.

The rule: pages of one template with other rows are one page. So a path is taken with its numbers
and codes as stars and without its query, once for the first account that comes to it; the pages
that differ with the reader are taken for each account.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from models.enums import Duty
from tests.browser.conftest import Visitor
from views.access import ACCESS, Verb

# Who writes comes before who reads: his page of a row has the link to its form.
ACCOUNTS: tuple[str | None, ...] = (
    "clerk", "reviewer", "decider", "head", "guide", "admin", "admin2", "system", "security",
    "applicant", "leader", "manager", "committee", "auditor", None,
)  # fmt: skip
DIFFER = frozenset({"/admin/", "/admin/work/", "/track"})
NOT_FOLLOWED = re.compile(r"^//|^/language/|/export/|/static/|\.(?:csv|xlsx|pdf|svg|png)(?:\?|$)")
NAMED = re.compile(
    r"^(/items|/apply|/verify|/register|/track|/admin/application)/(?!new/|edit/|action/)[^/?]+"
)
OPEN = 200
EVERY_LIGHT = (
    "?tab=overdue", "?tab=due_soon", "?tab=paused", "?tab=closed", "?flt_status_is=DRAFT",
)  # fmt: skip
LISTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("manager", "reviewer", "clerk"), EVERY_LIGHT),
    **dict.fromkeys(
        ("decider", "head", "leader", "guide", "applicant", "committee", "auditor"), ("",)
    ),
}
SEES_THE_LISTS = ("manager",)
CASE = re.compile(r"href=\"(/admin/application/[A-Z]+-\d[^/\"?]+/)\"")
# What no link leads to: an empty result, an open filter, and what is refused.
ASKED: tuple[tuple[str | None, str, int], ...] = (
    (None, "/login", 200),
    (None, "/nowhere", 404),
    (None, "/verify/nothing", 404),
    (None, "/items/equipment-registration?check=1", 200),
    (None, "/register/?q=nothing-is-called-so", 200),
    ("clerk", "/admin/role_grant/", 403),
    ("clerk", "/admin/application/nothing/", 404),
    ("clerk", "/admin/application/?page=-1", 400),
    ("applicant", "/admin/application/", 200),
    ("manager", "/admin/application/?filters=1", 200),
    ("manager", "/admin/application/?search=nothing-is-called-so", 200),
    ("manager", "/admin/application_step/?tab=queue", 200),
    ("manager", "/admin/supervision_order/?tab=overdue", 200),
)
# Forms as they come back: what is missing stands beside its field, and who was overtaken by
# somebody else sees both versions.
EMPTY, STALE = "sent empty", "sent late"
SENT: tuple[tuple[str | None, str, str], ...] = (
    ("clerk", "/admin/applicant/new/", EMPTY),
    ("clerk", "/admin/application/new/", EMPTY),
    ("manager", "/admin/supervision_order/new/", EMPTY),
    ("admin", "/admin/item_version/new/", EMPTY),
    (None, "/track", EMPTY),
    ("security", "/admin/post/edit/?id=1", STALE),
)
# Who holds a duty, for the forms to which no page above has a link.
HOLDERS = {
    Duty.GUIDANCE: "guide",
    Duty.ACCEPTANCE: "clerk",
    Duty.REVIEW: "reviewer",
    Duty.DECISION: "decider",
    Duty.HEAD: "head",
    Duty.LEADER: "leader",
    Duty.CATALOGUE: "admin",
    Duty.SYSTEM: "system",
    Duty.SECURITY: "security",
    Duty.SUPERVISION: "manager",
    Duty.COMMITTEE: "committee",
    Duty.AUDIT: "auditor",
    Duty.APPLICANT: "applicant",
}
PAGES_OF_A_TABLE = (("new/", Verb.CREATE), ("details/", Verb.DETAIL), ("edit/", Verb.EDIT))
ROW = re.compile(r"href=\"/admin/\w+/(?:details|edit)/\?id=([^&\"]+)")
MOST_TRIES = 6


@dataclass(frozen=True)
class Stop:
    """A page for an account, and the status that it answers with."""

    account: str | None
    path: str
    status: int = 200
    sends: str = ""

    def __str__(self) -> str:
        form = f" (form {self.sends})" if self.sends else ""
        return f"{self.account or 'visitor'}: {self.path}{form}"


def shape(path: str) -> str:
    """What pages of one template have in common."""
    plain = NAMED.sub(r"\1/*", urlsplit(path).path)
    return re.sub(r"(?<=/)[^/]*\d[^/]*", "*", plain)


Visitors = Mapping[str | None, Visitor]
# Reads a page and tells where it leads; tells nothing, if it is no page for that account.
Read = Callable[[Stop], list[str] | None]


def every_page(visitors: Visitors, read: Read) -> list[Stop]:
    """All pages of the site, each read once, in an order that is always the same."""
    known: set[str] = set()
    stops: list[Stop] = []
    for account in ACCOUNTS:
        stops += _pages_of(account, read, known)
    others = [*_unlinked(visitors, known)]
    for account, queries in LISTS.items():
        others += _cases_of(account, visitors[account], queries)
    others += _refused_and_returned()
    for stop in others:
        read(stop)
    return stops + others


def _refused_and_returned() -> list[Stop]:
    """What no link leads to: answers to what is refused or not there, and forms that come back."""
    asked = [Stop(account, path, status) for account, path, status in ASKED]
    return asked + [Stop(account, path, sends=how) for account, path, how in SENT]


def _pages_of(account: str | None, read: Read, known: set[str]) -> Iterator[Stop]:
    ahead = deque(["/admin/" if account else "/"])
    own: set[str] = set()
    while ahead:
        stop = Stop(account, ahead.popleft())
        kind = shape(stop.path)
        if kind in own or (kind in known and kind not in DIFFER):
            continue
        own.add(kind)
        links = read(stop)
        if links is not None:
            known.add(kind)
            yield stop
            ahead += [each.partition("#")[0] for each in links if not NOT_FOLLOWED.search(each)]


def _ask(visitor: Visitor, path: str) -> tuple[int, str]:
    """The answer to a question that no browser has to draw."""
    answer = visitor.context.request.get(visitor.site.url + path)
    return answer.status, answer.text()


def _unlinked(visitors: Visitors, known: set[str]) -> Iterator[Stop]:
    """The pages of a table that its first reader may not open, or not for his first row."""
    for table, grants in ACCESS.items():
        for page, verb in PAGES_OF_A_TABLE:
            path = f"/admin/{table}/{page}"
            holders = [HOLDERS[duty] for duty, verbs in grants.items() if verb in verbs]
            if path not in known:
                yield from islice(_openable(visitors, holders, table, page), 1)


def _openable(visitors: Visitors, holders: list[str], table: str, page: str) -> Iterator[Stop]:
    for holder in holders:
        rows = [""]
        if page != "new/":
            keys = ROW.findall(_ask(visitors[holder], f"/admin/{table}/")[1])
            rows = [f"?id={unescape(key)}" for key in keys[:MOST_TRIES]]
        for row in rows:
            path = f"/admin/{table}/{page}{row}"
            if _ask(visitors[holder], path)[0] == OPEN:
                yield Stop(holder, path)


def _cases_of(account: str, visitor: Visitor, queries: tuple[str, ...]) -> Iterator[Stop]:
    """The first case of each list."""
    for query in queries:
        path = f"/admin/application/{query}"
        if account in SEES_THE_LISTS:
            yield Stop(account, path)
        found = CASE.search(_ask(visitor, path)[1])
        assert found, f"{path} lists no case"
        yield Stop(account, found[1])
