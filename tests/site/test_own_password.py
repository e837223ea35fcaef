"""A password is its owner's: he changes it himself, and nobody else sets that of a keeper."""

from collections.abc import Callable

from flask import Flask

from tests.web import PASSWORD, Browser

NEW = "another horse, another battery"
SignIn = Callable[[str], Browser]


def _change(browser: Browser, **fields: str) -> int:
    form = {"password": PASSWORD, "new_password": NEW, "again": NEW, **fields}
    return browser.post("/account/password", form).status_code


def test_a_person_changes_his_own_password(site: Flask, signed_in: SignIn) -> None:
    clerk, elsewhere = signed_in("clerk"), signed_in("clerk")
    assert _change(clerk) == 302
    assert clerk.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302, "every other session has ended"
    assert Browser(site).sign_in("clerk").status_code == 401
    assert Browser(site).sign_in("clerk", NEW).status_code == 302


def test_a_wrong_or_short_or_unlike_password_is_refused(site: Flask, signed_in: SignIn) -> None:
    clerk = signed_in("clerk")
    assert _change(clerk, password="guessed") == 422
    assert _change(clerk, new_password="short", again="short") == 422
    assert _change(clerk, again="typed otherwise") == 422
    assert Browser(site).sign_in("clerk").status_code == 302


def test_nobody_changes_a_password_unasked(site: Flask) -> None:
    assert Browser(site).get("/account/password").status_code == 302


def test_the_system_administrator_does_not_set_the_password_of_a_keeper(
    site: Flask, signed_in: SignIn
) -> None:
    system = signed_in("system")
    for name, status in (("security", 422), ("auditor", 422), ("clerk", 302)):
        listed = system.get(f"/admin/user_account/?search={name}").text
        key = listed.split("details/?id=")[1].split('"')[0]
        path = f"/admin/user_account/edit/?id={key}"
        form = {**system.form(path), "new_password": NEW}
        assert system.post(path, form).status_code == status, name
        expected = 302 if status == 302 else 401
        assert Browser(site).sign_in(name, NEW).status_code == expected
