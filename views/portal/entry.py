"""One certificate in the register: its editions, what happened to it, how it was supervised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext
from sqlalchemy import false, select

from models import Application, Certificate, SupervisionRecord
from models.database import db
from models.enums import ApplicantKind, Origin
from models.questions.supervision import public_records
from views.current import current_day
from views.portal.frame import NothingOfThatName, public_name
from views.portal.verify import Standing, standing_of
from views.words.labels import member_label
from views.words.values import localised, show

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the certificate, as everybody may read it."""

    number: int
    name: str
    holder: str
    issued_on: str
    valid_from: str
    valid_until: str
    standing: Standing


def entry(number: str) -> str:
    """A certificate of the register, the newest edition first (Art. 40, 61)."""
    papers = _published(number) if len(number) <= LONGEST else ()
    if not papers:
        raise NothingOfThatName(gettext("There is no certificate of this number in the register."))
    today = current_day()
    return render_template(
        "portal/entry.html",
        number=papers[0].number,
        item=papers[0].licence_item,
        item_name=localised(papers[0].licence_item, "name"),
        editions=[_edition(paper, standing_of(paper, today)) for paper in papers],
        changes=[line for paper in papers for line in _changes(paper)],
        records=[_record(r) for paper in papers for r in public_records(db.session(), paper.id)],
    )


def _published(number: str) -> Sequence[Certificate]:
    """The editions that may be published (Art. 5), the newest first."""
    return db.session.scalars(
        select(Certificate)
        .join(Application, Application.id == Certificate.application_id)
        .where(
            Certificate.number == number,
            Application.origin == Origin.NATIVE,
            Application.is_confidential.is_(false()),
        )
        .order_by(Certificate.edition.desc())
    ).all()


def _edition(paper: Certificate, standing: Standing) -> Edition:
    is_person = paper.holder.kind is ApplicantKind.PERSON
    return Edition(
        number=paper.edition,
        name=paper.name,
        holder=public_name(paper.holder_name, is_person=is_person),
        issued_on=show(paper.issued_on),
        valid_from=show(paper.valid_from),
        valid_until=show(paper.valid_until) if paper.valid_until else gettext("without an end"),
        standing=standing,
    )


def _changes(paper: Certificate) -> Iterator[tuple[str, str, str]]:
    """What took effect, the latest first: day, what, and on which ground."""
    for change in reversed(paper.changes):
        if change.effective_on is not None:
            yield (
                show(change.effective_on),
                str(member_label(change.kind)),
                str(member_label(change.ground)),
            )


def _record(record: SupervisionRecord) -> dict[str, str]:
    return {
        "day": show(record.visited_on),
        "kind": str(member_label(record.kind)),
        "findings": record.findings,
        "result": str(member_label(record.result)),
        "correct_by": show(record.correct_by_on) if record.correct_by_on else "",
        "corrected": show(record.corrected_on) if record.corrected_on else "",
    }
