"""The settings of an installation, read once from the environment and a `.env` file."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import platformdirs
from dotenv import dotenv_values

LOCALES = {"zh_Hans_CN": "中文", "en": "English"}
SHORTEST_KEY = 32
TRUE_WORDS = {"1", "true", "yes", "on"}


class Mode(StrEnum):
    """How the program runs; only a demonstration and a test may set the day."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class SettingsError(ValueError):
    """A setting is missing or unusable; the message names its variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation decides. ``today`` fixes the office's day."""

    mode: Mode
    data_dir: Path
    database_url: str
    secret_key: str
    timezone: ZoneInfo
    locale: str
    today: date | None = None
    https: bool = False
    export_rows: int = 20_000

    @classmethod
    def from_environment(
        cls, mode: Mode | str, environment: Mapping[str, str] | None = None
    ) -> "Settings":
        """Read the settings for ``mode``. Raises SettingsError naming the variable at fault."""
        given = _environment() if environment is None else environment
        mode = Mode(mode)
        data_dir = _data_dir(given)
        return cls(
            mode=mode,
            data_dir=data_dir,
            database_url=given.get("ONEWINDOW_DATABASE_URL") or _sqlite_in(data_dir),
            secret_key=_secret_key(given.get("ONEWINDOW_SECRET_KEY"), data_dir, mode),
            timezone=_timezone(given.get("ONEWINDOW_TIMEZONE") or "Asia/Shanghai"),
            locale=_locale(given.get("ONEWINDOW_LOCALE") or "zh_Hans_CN"),
            today=_today(given.get("ONEWINDOW_TODAY"), mode),
            https=_https(given.get("ONEWINDOW_HTTPS")),
        )

    def flask_config(self) -> dict[str, Any]:
        """The same settings under the names that Flask and its extensions read."""
        return {
            "ONEWINDOW": self,
            "TESTING": self.mode is Mode.TEST,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "BABEL_DEFAULT_LOCALE": self.locale,
            "BABEL_DEFAULT_TIMEZONE": self.timezone.key,
            "SESSION_COOKIE_NAME": "onewindow",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.https,
            # A form opened in the morning is still good in the evening.
            "WTF_CSRF_TIME_LIMIT": 12 * 3600,
            # Our own check runs after the account is known; see security.py.
            "WTF_CSRF_CHECK_DEFAULT": False,
            "RATELIMIT_STORAGE_URI": "memory://",
            "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "EXPORT_ROWS": self.export_rows,
        }


def office_today(settings: Settings) -> date:
    """The office's day: the calendar date in its own time zone."""
    return settings.today or datetime.now(settings.timezone).date()


def _environment() -> dict[str, str]:
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**written, **os.environ}


def _data_dir(given: Mapping[str, str]) -> Path:
    named = given.get("ONEWINDOW_DATA_DIR")
    return Path(named or platformdirs.user_data_path("onewindow")).expanduser().absolute()


def _sqlite_in(data_dir: Path) -> str:
    return f"sqlite:///{data_dir / 'onewindow.sqlite'}"


def _timezone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError(f"ONEWINDOW_TIMEZONE: no such time zone: {name}") from error


def _locale(name: str) -> str:
    if name not in LOCALES:
        raise SettingsError(f"ONEWINDOW_LOCALE: {name} is none of {', '.join(LOCALES)}")
    return name


def _today(text: str | None, mode: Mode) -> date | None:
    if not text or mode is Mode.PRODUCTION:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"ONEWINDOW_TODAY: not a date (YYYY-MM-DD): {text}") from error


def _https(text: str | None) -> bool:
    """Whether browsers reach the site by https, so that cookies may insist on it.

    Off unless said: a cookie that insists is lost on an office network without TLS.
    """
    return (text or "").lower() in TRUE_WORDS


def _secret_key(given: str | None, data_dir: Path, mode: Mode) -> str:
    if mode is Mode.TEST:
        return given or "only-a-test-" * 4
    key = given or _kept_key(data_dir / "secret_key")
    if mode is Mode.PRODUCTION and _is_weak(key):
        raise SettingsError(
            f"ONEWINDOW_SECRET_KEY: too weak; use at least {SHORTEST_KEY} random characters"
        )
    return key


def _is_weak(key: str) -> bool:
    return len(key) < SHORTEST_KEY or len(set(key)) < SHORTEST_KEY // 3


def _kept_key(path: Path) -> str:
    """The key kept beside the data; made on first use, readable by its owner only."""
    _make_folder(path.parent)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(f"ONEWINDOW_DATA_DIR: cannot write to {path.parent}") from error
    return path.read_text().strip()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"ONEWINDOW_DATA_DIR: not a folder: {path}") from error
