"""The templates of Flask-Admin that ours replace: when one of them changes, somebody compares."""

from hashlib import sha256
from pathlib import Path

import flask_admin
import pytest

import admin_site

UPSTREAM = Path(flask_admin.__file__).parent / "templates/bootstrap4/admin"
OURS = Path(admin_site.__file__).parent / "templates/panel"

# A template of ours, the one it replaces, and the SHA-256 of that when the two were compared.
REPLACED = [
    ("shell.html", "base.html", "a6add6a45c2ac3c55046ea283318e719269ac7b4e181cc3787904db53b8aaea4"),
    (
        "shell.html",
        "layout.html",
        "5e62de8b5e527fc754d529ff9099d38ab4cd27b37e351bab1e7eccd692b57ddd",
    ),
    (
        "shell.html",
        "master.html",
        "54ebe2fb7e4c2e1850d81f85552a44a428525419be60f8dcd60a30168e8f52eb",
    ),
    (
        "shell.html",
        "static.html",
        "efbdfee9e7f4eef8be90030018c34fd454e9a91f933538494075108e4587995b",
    ),
    ("home.html", "index.html", "93b932a94ef2ef1facb1c94279345c6c9cf97fdb792b1bbb487a23ceab9356e5"),
    (
        "list.html",
        "model/list.html",
        "21003d92feb9a75c9cbb3b816b2ebdd5e8479917edac2483c803561c5cfb5159",
    ),
    (
        "list.html",
        "model/layout.html",
        "9801f7f6e21b6dfef6231ea0a2e297ff9903692e894ac1f72e84bd6dddea8cbe",
    ),
    (
        "list.html",
        "model/row_actions.html",
        "4dc1ade152ecd029860ea8248d10d60ec558571d798ccb20017cd2cc4bb42a7d",
    ),
    (
        "list.html",
        "actions.html",
        "685288ebd9108462ae72a04b894303142f1f6b953834295a85f4c4e8d233a514",
    ),
    (
        "details.html",
        "model/details.html",
        "c4aa5d6ca9b9b82d52b9bf97e93ea34fa678da0bc181afdf618d4bab5ed5a04f",
    ),
    (
        "form.html",
        "model/create.html",
        "8930a13e4d81cd59811ff487314156efa07ebd078471edeca5a97212e145cff2",
    ),
    (
        "form.html",
        "model/edit.html",
        "b606efe0a695ead26c97616afacbe16ac1a83dcdfec0caeea1888515be7724d0",
    ),
    ("fields.html", "lib.html", "21a2c36fee3e19840985344119f1f84b9330b0c60c00102958e3f652d38194fb"),
    (
        "fields.html",
        "model/inline_list_base.html",
        "9385d36000f838cdc0cd90bc310baa5a6e328c738b9ff862f36c75661e1df23b",
    ),
    (
        "fields.html",
        "model/inline_form.html",
        "7c67695b482cae3de0c1c26ff8cbc078346d76990d17a37abba35e1abaffa582",
    ),
    (
        "fields.html",
        "model/inline_field_list.html",
        "67e95cc8006c11c5795fc200ae97c5ff0345c04c5895b05f10742006d7eef27a",
    ),
]


@pytest.mark.parametrize(("ours", "theirs", "digest"), REPLACED, ids=[row[1] for row in REPLACED])
def test_the_replaced_template_is_the_known_one(ours: str, theirs: str, digest: str) -> None:
    assert (OURS / ours).exists()
    path = UPSTREAM / theirs
    found = sha256(path.read_bytes()).hexdigest()
    assert found == digest, f"{path} has changed: compare it with {OURS / ours}, then note {found}"


def test_no_template_of_flask_admin_is_shown_as_it_is() -> None:
    """Ours extend ours: an upstream page would bring its inline scripts with it."""
    for path in OURS.parent.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "admin/" not in text.partition("{% extends")[2].partition("%}")[0], path
