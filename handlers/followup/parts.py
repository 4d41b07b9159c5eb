"""What comes unasked, as messages: each thing that is due has a part; what is due to somebody at once is one message.

A conversation registers how its kind of thing looks (`part`) and what its answers do (`answers`). A message is a
function of what was said in it and of what stands now: it is put together anew for each tap on it, weeks later too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.core.dialogue import TO_READ, Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Choice, Moment, Phrase, Rows, Screen
from handlers.callbacks import pack
from handlers.context import Here, Reader, button, lines, tap
from handlers.followup.taps import FireDo, FireShow

PER_ROW = 5
FOR_SEVERAL = (FireKind.DUE, FireKind.MILESTONE)
"""Of these one reader may be asked in the place of several people; an answer answers for all of them."""

LIST = "list"


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing has to say: in a line among others, and by itself with its answers. `instead_of` names whom its
    reader is asked in the place of; things that are the `same` to one reader, such as an action that two people do who
    can't be asked themselves, are said and answered as one."""

    brief: Phrase
    body: Sequence[Any]
    rows: Rows = ()
    instead_of: tuple[str, ...] = ()
    same: tuple[object, ...] = ()


Maker: TypeAlias = Callable[[Reader, Person, Fire, str], Awaitable[Part | None]]
"""Makes a part for its reader, with the answers of a menu ("" the first ones). None: there is nothing to say any more.
Changes nothing."""

Answer: TypeAlias = Callable[[Here, Fire, str], Awaitable[None]]
"""Does what an answer means; ends with `settle` or with a question. Authorises from the database."""

Outcome: TypeAlias = Callable[[Reader, Person, Fire], Awaitable[str]]
"""What a thing that asks for several answers has come to: its answer as a whole, "" while some are open."""

PARTS: dict[FireKind, Maker] = {}
ANSWERS: dict[FireKind, Answer] = {}
OUTCOMES: dict[FireKind, Outcome] = {}


def part(*kinds: FireKind) -> Callable[[Maker], Maker]:
    """Register how a kind of thing looks."""

    def register(maker: Maker) -> Maker:
        PARTS.update(dict.fromkeys(kinds, maker))
        return maker

    return register


def answers(*kinds: FireKind) -> Callable[[Answer], Answer]:
    """Register what the answers to a kind of thing do."""

    def register(answer: Answer) -> Answer:
        ANSWERS.update(dict.fromkeys(kinds, answer))
        return answer

    return register


def outcome(*kinds: FireKind) -> Callable[[Outcome], Outcome]:
    """Register when a kind of thing that asks for several answers is settled."""

    def register(function: Outcome) -> Outcome:
        OUTCOMES.update(dict.fromkeys(kinds, function))
        return function

    return register


def answer_button(key: str, fire: Fire, answer: str, *, style: str = "", **params: Any) -> Choice:
    """A button that answers."""
    return button(key, FireDo(fire.id, answer), style=style, **params)


# The message -----------------------------------------------------------------------------------------------------


async def message_of(
    reader: Reader, person: Person, fires: Sequence[Fire], *, shown: int = 0, menu: str = ""
) -> Screen | None:
    """What is said in one message: one thing with its answers; or the list of several, or (`shown`) one of them.
    None where there is nothing to say any more."""
    found = [(each, made) for each in fires if (made := await PARTS[each.kind](reader, person, each, menu)) is not None]
    if not found:
        return None
    late = _late(fires)
    together = _together(found)
    parts = [(each[0][0], _joined([made for _, made in each])) for each in together]
    at_hand = next((at for at, each in enumerate(together) if shown in {fire.id for fire, _ in each}), None)
    alone = parts[at_hand or 0] if at_hand is not None or len(parts) == 1 else None
    if alone is not None:
        fire, made = alone
        rows = made.rows
        if len(parts) > 1:
            rows = (*rows, (button("label.followup.list", FireShow(fire.id, LIST)),))
        return Screen("lines", lines(late, *made.body), rows)
    listed = [Phrase(_line(fire), {"number": at, "text": made.brief}) for at, (fire, made) in enumerate(parts, 1)]
    buttons = [
        Choice(Phrase("followup.number", {"number": at}), pack(FireShow(fire.id, "")))
        for at, (fire, made) in enumerate(parts, 1)
        if made.rows
    ]
    rows = tuple(tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW))
    waits = sum(1 for fire, made in parts if made.rows and not fire.answer)
    heading = Phrase("followup.several", {"count": len(parts)})
    return Screen("lines", lines(late, heading, *listed, Phrase("followup.tap") if waits else None), rows)


def _together(parts: Sequence[tuple[Fire, Part]]) -> list[list[tuple[Fire, Part]]]:
    """What is the same for its reader, side by side."""
    found: dict[tuple[object, ...], list[tuple[Fire, Part]]] = {}
    for fire, made in parts:
        found.setdefault(made.same or (fire.id,), []).append((fire, made))
    return list(found.values())


def _joined(parts: Sequence[Part]) -> Part:
    """One thing of several that are the same; it says of all of them in whose place its reader is asked."""
    names = list(dict.fromkeys(name for each in parts for name in each.instead_of))
    instead = [Phrase("remind.in_place", {"name": names})] if names else []
    return replace(parts[0], body=[*parts[0].body, *instead])


def _line(fire: Fire) -> str:
    if not fire.answer:
        return "followup.line"
    return "followup.put_off" if fire.is_open else "followup.settled"


def _late(fires: Sequence[Fire]) -> Phrase | None:
    """That something should have come earlier, where the bot was away then."""
    late = [each.meant_at for each in fires if each.meant_at is not None]
    key = "followup.late" if len(fires) == 1 else "followup.late_several"
    return Phrase(key, {"at": Moment(min(late))}) if late else None


# What is tapped --------------------------------------------------------------------------------------------------


async def _mine(here: Here, id: int) -> Fire:
    """Something that was said to whoever taps. Refuses anything else."""
    fire = await here.turn.fire(id)
    if fire is None or fire.user_id != here.user_id or not fire.batch:
        raise Refusal("tap.old")
    return fire


@tap(FireShow)
async def show(here: Here, action: FireShow) -> None:
    fire = await _mine(here, action.fire)
    await show_again(here, fire, shown=0 if action.menu == LIST else fire.id, menu=action.menu)


@tap(FireDo)
async def do(here: Here, action: FireDo) -> None:
    fire = await _mine(here, action.fire)
    if isinstance(here.person.dialogue, TO_READ):
        here.change(dialogue=None)  # it may have been left open months ago, and would come down to be read again
    await ANSWERS[fire.kind](here, fire, action.answer)


async def settle(here: Here, fire: Fire, answer: str, *, message: int | None = None) -> None:
    """Note what somebody answered, and have the message say so; where more is in it, go back to the list. `message` is
    its number in the chat where words answered it (0: not known any more)."""
    if fire.kind in OUTCOMES:
        answer = await OUTCOMES[fire.kind](here.turn, here.person, fire)
    now = replace(fire, answer=answer, answered_at=here.turn.now)
    rest = [each for each in await here.turn.fires_of_batch(fire.batch) if each.id != fire.id]
    same = [each for each in rest if each.kind in FOR_SEVERAL and not each.answer and _about(each) == _about(fire)]
    here.turn.put(now, *(_as(each, now) for each in same))
    others = [each for each in rest if each not in same]
    await show_again(here, now, shown=0 if others and answer else now.id, message=message)


def _about(fire: Fire) -> tuple[object, ...]:
    return fire.kind, fire.plan_id, fire.action, fire.item, fire.on


def _as(fire: Fire, answered: Fire) -> Fire:
    """Something that was answered, or put off, along with another one."""
    return replace(
        fire,
        status=answered.status,
        due_at=answered.due_at,
        meant_at=answered.meant_at,
        by_hand=answered.by_hand,
        done_at=answered.done_at,
        answer=answered.answer,
        answered_at=answered.answered_at,
    )


async def show_again(here: Here, fire: Fire, *, shown: int = 0, menu: str = "", message: int | None = None) -> None:
    """Put a message together anew, in its own place."""
    fires = await here.turn.fires_of_batch(fire.batch)
    screen = await message_of(here.turn, here.person, fires, shown=shown, menu="" if menu == LIST else menu)
    if message is None:
        await here.instead(screen or Screen("followup.over"))
    elif message:
        here.turn.edit(message, screen or Screen("followup.over"))
