"""The words for what a rule or the database refuses. Rules give codes and facts, never words."""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy.exc import IntegrityError

from models.database import db
from models.errors import RuleViolation
from views.panel.columns import NOTHING, show
from views.panel.labels import column_label, row_name

# Rule code → words; %(name)s stands for a fact of the violation.
WORDS: dict[str, LazyString] = {
    # who acts
    "nobody-acts": _("Nothing is saved without a person who answers for it."),
    "duty-not-held": _("Your duties do not include changing this: %(table)s."),
    "duty-not-held-for-move": _("Your duties do not include this move: %(target)s."),
    "move-needs-a-person": _("This move is made by a person: %(target)s."),
    "post-not-held": _("You hold no post for this today: %(duty)s%(post)s."),
    "case-is-not-yours": _("This is not your own case."),
    "officer-is-the-applicant": _("You are linked to the applicant and must step aside."),
    "nobody-grants-himself": _("Nobody grants a duty to himself."),
    "duties-conflict": _("One person may not hold these duties together: %(duties)s."),
    "duties-are-separated": _(
        "Acceptance, review and decision of this item need different persons."
    ),
    "password-is-its-owners": _(
        "This account holds an exclusive duty: only its owner changes its password."
    ),
    "head-approves": _("An extension is approved by the head of the section."),
    "import-is-for-the-system": _("Only the import may record history."),
    # the case
    "unlawful-move": _("This change of status is not lawful: %(source)s → %(target)s."),
    "row-is-never-deleted": _("This is kept and never deleted."),
    "history-only-grows": _("History is kept as it is."),
    "audit-only-grows": _("The audit log is kept as it is."),
    "origin-never-changes": _("Where a case came from never changes."),
    "imported-case-is-read-only": _("An imported case is read-only."),
    "case-is-closed": _("The case is closed; nothing of it changes any more."),
    "closed-case-stays-closed": _("A closed case stays closed."),
    "case-is-paused": _("The clock of the case is suspended. Resume it first."),
    "case-is-not-paused": _("The clock of the case is not suspended."),
    "case-is-not-received": _("The case is not waiting for acceptance."),
    "case-is-not-accepted": _("The case has not been accepted, or is already decided."),
    "case-is-pinned": _("The item of a case and its version do not change."),
    "move-follows-from-an-act": _("This follows from an act and is not set by hand: %(target)s."),
    "move-is-made-by-time": _("This follows when its day has passed: %(target)s."),
    "table-is-derived": _("This is written by the acts it records: %(table)s."),
    "correction-period-is-running": _("The applicant may still answer, until %(due)s."),
    "certificate-is-valid": _("The certificate is valid until %(until)s."),
    "column-is-derived": _("This follows from acts and is not written by hand: %(column)s."),
    "item-takes-no-applications": _("This item takes no applications."),
    "item-has-no-published-version": _("This item has no published version."),
    "applicant-is-missing": _("Say who applies."),
    "channel-is-missing": _("Say how the application came in."),
    "correction-needs-its-notice": _("A correction is asked for by a correction notice."),
    "decision-needs-its-document": _("A decision needs its written document."),
    "delivery-needs-its-method": _("Say how the certificate was delivered."),
    "materials-are-missing": _("Required materials are missing: %(materials)s."),
    "materials-are-all-in": _("Every material of the checklist is in."),
    "materials-are-settled": _("The materials were settled when the case was accepted."),
    "material-is-of-another-item": _("This material belongs to another item."),
    "steps-are-not-done": _("Steps before this are not done: %(steps)s."),
    "notice-period-is-over": _(
        "The five days are over: the case counts as accepted, and no notice stops that."
    ),
    "notice-period-is-running": _("The period is still running, until %(due)s."),
    "notice-is-given-once": _("Everything missing is told once; a notice was given already."),
    "notice-is-fixed": _("A notice that was given does not change."),
    "suspension-needs-its-notice": _("Name the notice that told the applicant."),
    "suspension-ends-today": _("A suspension ends on the day it is ended."),
    "suspension-is-fixed": _("A suspension does not change once entered; it can be ended."),
    "planned-end-is-past": _("The planned end is in the past."),
    "extension-is-not-asked-for": _("Nobody has asked for an extension."),
    "extension-is-given-once": _("The limit is extended once only."),
    "extension-is-too-long": _("The extension is too long: at most %(most)s working days."),
    "extension-is-too-late": _("An extension is approved on or before the due date, %(due)s."),
    "extension-is-fixed": _("An extension that was asked for does not change."),
    "reason-is-missing": _("Give the reason."),
    "decision-is-fixed": _("A decision that was made does not change."),
    "refusal-needs-reasons": _("A refusal gives its reasons."),
    "refusal-needs-remedies": _("A refusal names the remedies."),
    "refusal-needs-legal-basis": _("A refusal names its legal basis."),
    "step-is-not-open": _("This step is not in hand."),
    "step-belongs-to-another": _("This step is in the hands of %(officer)s."),
    "step-ends-with-its-act": _("This step ends with the act that it stands for."),
    "opinion-is-missing": _("Write your opinion."),
    "certificate-states-facts": _("What a certificate states never changes."),
    # what is public, and what applicants write themselves
    "confidentiality-is-of-the-office": _("Only the office keeps a case out of the register."),
    "confidential-case-says-why": _(
        "Say which secret or whose privacy stands against publication."
    ),
    "case-is-confidential": _("The case is kept out of the register already."),
    "case-is-public": _("The case is not kept out of the register."),
    "applicant-record-is-not-yours": _("This record belongs to another account."),
    # the catalogue
    "published-version-is-fixed": _("A published version does not change; draft a new one."),
    "publisher-is-not-the-drafter": _("Who drafted a version does not publish it."),
    "promise-exceeds-the-law": _("The promised limit is longer than the statutory one."),
    "steps-exceed-the-promise": _("The steps together take longer than the promise."),
    "posts-are-in-line": _("The steps must follow the line of posts."),
    "version-lacks-a-post": _("The version lacks a step of this post: %(duty)s%(post)s."),
    # numbers of identity
    "identity-wrong-length": _("The number has not the right length."),
    "identity-wrong-character": _("The number has a character that does not belong there."),
    "identity-wrong-check-digit": _("The check digit is wrong: is a digit mistyped?"),
    "identity-wrong-birth-date": _("The number holds a date of birth that does not exist."),
    # how the program itself may write
    "bulk-write": _("Nothing was saved: rows are changed one by one."),
    "second-flush": _("Nothing was saved: one act at a time."),
    # what the database itself proves, by the name of the constraint
    "already-exists": _("There is one like this already."),
    "still-referred-to": _("Other records refer to this."),
    "is-missing": _("This is required."),
    "username-is-lower-case": _("The user name is written in lower case."),
    "password-needs-a-username": _("A password needs a user name."),
    "period-is-in-order": _("The last day is before the first."),
    "duty-is-one-of-the-four-posts": _("A post is for guidance, acceptance, review or decisions."),
    "person-number-has-18-characters": _("The ID number of a person has 18 characters."),
    "due-within-statutory": _("A due date is never later than the statutory one."),
    "closed-exactly-when-nothing-is-owed": _("A case is closed exactly when nothing is owed."),
    "imported-names-its-log": _("An imported case names its event log."),
    "log-and-case-go-together": _("The event log and its case go together."),
    "accepted-case-has-its-day": _("An accepted case has its day of acceptance."),
    "received-case-has-its-day": _("A received case has its day of receipt."),
    "open-step-has-its-day": _("A step in hand has the day on which it began."),
    "done-step-has-its-day": _("A finished step has the day on which it ended."),
    "copies-are-positive": _("At least one copy."),
    "import-is-never-offered": _("An imported item is never offered."),
    "imported-item-is-not-offered": _("An imported item is not offered."),
    "statutory-limit-is-not-negative": _("The statutory limit is not below zero."),
    "promised-limit-is-not-negative": _("The promised limit is not below zero."),
    "promise-within-statutory": _("The promised limit is longer than the statutory limit."),
    "warning-days-are-not-negative": _("The warning days are not below zero."),
    "quota-is-positive": _("A quota is at least one permit."),
    "inspectors-are-two-at-least": _("At least two persons check on the spot."),
    "renewal-window-is-in-order": _("The renewal window closes before it opens."),
    "ban-is-positive": _("A ban lasts at least one month."),
    "validity-is-positive": _("The validity is at least one month."),
    "published-version-has-its-day": _("A published version has its day."),
    "limit-is-not-negative": _("The limit is not below zero."),
    "stage-is-not-negative": _("The stage is not below zero."),
    "conditional-material-names-its-case": _("Say in which situation the material is needed."),
    "refusal-gives-reasons": _("A refusal gives its reasons in writing."),
    "refusal-names-the-remedies": _("A refusal names the remedies and their periods."),
    "validity-is-in-order": _("The certificate ends before it begins."),
    "delivery-has-its-method": _("A delivery has its day and its method."),
    "last-number-is-positive": _("Numbers begin at one."),
    "year-is-in-range": _("The year is between 1950 and 2099."),
    "answer-follows-the-notice": _("An answer comes after its notice."),
    "notice-says-what-is-missing": _("A notice says what is missing."),
    "suspension-ends-after-it-starts": _("The suspension ends before it begins."),
    "planned-end-follows-the-start": _("The planned end is before the beginning."),
    "suspension-names-its-notice": _("Name the number of the notice."),
    "extension-is-at-most-fifteen-days": _("An extension has one to fifteen working days."),
    "extension-gives-its-reason": _("Give the reason, which the applicant is told."),
    "approval-has-day-and-person": _("An approval has its day and its person."),
    "there-is-one-head": _("The audit chain has one end."),
}

UNKNOWN = _("A rule of the office stands against this; nothing was saved.")

_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (\w+)")
_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: \w+\.(\w+)")
_SQLITE_NULL = re.compile(r"NOT NULL constraint failed: \w+\.(\w+)")


def words_of(violation: RuleViolation) -> str:
    """The words for a violation, with its facts put in."""
    words = WORDS.get(violation.code, UNKNOWN)
    shown = {name: _show_fact(name, fact) for name, fact in violation.facts.items()}
    return str(words) % defaultdict(str, shown)


def _show_fact(name: str, fact: Any) -> str:
    if isinstance(fact, tuple | list | set | frozenset):
        return gettext(", ").join(_show_fact(name, one) for one in fact) or NOTHING
    if name == "table":
        return str(row_name(str(fact)))
    if name == "column":
        return str(column_label("", str(fact)))
    return show(fact)


def violation_of(error: IntegrityError) -> RuleViolation:
    """What the database refused, as the rule whose name the constraint carries."""
    diagnosis = getattr(error.orig, "diag", None)
    found = _from_postgresql(diagnosis) if diagnosis else _from_sqlite(str(error.orig))
    return found or RuleViolation("constraint")


def judged(deed: Callable[[], object]) -> RuleViolation | None:
    """Carry a deed out and commit it; what stands against it, when nothing is saved."""
    try:
        deed()
        db.session.commit()
    except RuleViolation as violation:
        refusal = violation
    except IntegrityError as error:
        refusal = violation_of(error)
    else:
        return None
    db.session.rollback()
    return refusal


def _from_sqlite(text: str) -> RuleViolation | None:
    if text in WORDS:  # a trigger of ours speaks in codes
        return RuleViolation(text)
    if found := _SQLITE_CHECK.search(text):
        return _checked(found.group(1))
    if found := _SQLITE_UNIQUE.search(text):
        return RuleViolation("already-exists", field=found.group(1))
    if found := _SQLITE_NULL.search(text):
        return RuleViolation("is-missing", field=found.group(1))
    return RuleViolation("still-referred-to") if "FOREIGN KEY" in text else None


def _from_postgresql(diagnosis: Any) -> RuleViolation | None:
    name = diagnosis.constraint_name or ""
    if diagnosis.message_primary in WORDS:
        return RuleViolation(diagnosis.message_primary)
    if name.startswith("ck_"):
        return _checked(name)
    if name.startswith("uq_"):
        return RuleViolation("already-exists")
    if name.startswith("fk_"):
        return RuleViolation("still-referred-to")
    column = diagnosis.column_name
    return RuleViolation("is-missing", field=column) if column else None


def _checked(name: str) -> RuleViolation | None:
    """The rule of a CHECK: its name without the prefix of its table."""
    code = name.removeprefix("ck_").replace("_", "-")
    while code and code not in WORDS:
        _head, _dash, code = code.partition("-")
    return RuleViolation(code) if code else None
