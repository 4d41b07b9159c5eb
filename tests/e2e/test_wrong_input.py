"""What can't be used: one sentence for each, in every state, and nothing that was given before is lost. The question
that is open stands below the sentence.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest_asyncio

from bot.core.broadcast_dialogue import Broadcasting
from bot.core.dialogue import TO_READ, Claiming, Joining
from bot.rehearsal.phone import Phone
from handlers.context import SCREENS
from tests.e2e.hostile import INVISIBLE
from tests.e2e.house import words
from tests.e2e.states import MISFITS, STATES, State
from tests.e2e.two_workshops import OTHER_CARD, Role, Scene, build
from tests.stage import stage

LONG = "Far too many words for anything that is asked here. " * 78  # 4056 characters

# Whatever the state: it isn't words, isn't one's own, or isn't known.
ANYWHERE: dict[str, Callable[[Phone], Any]] = {
    "sticker": Phone.sticker,
    "voice": Phone.voice,
    "photo": Phone.photo,
    "photo with words": lambda phone: phone.photo("Words under a picture"),
    "location": Phone.location,
    "contact": Phone.contact,
    "somebody shared": lambda phone: phone.share_users(7, [phone.user]),
    "document": lambda phone: phone.document("minutes.txt", b"words"),
    "forwarded": lambda phone: phone.forward("Words of somebody else", "Somebody"),
    "edited": lambda phone: phone.edit(_own(phone), "Другие слова"),
    "unknown command": lambda phone: phone.send("/nosuchcommand 12"),
    "/help": lambda phone: phone.send("/help"),
    "invisible": lambda phone: phone.send(INVISIBLE[7]),
    "too long": lambda phone: phone.send(LONG),
}


def _own(phone: Phone) -> int:
    return next(message.message_id for message in phone.messages if not message.from_bot)


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with stage(tmp_path, restarting=False) as on:
        made = await build(on)
        for role in Role:
            on.world.phone(role.value).send("/id")
        await on.settle()
        yield made
        on.check()


async def _enter(scene: Scene, state: State) -> Phone:
    """Have somebody in a state, and all that belongs to it on their phone."""
    natural = scene.natural[state.role]
    sheet = None if isinstance(state.question, Joining) else state.run or natural.sheet_run_id
    person = replace(natural, dialogue=state.question, sheet_run_id=sheet)
    run = await scene.app.runner.run(state.run)
    await scene.plant([person], *([replace(run, step=state.step)] if run else []))
    return scene.on.world.phone(state.role.value)


async def _hand(scene: Scene, role: Role) -> Any:
    """The open question, and what somebody works on, as stored."""
    person = await scene.app.runner.person(role.value)
    return person and (person.dialogue, person.workshop_id, person.sheet_run_id)


async def _told(scene: Scene, phone: Phone, does: Callable[[Phone], Any]) -> list[str]:
    """What the bot says to something."""
    seen = len(phone.transcript)
    does(phone)
    await scene.on.settle()
    kinds = ("received", "toast", "alert", "reaction")
    return [each.text for each in phone.transcript[seen:] if each.kind in kinds]


def _asks(state: State) -> bool:
    return state.question is not None and not isinstance(state.question, TO_READ)


def _is_asked_for(state: State, name: str) -> bool:
    """A picture and a file may go along with a broadcast."""
    asks = state.question.asks if isinstance(state.question, Broadcasting) else ""
    return asks in ("to", "text", "preview") and name in ("photo", "photo with words", "document")


async def test_one_sentence_whatever_the_state(scene: Scene) -> None:
    for state in STATES:
        phone = await _enter(scene, state)
        before, hand = scene.content(Role), await _hand(scene, state.role)
        for name, does in ANYWHERE.items():
            if _is_asked_for(state, name):
                continue
            told = await _told(scene, phone, does)
            where = f"{name} in {state}: {told}"
            assert len(told) == (2 if _asks(state) else 1), where
            assert told[0].strip(), where
            assert phone.last.text == told[-1], where
            assert await _hand(scene, state.role) == hand, where
        assert scene.content(Role) == before, state
        await scene.plant([scene.natural[state.role]])


async def test_words_that_dont_fit_what_is_asked(scene: Scene) -> None:
    for state, text, key in MISFITS:
        phone = await _enter(scene, state)
        before, hand = scene.content(Role), await _hand(scene, state.role)
        told = await _told(scene, phone, lambda phone, text=text: phone.send(text))  # type: ignore[misc]
        where = f"{text[:20]!r} in {state}: {told}"
        assert len(told) == (2 if _asks(state) else 1), where
        assert words(key) in told[0], where
        assert scene.content(Role) == before, where
        assert await _hand(scene, state.role) == hand, where
        await scene.plant([scene.natural[state.role]])


async def test_cancel_puts_away_the_question_alone(scene: Scene) -> None:
    for state in STATES:
        phone = await _enter(scene, state)
        before = scene.content(Role)
        told = await _told(scene, phone, lambda phone: phone.send("/cancel"))
        if state.question is None:
            assert told == [words("cancel.nothing")], state
        assert scene.content(Role) == before, state
        assert (await _hand(scene, state.role))[0] is None, state
        assert phone.last.text == (words("cancel.done") if state.question else words("cancel.nothing")), state
        await scene.plant([scene.natural[state.role]])


async def test_a_reply_is_an_answer_like_any_other(scene: Scene) -> None:
    phone = await _enter(scene, State(Role.OTHER_GROUP, None, OTHER_CARD, "gap"))
    told = await _told(scene, phone, lambda phone: phone.reply(phone.last.message_id, "Said in reply"))
    assert told == ["👌"]
    assert any("▸ Said in reply" in message.text for message in phone.messages)


def test_every_question_is_among_the_states() -> None:
    """But for the first organiser's claim, which is over with the first right or late answer."""
    assert {type(state.question) for state in STATES if state.question} == set(SCREENS) - {Claiming}
