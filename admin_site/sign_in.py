"""Sign-in: who stands behind a request, with the duties and posts held on the office's day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Flask,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import BindParameter, Date, bindparam, select
from werkzeug.wrappers import Response

from admin_site.config import Mode, Settings, office_today
from models import Post, PostAssignment, RoleGrant, User
from models.acting import SYSTEM, Actor, act_as, acting_as
from models.database import db, set_reading
from models.questions.people import holds_on, is_granted_to
from views.current import NOBODY, note_request, shows_form_again, token_expired
from views.passwords import hash_password, is_outdated, is_right
from views.requests import local_path

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Pages that need neither an account nor the database.
WITHOUT_ACCOUNT = ("static", "health")
HOME = "admin.index"
LOGIN = "sign_in.login"
LIMITER = "sign_in.limiter"

sign_in = Blueprint("sign_in", __name__)
login_manager = LoginManager()


@dataclass(frozen=True, slots=True)
class Account(UserMixin):  # type: ignore[misc]
    """A signed-in account; its id in the session carries the epoch that ends old sessions."""

    actor: Actor
    epoch: int
    shown_as: dict[str, str]

    def get_id(self) -> str:
        return f"{self.actor.user_id}.{self.epoch}"


# Asked at every request, so built once.
USER: BindParameter[int] = bindparam("user")
EPOCH: BindParameter[int] = bindparam("epoch")
DAY: BindParameter[date] = bindparam("day", type_=Date)
DUTIES = (
    select(User.display_name, User.display_name_en, RoleGrant.duty)
    .outerjoin(RoleGrant, is_granted_to(User.id, DAY))
    .where(User.id == USER, User.session_epoch == EPOCH, User.is_active)
)
POSTS = (
    select(Post.duty)
    .join(PostAssignment, PostAssignment.post_id == Post.id)
    .where(PostAssignment.user_id == USER, holds_on(PostAssignment, DAY))
)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_account(session_id: str) -> Account | None:
    """The account of a session; None once it was switched off or its sessions were ended."""
    user_id, _, epoch = session_id.partition(".")
    if not (user_id.isdecimal() and epoch.isdecimal()):
        return None
    asked = {"user": int(user_id), "epoch": int(epoch), "day": _today()}
    rows = db.session.execute(DUTIES, asked).all()
    if not rows:
        return None
    actor = Actor(
        user_id=int(user_id),
        name=rows[0].display_name,
        duties=frozenset(row.duty for row in rows if row.duty),
        posts=frozenset(db.session.scalars(POSTS, asked)),
    )
    shown_as = {"en": rows[0].display_name_en, "zh_Hans_CN": rows[0].display_name}
    return Account(actor, int(epoch), shown_as)


def _today() -> date:
    settings: Settings = current_app.config["ONEWINDOW"]
    return office_today(settings)


def identify() -> None:
    """Before each request: is it a reader, who asks, and in whose name would it write."""
    set_reading(request.method in READING_METHODS)
    if (request.endpoint or "static").endswith(WITHOUT_ACCOUNT[0]):
        return
    if request.blueprint in WITHOUT_ACCOUNT:
        return
    signed_in = current_user.is_authenticated
    actor = current_user.actor if signed_in else NOBODY
    # Who holds both applies in the portal, and is an officer everywhere else.
    actor = actor.in_duty(of_the_office=request.blueprint != "portal")
    note_request(actor, _today(), current_user.shown_as if signed_in else {})
    settings: Settings = current_app.config["ONEWINDOW"]
    is_demonstration = settings.mode is Mode.DEMO
    act_as(db.session(), actor, _today(), is_demonstration=is_demonstration)


def _forget_reading(_error: BaseException | None) -> None:
    set_reading(False)


def _typed_name() -> str:
    return request.form.get("username", "").strip().lower()[:60]


def _account_key() -> str:
    return f"account {_typed_name()}"


def _has_failed(response: Response) -> bool:
    return response.status_code != 302


@sign_in.route("/login", methods=["GET", "POST"])
@shows_form_again
def login() -> Response | str | tuple[str, int]:
    """The sign-in page. Unknown, wrong and switched-off accounts get the same words."""
    if request.method != "POST":
        return _login_page()
    if token_expired():
        return _login_page(gettext("The page was open too long. Please sign in again.")), 400
    user = _recognised(_typed_name(), request.form.get("password", ""))
    if user is None:
        return _login_page(gettext("The user name or the password is not right.")), 401
    _begin_session(user)
    return redirect(local_path(request.values.get("next")) or url_for(HOME))


@sign_in.post("/logout")
def logout() -> Response:
    """End the session; the chosen language stays."""
    logout_user()
    _renew_session()
    return redirect("/")


@sign_in.errorhandler(RateLimitExceeded)
def too_many(_error: RateLimitExceeded) -> tuple[str, int, dict[str, str]]:
    """Too many attempts: the page says from when on the next one is heard."""
    limiter: Limiter = current_app.extensions[LIMITER]
    limit = limiter.current_limit
    again_at = limit.reset_at if limit else 0
    seconds = max(1, int(again_at - datetime.now(UTC).timestamp()))
    zone: ZoneInfo = current_app.config["ONEWINDOW"].timezone
    words = gettext(
        "Too many attempts. Please try again after %(time)s.",
        time=datetime.fromtimestamp(again_at, zone).strftime("%H:%M:%S"),
    )
    return _login_page(words), 429, {"Retry-After": str(seconds)}


def _login_page(problem: str = "") -> str:
    target = local_path(request.values.get("next")) or ""
    return render_template(
        "login.html", problem=problem, username=request.form.get("username", ""), next=target
    )


def _recognised(username: str, password: str) -> User | None:
    user = db.session.scalar(select(User).where(User.username == username)) if username else None
    right = is_right(user.password_hash if user else None, password)
    return user if user and right and user.is_active else None


def _begin_session(user: User) -> None:
    if user.password_hash and is_outdated(user.password_hash):
        with acting_as(db.session(), SYSTEM, _today()):
            user.password_hash = hash_password(request.form["password"])
            db.session.commit()
    # A session id planted before the sign-in is worth nothing after it.
    _renew_session()
    session.permanent = True
    login_user(Account(Actor(user.id, user.display_name), user.session_epoch, {}))


def _renew_session() -> None:
    kept = {"locale": session["locale"]} if "locale" in session else {}
    session.clear()
    session.update(kept)


def _throttle(app: Flask) -> None:
    """Hear only so many failed attempts from one address, and for one name."""
    limiter = app.extensions[LIMITER] = Limiter(get_remote_address, app=app)
    view: Any = app.view_functions[LOGIN]
    for limit, key in (
        ("40 per 15 minutes", get_remote_address),
        ("8 per 15 minutes", _account_key),
    ):
        counted = limiter.limit(limit, key_func=key, methods=["POST"], deduct_when=_has_failed)
        view = counted(view)
    app.view_functions[LOGIN] = view


def init_sign_in(app: Flask) -> None:
    """Know the account behind every request, and serve the pages to sign in and out."""
    login_manager.init_app(app, add_context_processor=False)
    app.before_request(identify)
    app.teardown_request(_forget_reading)
    app.register_blueprint(sign_in)
    _throttle(app)
