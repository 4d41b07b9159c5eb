"""Parameters of a call, read as leniently as the real server does: over HTTP all is text, in JSON it may not be."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.rehearsal.errors import bad_request

Params = Mapping[str, Any]


def text(params: Params, name: str) -> str:
    """A parameter as text; "" where it is absent."""
    value = params.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def flag(params: Params, name: str) -> bool:
    """A parameter as yes or no: true, yes and 1 are yes."""
    value = params.get(name)
    return value if isinstance(value, bool) else text(params, name).strip().lower() in ("true", "yes", "1")


def integer(params: Params, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
    """A parameter as a number within bounds; the default where it is absent, 0 where it isn't a number."""
    value = params.get(name)
    if not isinstance(value, int):
        written = text(params, name).strip()
        if not written:
            return default
        found = re.match(r"-?[0-9]+", written)
        value = int(found.group()) if found else 0
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else int(value)


def structure(params: Params, name: str, what: str) -> Any:
    """A parameter that is JSON, as text or as an object; None where it is absent. Raises ApiError for bad JSON."""
    value = params.get(name)
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"Can't parse {what} JSON object") from None
