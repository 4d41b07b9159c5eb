"""The groups of the rehearsal write their action plans, somebody from outside agrees to answer for one of them, and the
facilitator takes all plans out as files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bot.rehearsal.cast import Human
from bot.rehearsal.model import Message
from bot.rehearsal.player import Player, fits, plain
from bot.rehearsal.stored import StoredPlans

HAND_OVER = re.compile(r"https://t\.me/\S+\?start=h_[\w-]+")
FILES = ("Excel (XLSX)", "Word (DOCX)", "PDF", "Timeline", "Calendar (ICS)", "CSV", "JSON")
DAY, DAY_FILES = "Day 2: what groups made", ("Word (DOCX)", "PDF", "Answers (XLSX)")
FIRST_PARTS = {
    "milestones": "name",
    "resources_available": "what",
    "resources_needed": "what",
    "barriers": "who",
    "communications": "audience",
    "kpis": "name",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One action: who writes it, what they do for it, and what has to stand in the plan then."""

    group: int
    by: str
    does: Sequence[str]
    stands: Mapping[str, Any]

    @property
    def title(self) -> str:
        return self.does[0]


@dataclass(frozen=True, slots=True)
class Plans:
    """All actions, and somebody from outside, whom one of them names."""

    actions: Sequence[Planned]
    outsider: Human
    known_as: str


def load() -> Plans:
    told = tomllib.loads(resources.files("content").joinpath("rehearsal", "plans.toml").read_text(encoding="utf-8"))
    outsider = dict(told["outsider"])
    known_as = outsider.pop("known_as")
    name = f"{outsider['first']} {outsider['last']}"
    actions = [Planned(each["group"], each["by"], each["does"], each["stands"]) for each in told["actions"]]
    return Plans(actions, Human(**outsider, name=name), known_as)


# Writing ---------------------------------------------------------------------------------------------------------


def _newest(player: Player) -> Message:
    """The newest message of the bot that asks for something."""
    return next(each for each in reversed(player.phone.messages) if each.from_bot and each.rows)


async def write(player: Player, planned: Sequence[Planned]) -> None:
    """One action after another, to the last of what its writer does."""
    for action in planned:
        player.phone.send("/plan")
        await player.until(lambda: "Action plan of" in plain(_newest(player).text), "the plan")
        await player.tap("Add an action", lambda: _newest(player))
        await player.until(lambda: "What needs to be done?" in plain(_newest(player).text), "the first question")
        for what in action.does:
            await do(player, what)


async def do(player: Player, what: str) -> None:
    """One thing, and wait until it shows: a question's text or its buttons are others then."""
    before = _shown(player)
    if what.startswith("["):
        label = what.strip("[]")
        tap = await player.tap(label, lambda: _with(player, label), starts=not what.endswith("]"))
        await player.answered(tap)
    else:
        player.phone.send(what)
    await player.until(lambda: _shown(player) != before, f"something to come of {what!r}")


def _with(player: Player, label: str) -> Message | None:
    """The newest message with this button: what is asked about stands at the bottom."""
    for message in reversed(player.phone.messages):
        shown = [plain(button["text"]) for row in message.rows for button in row]
        if message.from_bot and any(fits(each, label) or each.startswith(label) for each in shown):
            return message
    return None


def _shown(player: Player) -> tuple[int, str, str]:
    message = next(each for each in reversed(player.phone.messages) if each.from_bot)
    newest = _newest(player)
    return message.message_id, newest.text, str(newest.rows)


async def agree(writer: Player, outsider: Player) -> None:
    """Somebody from outside opens the link that was passed on to them, and agrees."""
    link = await writer.until(lambda: _link(writer), "a link to pass on")
    outsider.phone.open(link)
    await outsider.tap("I'll take part")
    await outsider.see("You take part")
    outsider.phone.send("/plan")
    await outsider.see("What you have a part in")


def _link(player: Player) -> str | None:
    found = [HAND_OVER.findall(each.text) for each in player.phone.messages if each.from_bot]
    return next((each[0] for each in reversed(found) if each), None)


# Files -----------------------------------------------------------------------------------------------------------


async def take_out(lead: Player) -> dict[str, bytes]:
    """What groups made on the second day, and all plans, in each form: file names and what is in them."""
    made: dict[str, bytes] = {}
    for what, form in [*((DAY, form) for form in DAY_FILES), *(("All plans", form) for form in FILES)]:
        sent = lead.phone.send("/export")
        await lead.tap(what, lambda sent=sent: _after(lead, sent.message_id))  # type: ignore[misc]
        before = len(_documents(lead))
        await lead.tap(form, lambda: _newest(lead))
        await lead.until(lambda before=before: len(_documents(lead)) > before, f"{what} as {form}")  # type: ignore[misc]
        name, data = _documents(lead)[-1]
        made[name] = data
    return made


def _after(player: Player, message_id: int) -> Message | None:
    newest = _newest(player)
    return newest if newest.message_id > message_id else None


def _documents(player: Player) -> list[tuple[str, bytes]]:
    """The files that came, by name."""
    files = player.phone.world.files
    sent = (each.media["document"] for each in player.phone.messages if each.from_bot and each.kind == "document")
    found = [(each["file_name"], files.get(each["file_id"])) for each in sent]
    return [(name, stored.data) for name, stored in found if stored is not None]


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    target = folder / "files"
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    for name, data in files.items():
        (target / name).write_bytes(data)


# What has to hold ------------------------------------------------------------------------------------------------


def wrong(plans: Plans, stored: StoredPlans) -> Iterator[str]:
    """Every action once, with what its writer gave."""
    if len(stored) != len(plans.actions):
        yield f"{len(plans.actions)} actions were planned, and {len(stored)} are stored"
    for action in plans.actions:
        found = stored.get((action.group, action.title))
        if found is None:
            yield f"Group {action.group}: the action {action.title!r} is missing"
            continue
        for field, wanted in action.stands.items():
            value = found.get(field)
            if field in FIRST_PARTS and isinstance(value, list):
                value = [item[FIRST_PARTS[field]] for item in value]
            if value != wanted:
                yield f"Group {action.group}, {action.title!r}, {field}: expected {wanted!r}, found {value!r}"
