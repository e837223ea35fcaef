"""`onewindow import-log`: an event log becomes applications and steps, as recorded history.

The file is read whole before anything is written: what is wrong with it ends with status 2.
"""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from admin_site.cli.clock import refuse
from admin_site.cli.office import Office, open_office, read_settings, reason_of
from admin_site.cli.words import Words, language, print_json, speak
from seed.error_file import describe_unreadable, write_errors
from seed.event_log import EventLog, Problem, UnreadableLog, read_log
from seed.log_import import ImportCounts, ImportFailed, is_log_name
from seed.log_import import import_log as write_log

WORDS: Words = {
    "bad-timezone": {"zh": "没有时区“{value}”", "en": "no such time zone: {value}"},
    "bad-name": {
        "zh": "“{name}”不能作日志名称，请用 --name 另取：40 个以内的字母、数字、点、横线和下划线",
        "en": "'{name}' cannot name a log; give it another by --name: "
        "at most 40 letters, digits, dots, hyphens and underscores",
    },
    "errors-over-log": {
        "zh": "错误文件不能覆盖日志文件",
        "en": "the errors file would replace the log",
    },
    "bad-errors-file": {
        "zh": "{file}：无法写入（{reason}）",
        "en": "{file}: cannot be written ({reason})",
    },
    "case-refused": {
        "zh": "案件“{case}”无法写入（{reason}）；先前写入的 {written} 件保留，再次运行将接着导入",
        "en": "the case '{case}' could not be written ({reason}); "
        "the {written} written before it stay, and another run goes on from here",
    },
    "written": {
        "zh": "已导入 {applications} 件、{steps} 个环节：已决定 {decided} 件（逾期 {late} 件），"
        "未办结 {open} 件；结束早于开始 {flagged} 件；跳过 {skipped} 件",
        "en": "Imported {applications} cases with {steps} steps: {decided} decided ({late} late), "
        "{open} open; {flagged} end before they start; {skipped} skipped",
    },
    "problems": {
        "zh": "文件中有 {number} 处无法使用，用 --errors 可逐条写出",
        "en": "{number} things in the file could not be used; --errors writes them down",
    },
}

FINDING_WORDS: Words = {
    "ended-before-start": {"zh": "结束早于开始", "en": "ended before they started"},
    "event-after-end": {"zh": "结束后仍有办理", "en": "worked on after their end"},
    "event-before-start": {"zh": "收件前已有办理", "en": "worked on before their receipt"},
    "decided-after-due": {"zh": "逾期决定", "en": "decided after the due date"},
    "one-officer-did-all": {"zh": "全程由一人办理", "en": "done by one officer alone"},
    "event-without-officer": {"zh": "有环节无办理人", "en": "with a step that names no officer"},
    "recorded-in-the-future": {"zh": "日期在今日之后，未导入", "en": "dated after today, left out"},
}


def parse_timezone(value: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise click.BadParameter(speak(WORDS, "bad-timezone", value=value)) from error


@click.command("import-log")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="N", help="The log's name; that of the file when not given.")
@click.option(
    "--timezone",
    type=parse_timezone,
    metavar="TZ",
    help="The log's zone, in which its dates are taken; the office's when not given.",
)
@click.option(
    "--closed-by",
    metavar="ACTIVITY",
    help="The activity that closes a case for which the log tells no end.",
)
@click.option(
    "--errors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what could not be used to this CSV file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_log(
    file: Path,
    name: str | None,
    timezone: ZoneInfo | None,
    closed_by: str | None,
    errors: Path | None,
    as_json: bool,
) -> None:
    """Record the cases of an event log (.xes, .csv, plain or .gz). A second run adds nothing."""
    settings = read_settings()
    if name is not None:
        check_name(name)
    log = _read(file, timezone or settings.timezone, closed_by)
    name = check_name(log.name if name is None else name)
    with open_office(settings) as office:
        _write_errors(file, errors, log.problems)
        counts = _import(office, log, name)
    if as_json:
        print_json(**asdict(counts))
    else:
        _describe(counts)
    if log.problems and errors is None:
        click.echo(speak(WORDS, "problems", number=len(log.problems)), err=True)


def check_name(name: str) -> str:
    """The name, if a log may be called so; another one ends with status 2."""
    if not is_log_name(name):
        raise click.UsageError(speak(WORDS, "bad-name", name=name))
    return name


def _read(file: Path, zone: ZoneInfo, closed_by: str | None) -> EventLog:
    try:
        return read_log(file, zone, closed_by)
    except UnreadableLog as error:
        raise click.UsageError(describe_unreadable(error, language())) from error


def _write_errors(file: Path, errors: Path | None, problems: Iterable[Problem]) -> None:
    if errors is None:
        return
    if errors.exists() and errors.samefile(file):
        raise click.UsageError(speak(WORDS, "errors-over-log"))
    try:
        write_errors(errors, problems, language())
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.UsageError(
            speak(WORDS, "bad-errors-file", file=errors, reason=reason)
        ) from error


def _import(office: Office, log: EventLog, name: str) -> ImportCounts:
    try:
        with office.session() as session:
            return write_log(session, log, name, office.today)
    except ImportFailed as failure:
        reason = reason_of(failure.__cause__ or failure)
        case, written = failure.case_id, failure.written
        refuse(speak(WORDS, "case-refused", case=case, reason=reason, written=written))


def _describe(counts: ImportCounts) -> None:
    click.echo(speak(WORDS, "written", **asdict(counts)))
    for code, number in counts.findings.items():
        click.echo(f"{number:>8}  {speak(FINDING_WORDS, code)}")
