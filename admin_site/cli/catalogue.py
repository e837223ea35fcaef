"""`onewindow import-catalogue` and `export-catalogue`: the catalogue as text, for review and
exchange. An import makes drafts; publishing stays the act of a person."""

from pathlib import Path

import click

from admin_site.cli.office import Office, open_office
from admin_site.cli.words import Words, print_json, speak
from models.acting import SYSTEM, acting_as
from models.database import reading
from seed.catalogue_files import as_json, as_toml, catalogue_of, read_file
from seed.catalogue_import import Outcome, import_catalogue
from seed.catalogue_text import ItemText, TextError

WORDS: Words = {
    "counts": {
        "zh": "新建 {created} 项，变更 {changed} 项，未变 {unchanged} 项，被拒 {refused} 项",
        "en": "{created} created, {changed} changed, {unchanged} unchanged, {refused} refused",
    },
    "dry-run": {
        "zh": "（试运行：没有写入）",
        "en": "(a dry run: nothing was written)",
    },
    "bad-file": {"zh": "无法读取：{reason}", "en": "cannot be read: {reason}"},
    "exported": {"zh": "已导出 {items} 项：{path}", "en": "{items} items exported: {path}"},
}

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import-catalogue")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Judge everything, write nothing.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object.")
def import_file(file: Path, dry_run: bool, as_object: bool) -> None:
    """Read items (TOML or JSON) into drafts; a second time changes nothing. 导入事项目录。"""
    items = _read(file)
    with open_office() as office:
        outcome = _import(office, items, dry_run=dry_run)
    if as_object:
        print_json(**_counts(outcome), dry_run=dry_run, refusals=list(outcome.refused.values()))
    else:
        _tell(outcome, dry_run=dry_run)
    if outcome.refused:
        raise click.exceptions.Exit(1)


def _read(file: Path) -> list[ItemText]:
    try:
        return read_file(file)
    except (TextError, OSError) as error:
        raise click.UsageError(speak(WORDS, "bad-file", reason=error)) from error


def _import(office: Office, items: list[ItemText], *, dry_run: bool) -> Outcome:
    with office.session() as session, acting_as(session, SYSTEM, office.today):
        try:
            return import_catalogue(session, items, dry_run=dry_run)
        except TextError as error:
            raise click.UsageError(speak(WORDS, "bad-file", reason=error)) from error


def _counts(outcome: Outcome) -> dict[str, int]:
    return {
        "created": len(outcome.created),
        "changed": len(outcome.changed),
        "unchanged": len(outcome.unchanged),
        "refused": len(outcome.refused),
    }


def _tell(outcome: Outcome, *, dry_run: bool) -> None:
    click.echo(speak(WORDS, "counts", **_counts(outcome)))
    if dry_run:
        click.echo(speak(WORDS, "dry-run"))
    for reason in outcome.refused.values():
        click.echo(reason, err=True)


@click.command("export-catalogue")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
)
@click.option("--format", "kind", type=click.Choice(["toml", "json"]), default="toml")
@click.option("--json", "as_object", is_flag=True, help="With --output: print the counts as JSON.")
def export_file(output: Path | None, kind: str, as_object: bool) -> None:
    """Write the catalogue as text, as import-catalogue reads it. 导出事项目录。"""
    if as_object and output is None:
        kind = "json"
    with open_office() as office, reading(), office.session() as session:
        catalogue = catalogue_of(session)
    text = as_json(catalogue) if kind == "json" else as_toml(catalogue)
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, "utf-8")
    items = len(catalogue["items"])
    if as_object:
        print_json(items=items)
    else:
        click.echo(speak(WORDS, "exported", items=items, path=output))
