"""Checks of what the bot sends, by code that nobody here wrote.

aiogram's models, made from the official schema, say which methods and fields there are and of what type. TDLib's own
parser, the one that Telegram's server runs, says what becomes of formatted text. Both work offline.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol

import aiogram.methods
import tdjson
from aiogram.methods.base import TelegramMethod
from pydantic import BaseModel, ValidationError

# What is newer than the models. Each entry says why it may be sent all the same.
NEWER_METHODS: dict[str, str] = {}
NEWER_FIELDS: dict[tuple[str, str], str] = {}

MOST_ENTITIES = 100
TEXT_LIMITS = {"text": 4096, "caption": 1024}
TOAST_LIMIT = 200


class Sent(Protocol):
    """What `check_all` needs to know of a call."""

    @property
    def method(self) -> str: ...

    @property
    def params(self) -> dict[str, Any]: ...


def check_all(requests: Iterable[Sent]) -> int:
    """Check every call; returns how many. Raises AssertionError naming each failure with its method and parameters."""
    checked = 0
    found: list[str] = []
    for request in requests:
        checked += 1
        if wrong := problems(request.method, request.params):
            found.append(_report(request.method, request.params, wrong))
    assert not found, f"{len(found)} of {checked} calls are wrong:\n" + "\n".join(found)
    return checked


def check_request(method: str, params: Mapping[str, Any]) -> None:
    """Check one call. Raises AssertionError with all that is wrong with it."""
    wrong = problems(method, params)
    assert not wrong, _report(method, params, wrong)


def problems(method: str, params: Mapping[str, Any]) -> list[str]:
    """All that is wrong with a call."""
    model = _models().get(method.lower())
    if model is None:
        return [] if method in NEWER_METHODS else [f"there is no method {method}"]
    decoded, wrong = _decode(model, params)
    if wrong:
        return wrong
    wrong += _model_problems(method, model, decoded)
    wrong += _text_problems(method, decoded)
    if isinstance(decoded.get("reply_markup"), dict):
        wrong += list(_keyboard_problems(decoded["reply_markup"]))
    return list(dict.fromkeys(wrong))


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]] | str:
    """What TDLib makes of Telegram HTML: the text and its entities, or the error."""
    answer = _td({"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}})
    if answer["@type"] == "error":
        return str(answer["message"])
    return answer["text"], answer["entities"]


def repair(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]] | str:
    """What TDLib makes of a text with entities (as its own objects) when it is sent, untrimmed; or the error.

    The text must hold nothing that reads as Markdown, since the one way to ask for the repair also looks for that.
    """
    asked = {"@type": "formattedText", "text": text, "entities": entities}
    answer = _td({"@type": "parseMarkdown", "text": asked})
    return str(answer["message"]) if answer["@type"] == "error" else (answer["text"], answer["entities"])


@cache
def _quiet() -> None:
    tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')


def _td(request: dict[str, Any]) -> dict[str, Any]:
    _quiet()
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None, f"TDLib gave no answer to {request['@type']}"
    found: dict[str, Any] = json.loads(answer)
    return found


@cache
def _models() -> dict[str, type[TelegramMethod[Any]]]:
    found = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    return {
        made.__api_method__.lower(): made
        for made in found
        if isinstance(made, type) and issubclass(made, TelegramMethod) and made is not TelegramMethod
    }


def _decode(model: type[BaseModel], params: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The parameters as JSON values, however they went over HTTP; uploads stand as the name of their part."""
    decoded: dict[str, Any] = {}
    for name, value in params.items():
        if name.startswith("name:"):
            decoded.setdefault(name[5:], f"attach://{name[5:]}")
            continue
        field = model.model_fields.get(name)
        if isinstance(value, str) and field is not None:
            kinds = set(_kinds(field.annotation))
            number = int in kinds and re.fullmatch(r"-?[0-9]+", value)
            if number or str not in kinds:
                try:
                    value = json.loads(value)
                except ValueError:
                    return {}, [f"{name} is not JSON: {value!r}"]
        decoded[name] = value
    return decoded, []


def _kinds(annotation: Any) -> Iterator[Any]:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        for part in typing.get_args(annotation):
            yield from _kinds(part)
    else:
        yield origin or annotation


def _model_problems(method: str, model: type[BaseModel], params: dict[str, Any]) -> list[str]:
    try:
        made = model.model_validate_json(json.dumps(params), strict=True)
    except ValidationError as error:
        return [f"{'.'.join(map(str, e['loc']))}: {e['msg']} (got {e['input']!r})" for e in error.errors()]
    unknown = [path for path in _unknown(made, "") if (method, path) not in NEWER_FIELDS]
    return [f"there is no field {path}" for path in unknown]


def _unknown(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{path}{name}"
        for name in value.model_fields_set & set(type(value).model_fields):
            yield from _unknown(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, list):
        for entry in value:
            yield from _unknown(entry, path)


def _text_problems(method: str, params: dict[str, Any]) -> list[str]:
    if method == "answerCallbackQuery":
        shown = params.get("text", "")
        return [f"a toast of {len(shown)} characters"] if len(shown) > TOAST_LIMIT else []
    wrong: list[str] = []
    for name, limit in TEXT_LIMITS.items():
        if isinstance(params.get(name), str):
            written = params[name]
            entities = params.get("entities" if name == "text" else "caption_entities") or []
            if written or name == "text":
                wrong += [f"{name}: {what}" for what in _formatted(written, params.get("parse_mode"), entities, limit)]
    return wrong


def _formatted(written: str, parse_mode: str | None, entities: list[Any], limit: int) -> Iterator[str]:
    if parse_mode not in (None, "", "HTML"):
        yield f"parse mode {parse_mode}"
    if parse_mode:
        parsed = parse_html(written)
        if isinstance(parsed, str):
            yield parsed
            return
        written, entities = parsed
    if not written.strip():
        yield "empty"
    if len(written) > limit:
        yield f"{len(written)} characters, and {limit} fit"
    if len(entities) > MOST_ENTITIES:
        yield f"{len(entities)} entities, and {MOST_ENTITIES} are kept"


def _keyboard_problems(markup: dict[str, Any]) -> Iterator[str]:
    inline = markup.get("inline_keyboard")
    rows = inline if inline is not None else markup.get("keyboard", [])
    most, most_in_row = (100, 8) if inline is not None else (300, 12)
    if sum(map(len, rows)) > most:
        yield f"{sum(map(len, rows))} buttons, and {most} fit"
    for row in rows:
        if not 1 <= len(row) <= most_in_row:
            yield f"{len(row)} buttons in a row, and 1 to {most_in_row} fit"
        for button in row:
            label = button if isinstance(button, str) else button.get("text", "")
            if not label.strip():
                yield "a button without a label"
            if inline is not None:
                yield from _inline_problems(label, button)


def _inline_problems(label: str, button: dict[str, Any]) -> Iterator[str]:
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) != 1:
        yield f"button {label!r} does {sorted(actions) or 'nothing'}"
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        yield f"button {label!r} carries {len(str(button['callback_data']).encode())} bytes, and 1 to 64 fit"
    if "copy_text" in button and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
        yield f"button {label!r} copies {len(button['copy_text'].get('text', ''))} characters, and 1 to 256 fit"
    if "url" in button and not re.match(r"(https?|tg)://\S+$", str(button["url"])):
        yield f"button {label!r} leads to {button['url']!r}"


def _report(method: str, params: Mapping[str, Any], wrong: list[str]) -> str:
    shown = json.dumps(dict(params), ensure_ascii=False, default=repr)
    return f"  {method} {shown}\n" + "\n".join(f"    {what}" for what in wrong)
