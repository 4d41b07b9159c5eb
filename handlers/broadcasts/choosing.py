"""To whom a broadcast goes: everyone, groups, a role, those at a step, those not seen for a while."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.audience import FACILITATORS, ROLES, Audience, To, stops_of
from bot.core.broadcast_dialogue import Broadcasting
from bot.core.errors import Refusal
from bot.core.message import Choice, ContentText, Phrase, Rows, Screen
from bot.core.words import shortened
from bot.core.workshop import Member, Workshop
from handlers.broadcasts import taps as to
from handlers.broadcasts.words import along, readers
from handlers.callbacks import pack
from handlers.context import Here, Reader, button, lines, tap
from handlers.exercises import numbers
from handlers.groups import newest

QUOTED = 200  # characters of a text that waits for its readers
PER_ROW = 3
MOST_STEPS = 12
OTHERS = ("role", "away", "step", "nudge")
AWAY_MINUTES = (10, 30, 120)
_NUMBERS = re.compile(r"\s*[0-9]{1,4}([\s,]+[0-9]{1,4})*\s*$")


def first_grouping(workshop: Workshop) -> str:
    now = newest(workshop)
    return now.grouping if now else ""


async def open_one(here: Here, workshop_id: int) -> tuple[Workshop, Member, Broadcasting]:
    """The broadcast that is being put together. Refuses when there is none any more."""
    workshop, member = await here.facilitator(workshop_id)
    dialogue = here.person.dialogue
    if not isinstance(dialogue, Broadcasting) or dialogue.workshop_id != workshop_id:
        raise Refusal("tap.old")
    return workshop, member, dialogue


async def go_on(here: Here, workshop: Workshop, dialogue: Broadcasting) -> None:
    """To the text, or straight to the preview where there is one already."""
    member = workshop.active_user(here.user_id)
    if not await readers(here.turn, workshop, dialogue.audience, member.number if member else 0):
        raise Refusal("broadcast.nobody")
    done = dialogue.text or dialogue.attachment or dialogue.nudge
    here.ask(replace(dialogue, asks="preview" if done else "text"))


# Taps ------------------------------------------------------------------------------------------------------------


@tap(to.BroadcastTo)
async def broadcast_to(here: Here, action: to.BroadcastTo) -> None:
    workshop, _, dialogue = await open_one(here, action.workshop)
    formation = workshop.formations.get(action.grouping)
    chosen = dialogue.audience
    if action.group == 0:
        await go_on(here, workshop, replace(dialogue, audience=Audience(), nudge=False))
    elif action.group == -1 and chosen.groups:
        await go_on(here, workshop, dialogue)
    elif formation is not None and action.group == -2:
        here.ask(replace(dialogue, asks="to", grouping=action.grouping, audience=Audience()))
    elif formation is not None and action.group in formation.groups:
        before = set(chosen.groups) if chosen.grouping == action.grouping else set()
        groups = tuple(sorted(before ^ {action.group}))
        to_groups = Audience(to=To.GROUPS, grouping=action.grouping, groups=groups) if groups else Audience()
        here.ask(replace(dialogue, asks="to", grouping=action.grouping, audience=to_groups, nudge=False))
    else:
        raise Refusal("tap.old")


@tap(to.BroadcastRole)
async def broadcast_role(here: Here, action: to.BroadcastRole) -> None:
    workshop, _, dialogue = await open_one(here, action.workshop)
    if action.role not in ROLES:
        raise Refusal("tap.old")
    audience = Audience(to=To.ROLE, role=action.role, grouping=dialogue.grouping or first_grouping(workshop))
    await go_on(here, workshop, replace(dialogue, audience=audience, nudge=False))


@tap(to.BroadcastStep)
async def broadcast_step(here: Here, action: to.BroadcastStep) -> None:
    workshop, _, dialogue = await open_one(here, action.workshop)
    exercise = here.turn.programme(workshop).exercises.get(action.exercise)
    if exercise is None or exercise.step(action.step) is None:
        raise Refusal("tap.old")
    kind = To.UNFINISHED if dialogue.nudge else To.STEP
    audience = Audience(to=kind, exercise=action.exercise, step=action.step)
    await go_on(here, workshop, replace(dialogue, audience=audience))


@tap(to.BroadcastAway)
async def broadcast_away(here: Here, action: to.BroadcastAway) -> None:
    workshop, _, dialogue = await open_one(here, action.workshop)
    if action.minutes not in AWAY_MINUTES:
        raise Refusal("tap.old")
    audience = Audience(to=To.AWAY, minutes=action.minutes)
    await go_on(here, workshop, replace(dialogue, audience=audience, nudge=False))


async def typed_groups(here: Here, workshop: Workshop, dialogue: Broadcasting, text: str) -> bool:
    """Groups by their numbers; False where the text is anything else."""
    formation = workshop.formations.get(dialogue.grouping)
    if formation is None or not _NUMBERS.match(text):
        return False
    groups = sorted({int(number) for number in text.replace(",", " ").split()})
    if unknown := [number for number in groups if number not in formation.groups]:
        raise Refusal("groups.no_such", number=unknown[0])
    audience = Audience(to=To.GROUPS, grouping=dialogue.grouping, groups=tuple(groups))
    await go_on(here, workshop, replace(dialogue, audience=audience, nudge=False))
    return True


# Screens ---------------------------------------------------------------------------------------------------------


async def to_whom(reader: Reader, workshop: Workshop, dialogue: Broadcasting, cancel: Choice) -> Screen:
    """The first question: everyone, groups, or ways to others."""
    rows: list[tuple[Choice, ...]] = [(button("label.everyone", to.BroadcastTo(workshop.id, 0, "")),)]
    formation = workshop.formations.get(dialogue.grouping)
    chosen = dialogue.audience.groups
    if formation is not None:
        choices = []
        for number in formation.groups:
            name = Phrase("group", {"number": number})
            action = to.BroadcastTo(workshop.id, number, formation.grouping)
            picked = number in chosen
            choices.append(button("label.chosen", action, label=name) if picked else Choice(name, pack(action)))
        rows += [tuple(choices[at : at + PER_ROW]) for at in range(0, len(choices), PER_ROW)]
    if chosen:
        action = to.BroadcastTo(workshop.id, -1, dialogue.grouping)
        rows.insert(0, (button("label.write_to", action, style="primary", **numbers(list(chosen))),))
    programme = reader.programme(workshop)
    rows += [
        (
            Choice(
                ContentText(programme.name, programme.groupings[name].title),
                pack(to.BroadcastTo(workshop.id, -2, name)),
            ),
        )
        for name in workshop.formations
        if name != dialogue.grouping and name in programme.groupings
    ]
    others = [button(f"label.by_{what}", to.BroadcastDo(workshop.id, what)) for what in OTHERS]
    rows += [tuple(others[at : at + 2]) for at in range(0, len(others), 2)]
    if await reader.broadcasts_of(workshop.id):
        rows.append((button("label.broadcasts", to.ShowBroadcasts(workshop.id, 0)),))
    kept = Phrase("broadcast.kept", {"text": shortened(dialogue.text, QUOTED)}) if dialogue.text else None
    attached = along(dialogue.attachment) if dialogue.attachment else None
    return Screen("lines", lines(Phrase("broadcast.to"), kept, attached), (*rows, (cancel,)))


async def by_role(reader: Reader, workshop: Workshop, dialogue: Broadcasting, end: tuple[Choice, ...]) -> Screen:
    """Which role."""
    names = ROLES if workshop.formations else (FACILITATORS,)
    choices = [button(f"label.role_{role}", to.BroadcastRole(workshop.id, role)) for role in names]
    return Screen("broadcast.which_role", rows=(*(tuple(choices[at : at + 2]) for at in (0, 2)), end))


async def by_step(reader: Reader, workshop: Workshop, dialogue: Broadcasting, end: tuple[Choice, ...]) -> Screen:
    """At which step, with how many are there; of a nudge, how many have yet to answer."""
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    stops = stops_of(workshop, programme, runs, unfinished=dialogue.nudge)[-MOST_STEPS:]
    rows: Rows = tuple(
        (
            button(
                "label.at_step",
                to.BroadcastStep(workshop.id, stop.exercise.id, stop.step.id),
                id=stop.exercise.id,
                step=ContentText(programme.name, stop.step.title),
                count=len(stop.members),
            ),
        )
        for stop in stops
    )
    if not rows:
        return Screen("broadcast.no_step", rows=(end,))
    return Screen("nudge.which_step" if dialogue.nudge else "broadcast.which_step", rows=(*rows, end))


async def not_seen(reader: Reader, workshop: Workshop, dialogue: Broadcasting, end: tuple[Choice, ...]) -> Screen:
    """Not seen for how long."""
    choices = []
    for minutes in AWAY_MINUTES:
        count = len(await readers(reader, workshop, Audience(to=To.AWAY, minutes=minutes)))
        key = "label.away_minutes" if minutes < 60 else "label.away_hours"
        action = to.BroadcastAway(workshop.id, minutes)
        choices.append((button(key, action, count=minutes if minutes < 60 else minutes // 60, people=count),))
    return Screen("broadcast.which_away", rows=(*choices, end))
