"""The page on which people change their own password, so that nobody else knows it."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from admin_site.sign_in import load_account
from models import User
from models.database import db
from views.current import current_actor, is_signed_in, shows_form_again, token_expired
from views.links import path_here
from views.passwords import LONGEST, SHORTEST, hash_password, is_right

own_password = Blueprint("own_password", __name__)


@own_password.route("/account/password", methods=["GET", "POST"])
@shows_form_again
def change() -> Response | str | tuple[str, int]:
    """Ask for the present password and a new one; every other session of the account ends."""
    if not is_signed_in():
        return redirect(url_for("sign_in.login", next=path_here()))
    if request.method != "POST":
        return _page()
    if token_expired():
        return _page(gettext("The page was open too long. Nothing is lost: please try again.")), 400
    user = db.session.get_one(User, current_actor().user_id)
    problem = _problem_with(user)
    if problem:
        return _page(problem), 422
    user.password_hash = hash_password(request.form["new_password"])
    user.session_epoch += 1
    epoch = user.session_epoch
    db.session.commit()
    account = load_account(f"{current_user.actor.user_id}.{epoch}")
    login_user(account)
    return redirect(url_for("admin.index"))


def _problem_with(user: User) -> str:
    new = request.form.get("new_password", "")
    if not is_right(user.password_hash, request.form.get("password", "")):
        return str(gettext("The present password is not right."))
    if not SHORTEST <= len(new) <= LONGEST:
        return str(gettext("A password has at least %(least)s characters.", least=SHORTEST))
    if new != request.form.get("again", ""):
        return str(gettext("The new password was typed in two ways."))
    return ""


def _page(problem: str = "") -> str:
    return render_template("password.html", problem=problem)


def init_own_password(app: Flask) -> None:
    """Serve the page."""
    app.register_blueprint(own_password)
