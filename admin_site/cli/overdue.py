"""`onewindow overdue`: which cases are late, by the one definition that the panel uses."""

from datetime import date

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin_site.cli.clock import parse_date
from admin_site.cli.office import open_office
from admin_site.cli.words import Words, print_json, speak
from models import Application
from models.database import reading
from models.questions.worklists import is_open_as_of, overdue_numbers

WORDS: Words = {
    "stand": {
        "zh": "截至 {day}：在办 {open} 件，其中逾期 {overdue} 件",
        "en": "At the end of {day}: {open} open, {overdue} of them overdue",
    },
}


@click.command()
@click.option(
    "--as-of",
    type=parse_date,
    metavar="D",
    help="As at the end of this day; today when it is not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def overdue(as_of: date | None, as_json: bool) -> None:
    """List the open cases past their due date, the oldest due date first."""
    with open_office() as office, reading(), office.session() as session:
        day = as_of or office.today
        count, numbers = open_count(session, day), overdue_numbers(session, day)
    if as_json:
        print_json(as_of=day.isoformat(), open=count, overdue=len(numbers), numbers=numbers)
        return
    click.echo(speak(WORDS, "stand", day=day, open=count, overdue=len(numbers)))
    for number in numbers:
        click.echo(number)


def open_count(session: Session, day: date) -> int:
    """How many cases were open at the end of ``day``."""
    return session.scalar(select(func.count(Application.id)).where(is_open_as_of(day))) or 0
