"""What a question about an action offers to tap, and whom typed words mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core.message import Phrase
from bot.core.plan import Action, Communication, Field, Frequency, Party, ResourceKind, contact_party, member_party
from bot.core.plan_dialogue import PlanAsk
from bot.core.plan_filling import is_gate
from bot.core.planning import PEOPLE
from handlers.context import Reader
from handlers.days import dates
from handlers.days import picks as due_picks
from handlers.plan.desk import PlanDesk, answers_of_group
from handlers.plan.links import is_somebody
from handlers.render import Renderer, says

CHANNELS = ("meeting", "letter", "email", "phone", "message", "radio", "website", "notice")
MOST_AUDIENCES = 8  # offered from what the group found out before


@dataclass(frozen=True, slots=True)
class Option:
    """Something to tap: `value` is what it answers with, `chosen` whether it is the answer already."""

    label: Any
    value: str
    chosen: bool = False


def asks_for_people(asked: PlanAsk) -> bool:
    return asked.field in PEOPLE or asked.field is Field.OWNER or asked.part == "sender"


def asks_for_day(asked: PlanAsk) -> bool:
    return (asked.field is Field.DUE_ON and not asked.part) or asked.part in ("due_on", "until")


async def options(reader: Reader, desk: PlanDesk, asked: PlanAsk, language: str) -> list[Option]:
    """What there is to tap as an answer, in order, for a reader of `language`; typed numbers count from the first
    one."""
    action = desk.plan.action(asked.action)
    if action is None:
        return []
    if asks_for_people(asked):
        return [_person(desk, action, asked, party) for party in people(desk, action, asked)]
    if asks_for_day(asked):
        return _days(desk, action, asked, language)
    if asked.part == "kind":
        return [Option(Phrase(f"plan.kind.{kind.value}"), kind.value) for kind in ResourceKind]
    if asked.part == "frequency":
        return [Option(Phrase(f"plan.every.{each.value}"), each.value) for each in Frequency]
    if asked.part == "channel":
        return [Option(Phrase(f"plan.channel.{each}"), each) for each in CHANNELS]
    if asked.field is Field.COMMUNICATIONS and is_gate(asked):
        return [Option(name, f"@{at}") for at, name in enumerate(await audiences(reader, desk, action))]
    return []


async def audiences(reader: Reader, desk: PlanDesk, action: Action) -> list[str]:
    """Whom the group named before as having a stake, and doesn't tell yet in this action."""
    found = await answers_of_group(reader, desk, desk.programme.plan.audiences if desk.programme.plan else None)
    told = {each.audience for each in action.communications}
    return [name for name in dict.fromkeys(found) if name not in told][:MOST_AUDIENCES]


# People ----------------------------------------------------------------------------------------------------------


def people(desk: PlanDesk, action: Action, asked: PlanAsk) -> list[Party]:
    """Who is offered: where one answers for the others, those first; then the group, then people from outside."""
    chosen = [each for each in chosen_people(action, asked) if each]
    first = list(action.responsible) if asked.field not in PEOPLE else []
    outside = [contact_party(each.number) for each in desk.plan.outside() if is_somebody(each)]
    known = [*first, *desk.members, *chosen, *outside]
    return [
        party for party in dict.fromkeys(known) if desk.name(party) and (party in chosen or not desk.has_left(party))
    ]


def chosen_people(action: Action, asked: PlanAsk) -> Sequence[Party]:
    """Who is named there already."""
    if asked.field is Field.RESPONSIBLE:
        return action.responsible
    if asked.field is Field.SUPPORTERS:
        return action.supporters
    if asked.field is Field.OWNER:
        return (action.owner,)
    item = action.item(asked.field, asked.item)
    return (item.sender,) if isinstance(item, Communication) else ()


def _person(desk: PlanDesk, action: Action, asked: PlanAsk, party: Party) -> Option:
    chosen = party in chosen_people(action, asked)
    sign = ("-" if chosen else "+") if asked.field in PEOPLE else ""
    return Option(desk.name(party), sign + party, chosen)


def who_is(desk: PlanDesk, action: Action, asked: PlanAsk, text: str) -> Party:
    """Whom a typed name means: somebody who is offered, else anyone in the workshop; by the whole name, or by its
    beginning where nobody else's begins so. Empty where it is nobody known."""
    everyone = [member_party(each.number) for each in desk.workshop.active()]
    known = list(dict.fromkeys([*people(desk, action, asked), *everyone]))
    for party in known:
        if says(text, desk.name(party)):
            return party
    words = len(text.split())
    begins = [party for party in known if says(text, " ".join(desk.name(party).split()[:words]))]
    return begins[0] if len(begins) == 1 else ""


# Days ------------------------------------------------------------------------------------------------------------


def _days(desk: PlanDesk, action: Action, asked: PlanAsk, language: str) -> list[Option]:
    if asked.near:
        return [Option(dates.without_weekday(date.fromisoformat(day), language), day) for day in asked.near]
    picks = []
    if asked.part == "until" and action.due_on is not None:
        picks.append(
            Option(
                Phrase("plan.pick.until_due", {"day": due_picks.short(action.due_on, language)}),
                action.due_on.isoformat(),
            )
        )
    if asked.on is not None:
        for key, day in due_picks.quick_picks(asked.on, desk.workshop.country):
            picks.append(Option(due_picks.pick_label(key, day, language), day.isoformat()))
    return picks


# Words -----------------------------------------------------------------------------------------------------------


def meant(found: Sequence[Option], text: str, renderer: Renderer) -> Option | None:
    """The option that typed words mean: its label, with or without the day behind it, or its number."""
    words = text.strip()
    for number, option in enumerate(found, 1):
        label = renderer.plain(option.label)
        if says(words, label) or says(words, label.partition(" · ")[0]) or words == str(number):
            return option
    return None
