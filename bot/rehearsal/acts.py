"""What people do on a sheet, one function a verb of the script (content/rehearsal/README.md)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.exercise import Column, Exercise, Step, StepKind
from bot.rehearsal.cast import Act
from bot.rehearsal.model import Message
from bot.rehearsal.player import Player, plain


@dataclass(slots=True)
class Scene:
    """A step that a group is at. `holder` has the pen."""

    exercise: Exercise
    step: Step
    members: Mapping[str, Player]
    holder: Player

    @property
    def at(self) -> int:
        return self.exercise.steps.index(self.step) + 1

    def who(self, key: str) -> Player:
        return self.members[key] if key else self.holder


async def say(scene: Scene, player: Player, act: Act) -> None:
    await player.answer(str(act.value))


async def parts(scene: Scene, player: Player, act: Act) -> None:
    """One text that is too long, split by the bot: each part is an answer of its own."""
    sent = player.phone.send(" ".join(act.value))
    question = await player.see("fit. Send it shorter, or tap", sent.message_id)
    player.tally.answers += len(act.value)
    player.tally.flying += 1
    await player.tap(f"Add it in {len(act.value)} parts", lambda: question)
    await player.see_sheet(scene.exercise.id, scene.at, act.value[0])
    player.tally.flying -= 1


async def wrong(scene: Scene, player: Player, act: Act) -> None:
    await player.told(player.phone.send(str(act.value)), act.reply)


async def media(scene: Scene, player: Player, act: Act) -> None:
    phone = player.phone
    match act.value:
        case "sticker":
            sent = phone.sticker("👍")
        case "voice":
            sent = phone.voice()
        case "photo":
            sent = phone.photo()
        case "forward":
            sent = phone.forward("New opening hours from Monday", "Ministry newsletter")
        case _:
            mine = [message for message in phone.messages if not message.from_bot]
            sent = phone.edit(mine[-1].message_id, f"{mine[-1].text}.")
            await player.until(lambda: player.said(act.reply, sent.message_id), f"the reply “… {act.reply} …”")
            return
    await player.told(sent, act.reply)


# Changing entries --------------------------------------------------------------------------------------------------


async def _open_entry(scene: Scene, player: Player, text: str) -> Message:
    """Go to one entry of the list by way of [Change an entry]."""
    await player.see_sheet(scene.exercise.id, scene.at, text)
    await player.tap_sheet("Change an entry")

    def entry() -> Message | None:
        return player.said(f"“{text}”") if (shown := player.said(f"“{text}”")) and shown.rows else None

    def listed() -> Message | None:
        return player.said(": which one?")

    def either() -> Message | None:
        return entry() or listed()

    if await player.until(either, f"the entries of {scene.step.title}") is listed():
        number = _number(plain(listed().text), text)  # type: ignore[union-attr]  # it was just found
        await player.tap(f"{number}. {text}", listed)
    return await player.until(entry, f"the entry “{text}”")


def _number(listed: str, text: str) -> int:
    found = next(line for line in listed.split("\n") if line.partition(". ")[2].startswith(text))
    return int(found.partition(".")[0])


async def change(scene: Scene, player: Player, act: Act) -> None:
    await _reword(scene, player, act.value)
    await player.answer(act.more["to"])


async def _reword(scene: Scene, player: Player, text: str) -> None:
    entry = await _open_entry(scene, player, text)
    await player.tap("Reword", lambda: entry)
    await player.see("Send the new wording", 0)


async def remove(scene: Scene, player: Player, act: Act) -> None:
    entry = await _open_entry(scene, player, act.value)
    with player.answering():
        await player.tap("Remove", lambda: entry)
        gone = await player.see(f"Removed: “{act.value}”")
    if act.more.get("back"):
        with player.answering():
            await player.tap("Put it back", lambda: gone)
            await player.see_sheet(scene.exercise.id, scene.at, act.value)


async def clash(scene: Scene, player: Player, act: Act) -> None:
    """Two people reword one entry: both have it open before one of them is quicker."""
    other = scene.who(act.more["other"])
    await _reword(scene, player, act.value)
    await _reword(scene, other, act.value)
    await other.answer(act.more["first"])
    player.phone.send(act.more["second"])
    both = await player.see("Which one shall stay?")
    for text in (act.more["first"], act.more["second"]):
        await player.until(lambda text=text: text in plain(both.text), f"“{text}” to choose")  # type: ignore[misc]
    if act.more["keep"] == "mine":
        with player.answering():
            await player.tap("Use mine", lambda: both)
            await player.see("Yours is on the sheet now.")
    else:
        await player.tap("Keep theirs", lambda: both)
        await player.see("Theirs stays.")


# Rows of a table ---------------------------------------------------------------------------------------------------


async def row(scene: Scene, player: Player, act: Act) -> None:
    """A row: its name as a message, then one column after another."""
    columns = scene.step.columns
    name, slip = str(act.value[columns[0].id]), act.more.get("slip", {})
    await player.answer(name)
    for at, column in enumerate(columns[1:], 2):
        asked = f"{name} · {at} of {len(columns)} · "

        def question(asked: str = asked) -> Message | None:
            return message if (message := player.said(asked)) and message.rows else None

        await player.until(question, f"the question “{asked}…”")
        if slip.get("column") == column.id:
            await player.told(player.phone.send(slip["say"]), slip["reply"])
        if column.id not in act.value:
            await player.tap("Skip", question)
        elif column.kind is StepKind.TEXT:
            await player.answer(str(act.value[column.id]))
        else:
            with player.answering():
                tap = await player.tap(_label(column, act.value[column.id]), question)
                await player.answered(tap)
    await player.until(lambda: not _still_asked(player, name), f"“{name}” to be complete")


def _still_asked(player: Player, name: str) -> bool:
    """Whether a question about a row is open. A copy of one that came twice doesn't count once the row is complete."""
    newest = player.last_starting(f"{name} · ")
    return newest is not None and bool(newest.rows) and not player.said(f"“{name}” is complete.")


def _label(column: Column, value: Any) -> str:
    if column.kind is StepKind.CHOICE:
        return str(value)
    return f"+{value}" if column.minimum < 0 < value else str(value).replace("-", "\u2212")


# One answer --------------------------------------------------------------------------------------------------------


async def pick(scene: Scene, player: Player, act: Act) -> None:
    if act.more.get("typed"):
        await player.answer(act.value)
    else:
        with player.answering():
            await player.tap_sheet(act.value)
            await player.see_sheet(scene.exercise.id, scene.at, f"▸ {act.value}")
    await player.see_sheet(scene.exercise.id, scene.at, f"▸ {act.value}")


async def take_over(scene: Scene, player: Player, act: Act) -> None:
    with player.answering():
        await player.tap_sheet("Use this text")
        await player.see_sheet(scene.exercise.id, scene.at, "▸ ")


# The pen, and moves ------------------------------------------------------------------------------------------------


async def pen(scene: Scene, player: Player, act: Act) -> None:
    holder = scene.holder
    await player.tap_sheet("Ask for the pen")
    await holder.see_sheet(scene.exercise.id, scene.at, f"{player.name} asks for the pen.")
    await holder.tap_sheet("Pass the pen")
    await player.has_pen(scene.exercise.id, scene.at)
    await holder.see_sheet(scene.exercise.id, scene.at, f"Pen: {player.name}")
    scene.holder = player


async def step_over(scene: Scene, player: Player, act: Act) -> None:
    await player.tap_sheet("Skip")
    await player.see_sheet(scene.exercise.id, scene.at + 1)
    await player.tap_sheet("Back")
    await player.see_sheet(scene.exercise.id, scene.at)


async def early(scene: Scene, player: Player, act: Act) -> None:
    """Try the next exercise before its time."""
    sent = player.phone.send("/exercises")
    listed = await player.see(f"{act.value} ", sent.message_id)
    before = len(player.phone.toasts)
    await player.tap(f"Open {act.value}", lambda: listed)
    await player.toast(act.reply, before)
    await player.tap("Close", lambda: listed)


VERBS: Mapping[str, Callable[[Scene, Player, Act], Awaitable[None]]] = {
    "say": say,
    "parts": parts,
    "wrong": wrong,
    "refused": wrong,
    "media": media,
    "change": change,
    "remove": remove,
    "clash": clash,
    "row": row,
    "pick": pick,
    "take_over": take_over,
    "pen": pen,
    "step_over": step_over,
    "early": early,
}
