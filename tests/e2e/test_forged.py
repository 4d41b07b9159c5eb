"""Callback data that no button of this bot's ever carried, or carried for somebody else, or long ago."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import fields
from pathlib import Path

import pytest_asyncio

from handlers.callbacks import Action, pack
from tests.e2e import authority_table as table
from tests.e2e.two_workshops import OURS, TABLE, Role, Scene, build
from tests.stage import stage

NOWHERE = 999_999  # no workshop, run, member, group or entry has this number
GARBAGE = (
    "x:",
    "x:1",
    "nosuch",
    "nosuch:1",
    ":",
    "::::",
    "ppl",
    "ppl:",
    "ppl:1",
    "ppl:1:0:0",
    "ppl:one:0",
    "ppl:1.0:0",
    "ppl: 1:0",
    "ppl:+1:0",
    "ppl:01:0",
    "ppl:-0:0",
    "ppl:١:٠",
    "ppl:1:0\n",
    "ppl:1:9999999999999999999",
    "ppl:99999999999999999999999999:0",
    "PPL:1:0",
    "n:1:gap' OR '1'='1",
    "n:1:\u202egap",
    "n:1:{0.__class__}",
    "memdo:1:4:__class__",
    "memdo:1:4:remove_yes;",
    "o:2:0:engage:@99",
    "o:2:0:engage:@²",
    "o:2:0:engage:=999",
    "o:2:0:engage:~words of my own",
    "r:2:0:engage:99999999999999999999999999999999",
    "cv:2:3:impact:7",
    "pv:1:1:0:nosuch:",
    "pv:1:1:0:person:m1:m2",
    "pv:2:1:0:list:",
    "pa:1:1:0:nosuch",
    "pa:1:2:0:__class__",
    "pf:1:1:progress",
    "pf:1:1:nosuch",
    "pis:1:1:1:title",
    "pis:1:1:99:barriers",
    "pip:1:1:1:barriers:id",
    "pip:1:1:1:kpis:target",
    "pid:1:1:99:1:barriers",
    "pok:1:1:everyone:c9",
    "pok:1:1:no_such_thing",
    "pst:1:1:not_started:__class__",
    "pst:1:1:nosuch:done",
    "pd:1:1:1:explode",
    "pd:1:3:1:undo",
    "pmw:1:1:1:1",
    "pmp:1:1:1:1",
    "pmp:1:1:1:99",
    "pmp:1:1:2:1",
    "pma:1:7",
    "lang:xx",
    "lang:../../etc/passwd",
    "new:confirm:open",
    "\x00",
    "🙂" * 16,
    "é" * 32,
    "ж" * 64,
)
OVERSIZED = ("ж" * 65, "ppl:1:0" + " " * 60, "n:1:" + "gap" * 40, "é" * 33, "n:1:" + "ж" * 5000)


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with stage(tmp_path, restarting=False) as on:
        yield await build(on)
        on.check()


async def _nothing_comes_of(scene: Scene, data: list[str], roles: list[Role]) -> None:
    """Nothing is stored when these people tap such buttons, and every tap is answered."""
    before = scene.content(Role)
    for role in roles:
        phone = scene.on.world.phone(role.value)
        for each in data:
            tap = scene.on.world.add_tap(phone.user, phone.chat, 1, each)
            phone.waiting[tap.query_id] = tap
    answered = {role: len(scene.on.world.phone(role.value).answers) for role in roles}
    await scene.on.settle()
    assert scene.content(Role) == before
    for role in roles:
        phone = scene.on.world.phone(role.value)
        assert not phone.waiting
        assert len(phone.answers) - answered[role] == len(data)
        assert all(len(answer.text) <= 200 for answer in phone.answers)


async def test_garbage_changes_nothing(scene: Scene) -> None:
    await _nothing_comes_of(scene, [*GARBAGE, *OVERSIZED], list(Role))


async def test_random_bytes_change_nothing(scene: Scene) -> None:
    dice = random.Random(3)
    verbs = [row.does.verb for row in table.TAPS]
    made = []
    for _ in range(300):
        parts = [
            dice.choice([str(dice.randint(-5, 50)), "gap", "", "three", "@0", "\u200f", "9" * 18]) for _ in range(4)
        ]
        made.append(":".join([dice.choice(verbs), *parts[: dice.randint(0, 4)]]))
    await _nothing_comes_of(scene, made, [Role.STRANGER, Role.REMOVED, Role.THEIR_FACILITATOR])


async def test_ids_of_nothing_change_nothing(scene: Scene) -> None:
    """Every button with numbers that stand for nothing, tapped by those who may do the most."""
    made = [pack(_with_numbers(row.does, NOWHERE)) for row in table.TAPS if _numbered(row.does)]
    made += [pack(_with_numbers(row.does, -1)) for row in table.TAPS if _numbered(row.does)]
    await _nothing_comes_of(scene, made, [Role.ORGANISER, Role.HOLDER, Role.STRANGER])


def _numbered(action: Action) -> bool:
    return any(isinstance(getattr(action, field.name), int) for field in fields(action))


def _with_numbers(action: Action, number: int) -> Action:
    """The same action with another first number: that of its workshop or run."""
    values = {field.name: getattr(action, field.name) for field in fields(action)}
    name = next(name for name, value in values.items() if isinstance(value, int))
    return type(action)(**values | {name: number})


async def test_buttons_of_earlier_screens_change_nothing(scene: Scene) -> None:
    """Taps that were right once, by the person who could make them then."""
    for data, role in (
        (f"n:{TABLE}:service", Role.HOLDER),  # the group has moved on from there
        (f"b:{TABLE}:service", Role.HOLDER),
        (f"s:{TABLE}:stakeholders", Role.HOLDER),
        (f"p:{TABLE}:publish", Role.HOLDER),
        (f"pre:{TABLE}:service", Role.HOLDER),
        (f"o:{TABLE}:7:engage:=77", Role.HOLDER),
        ("er:1:2:7", Role.MEMBER),  # a version that the entry hasn't
        ("er:1:5:1", Role.MEMBER),  # removed already
        ("eb:1:2", Role.MEMBER),  # never removed
        (f"bd:{OURS}:send", Role.ORGANISER),  # no text waits to be sent
        (f"leave:{OURS}", Role.MEMBER),
        (f"form:{OURS}:yes:three", Role.ORGANISER),
        (f"wsdo:{OURS}:reopen", Role.ORGANISER),
        ("new:confirm:open", Role.ORGANISER),
        ("pd:1:4:2:undo", Role.MEMBER),  # a version that the action has left behind
        ("pd:1:4:2:remove", Role.MEMBER),
        ("pd:1:4:2:put_back", Role.MEMBER),  # never removed
        ("pst:1:4:blocked:done", Role.MEMBER),  # it never was blocked
        ("pgs:1:1", Role.MEMBER),
        ("psr:1:4", Role.MEMBER),
        ("split:1", Role.MEMBER),
        ("set:1:2:1", Role.MEMBER),
    ):
        before, phone = scene.content(Role), scene.on.world.phone(role.value)
        seen = len(phone.transcript)
        phone.tap_data(data, message_id=1)
        await scene.on.settle()
        told = [
            each.text for each in phone.transcript[seen:] if each.kind in ("received", "toast", "alert") and each.text
        ]
        assert scene.content(Role) == before, data
        assert told, data
