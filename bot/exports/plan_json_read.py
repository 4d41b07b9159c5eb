"""Plans from JSON, as `plan_json` writes them. The file may come from anywhere: everything in it is checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.core.errors import Refusal
from bot.core.plan import ITEMS, Action, Field, Item, Party, Progress, Report, ReportKind
from bot.core.plan_import import Incoming, Someone, checked_items
from bot.core.planning import LONGEST_GOAL, LONGEST_TEXT, MOST_ACTIONS, MOST_PEOPLE, checked, in_reach
from bot.core.reports import LONGEST_LINE, MOST_REPORTS
from bot.core.words import same
from bot.exports.plan_json import FORMAT, VERSION

MOST_BYTES = 5 << 20
MOST_NAMED = 1000  # people in one plan


class _Wrong(Exception):
    """What stands at a place (`where`) can't be used."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def read(data: bytes, now: datetime) -> list[Incoming]:
    """The plans of a file. Raises Refusal, naming the place that is wrong."""
    if len(data) > MOST_BYTES:
        raise Refusal("import.too_large", most=MOST_BYTES >> 20)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refusal("import.no_json") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refusal("import.no_json")
    if found.get("version") != VERSION:
        raise Refusal("import.other_version", version=VERSION)
    try:
        return [_plan(_object(each, where), where, now) for where, each in _listed(found, "plans", "", 100)]
    except _Wrong as wrong:
        raise Refusal("import.json_wrong", where=wrong.where) from None


# A plan ----------------------------------------------------------------------------------------------------------


def _plan(found: dict[str, Any], where: str, now: datetime) -> Incoming:
    people = dict(_person(_object(each, at), at) for at, each in _listed(found, "people", where, MOST_NAMED))
    actions = _actions(found, where, people, now)
    whole = Incoming(people=people, actions=actions, goal=_text(found, "goal", where, LONGEST_GOAL, "goal"), whole=True)
    if (agreed := found.get("agreed")) is not None:
        there = f"{where}.agreed"
        agreement = _object(agreed, there)
        whole = replace(
            whole,
            agreed_at=_instant(agreement.get("at"), f"{there}.at"),
            agreed_goal=_text(agreement, "goal", there, LONGEST_GOAL, "goal"),
            agreed=_actions(agreement, there, people, now),
        )
    numbers = {each.number for each in (*whole.actions, *whole.agreed)}
    listed = _listed(found, "reports", where, MOST_REPORTS)
    return replace(whole, reports=tuple(_report(_object(each, at), at, people, numbers) for at, each in listed))


def _report(found: dict[str, Any], where: str, people: Mapping[Party, Someone], numbers: set[int]) -> Report:
    kind: ReportKind = _member(ReportKind, found.get("kind"), f"{where}.kind")
    action, by, stands = found.get("action"), found.get("by", ""), found.get("progress")
    if type(action) is not int or action not in numbers:
        raise _Wrong(f"{where}.action")
    if by != "" and (not isinstance(by, str) or by not in people):
        raise _Wrong(f"{where}.by")
    if (stands is None) is (kind is ReportKind.PROGRESS):
        raise _Wrong(f"{where}.progress")
    about_item = kind not in (ReportKind.PROGRESS, ReportKind.CORRECTIVE)
    item = _number(found.get("item"), f"{where}.item") if about_item else 0
    text = _text(found, "text", where, *((0, "target") if kind is ReportKind.VALUE else (LONGEST_LINE, "line")))
    if not text and kind in (ReportKind.VALUE, ReportKind.CORRECTIVE):
        raise _Wrong(f"{where}.text")
    on = _day(found.get("on"), f"{where}.on")
    if (on is None) is (kind in (ReportKind.TOLD, ReportKind.SKIPPED)):
        raise _Wrong(f"{where}.on")
    progress = None if stands is None else _member(Progress, stands, f"{where}.progress")
    at = _instant(found.get("at"), f"{where}.at")
    return Report(kind=kind, action=action, item=item, by=by, at=at, progress=progress, text=text, on=on)


def _person(found: dict[str, Any], where: str) -> tuple[Party, Someone]:
    key, number = found.get("id"), found.get("member")
    if not isinstance(key, str) or not 1 <= len(key) <= 20:
        raise _Wrong(f"{where}.id")
    if number is not None and (type(number) is not int or not 0 < number < 10**9):
        raise _Wrong(f"{where}.member")
    name = _text(found, "name", where, 0, "name")
    if not name:
        raise _Wrong(f"{where}.name")
    return key, Someone(name=name, number=number, contact=number is None)


def _actions(found: dict[str, Any], where: str, people: Mapping[Party, Someone], now: datetime) -> tuple[Action, ...]:
    actions: list[Action] = []
    for at, each in _listed(found, "actions", where, MOST_ACTIONS):
        action = _action(_object(each, at), at, people, now)
        if any(same(action.title, other.title) for other in actions):
            raise _Wrong(f"{at}.title")
        if any(action.number == other.number for other in actions):
            raise _Wrong(f"{at}.number")
        actions.append(action)
    return tuple(actions)


def _action(found: dict[str, Any], where: str, people: Mapping[Party, Someone], now: datetime) -> Action:
    def party(value: Any, at: str) -> Party:
        if value != "" and (not isinstance(value, str) or value not in people):
            raise _Wrong(at)
        return str(value)

    def several(name: str) -> tuple[Party, ...]:
        listed = _listed(found, name, where, MOST_PEOPLE)
        return tuple(dict.fromkeys(who for at, each in listed if (who := party(each, at))))

    number, changed_at = _number(found.get("number"), f"{where}.number"), found.get("changed_at")
    title = _text(found, "title", where, 0, "title")
    if not title:
        raise _Wrong(f"{where}.title")
    lists: dict[str, Any] = {field.value: _items(found, field, where, party) for field in ITEMS}
    ids = [item.id for items in lists.values() for item in items if item.id]
    if len(set(ids)) < len(ids):
        raise _Wrong(where)
    return Action(
        number=number,
        title=title,
        responsible=several("responsible"),
        owner=party(found.get("owner", ""), f"{where}.owner"),
        supporters=several("supporters"),
        due_on=_day(found.get("due_on"), f"{where}.due_on"),
        progress=_member(Progress, found.get("progress", Progress.NOT_STARTED.value), f"{where}.progress"),
        passed=frozenset(_member(Field, each, at) for at, each in _listed(found, "left_open", where, len(Field))),
        settled=frozenset(_key(each, at) for at, each in _listed(found, "called_fine", where, 200)),
        changed_by=party(found.get("changed_by", ""), f"{where}.changed_by"),
        changed_at=now if changed_at is None else _instant(changed_at, f"{where}.changed_at"),
        why=_text(found, "why", where, LONGEST_TEXT),
        **lists,
    )


def _items(found: dict[str, Any], field: Field, where: str, party: Callable[[Any, str], Party]) -> tuple[Item, ...]:
    kind = ITEMS[field]
    hints = get_type_hints(kind)
    items: list[Item] = []
    for at, each in _listed(found, field.value, where, MOST_ACTIONS):
        given = _object(each, at)
        parts: dict[str, Any] = {}
        for part in fields(kind):
            if part.name == "id":
                parts["id"] = _number(given["id"], f"{at}.id") if given.get("id") is not None else 0
            elif part.name == "sender":
                parts["sender"] = party(given.get("sender", ""), f"{at}.sender")
            elif given.get(part.name) is not None:
                parts[part.name] = _part(hints[part.name], given[part.name], f"{at}.{part.name}")
        try:
            items.append(kind(**parts))
        except TypeError:  # the first part is missing
            raise _Wrong(at) from None
    try:
        return checked_items(items)
    except Refusal:
        raise _Wrong(f"{where}.{field.value}") from None


def _part(hint: Any, value: Any, where: str) -> Any:
    """A part of an item, of the type that the item's class names."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    if hint is date:
        return _day(value, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _member(hint, value, where)
    if not isinstance(value, str):
        raise _Wrong(where)
    return value


# Values ----------------------------------------------------------------------------------------------------------


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(where)
    return value


def _listed(found: dict[str, Any], name: str, where: str, most: int) -> list[tuple[str, Any]]:
    """What a list holds, each with its place; a list that is left out is empty."""
    at = f"{where}.{name}".lstrip(".")
    value = found.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > most:
        raise _Wrong(at)
    return [(f"{at}[{index}]", each) for index, each in enumerate(value)]


def _number(value: Any, where: str) -> int:
    """A number of an action's or an item's own."""
    if type(value) is not int or not 0 < value < 10**6:
        raise _Wrong(where)
    return value


def _text(found: dict[str, Any], name: str, where: str, longest: int, part: str = "message") -> str:
    value = found.get(name)
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise _Wrong(f"{where}.{name}")
    try:
        return checked(value, part, longest)
    except Refusal:
        raise _Wrong(f"{where}.{name}") from None


def _day(value: Any, where: str) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong(where) from None
    if not in_reach(day):
        raise _Wrong(where)
    return day


def _instant(value: Any, where: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong(where) from None
    if at.tzinfo is None or not in_reach(at.date()):
        raise _Wrong(where)
    return at


def _member(kind: type[Any], value: Any, where: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise _Wrong(where) from None


def _key(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > 60 or not value.isprintable():
        raise _Wrong(where)
    return value
