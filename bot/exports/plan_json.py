"""Plans as JSON, whole and without a language, and back. docs/plan-json.md describes every field.

Neither Telegram accounts nor the secrets of links are in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from bot.core.plan import ITEMS, Action, ActionPlan, Party, Report, contact_party, member_of
from bot.core.plan_import import renamed

FORMAT = "plenary-plan"
VERSION = 1

PEOPLE = ("responsible", "supporters")
KEPT = ("number", "title", "responsible", "owner", "supporters", "due_on", *(each.value for each in ITEMS))
"""What of an action is written first, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSource:
    """A plan with what it doesn't say itself: the workshop's title, and the names of its members."""

    plan: ActionPlan
    workshop: str
    members: Mapping[Party, str]


def document(sources: Sequence[PlanSource], now: datetime) -> bytes:
    """All that is known of plans, as JSON text for programs and people."""
    written = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": _instant(now),
        "plans": [_plan(each) for each in sources],
    }
    return (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode()


def _plan(source: PlanSource) -> dict[str, Any]:
    plan = source.plan
    agreed = [plan.version(number, version) for number, version in plan.agreed.items()]
    who = {contact_party(number): plan.who(contact_party(number)) for number in plan.contacts}
    actions = [renamed(each, who) for each in plan.actions()]
    baseline = [renamed(each, who) for each in agreed if each is not None]
    written = {each.number for each in (*actions, *baseline)}
    reports = [replace(each, by=who.get(each.by, each.by)) for each in plan.reports if each.action in written]
    return {
        "workshop": source.workshop,
        "group": plan.group,
        "goal": plan.goal,
        "created_at": _instant(plan.created_at),
        "people": list(_people(source, [*actions, *baseline], reports)),
        "actions": [_action(each) for each in actions],
        "agreed": None
        if plan.agreed_at is None
        else {
            "at": _instant(plan.agreed_at),
            "goal": plan.agreed_goal,
            "actions": [_action(each) for each in baseline],
        },
        "reports": [_report(each) for each in reports],
    }


def _people(source: PlanSource, actions: Iterable[Action], reports: Iterable[Report]) -> Iterable[dict[str, Any]]:
    """Everyone who is named in the plan, members first."""
    named = {party for each in actions for party in (*each.parties(), each.changed_by)} | {each.by for each in reports}
    numbers = sorted(number for party in named if (number := member_of(party)) is not None)
    for number in numbers:
        yield {"id": f"m{number}", "name": source.members.get(f"m{number}", ""), "member": number}
    for contact in source.plan.outside():
        yield {"id": f"c{contact.number}", "name": contact.name}


def _action(action: Action) -> dict[str, Any]:
    written = {name: _value(getattr(action, name)) for name in KEPT}
    return written | {
        "progress": action.progress.value,
        "left_open": sorted(each.value for each in action.passed),
        "called_fine": sorted(action.settled),
        "changed_by": action.changed_by,
        "changed_at": _instant(action.changed_at),
        "why": action.why,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "kind": report.kind.value,
        "action": report.action,
        "item": report.item or None,
        "by": report.by,
        "at": _instant(report.at),
        "progress": _single(report.progress),
        "text": report.text,
        "on": _single(report.on),
    }


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [each if isinstance(each, str) else _item(each) for each in value]
    return _single(value)


def _item(item: Any) -> dict[str, Any]:
    return {each.name: _single(getattr(item, each.name)) for each in fields(item)}


def _single(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
