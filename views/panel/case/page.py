"""The page of a case: a timeline, not a form. What it shows, as plain values for its template."""

from datetime import date
from typing import Any

from models import Application
from models.acting import Actor
from models.database import db
from models.questions.calendar import working_calendar
from views.panel.case.causes import causes_of, headings
from views.panel.case.dates import dates_of, pause_overrun
from views.panel.case.documents import documents_of
from views.panel.case.facts import facts_of, findings_of, limits_of_case
from views.panel.case.materials import materials_of
from views.panel.case.printed import heading_of, printed_facts
from views.panel.case.reader import Reader
from views.panel.case.story import last_saved, story_of
from views.panel.case.supervision import leader_links, orders_about
from views.panel.case.track import stages_of, who_acts_next
from views.panel.case.why_date import strip_of
from views.words.labels import member_label
from views.words.values import cell, localised, show

__all__ = ["Reader", "case_context", "printed_facts"]


def case_context(case: Application, actor: Actor, today: date) -> dict[str, Any]:
    """What the page shows of a case to this reader."""
    reader = Reader(actor, today)
    calendar = working_calendar(db.session())
    version = case.item_version
    sees_dates = reader.sees("due_date_change")
    return {
        "case": case,
        "status": member_label(case.status),
        "item": localised(case.licence_item, "name"),
        "version": version.version_number,
        "published_on": show(version.published_on),
        "applicant": case.applicant and case.applicant.name,
        "applicant_number": case.applicant and cell(case.applicant, "identity_number"),
        "channel": show(case.channel),
        "saved_at": last_saved(case),
        "dates": dates_of(case, calendar, today),
        "stages": stages_of(case, calendar, reader),
        "facts": list(facts_of(case, reader)),
        "limits": limits_of_case(case),
        "why": heading_of(case),
        "strip": strip_of(case, calendar, today) if sees_dates else None,
        "causes": causes_of(case) if sees_dates else None,
        "cause_headings": headings(),
        "materials": materials_of(case) if reader.sees("submitted_material") else None,
        "documents": list(documents_of(case, reader)),
        "orders": orders_about(case, reader),
        "leader_links": leader_links(case, reader),
        "findings": findings_of(case, reader),
        "story": story_of(case, actor, sees_inside=reader.sees_inside),
        "next_step": who_acts_next(case),
        "instant": show,
        "pause_overrun": pause_overrun(case, today),
    }
