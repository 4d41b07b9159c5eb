"""Who may do what: each role tries each tap, command and answer of the table, and what isn't theirs changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest_asyncio
from telegram import Update

from bot.core.dialogue import Dialogue
from bot.rehearsal.screen import Happening
from handlers import callbacks
from handlers.callbacks import pack
from handlers.context import COMMANDS, TAPS, TEXTS_IN
from tests.e2e import authority_table as table
from tests.e2e.two_workshops import OUTSIDERS, SECRET, Role, Scene, build
from tests.stage import stage

REFUSALS = (
    "access.", "tap.old", "sheet.not_here", "sheet.pen_", "sheet.not_yours", "exercises.other_group", "pen.not_yours",
    "join.removed", "people.organiser_only", "groups.not_seated", "plan.not_yours", "agree.pen_only", "handover.wrong",
    "handover.gone",
)  # fmt: skip
_numbers = count(900_000_000)


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with stage(tmp_path, restarting=False) as on:
        yield await build(on)
        on.check()


class Attempt:
    """One thing done by several people: a tap (callback data) or words."""

    def __init__(self, scene: Scene, *, data: str = "", text: str = "") -> None:
        self.scene = scene
        self.data = data
        self.text = text
        self.only_astray = False  # as they are, words mean something in their own workshop

    async def tried(self, row: frozenset[Role], question: Dialogue | None) -> None:
        """Everybody does it, and it goes as the row says."""
        if row == table.EVERYONE:
            await self._by(row, question, astray=True)
            return
        if others := table.EVERYONE - row:
            await self.refused(others, question)
        for role in row:
            await self.allowed(role, question)

    async def refused(self, roles: frozenset[Role], question: Dialogue | None) -> None:
        """Nothing changes when these people try it, and each gets one sentence, with the open question below it."""
        for astray in (True,) if self.only_astray else (False, True):
            for role, told in (await self._by(roles, question, astray=astray)).items():
                most = 2 if self.text and question is not None else 1
                assert 1 <= len(told) <= most, f"{self.data or self.text} by {role.name}: {told}"
                assert role not in OUTSIDERS or SECRET not in "\n".join(told)

    async def _by(self, roles: frozenset[Role], question: Dialogue | None, *, astray: bool) -> dict[Role, list[str]]:
        """All of these do it, and change nothing but what is their own; what each is told."""
        scene, actors = self.scene, sorted(roles, key=lambda role: role.value)
        await scene.plant(scene.astray(role, question) if astray else scene.natural[role] for role in actors)
        before, held = scene.content(actors), scene.hold(actors)
        phones = {role: scene.on.world.phone(role.value) for role in actors}
        seen = {role: len(phone.transcript) for role, phone in phones.items()}
        for phone in phones.values():
            if self.data:
                phone.tap_data(self.data, message_id=1)
            else:
                phone.send(self.text)
        await scene.on.settle()
        where = f"{self.data or self.text} by {[role.name for role in actors]}"
        assert scene.content(actors) == before, where
        if roles != table.EVERYONE:
            assert scene.hold(actors) == held, where
        told = {role: _told(phone.transcript[seen[role] :]) for role, phone in phones.items()}
        await scene.plant(scene.natural[role] for role in actors)
        return told

    async def allowed(self, role: Role, question: Dialogue | None) -> None:
        """Somebody who may do it isn't refused. Nothing of it is kept, so that the next one finds all as it was."""
        turn = self.scene.app.runner.begin()
        turn.put(self.scene.astray(role, question))
        await self.scene.app.routes.handle(turn, self.update(role))
        assert turn.acting == role.value
        said = [message.screen.key for message in turn.messages if message.chat_id == role.value]
        keys = [key for key in said if key.startswith(REFUSALS)]
        assert not keys, f"{self.data or self.text} by {role.name}: {keys}"

    def update(self, role: Role) -> Update:
        """What Telegram tells the bot of it."""
        user = {"id": role.value, "is_bot": False, "first_name": role.called, "language_code": "en"}
        chat = {"id": role.value, "type": "private", "first_name": role.called}
        message = {"message_id": next(_numbers), "date": 0, "chat": chat, "from": user, "text": self.text}
        query = {"id": str(next(_numbers)), "from": user, "chat_instance": "1", "data": self.data, "message": message}
        body: dict[str, Any] = {"callback_query": query} if self.data else {"message": message}
        made = Update.de_json({"update_id": next(_numbers), **body}, None)
        assert isinstance(made, Update)
        return made


def _told(happenings: list[Happening]) -> list[str]:
    return [each.text for each in happenings if each.kind in ("received", "toast", "alert") and each.text]


async def test_taps_that_arent_theirs_change_nothing(scene: Scene) -> None:
    for row in table.TAPS:
        await Attempt(scene, data=pack(row.does)).tried(row.may, row.question)


async def test_commands_that_arent_theirs_change_nothing(scene: Scene) -> None:
    """Everybody's own row says that they work in the first workshop: whether they do is for the database to say."""
    for text, may in table.COMMANDS.items():
        attempt = Attempt(scene, text=text)
        attempt.only_astray = True
        await attempt.tried(may, None)


async def test_answers_that_arent_theirs_change_nothing(scene: Scene) -> None:
    for question, text, may in table.ANSWERS:
        attempt = Attempt(scene, text=text)
        attempt.only_astray = True
        await attempt.tried(may, question)


def test_every_button_has_a_handler() -> None:
    """Wherever it is declared."""
    assert set(callbacks._KINDS.values()) == set(TAPS)


def test_the_table_has_a_row_for_everything() -> None:
    assert {type(row.does) for row in table.TAPS} == set(TAPS)
    assert {each.split()[0].removeprefix("/") for each in table.COMMANDS} == set(COMMANDS)
    assert {type(question) for question, _, _ in table.ANSWERS if question} == set(TEXTS_IN)
