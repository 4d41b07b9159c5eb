"""How a call to the stand-in fails: as the real server would say it, or by a broken connection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class ApiError(Exception):
    """A refusal as the Bot API gives it.

    `code` is the HTTP status and `error_code`; `description` the full text including its prefix; `parameters` the
    ResponseParameters object (`retry_after` in seconds, `migrate_to_chat_id`), empty where there is none.
    """

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


class ConnectionDropped(Exception):
    """The connection broke. `processed` says whether the request had taken effect; the caller can't know."""

    def __init__(self, processed: bool) -> None:
        super().__init__("after processing" if processed else "before processing")
        self.processed = processed


class MarkupError(ValueError):
    """Formatted text that can't be taken. Its text lacks the "Bad Request" prefix."""


class PhoneError(RuntimeError):
    """Something a person couldn't do on a real phone, such as tapping a button that isn't there."""


def refuse(code: int, message: str) -> ApiError:
    """An error with the prefix of its code; the first letter is lowered unless the text is a constant in capitals."""
    prefix = _PREFIXES[code]
    if message.startswith(prefix):
        return ApiError(code, message)
    if len(message) < 2 or not (message[1].isupper() or message[1] == "_"):
        message = message[:1].lower() + message[1:]
    return ApiError(code, f"{prefix}: {message}")


def bad_request(message: str) -> ApiError:
    """A 400."""
    return refuse(400, message)


def too_many(seconds: int) -> ApiError:
    """A 429 that names the wait in whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
