"""Core values as JSON text and back: screens with their parameters, dialogues, answers.

Parameters carry their type with them (`{"$at": …}`), so that a deadline comes back as a deadline. People's words
are always plain strings and can't be mistaken for such a tag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

import orjson
from pydantic import Field, TypeAdapter

from bot.core.dialogue import Dialogue
from bot.core.message import Choice, ContentText, Moment, Phrase, Screen, ShortDay
from bot.core.plan_import import Incoming
from bot.core.run import Value

_OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_INCOMING: TypeAdapter[Incoming] = TypeAdapter(Incoming)
_DIALOGUES: TypeAdapter[Dialogue] = TypeAdapter(Annotated[Dialogue, Field(discriminator="kind")])


def instant(at: datetime) -> str:
    """An aware instant as UTC text that sorts by time. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime can't be stored")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe_instant(at: datetime | None) -> str | None:
    return None if at is None else instant(at)


def from_maybe_instant(text: str | None) -> datetime | None:
    return None if text is None else from_instant(text)


def maybe_time(at: time | None) -> str | None:
    """A local time of day as text."""
    return None if at is None else at.isoformat(timespec="minutes")


def from_maybe_time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _tag(value: Any) -> Any:
    match value:
        case Phrase():
            return {"$phrase": [value.key, dict(value.params)]}
        case ContentText():
            return {"$content": [value.domain, value.text]}
        case datetime():
            return {"$at": instant(value)}
        case date():
            return {"$on": value.isoformat()}
        case ShortDay():
            return {"$day": value.on.isoformat()}
        case Moment():
            return {"$moment": [instant(value.at), value.shows]}
        case frozenset() | set():
            return sorted(value)
        case Mapping():
            return dict(value)
    raise TypeError(f"{type(value).__name__} can't be stored")


def _untag(value: Any) -> Any:
    if isinstance(value, list):
        return [_untag(each) for each in value]
    if isinstance(value, dict):
        match value:
            case {"$phrase": [key, params]}:
                return Phrase(key, {name: _untag(each) for name, each in params.items()})
            case {"$content": [domain, text]}:
                return ContentText(domain, text)
            case {"$at": text}:
                return from_instant(text)
            case {"$on": text}:
                return date.fromisoformat(text)
            case {"$moment": [text, shows]}:
                return Moment(from_instant(text), shows)
            case {"$day": text}:
                return ShortDay(date.fromisoformat(text))
        return {name: _untag(each) for name, each in value.items()}
    return value


def dumps(value: Any) -> str:
    return orjson.dumps(value, default=_tag, option=_OPTIONS).decode()


def loads(text: str) -> Any:
    return _untag(orjson.loads(text))


def _choice_fields(choice: Choice) -> list[Any]:
    made = [choice.label, choice.action, choice.url, choice.copy, choice.style]
    return [*made, choice.key] if choice.key else made


def dump_screen(screen: Screen) -> str:
    rows = [[_choice_fields(choice) for choice in row] for row in screen.rows]
    return dumps([screen.key, dict(screen.params), rows])


def load_screen(text: str) -> Screen:
    key, params, rows = loads(text)
    return Screen(key, params, tuple(tuple(Choice(*fields) for fields in row) for row in rows))


def dump_choices(choices: tuple[Choice, ...]) -> str:
    return dumps([_choice_fields(choice) for choice in choices])


def load_choices(text: str) -> tuple[Choice, ...]:
    return tuple(Choice(*fields) for fields in loads(text))


def dump_dialogue(dialogue: Dialogue | None) -> str | None:
    if dialogue is None:
        return None
    for field in fields(dialogue):
        if isinstance(value := getattr(dialogue, field.name), datetime):
            instant(value)  # raises for a naive one
    return _DIALOGUES.dump_json(dialogue).decode()


def load_dialogue(text: str | None) -> Dialogue | None:
    """Read a dialogue back. One from an older version that no longer fits is dropped: its question is gone too."""
    if text is None:
        return None
    try:
        return _DIALOGUES.validate_json(text)
    except ValueError:
        return None


def dump_incoming(incoming: Incoming) -> str:
    return _INCOMING.dump_json(incoming).decode()


def load_incoming(text: str) -> Incoming:
    return _INCOMING.validate_json(text)


def dump_value(value: Value) -> str:
    return orjson.dumps(dict(value) if isinstance(value, Mapping) else value).decode()


def load_value(text: str) -> Value:
    value = orjson.loads(text)
    return tuple(value) if isinstance(value, list) else value
