"""Reports to the room where two act at once, and where a reporter can't be reached by phone."""

from __future__ import annotations

from dataclasses import replace

from bot.core import membership
from bot.turn import Turn
from tests.stage import Stage, stage
from tests.transcripts import setups


async def reporting(on: Stage) -> None:
    await setups.maps_published(on)
    on.restarting = False
    for what in ("/plenary", "[Report back]"):
        await on.do("Amina", what)


async def test_two_facilitators_who_tap_at_once_call_one_group(tmp_path):
    async with stage(tmp_path) as on:
        await reporting(on)
        phone = on.phone("Amina")
        phone.tap_data("rpd:1:1:0:next")
        phone.tap_data("rpd:1:1:0:next")
        await on.settle()
        queue = (await on.app.runner.plenary(1)).queues[1]
        assert (queue.on, queue.waiting) == (1, (2,))
        assert "Somebody else has just called another group" in phone.answers[-1].text
        on.check()


async def test_facilitators_are_told_whom_to_call_aloud(tmp_path):
    async with stage(tmp_path) as on:
        await reporting(on)

        async def work(turn: Turn) -> None:
            workshop = await turn.workshop(1)
            assert workshop is not None
            workshop, paper = membership.enter(workshop, name="Pavel", now=turn.now)
            three = workshop.formations["three"]
            three = three.with_group(replace(three.groups[1], reporter=paper.number))
            three = three.with_group(replace(three.groups[2], reporter=None))
            turn.put(replace(workshop, formations={**workshop.formations, "three": three}))

        await on.app.intake.act(work)
        await on.do("Amina", "[Call Group 1]")
        assert "Pavel has no phone here: call Group 1 aloud." in _stage(on)
        await on.do("Amina", "[Call Group 2]")
        assert "Group 2 has no reporter: call the group aloud." in _stage(on)
        on.check()


async def test_what_is_said_after_the_end_is_refused(tmp_path):
    async with stage(tmp_path) as on:
        await reporting(on)
        await on.do("Amina", "[Call Group 1]")
        await on.do("Kofi", "[Comment or ask]")
        await on.do("Amina", "[End the reports]")
        await on.do("Kofi", "Too late?")
        assert (await on.app.runner.plenary(1)).remarks == {}
        assert "These reports are over." in "\n".join(message.text for message in on.phone("Kofi").messages)


def _stage(on: Stage) -> str:
    return next(each.text for each in reversed(on.phone("Amina").messages) if each.text.startswith("Report back"))
