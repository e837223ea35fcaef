"""`onewindow import-calendar`: a holiday notice is handed in; another person confirms it in the
panel. What is wrong with the file ends with status 2 and its line."""

from pathlib import Path
from typing import Any

import click

from admin_site.cli.office import Office, open_office
from admin_site.cli.words import Words, print_json, speak
from models.acting import SYSTEM, acting_as
from models.acts.calendar import propose
from models.base import Base
from models.calendar_notice import CalendarNotice
from models.errors import RuleViolation
from models.questions.due_dates import Foreseen, Move, foresee

WORDS: Words = {
    "days": {
        "zh": "{year}年：放假 {days_off} 天，调休上班 {make_up_days} 天",
        "en": "{year}: {days_off} days off, {make_up_days} make-up days",
    },
    "moves": {
        "zh": "确认后：{cases_moved} 件在办件的期限变动，{earlier} 个期限提前",
        "en": "once confirmed: {cases_moved} open cases get another date, "
        "{earlier} dates come earlier",
    },
    "earlier": {"zh": "  {of} {column}：{was} → {becomes}",
                "en": "  {of} {column}: {was} → {becomes}"},
    "handed-in": {
        "zh": "已提交；须由科室负责人在后台确认后生效",
        "en": "handed in; it takes effect when the head of the section confirms it in the panel",
    },
    "dry-run": {"zh": "（试运行：没有写入）", "en": "(a dry run: nothing was written)"},
    "bad-file": {"zh": "{file}：无法读取（{reason}）", "en": "{file}: cannot be read ({reason})"},
    "bad-line": {"zh": "{file} 第 {line} 行：{problem}（{found}）",
                 "en": "{file}, line {line}: {problem} ({found})"},
    "bad-notice": {"zh": "{file}：{problem}（{found}）", "en": "{file}: {problem} ({found})"},
    "no-source": {"zh": "--source 不能为空", "en": "--source says which document it is"},
}  # fmt: skip

# What is wrong with a file → how it is told.
UNREADABLE = {
    "calendar-notice-is-unreadable": "bad-line",
    "calendar-notice-is-incomplete": "bad-notice",
}
PROBLEMS: Words = {
    "NOT_READ": {"zh": "无法识别", "en": "this cannot be read"},
    "NO_YEAR": {
        "zh": "未写明（或写了不止一个）年份",
        "en": "it does not say of which one year it speaks",
    },
    "NO_DAYS": {"zh": "没有列出任何日期", "en": "it names no days"},
    "NO_SUCH_DAY": {"zh": "没有这一天", "en": "there is no such day"},
    "WEEKDAY_DIFFERS": {"zh": "星期与日期不符", "en": "the weekday is another one"},
    "COUNT_DIFFERS": {"zh": "天数与所列日期不符", "en": "the number of days does not agree"},
    "OTHER_YEAR": {"zh": "日期不在该年份内", "en": "the day lies in another year"},
    "TOLD_TWICE": {"zh": "同一天既放假又上班", "en": "the day is both off and worked"},
    "WORKED_ANYWAY": {
        "zh": "调休上班日应为周六或周日",
        "en": "a make-up day is a Saturday or a Sunday",
    },
    "STATUTORY_DAY": {"zh": "法定节假日未列入放假", "en": "a statutory holiday is not off"},
}


@click.command("import-calendar")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, metavar="TEXT", help="The title or number of the notice.")
@click.option("--dry-run", is_flag=True, help="Tell what it would move, write nothing.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object.")
def import_calendar(file: Path, source: str, dry_run: bool, as_object: bool) -> None:
    """Hand in a holiday notice, text or JSON; another person confirms it. 导入放假安排通知。"""
    if not source.strip():
        raise click.UsageError(speak(WORDS, "no-source"))
    text = _read(file)
    with open_office() as office:
        answer = _hand_in(office, file, text, source.strip(), dry_run=dry_run)
    if as_object:
        print_json(**answer)
    else:
        _tell(answer, dry_run=dry_run)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(speak(WORDS, "bad-file", file=file, reason=error)) from error


def _hand_in(
    office: Office, file: Path, text: str, source: str, *, dry_run: bool
) -> dict[str, Any]:
    """Propose the notice, and look ahead; of a dry run nothing stays."""
    with office.session() as session, acting_as(session, SYSTEM, office.today):
        try:
            notice = propose(session, text, source)
            session.flush()
        except RuleViolation as violation:
            if violation.code not in UNREADABLE:
                raise
            raise click.UsageError(_unreadable(file, violation)) from violation
        answer = _answer(notice, foresee(session, notice))
        if dry_run:
            session.rollback()
        else:
            session.commit()
        return answer


def _unreadable(file: Path, violation: RuleViolation) -> str:
    facts = dict(violation.facts)
    problem = speak(PROBLEMS, str(facts.pop("problem")))
    return speak(WORDS, UNREADABLE[violation.code], file=file, problem=problem, **facts)


def _answer(notice: CalendarNotice, foreseen: Foreseen) -> dict[str, Any]:
    return {
        "year": notice.year,
        "days_off": sum(not day.is_working for day in notice.notice_days),
        "make_up_days": sum(day.is_working for day in notice.notice_days),
        "cases_moved": foreseen.cases_moved,
        "earlier": [_earlier(move) for move in foreseen.earlier],
    }


def _earlier(move: Move) -> dict[str, Any]:
    row: Base = move.row
    case = getattr(row, "application", row)
    return {
        "case": getattr(case, "number", None),
        "table": row.__tablename__,
        "row": row.id,  # type: ignore[attr-defined]
        "column": move.column,
        "was": move.was.isoformat(),
        "becomes": move.becomes.isoformat(),
    }


def _tell(answer: dict[str, Any], *, dry_run: bool) -> None:
    earlier = answer["earlier"]
    click.echo(speak(WORDS, "days", **{k: v for k, v in answer.items() if k != "earlier"}))
    click.echo(speak(WORDS, "moves", cases_moved=answer["cases_moved"], earlier=len(earlier)))
    for each in earlier:
        of = each["case"] or f"{each['table']} {each['row']}"
        column = f"{each['table']}.{each['column']}"
        was, becomes = each["was"], each["becomes"]
        click.echo(speak(WORDS, "earlier", of=of, column=column, was=was, becomes=becomes))
    click.echo(speak(WORDS, "dry-run" if dry_run else "handed-in"))
