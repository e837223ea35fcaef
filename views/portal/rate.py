"""Rating the service on one's own case (好差评)."""

from flask import abort, flash, redirect, request
from flask_babel import gettext

from models import acts
from models.database import db
from models.enums import RatingLevel
from views.current import shows_form_again, token_expired
from views.judging import judged
from views.portal.frame import for_applicants, one_of
from views.portal.own_case import Page, case_page, find_own, own_url
from views.words.messages import words_of

LONGEST = 500


@for_applicants
@shows_form_again
def rate(number: str) -> Page:
    """Rate the service on one's own case."""
    case = find_own(number) or abort(404)
    level = one_of(request.form.get("level"), RatingLevel, None)
    text = request.form.get("text", "").strip()
    if token_expired():
        words = gettext("The page was open too long. Nothing is lost: please try again.")
        return case_page(case, words), 400
    if len(text) > LONGEST:
        abort(400)
    if level is None:
        return case_page(case, gettext("Choose one of the five levels.")), 422
    if refusal := judged(lambda: acts.supervision.rate(db.session(), case, level, text)):
        return case_page(case, words_of(refusal)), 422
    flash(gettext("Thank you: your rating has been recorded."), "success")
    return redirect(own_url(case.number))
