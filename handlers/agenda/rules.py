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
from handlers.days import dates

PER_ROW = 6
_MINUS = re.compile("[\u2212\u2013]")
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
        minutes = checked_days(tuple(-abs(each) for each in _numbers(text, sign=1)))
        if 0 in minutes:
            raise Refusal("rules.no_minutes")
        _change(here, workshop, rule, minutes=minutes)
    elif rule.anchor is Anchor.WEEK:
        days = dates.weekdays(text, here.person.language)
        if not days:
            raise Refusal("rules.no_weekday")
        _change(here, workshop, rule, days=checked_days(tuple(days)))
    else:
        _change(here, workshop, rule, days=checked_days(_numbers(text, sign=-1 if _comes_before(rule) else 1)))
    here.acknowledge()
    here.ask(RulesView(workshop_id=workshop.id, rule=rule.id))


def _hour(here: Here, workshop: Workshop, rule: Rule, text: str) -> time:
    programme, at = here.turn.programme(workshop), read_time(text)
    if at is None:
        raise Refusal("agenda.no_time")
    if rule.anchor is not Anchor.SESSION and not programme.opens <= at < programme.shuts:
        opens, shuts = (dates.time_of_day(each, here.person.language) for each in (programme.opens, programme.shuts))
        raise Refusal("rules.bad_hour", opens=opens, shuts=shuts)
    return at


def _numbers(text: str, *, sign: int) -> tuple[int, ...]:
    """The whole numbers that somebody typed; one without a sign of its own gets `sign`. Refuses what isn't only
    numbers."""
    typed = _MINUS.sub("-", text)
    if _NUMBER.sub("", typed).strip(" ,;/\n"):
        raise Refusal("rules.not_numbers")
    return tuple(int(each) if each[0] in "+-" else sign * int(each) for each in _NUMBER.findall(typed))


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
        return _one(workshop, rule, dialogue, person.language)
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


def _one(workshop: Workshop, rule: Rule, dialogue: RulesView, language: str) -> Screen:
    back = button("label.back", ShowRule(workshop.id, rule.id if dialogue.asks else "", ""))
    heading, stands = Phrase("rules.title", {"title": _title(workshop, rule)}), when(rule, language)
    if dialogue.asks == "days":
        return Screen("lines", lines(heading, stands, "", Phrase(_asks(rule))), ((back,),))
    if dialogue.asks == "hour":
        return Screen("lines", lines(heading, stands, "", Phrase("rules.ask_hour")), ((back,),))
    state = Phrase("rules.on" if rule.on else "rules.off")
    text = lines(heading, stands, Phrase(f"rules.to.{rule.to.value}"), state)
    switch = button("label.rules.off" if rule.on else "label.rules.on", RuleDo(workshop.id, rule.id, _other(rule)))
    ask: list[Choice] = []
    if rule.days or rule.minutes:
        label = "label.rules.minutes" if rule.minutes else "label.rules.days"
        ask.append(button(label, ShowRule(workshop.id, rule.id, "days")))
    if not rule.minutes:
        ask.append(button("label.rules.hour", ShowRule(workshop.id, rule.id, "hour")))
    last = [back]
    if rule.id in workshop.rules:
        last.insert(0, button("label.rules.reset", RuleDo(workshop.id, rule.id, "reset")))
    return Screen("lines", text, ((switch,), tuple(ask), tuple(last)))


def _other(rule: Rule) -> str:
    return "off" if rule.on else "on"


def _asks(rule: Rule) -> str:
    """The question for other days or minutes."""
    if rule.minutes:
        return "rules.ask_minutes"
    if rule.anchor is Anchor.WEEK:
        return "rules.ask_weekdays"
    return "rules.ask_before" if _comes_before(rule) else "rules.ask_after"


def _comes_before(rule: Rule) -> bool:
    """Whether a number of days that is typed without a sign means days before."""
    return rule.anchor in BEFOREHAND and any(each < 0 for each in rule.days)


def when(rule: Rule, language: str) -> Phrase:
    """On which days, or minutes before, and at which hour."""
    if rule.minutes:
        minutes = [str(-each) for each in sorted(rule.minutes)]
        return Phrase("rules.minutes", {"minutes": minutes, "count": -max(rule.minutes)})
    about: dict[str, Any] = {"at": dates.time_of_day(rule.at, language)}
    if rule.anchor is Anchor.WEEK:
        return Phrase("rules.weekly", {**about, "days": [dates.weekday(each, language) for each in sorted(rule.days)]})
    about["days"] = [_day(each) for each in sorted(rule.days)]
    if rule.every is None:
        return Phrase("rules.days", about)
    about |= {"often": Phrase(f"rules.every.{rule.every.value}"), "count": rule.most}
    return Phrase("rules.days_then" if rule.days else "rules.every_only", about)


def _day(days: int) -> Phrase:
    if days == 0:
        return Phrase("rules.same_day")
    return Phrase("rules.before" if days < 0 else "rules.after", {"count": abs(days)})
