"""/reminders: facilitators see what people are reminded of and when, switch rules off and on, and change them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Any

from bot.core.agenda_dialogue import RulesView
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, ContentText, Phrase, Rows, Screen
from bot.core.reminder_rules import Anchor, Rule, RuleChange, checked_days, effective
from bot.core.workshop import Workshop
from handlers.agenda.clock import read_time
from handlers.agenda.taps import RuleDo, ShowRule
from handlers.callbacks import Close, pack
from handlers.context import Here, Pass, Reader, button, command, lines, on_text, screen, tap

PER_ROW = 6
_NUMBER = re.compile(r"[+-]?\d{1,4}")
BEFOREHAND = (Anchor.SESSION, Anchor.DUE, Anchor.MILESTONE)  # what can come before its anchor


@command("reminders")
async def reminders(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await here.facilitator(workshop.id)
    here.ask(RulesView(workshop_id=workshop.id))


def rules_of(reader: Reader, workshop: Workshop) -> tuple[Rule, ...]:
    return effective(reader.programme(workshop).rules, workshop.rules)


def _rule(reader: Reader, workshop: Workshop, id: str) -> Rule:
    found = next((each for each in rules_of(reader, workshop) if each.id == id), None)
    if found is None:
        raise Refusal("tap.old")
    return found


@tap(ShowRule)
async def show(here: Here, action: ShowRule) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if action.rule:
        _rule(here.turn, workshop, action.rule)
    if action.asks not in ("", "days", "hour"):
        raise Refusal("tap.old")
    here.ask(RulesView(workshop_id=workshop.id, rule=action.rule, asks=action.asks))  # type: ignore[arg-type]


@tap(RuleDo)
async def do(here: Here, action: RuleDo) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    rule = _rule(here.turn, workshop, action.rule)
    match action.what:
        case "on" | "off":
            _change(here, workshop, rule, on=action.what == "on")
        case "reset":
            kept = {id: each for id, each in workshop.rules.items() if id != rule.id}
            here.turn.put(replace(workshop, rules=kept))
        case _:
            raise Refusal("tap.old")


def _change(here: Here, workshop: Workshop, rule: Rule, **changes: Any) -> None:
    known = workshop.rules.get(rule.id, RuleChange(id=rule.id))
    here.turn.put(replace(workshop, rules={**workshop.rules, rule.id: replace(known, **changes)}))


@on_text(RulesView)
async def typed(here: Here, dialogue: RulesView, text: str) -> None:
    if not dialogue.asks:
        raise Pass
    workshop, _ = await here.facilitator(dialogue.workshop_id)
    rule = _rule(here.turn, workshop, dialogue.rule)
    if dialogue.asks == "hour":
        _change(here, workshop, rule, at=_hour(here, workshop, rule, text))
    elif rule.minutes:
        _change(here, workshop, rule, minutes=tuple(sorted(-abs(each) for each in _numbers(text))))
    else:
        _change(here, workshop, rule, days=_days(rule, text))
    here.acknowledge()
    here.ask(RulesView(workshop_id=workshop.id, rule=rule.id))


def _hour(here: Here, workshop: Workshop, rule: Rule, text: str) -> time:
    programme, at = here.turn.programme(workshop), read_time(text)
    if at is None:
        raise Refusal("agenda.no_time")
    if rule.anchor is not Anchor.SESSION and not programme.opens <= at < programme.shuts:
        raise Refusal("rules.bad_hour", opens=f"{programme.opens:%H:%M}", shuts=f"{programme.shuts:%H:%M}")
    return at


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers that somebody typed. Refuses what isn't only numbers."""
    typed = text.replace("\u2212", "-").replace("\u2013", "-")
    if _NUMBER.sub("", typed).strip(" ,;/\n"):
        raise Refusal("rules.not_numbers")
    return checked_days(tuple(int(each) for each in _NUMBER.findall(typed)))


def _days(rule: Rule, text: str) -> tuple[int, ...]:
    """Offsets in days: a number without a sign is on the side of the anchor on which the rule was."""
    before = rule.anchor in BEFOREHAND and any(each < 0 for each in rule.days)
    signed = "+" in text or "-" in text.replace("\u2212", "-").replace("\u2013", "-")
    found = _numbers(text)
    return checked_days(tuple(-each for each in found)) if before and not signed else found


# Screens -----------------------------------------------------------------------------------------------------------


@screen(RulesView)
async def rules_screen(reader: Reader, person: Person, dialogue: RulesView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    rules = rules_of(reader, workshop)
    rule = next((each for each in rules if each.id == dialogue.rule), None)
    if rule is not None:
        return _one(workshop, rule, dialogue)
    listed = [
        Phrase("rules.line" if each.on else "rules.line_off", {"number": at, "title": _title(workshop, each)})
        for at, each in enumerate(rules, 1)
    ]
    numbers = [Choice(str(at), pack(ShowRule(workshop.id, each.id, ""))) for at, each in enumerate(rules, 1)]
    rows: Rows = tuple(tuple(numbers[at : at + PER_ROW]) for at in range(0, len(numbers), PER_ROW))
    text = lines(Phrase("rules.heading"), "", *listed, "", Phrase("rules.tap" if rules else "rules.none"))
    return Screen("lines", text, (*rows, (button("label.close", Close()),)))


def _title(workshop: Workshop, rule: Rule) -> ContentText:
    return ContentText(workshop.programme, rule.title)


def _one(workshop: Workshop, rule: Rule, dialogue: RulesView) -> Screen:
    back = button("label.back", ShowRule(workshop.id, rule.id if dialogue.asks else "", ""))
    heading = Phrase("rules.title", {"title": _title(workshop, rule)})
    if dialogue.asks == "days":
        key = "rules.ask_minutes" if rule.minutes else "rules.ask_before" if _comes_before(rule) else "rules.ask_after"
        return Screen("lines", lines(heading, when(rule), "", Phrase(key)), ((back,),))
    if dialogue.asks == "hour":
        return Screen("lines", lines(heading, "", Phrase("rules.ask_hour", {"at": f"{rule.at:%H:%M}"})), ((back,),))
    state = Phrase("rules.on" if rule.on else "rules.off")
    text = lines(heading, when(rule), Phrase(f"rules.to.{rule.to.value}"), state)
    switch = button("label.rules.off" if rule.on else "label.rules.on", RuleDo(workshop.id, rule.id, _other(rule)))
    ask = [button("label.rules.days", ShowRule(workshop.id, rule.id, "days"))] if rule.days or rule.minutes else []
    if not rule.minutes:
        ask.append(button("label.rules.hour", ShowRule(workshop.id, rule.id, "hour")))
    last = [back]
    if rule.id in workshop.rules:
        last.insert(0, button("label.rules.reset", RuleDo(workshop.id, rule.id, "reset")))
    return Screen("lines", text, ((switch,), tuple(ask), tuple(last)))


def _other(rule: Rule) -> str:
    return "off" if rule.on else "on"


def _comes_before(rule: Rule) -> bool:
    return rule.anchor in BEFOREHAND and any(each < 0 for each in rule.days)


def when(rule: Rule) -> Phrase:
    """On which days, or minutes before, and at which hour."""
    if rule.minutes:
        return Phrase("rules.minutes", {"minutes": [str(-each) for each in sorted(rule.minutes)]})
    days: list[Any] = [_day(each) for each in sorted(rule.days)]
    if rule.anchor is Anchor.WEEK:
        days = [Phrase("rules.monday") if each == 0 else _day(each) for each in sorted(rule.days)]
    about: dict[str, Any] = {"days": days, "at": f"{rule.at:%H:%M}"}
    if rule.every is None:
        return Phrase("rules.days", about)
    often = Phrase(f"rules.every.{rule.every.value}")
    key = "rules.days_then" if days else "rules.every_only"
    return Phrase(key, {**about, "often": often, "count": rule.most})


def _day(days: int) -> Phrase:
    if days == 0:
        return Phrase("rules.same_day")
    return Phrase("rules.before" if days < 0 else "rules.after", {"count": abs(days)})
