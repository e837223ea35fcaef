"""The demonstration office: its departments, window, posts and invented people."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Authority, Department, Post, PostAssignment, RoleGrant, User, Window
from models.acting import SYSTEM, acting_as
from models.enums import Duty
from models.rules.duties import LINE
from seed.reference import read_data

# Before the two items that have ended did so: their cases lie in 2017.
SINCE = date(2017, 1, 1)


def account_names() -> tuple[str, ...]:
    """The names of the demonstration's accounts, in the order of the line."""
    people = read_data("office.toml")["people"]
    return tuple(person["username"] for person in people if "username" in person)


def load_office(
    session: Session,
    today: date,
    passwords: Mapping[str, str],
    hash_password: Callable[[str], str],
) -> bool:
    """Found the office unless it is there. ``passwords`` has one for each account name."""
    if session.scalar(select(Authority.id).limit(1)) is not None:
        return False
    spec = read_data("office.toml")
    with acting_as(session, SYSTEM, today):
        authority = Authority(**spec["authority"])
        departments = {d["code"]: Department(authority=authority, **d) for d in spec["departments"]}
        session.add_all(departments.values())
        home = departments[spec["window"]["department"]]
        window = Window(
            code=spec["window"]["code"],
            name=spec["window"]["name"],
            name_en=spec["window"]["name_en"],
            department=home,
        )
        posts = {
            Duty(p["duty"]): Post(
                window=window, duty=Duty(p["duty"]), name=p["name"], name_en=p["name_en"]
            )
            for p in spec["posts"]
        }
        session.add_all(posts.values())
        for person in spec["people"]:
            _add_person(session, person, home, posts, passwords, hash_password)
        session.commit()
    return True


def _add_person(
    session: Session,
    person: Mapping[str, Any],
    department: Department,
    posts: Mapping[Duty, Post],
    passwords: Mapping[str, str],
    hash_password: Callable[[str], str],
) -> None:
    duty = Duty(person["duty"])
    username = person.get("username")
    user = User(
        username=username,
        display_name=person["name"],
        display_name_en=person["name_en"],
        department=None if duty is Duty.APPLICANT else department,
        password_hash=hash_password(passwords[username]) if username else None,
    )
    session.add(user)
    session.add(RoleGrant(user=user, duty=duty, valid_from=SINCE))
    if duty in LINE | {Duty.GUIDANCE}:
        session.add(PostAssignment(user=user, post=posts[duty], valid_from=SINCE))


def authority_code() -> str:
    """The credit code of the demonstration's authority: it tells a demonstration by its data."""
    return str(read_data("office.toml")["authority"]["code"])
