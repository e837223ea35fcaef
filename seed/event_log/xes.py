"""Reads XES 1.0 (IEEE 1849)."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from seed.event_log.drafts import Reading
from seed.event_log.meaning import ACTIVITY, CASE
from seed.event_log.types import UnreadableCode, UnreadableLog


def read_xes(stream: BinaryIO, reading: Reading) -> None:
    """Read trace by trace and forget each one when it has been taken.

    The log's ``global`` values are declarations (1970-01-01, "UNKNOWN"), not facts of a trace
    that lacks the attribute. Attributes nested in other attributes are not the case's own.
    """
    walk = etree.iterparse(
        stream,
        events=("start", "end"),
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    depth = 0
    for step, element in walk:
        if step == "start":
            depth += 1
            if depth == 1:
                _check_root(element, reading)
            continue
        depth -= 1
        if depth == 1:
            _take_part(element, reading)
            _forget(element)


def _check_root(root: etree._Element, reading: Reading) -> None:
    """Refuse another vocabulary, and any DOCTYPE: XES has none, and entities begin there."""
    if root.getroottree().docinfo.doctype:
        raise UnreadableLog(UnreadableCode.DOCTYPE_REFUSED, file=reading.file)
    if _tag(root) != "log":
        raise UnreadableLog(UnreadableCode.NOT_A_LOG, file=reading.file, root=_tag(root))


def _take_part(element: etree._Element, reading: Reading) -> None:
    if _tag(element) == "trace":
        _take_trace(element, reading)
    elif element.get("key") == ACTIVITY:
        reading.title = (element.get("value") or "").strip() or None


def _take_trace(trace: etree._Element, reading: Reading) -> None:
    facts = [(f"case:{key}", text) for key, text in _attributes(trace)]
    case_id = next((text.strip() for key, text in facts if key == CASE), "")
    reading.count(len(trace) + 1)
    line = trace.sourceline or 0
    draft = reading.draft(case_id, line, lambda key: key.removeprefix("case:"))
    for key, text in facts:
        if key != CASE:
            draft.learn(key, text, line)
    for part in trace:
        if _tag(part) == "event":
            draft.add(dict(_attributes(part)), part.sourceline or 0)
    reading.take(draft)


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for part in element:
        key, value = part.get("key"), part.get("value")
        if key is not None and value is not None:
            yield key, value


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
