"""Settings: the only reader of the environment and of `.env`."""

from __future__ import annotations

import difflib
import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import crashpoints

HOW_TO_START = (
    "BOT_TOKEN is missing: talk to @BotFather on Telegram, send /newbot, "
    "and put the token that you get into .env as BOT_TOKEN=…"
)

# What each setting must be, in words that complete "NAME must be …". Values are never repeated: they may be secrets.
_MUST_BE = {
    "BOT_TOKEN": "the token from @BotFather: digits, a colon, then letters and digits",
    "BOT_API_URL": "an address like https://api.telegram.org, without the token",
    "DATA_DIR": "the path of a folder",
    "ORGANISER_IDS": "Telegram user ids, numbers with commas between them (/id tells yours)",
    "WEBHOOK_URL": "an https:// address that Telegram can reach (http:// only on this machine)",
    "WEBHOOK_SECRET": "1 to 256 letters, digits, _ or -, and has to be set together with WEBHOOK_URL",
    "HTTP_HOST": "an address to listen on, like 127.0.0.1",
    "HTTP_PORT": "a port number from 0 to 65535",
    "LOG_LEVEL": "one of DEBUG, INFO, WARNING, ERROR",
    "PACE_PER_SECOND": "a number above 0: messages per second in all",
    "PACE_CHAT_PER_SECOND": "a number above 0: messages per second to one chat",
    "PACE_CHAT_BURST": "a whole number from 1: messages to one chat before its pace holds",
    "PACE_GROUP_CHAT_PER_MINUTE": "a number above 0: messages per minute to one group chat",
    "BOARD_INTERVAL_SECONDS": "a number from 0: seconds between two edits of one board",
    "REHEARSAL_CLOCK": "left out, unless BOT_API_URL is on this machine (127.0.0.1, [::1] or localhost)",
    "CRASH_AT": "left out, unless BOT_API_URL is on this machine; then a crash point's name, a colon and a count",
}


class SettingsError(Exception):
    """A setting is wrong or missing; `str()` is one line that names it and says what to do, without its value."""


def is_loopback(url: str) -> bool:
    """Say whether `url` is an address on this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _web_address(url: str, *schemes: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise ValueError
    parts.port  # noqa: B018  a port that is no number raises ValueError here
    return url.rstrip("/")


class Settings(BaseSettings):
    """All settings, named in lower case. Intervals are in seconds, paces in messages per second or minute."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = "https://api.telegram.org"
    data_dir: Path = Path("data")
    organiser_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    webhook_url: str | None = None
    webhook_secret: Annotated[SecretStr | None, Field(validate_default=True)] = None
    http_host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    pace_per_second: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 29.5
    pace_chat_per_second: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    pace_chat_burst: Annotated[int, Field(ge=1)] = 5
    pace_group_chat_per_minute: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 20.0
    board_interval_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 2.0
    rehearsal_clock: Path | None = None
    crash_at: str = ""

    @field_validator("bot_token")
    @classmethod
    def _token(cls, token: SecretStr) -> SecretStr:
        bare = token.get_secret_value().strip()
        if bare and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", bare):
            raise ValueError
        return SecretStr(bare)

    @field_validator("bot_api_url")
    @classmethod
    def _api_url(cls, url: str) -> str:
        url = _web_address(url.strip(), "https", "http")
        if "/bot" in urlsplit(url).path:
            raise ValueError
        return url

    @field_validator("data_dir")
    @classmethod
    def _folder(cls, path: Path) -> Path:
        path = path.expanduser()
        if path.exists() and not path.is_dir():
            raise ValueError
        return path

    @field_validator("organiser_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        ids = frozenset(int(part) for part in value.replace(",", " ").split())
        if any(not 0 < each < 2**63 for each in ids):
            raise ValueError
        return ids

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, url: str | None) -> str | None:
        if url is None:
            return None
        return _web_address(url.strip(), "https", *(["http"] if is_loopback(url) else []))

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if secret is None:
            if info.data.get("webhook_url") is not None:
                raise ValueError
        elif not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError
        return secret

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, level: object) -> object:
        return level.strip().upper() if isinstance(level, str) else level

    @field_validator("rehearsal_clock")
    @classmethod
    def _only_here(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        # Winding the clock of a bot that talks to real people would send their reminders on wrong days.
        url = info.data.get("bot_api_url")
        if path is not None and url is not None and not is_loopback(url):
            raise ValueError
        return path

    @field_validator("crash_at")
    @classmethod
    def _crash_here(cls, crash_at: str, info: ValidationInfo) -> str:
        url = info.data.get("bot_api_url")
        if crash_at and url is not None:
            if not is_loopback(url):
                raise ValueError
            crashpoints.parse(crash_at)
        return crash_at

    @property
    def token(self) -> str:
        """The bot token in clear, for building addresses only."""
        return self.bot_token.get_secret_value()

    def api_url(self, method: str) -> str:
        """Return the address of a Bot API method. It holds the token: never log it."""
        return f"{self.bot_api_url}/bot{self.token}/{method}"

    def file_url(self, path: str) -> str:
        """Return the address of a file that somebody sent. It holds the token: never log it."""
        return f"{self.bot_api_url}/file/bot{self.token}/{quote(path)}"


def load_settings(env_file: Path | None = Path(".env"), *, need_token: bool = True) -> Settings:
    """Read the settings from the environment and, where that is silent, from `env_file` (which may be missing).

    Without `need_token` an absent BOT_TOKEN is accepted, for commands that only touch the data folder.
    Raises SettingsError.
    """
    if env_file is not None:
        _refuse_misspelt(env_file)
    failure = None
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own
    except ValidationError as error:
        name = str(error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"][0]).upper()
        failure = SettingsError(f"{name} must be {_MUST_BE[name]}.")
    # Raised here, not above: the original error, which may hold the value, must not travel along as context.
    if failure is not None:
        raise failure
    if need_token and not settings.token:
        raise SettingsError(HOW_TO_START)
    return settings


def _refuse_misspelt(env_file: Path) -> None:
    try:
        names = dotenv_values(env_file, encoding="utf-8", interpolate=False)
    except (OSError, UnicodeError):
        raise SettingsError(f"{env_file.name} can't be read: it has to be a readable text file in UTF-8.") from None
    for name in names:
        # Names of other programs may stand in the file; one that nearly is ours is a slip that would go unnoticed.
        if name.upper() not in _MUST_BE and (near := difflib.get_close_matches(name.upper(), _MUST_BE, 1, 0.85)):
            raise SettingsError(f"{name} in {env_file.name} is not a setting: did you mean {near[0]}?")
