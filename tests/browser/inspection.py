"""What a page is inspected for in a real browser: reading aids, width, policy, glyphs, errors.

axe-core is put into the page the way a browser's own tools are, before the page's first line. The
strict policy of the page stands: what it forbids is still forbidden, and is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent / "vendor"
AXE = VENDOR / "axe.min.js"
AXE_VERSION = "4.14.1"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
GRAVE = ("serious", "critical")

LISTEN = """
window.seenViolations = [];
document.addEventListener("securitypolicyviolation", event =>
  window.seenViolations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# Everything in one call: a page is asked once. The rows of a list are one template, so axe reads
# the first six, and the menu only where it is asked to; what is drawn is read whole, with what the
# stylesheets and fields add to it.
INSPECT = """async ([grave, withMenu]) => {
  const known = withMenu ? ["tbody tr:nth-child(n+7)"] : ["tbody tr:nth-child(n+7)", ".sidebar"];
  const exclude = known.filter(each => document.querySelector(each));
  const found = await axe.run(exclude.length ? {exclude} : document, {
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    resultTypes: ["violations"], reporter: "no-passes", iframes: false, preload: false,
  });
  const problems = found.violations.filter(each => grave.includes(each.impact)).flatMap(each =>
    each.nodes.slice(0, 3).map(node =>
      [each.id, node.target.join(" "), node.html.slice(0, 160)]));
  const drawn = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    if (!["SCRIPT", "STYLE"].includes(texts.currentNode.parentNode.nodeName))
      drawn.push(texts.currentNode.data);
  for (const field of document.querySelectorAll("input, textarea"))
    drawn.push(field.type === "hidden" ? "" : field.value, field.placeholder);
  for (const titled of document.querySelectorAll("[title]")) drawn.push(titled.title);
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      for (const part of rule.cssRules?.length ? rule.cssRules : [rule])
        if (part.style?.content) drawn.push(part.style.content);
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const sticksOut = each => each.getBoundingClientRect().right > window.innerWidth + 1;
  const scrolls = each => each && each !== document.body &&
    (getComputedStyle(each).overflowX !== "visible" || scrolls(each.parentElement));
  const sticking = wide <= 0 ? [] : [...document.body.querySelectorAll("*")]
    .filter(each => sticksOut(each) && ![...each.children].some(sticksOut) && !scrolls(each))
    .slice(0, 3).map(each => each.outerHTML.slice(0, 160));
  const links = [...document.querySelectorAll("a[href^='/']")];
  return {problems, wide, sticking, violations: window.seenViolations,
          characters: [...new Set(drawn.join(""))].join(""),
          links: links.map(each => each.getAttribute("href"))};
}"""
# A character that no font has is drawn as the same empty box as one that cannot exist.
MISSING = """characters => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 40;
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  pen.font = "24px " + getComputedStyle(document.body).fontFamily;
  const drawing = character => {
    pen.clearRect(0, 0, 40, 40);
    pen.fillText(character, 4, 30);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  const boxes = new Set(["\\u{10FFFE}", "\\u{0378}", "\\u{E0FFE}", ""].map(drawing));
  return [...characters].filter(each => /[^\\p{Z}\\p{C}\\p{M}]|\\p{Cn}|\\p{Co}/u.test(each))
    .filter(each => boxes.has(drawing(each)));
}"""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a page: where, what, and the place on the page."""

    page: str
    what: str
    place: str = ""


def equip(context: Any) -> None:
    """Let every page of a browser context be inspected."""
    context.add_init_script(LISTEN)
    context.add_init_script(path=AXE)


@dataclass(frozen=True)
class Seen:
    """What was seen on a page: faults, the characters that it draws, where it leads."""

    findings: list[Finding]
    characters: str
    links: list[str]


def inspect(page: Any, name: str, with_menu: bool = True) -> Seen:
    """Look at the page that stands open."""
    seen = page.evaluate(INSPECT, [list(GRAVE), with_menu])
    return Seen(list(_findings(name, seen)), seen["characters"], seen["links"])


def _findings(name: str, seen: dict[str, Any]) -> Iterator[Finding]:
    for rule, selector, html in seen["problems"]:
        yield Finding(name, f"axe: {rule}", f"{selector}  {html}")
    if seen["wide"] > 0:
        yield Finding(name, f"{seen['wide']} px too wide", "  ".join(seen["sticking"]))
    for violation in seen["violations"]:
        yield Finding(name, f"against the policy: {violation}")


def missing_glyphs(page: Any, characters: str) -> list[str]:
    """Those of the characters for which no font of this machine has a glyph."""
    found: list[str] = page.evaluate(MISSING, characters)
    return found
