"""What an action holds, as phrases: a value, a person, an item of a list on one line."""

from __future__ import annotations

from typing import Any

from bot.core.message import Phrase, ShortDay
from bot.core.plan import (
    Barrier,
    Communication,
    Frequency,
    Item,
    Kpi,
    Milestone,
    Progress,
    Resource,
    ResourceKind,
)
from handlers.plan.desk import PlanDesk


def value_words(desk: PlanDesk, value: Any) -> Any:
    """One value of an action as a parameter: somebody's words, a day, a choice, people by name. One person alone is
    `desk.name`: words may look like a party, such as the unit m2."""
    match value:
        case ResourceKind():
            return Phrase(f"plan.kind.{value.value}")
        case Frequency():
            return Phrase(f"plan.every.{value.value}")
        case Progress():
            return Phrase(f"plan.progress.{value.value}")
        case tuple():
            return [_person_or_item(desk, each) for each in value]
    return value


def _person_or_item(desk: PlanDesk, value: Any) -> Any:
    return desk.name(value) if isinstance(value, str) else item_words(desk, value)


def item_words(desk: PlanDesk, item: Item) -> Phrase:
    """An item on one line; what isn't known of it is left out."""
    match item:
        case Milestone():
            return _joined(", ", item.name, ShortDay(item.due_on) if item.due_on else "")
        case Resource():
            return _with(item.what, item.kind and Phrase(f"plan.kind.{item.kind.value}"))
        case Barrier():
            return _joined(" → ", _joined(": ", item.who, item.how), item.answer)
        case Communication():
            often = Phrase(f"plan.every.{item.frequency.value}") if item.frequency else ""
            key = "plan.on_day" if item.frequency is Frequency.ONCE else "plan.until"
            until = Phrase(key, {"day": ShortDay(item.until)}) if item.until else ""
            how = [each for each in (often, item.channel, until) if each]
            said = _joined(": ", item.audience, item.message)
            return _joined(" · ", said, *how, desk.name(item.sender))
        case Kpi():
            numbers = _joined(" → ", item.baseline, item.target)
            measure = _joined(" ", numbers if item.baseline or item.target else "", item.unit)
            said = _joined(": ", item.name, measure if item.baseline or item.target or item.unit else "")
            often = Phrase(f"plan.every.{item.frequency.value}") if item.frequency else ""
            return _joined(" · ", said, item.source, often)


def _joined(between: str, *parts: Any) -> Phrase:
    """Parts with a sign between them; empty ones are left out."""
    given = [part for part in parts if part not in ("", None)]
    key = _JOINS[between]
    result: Any = given[0] if given else ""
    for part in given[1:]:
        result = Phrase(key, {"one": result, "other": part})
    return result if isinstance(result, Phrase) else Phrase("plain", {"text": result})


def _with(text: str, kind: Any) -> Phrase:
    return Phrase("plan.join.kind", {"one": text, "other": kind}) if kind else Phrase("plain", {"text": text})


_JOINS = {
    ", ": "plan.join.comma",
    " → ": "plan.join.arrow",
    ": ": "plan.join.colon",
    " · ": "plan.join.dot",
    " ": "plan.join.space",
}
