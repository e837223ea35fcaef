"""What stands against publishing a draft, as the checklist of its page."""

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import ItemVersion
from models.acts.publishing import Finding, findings_of
from models.database import db
from views.words.messages import words_of

# Finding → what is asked, the article it comes from, and the section where it is mended.
QUESTIONS: dict[str, tuple[LazyString, str]] = {
    "legal_basis": (_("The legal basis is named (Art. 30)"), "basis"),
    "conditions": (_("The conditions are named (Art. 30)"), "conditions"),
    "steps": (_("The procedure is described (Art. 30)"), "steps"),
    "statutory_limit": (_("There is a time limit (Art. 30)"), "limits"),
    "materials": (_("The materials are listed (Art. 30)"), "materials"),
    "form_sample": (_("There is a sample of the application form (Art. 30)"), "materials"),
    "posts": (_("There is a step of acceptance and one of decision"), "steps"),
    "line": (_("The steps follow the line of posts"), "steps"),
    "steps_in_time": (_("The steps fit into the promise"), "steps"),
    "promise": (_("The promise is within the law"), "limits"),
    "series": (_("A certificate has the series of its numbers (Art. 39)"), "result"),
    "material_basis": (_("Each required material has its legal basis (Art. 31)"), "materials"),
    "fee_basis": (_("Each fee rests on a law (Art. 58, 59)"), "fees"),
    "window": (_("An authorised window has the post that decides"), ""),
    "sources": (_("Every source was read"), "sources"),
    "second_person": (_("Another person than the drafter publishes"), ""),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what is asked, and what is missing."""

    question: str
    is_met: bool
    reason: str
    url: str


def checks_of(version: ItemVersion, edit_url: str) -> list[Check]:
    return [_check(finding, version, edit_url) for finding in findings_of(db.session(), version)]


def _check(finding: Finding, version: ItemVersion, edit_url: str) -> Check:
    question, section = QUESTIONS[finding.check]
    url = (
        f"{edit_url}#part-{section}"
        if section and edit_url
        else f"#part-{section}"
        if section
        else ""
    )
    return Check(str(question), finding.is_met, _reason(finding, version), url)


def _reason(finding: Finding, version: ItemVersion) -> str:
    """What is missing, where the question does not say so; and what only a demonstration lets
    pass."""
    if finding.check == "sources" and finding.is_met and version.to_verify:
        return str(gettext("Not read yet: %(count)s. Only a demonstration lets that pass.",
                           count=version.to_verify))  # fmt: skip
    says_enough = finding.violation is None or finding.violation.code == "guide-lacks"
    return "" if says_enough or finding.violation is None else words_of(finding.violation)
