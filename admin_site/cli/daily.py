"""`onewindow daily`: what time does by itself, up to a day."""

from dataclasses import asdict
from datetime import date

import click

from admin_site.cli.clock import parse_date
from admin_site.cli.office import open_office
from admin_site.cli.words import Words, print_json, speak
from admin_site.config import Mode
from models.by_time.daily import run_daily

WORDS: Words = {
    "done": {
        "zh": "截至 {day}：视为受理 {deemed_accepted} 件，视为准予延续 {deemed_renewed} 件，"
        "证照到期 {expired} 件，逾期不补正终止 {terminated} 件，临期预警 {warned} 件",
        "en": "Up to {day}: {deemed_accepted} deemed accepted, {deemed_renewed} deemed renewed, "
        "{expired} certificates expired, {terminated} unanswered corrections ended, "
        "{warned} warnings given",
    },
    "to-come": {
        "zh": "{day} 还没有到：沉默的法律后果不能提前发生",
        "en": "{day} is still to come: what silence leads to by law does not happen early",
    },
}


@click.command()
@click.option(
    "--as-of",
    type=parse_date,
    metavar="D",
    help="Up to this day; today when it is not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def daily(as_of: date | None, as_json: bool) -> None:
    """Do what time does by itself, on every day since the last one done."""
    with open_office() as office, office.session() as session:
        day = as_of or office.today
        if day > office.today and office.settings.mode is Mode.PRODUCTION:
            raise click.BadParameter(speak(WORDS, "to-come", day=day), param_hint="--as-of")
        counts = asdict(run_daily(session, day))
    if as_json:
        print_json(**counts)
    else:
        click.echo(speak(WORDS, "done", day=day, **counts))
