"""Files of others that we serve: each is the one that we looked at, and says whose it is."""

from hashlib import sha256
from pathlib import Path

import pytest

import admin_site

VENDOR = Path(admin_site.__file__).with_name("static") / "vendor"
PARTS = sorted(folder for folder in VENDOR.iterdir() if folder.is_dir())


@pytest.mark.parametrize("part", PARTS, ids=lambda folder: folder.name)
def test_every_vendored_file_is_the_one_we_chose(part: Path) -> None:
    sums = dict(
        reversed(line.split()) for line in (part / "SHA256SUMS").read_text("ascii").splitlines()
    )
    ours = {"README.md", "SHA256SUMS"}
    assert set(sums) == {file.name for file in part.iterdir()} - ours
    assert {name: sha256((part / name).read_bytes()).hexdigest() for name in sums} == sums


def test_echarts_comes_with_its_version_and_its_licences() -> None:
    part = VENDOR / "echarts"
    script = (part / "echarts.min.js").read_text("utf-8")
    assert script.startswith("/*! Apache ECharts 6.1.0")
    assert "6.1.0" in (part / "README.md").read_text("utf-8").splitlines()[0]
    assert "Apache License" in (part / "LICENSE").read_text("utf-8")
    assert "The Apache Software Foundation" in (part / "NOTICE").read_text("utf-8")
    # A policy without eval would stop it.
    assert "new Function" not in script
