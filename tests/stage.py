"""A bot in this process, against the local server, with phones to act on: for transcripts and conversations in tests.

The clock stands still unless it is moved, and codes come from seeded dice, so that everything can be repeated.
"""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.core.exercise import Programme
from bot.rehearsal.phone import Phone
from bot.rehearsal.screen import Happening
from bot.rehearsal.server import serve
from bot.rehearsal.world import World
from bot.settings import Settings
from content import loader
from content.catalogues import Catalogues
from tests.oracles import check_all

TOKEN = "1000001:rehearsal-only"
START = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)  # a Monday
QUIET = ("pinned", "unpinned", "blocked", "unblocked", "sent", "tapped", "edited by me", "opened", "copied")


@cache
def programmes() -> dict[str, Programme]:
    """What is shipped, read once: a restart between every two inputs needn't read files that never change."""
    return loader.load_all()


@cache
def catalogues() -> Catalogues:
    return Catalogues()


class Stage:
    """People by first name, each with a phone. `restarting` closes and opens the bot between every two inputs."""

    def __init__(self, folder: Path, url: str, world: World, *, restarting: bool = True) -> None:
        self.folder = folder
        self.url = url
        self.world = world
        self.restarting = restarting
        self.time = START
        self.dice = random.Random(7)
        self.running: App | None = None
        self.seen: dict[int, int] = {}
        self.files: dict[str, bytes] = {}  # that people may send

    def clock(self) -> datetime:
        return self.time

    def phone(self, name: str, language: str = "en") -> Phone:
        """The phone of somebody by first name; it is there from the first time on."""
        for phone in self.world.phones.values():
            if phone.user.first_name == name:
                return phone
        return self.world.phone(1001 + len(self.world.phones), name, language_code=language)

    def settings(self) -> Settings:
        return Settings(
            bot_token=SecretStr(TOKEN),
            bot_api_url=self.url,
            data_dir=self.folder,
            organiser_ids=frozenset({1001}),
            pace_per_second=100_000,
            pace_chat_per_second=100_000,
            pace_chat_burst=100_000,
            pace_group_chat_per_minute=100_000,
            board_interval_seconds=0,
        )

    @property
    def app(self) -> App:
        """The bot that is running."""
        assert self.running is not None, "the bot is closed"
        return self.running

    async def open(self) -> None:
        if self.running is None:
            self.running = await App.open(
                self.settings(), now=self.clock, dice=self.dice, programmes=programmes(), catalogues=catalogues()
            )

    async def close(self) -> None:
        if self.running is not None:
            await self.running.close()
            self.running = None

    async def settle(self) -> None:
        """Let the bot take everything that was done, and answer it."""
        if self.restarting:
            await self.close()
        await self.open()
        await self.app.quiet()  # what a start brings up to date comes before what it takes in
        await self.app.look()
        await self.app.quiet()
        while await self.app.take_once():
            pass
        await self.app.quiet()

    async def wind(self, to: datetime, *, away: bool = False) -> list[str]:
        """Let the clock go on to an instant, from one thing that is due to the next, or (`away`) at once, as if the bot
        hadn't run; with the night's work where nights lie between. What appeared on phones, with when."""
        await self.open()
        shown: list[str] = []
        days = (to.date() - self.time.date()).days
        while not away and (due_at := self.app.runner.next_due_at) is not None and due_at < to:
            self.time = max(due_at, self.time)
            await self.settle()
            if fresh := self.news():
                shown += [f"    {self.time:%a %d %b, %H:%M}", *fresh]
        self.time = to
        await self.settle()
        if days > 0:
            await self.app.clock.night()
            await self.settle()
        return shown + self.news()

    async def do(self, name: str, what: str) -> None:
        """One input, in the transcripts' notation, and all that the bot makes of it."""
        phone = self.phone(name)
        self.time += timedelta(seconds=5)
        if match := re.fullmatch(r"\[(.+)\]", what):
            phone.tap(match[1])
        elif match := re.fullmatch(r"\(vote ?(.*)\)", what):
            phone.vote(*filter(None, [match[1]]))
        elif match := re.fullmatch(r"\((sticker|voice|photo|location|contact|block|unblock)\)", what):
            getattr(phone, match[1])()
        elif match := re.fullmatch(r"\(file ([^)]+)\) ?(.*)", what):
            phone.document(match[1], self.files.get(match[1], b"%PDF-1.7"), match[2])
        elif match := re.fullmatch(r"\(photo\) (.+)", what):
            phone.photo(match[1])
        elif match := re.fullmatch(r"\(start ?(.*)\)", what):
            phone.start(match[1])
        elif match := re.fullmatch(r"\(tap (.+)\)", what):
            phone.tap_data(match[1])
        elif match := re.fullmatch(r"\(choose (.+)\)", what):
            keys = [key for row in (phone.chat.keyboard or {}).get("keyboard", []) for key in row]
            label = next(key["text"] for key in keys if "request_users" in key)
            phone.choose(label, self.phone(match[1]).user)
        elif match := re.fullmatch(r"\(share (\d+) (.+)\)", what):
            phone.share_users(int(match[1]), [self.phone(match[2]).user])
        elif match := re.fullmatch(r"\(forward\) (.+)", what, re.DOTALL):
            phone.forward(match[1], "Somebody")
        elif match := re.fullmatch(r"\(edit\) (.+)", what, re.DOTALL):
            mine = [message for message in phone.messages if not message.from_bot]
            phone.edit(mine[-1].message_id, match[1])
        else:
            if not phone.chat.started:
                phone.chat.started = True
            phone.send(what)
        await self.settle()

    def news(self) -> list[str]:
        """What appeared on all phones since the last time, as a transcript has it."""
        lines: list[str] = []
        for phone in self.world.phones.values():
            fresh = phone.transcript[self.seen.get(phone.user.id, 0) :]
            self.seen[phone.user.id] = len(phone.transcript)
            for happening in _settled(fresh):
                lines += _shown(phone.user.first_name, happening)
        return lines

    def check(self) -> None:
        """Every request the bot made is one that Telegram would take."""
        check_all(self.world.requests)


def _settled(fresh: list[Happening]) -> list[Happening]:
    """What happened, without the states in between: how often a living message is edited on the way to what it shows
    in the end is a matter of timing."""
    final = {
        happening.message.message_id: happening
        for happening in fresh
        if happening.kind == "edited" and happening.message is not None
    }
    settled: list[Happening] = []
    shown: set[int] = set()
    for happening in fresh:
        number = happening.message.message_id if happening.message is not None else 0
        if happening.kind not in ("received", "edited") or number not in final:
            settled.append(happening)
        elif number not in shown:
            shown.add(number)
            settled.append(replace(happening, text=final[number].text, buttons=final[number].buttons))
    return settled


_MARKS = {"received": "+", "edited": "~", "deleted": "-", "toast": "!", "alert": "!", "reaction": "·"}


def _shown(name: str, happening: Happening) -> list[str]:
    if happening.kind in QUIET:
        return []
    text = happening.text
    if happening.message is not None and happening.message.media and happening.kind == "received":
        file = happening.message.media.get("document", {}).get("file_name", "")
        text = f"({' '.join(filter(None, [happening.message.kind, file]))}) {text}"
    first, *rest = text.split("\n")
    if happening.kind == "deleted":
        rest = []
    lines = [f"    {name} {_MARKS[happening.kind]} {first}".rstrip()]
    lines += [f"        {line or '|'}" for line in rest]
    lines += ["        " + " ".join(f"[{label}]" for label in row) for row in happening.buttons]
    if happening.message is not None and happening.message.clears_keys:
        lines.append("        (no keys)")
    return lines


@contextlib.asynccontextmanager
async def stage(folder: Path, *, restarting: bool = True) -> AsyncIterator[Stage]:
    """A stage with its server, for the length of the block."""
    made: list[Stage] = []
    world = World(TOKEN, clock=lambda: made[0].time.timestamp() if made else START.timestamp())
    async with serve(world) as url:
        made.append(Stage(folder, url, world, restarting=restarting))
        try:
            yield made[0]
        finally:
            await made[0].close()
