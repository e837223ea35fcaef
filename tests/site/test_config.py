"""The settings: where they come from, and which are refused."""

import stat
from datetime import date
from pathlib import Path

import pytest

from admin_site.config import Mode, Settings, SettingsError, office_today

STRONG = "d4Kq9-xV2pLw7_TzB1mNc8RyE5uHs3Gj"


def settings(mode: Mode, folder: Path, **given: str) -> Settings:
    names = {f"ONEWINDOW_{name.upper()}": value for name, value in given.items()}
    return Settings.from_environment(mode, {"ONEWINDOW_DATA_DIR": str(folder), **names})


def test_without_a_url_the_database_is_a_file_of_the_data_folder(tmp_path: Path) -> None:
    assert settings(Mode.DEMO, tmp_path).database_url == f"sqlite:///{tmp_path}/onewindow.sqlite"


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    first = settings(Mode.PRODUCTION, folder).secret_key
    assert len(first) >= 32
    assert settings(Mode.PRODUCTION, folder).secret_key == first
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("weak", ["secret", "a" * 64, "1234567890"])
def test_production_refuses_a_weak_key(tmp_path: Path, weak: str) -> None:
    with pytest.raises(SettingsError, match="ONEWINDOW_SECRET_KEY"):
        settings(Mode.PRODUCTION, tmp_path, secret_key=weak)
    assert settings(Mode.DEMO, tmp_path, secret_key=weak).secret_key == weak


def test_only_a_demonstration_and_a_test_obey_a_given_day(tmp_path: Path) -> None:
    for mode in (Mode.DEMO, Mode.TEST):
        given = settings(mode, tmp_path, today="2025-03-03")
        assert office_today(given) == date(2025, 3, 3)
    production = settings(Mode.PRODUCTION, tmp_path, today="2025-03-03", secret_key=STRONG)
    assert office_today(production) != date(2025, 3, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [("timezone", "Mars/Olympus"), ("locale", "fr"), ("today", "2025-02-30")],
)
def test_an_unusable_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"ONEWINDOW_{name.upper()}"):
        settings(Mode.DEMO, tmp_path, **{name: value})


def test_cookies_insist_on_https_when_the_office_says_so(tmp_path: Path) -> None:
    assert settings(Mode.PRODUCTION, tmp_path, secret_key=STRONG, https="1").https
    assert not settings(Mode.DEMO, tmp_path).https


def test_a_dotenv_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("ONEWINDOW_LOCALE=en\nONEWINDOW_TIMEZONE=UTC\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONEWINDOW_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_TIMEZONE", "Asia/Tokyo")
    read = Settings.from_environment(Mode.DEMO)
    assert (read.locale, read.timezone.key) == ("en", "Asia/Tokyo")
