"""Whoever reads the made-up language sees no English: every sentence goes through the catalogues."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from bot.rehearsal.phone import Phone
from content.pseudo import PSEUDO
from handlers.callbacks import pack
from handlers.context import SCREENS
from handlers.render import Renderer
from handlers.walking import screen_of
from tests.e2e import authority_table as table
from tests.e2e.conversation import Conversation, workshop
from tests.e2e.pseudo_words import slipped
from tests.e2e.states import MISFITS, STATES
from tests.e2e.test_authority import Attempt
from tests.e2e.two_workshops import Role, Scene, build
from tests.stage import stage

LANGUAGE = PSEUDO[0]


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with stage(tmp_path, restarting=False) as on:
        yield await build(on, LANGUAGE)
        on.check()


def _read(phone: Phone) -> set[str]:
    """Everything that ever stood on a phone: texts, buttons, lines on top."""
    read = {each.text for each in phone.transcript if each.kind in ("received", "edited", "toast", "alert")}
    return read | {label for each in phone.transcript for row in each.buttons for label in row}


def _check(texts: set[str]) -> None:
    found = {text: words for text in texts if (words := slipped(text))}
    assert not found, "\n".join(f"{words} in {text!r}" for text, words in found.items())


async def test_a_whole_workshop_has_no_english_in_it(tmp_path: Path) -> None:
    async with stage(tmp_path, restarting=False) as on:
        await workshop(Conversation(on, LANGUAGE))
        on.check()
        _check({text for phone in on.world.phones.values() for text in _read(phone)})


async def test_no_question_and_no_sheet_is_in_english(scene: Scene) -> None:
    """Every state, with what is said to words, pictures and commands in it."""
    for state in STATES:
        natural = scene.natural[state.role]
        run = await scene.app.runner.run(state.run)
        person = replace(natural, dialogue=state.question, sheet_run_id=state.run or natural.sheet_run_id)
        await scene.plant([person], *([replace(run, step=state.step)] if run else []))
        phone = scene.on.world.phone(state.role.value)
        phone.sticker()
        for text in ("/help", *(text for each, text, _ in MISFITS if each == state), "/cancel"):
            phone.send(text)
        await scene.on.settle()
        await scene.plant([natural])
    _check({text for role in Role for text in _read(scene.on.world.phone(role.value))})


async def test_no_tap_command_or_answer_is_answered_in_english(scene: Scene) -> None:
    """All of the table by everybody: what it says, and the question and the sheet that it leads to."""
    tried = [(Attempt(scene, data=pack(row.does)), row.question) for row in table.TAPS]
    tried += [(Attempt(scene, text=text), None) for text in table.COMMANDS]
    tried += [(Attempt(scene, text=text), question) for question, text, _ in table.ANSWERS]
    texts: set[str] = set()
    renderer = Renderer(scene.app.runner.catalogues, LANGUAGE)
    for attempt, question in tried:
        for role in Role:
            turn = scene.app.runner.begin()
            turn.put(scene.astray(role, question))
            await scene.app.routes.handle(turn, attempt.update(role))
            shown = [message.screen for message in turn.messages if message.screen.key]
            person = await turn.person(role.value)
            assert person is not None
            if person.dialogue is not None:
                shown += filter(None, [await SCREENS[type(person.dialogue)](turn, person, person.dialogue)])
            shown += filter(None, [await screen_of(turn, person)])
            texts |= {renderer.text(screen) for screen in shown}
            texts |= {renderer.label(choice) for screen in shown for row in screen.rows for choice in row}
    _check({re.sub("<[^>]*>", "", text) for text in texts})
