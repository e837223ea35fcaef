"""The rules of correction notices (Art. 32(4)): everything missing, once; a second by the head."""

from models.acts.act import holds_post
from models.acts.asking import stands_at
from models.acts.intake import notice_is_anothers_wish, notice_period_runs
from models.clock import CorrectionNotice
from models.enums import ApplicationStatus, Duty
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement, ask, confirms_in_person
from models.intake import CorrectionNoticeLine
from models.questions.materials import keys_in
from models.rules.reasons import has_words
from models.service import SERVICE

MOST_NOTICES = 2
# What still happens to a notice after it was written: its approval, and its answer.
LATER = frozenset(
    {
        "approved_by_id",
        "approved_on",
        "issued_on",
        "issued_by_id",
        "answered_on",
        "answer",
        *SERVICE,
        "served_on",
        "version",
    }
)


def notice_is_given_once(j: Judgement) -> None:
    """All that is missing is said at once; a second notice is asked for with its reason."""
    notice: CorrectionNotice = j.row
    if not j.change.is_new or notice.sequence == 1:
        return
    if notice.sequence > MOST_NOTICES or not has_words(notice.reason):
        raise RuleViolation("notice-is-given-once", field="reason")
    ask(j, notice_period_runs, holds_post(Duty.ACCEPTANCE))


def notice_says_what_is_missing(j: Judgement) -> None:
    """A notice without a word notifies nobody of anything."""
    if not has_words(j.row.missing):
        raise RuleViolation("notice-says-what-is-missing", field="missing")


def notice_is_fixed(j: Judgement) -> None:
    """A notice that was written is not rewritten, and approved once."""
    if j.change.is_new:
        return
    altered = set(j.change.before) - LATER
    was_approved = j.change.changed("approved_by_id") and j.change.was("approved_by_id")
    if altered or was_approved:
        raise RuleViolation("notice-is-fixed", field=min(altered, default=None))


def second_notice_is_approved_by_the_head(j: Judgement) -> None:
    """The head, or the leader, approves another person's second notice, in person and within the
    five days."""
    notice: CorrectionNotice = j.row
    if notice.approved_by_id is None or not j.change.changed("approved_by_id"):
        return
    in_person = confirms_in_person(j, notice.approved_by_id)
    if j.change.is_new or notice.sequence == 1 or not in_person:
        raise RuleViolation("second-notice-needs-the-head", field="approved_by_id")
    ask(j, notice_is_anothers_wish, notice_period_runs, stands_at(ApplicationStatus.RECEIVED))


def service_is_entered_from_its_post(j: Judgement) -> None:
    """The acceptance post sends a notice, and enters when it was served."""
    if not j.change.is_new and any(map(j.change.changed, SERVICE)):
        if j.row.sequence > 1 and j.change.changed("approved_by_id"):
            return
        ask(j, holds_post(Duty.ACCEPTANCE))


def answer_comes_with_the_answer(j: Judgement) -> None:
    """What was brought is said when the notice is answered, and neither before nor afterwards."""
    notice: CorrectionNotice = j.row
    given = bool(notice.answer) if j.change.is_new else j.change.changed("answer")
    if given and (j.change.was("answered_on") or notice.answered_on != j.today):
        raise RuleViolation("notice-is-fixed", field="answer")


def line_comes_with_its_notice(j: Judgement) -> None:
    """The lines of a notice are written with it and stay; only what they ask for comes later."""
    line: CorrectionNoticeLine = j.row
    if not j.change.is_new and not set(j.change.before) - {"came_on", "version"}:
        return
    if not j.change.is_new or line.notice not in j.session.new:
        raise RuleViolation("notice-is-fixed")


def line_names_what_is_missing(j: Judgement) -> None:
    """A notice names materials of the case's own checklist that are not in (Art. 31, 32)."""
    line: CorrectionNoticeLine = j.row
    if not j.change.is_new:
        return
    case = line.notice.application
    if line.material_requirement_id not in {m.id for m in case.item_version.materials}:
        raise RuleViolation("material-is-of-another-item", field="materials")
    if line.material_requirement_id in keys_in(case):
        raise RuleViolation("material-is-in-already", field="materials")


NOTICE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "correction_notice": (
        notice_is_given_once,
        notice_says_what_is_missing,
        notice_is_fixed,
        second_notice_is_approved_by_the_head,
        answer_comes_with_the_answer,
        service_is_entered_from_its_post,
    ),
    "correction_notice_line": (line_comes_with_its_notice, line_names_what_is_missing),
}
