"""Whatever a facilitator does in the room is at most two taps away from the board."""

from __future__ import annotations

from handlers import callbacks as to
from handlers.broadcasts.taps import Announce, Nudge
from handlers.callbacks import Action, unpack
from handlers.room import room_screen
from handlers.steering import taps as steer
from tests.handlers.talk import Talk

OPENS = (
    steer.ShowSteering,
    steer.ShowLot,
    steer.LeadTo,
    to.ShowGroups,
    to.ShowPeople,
    Announce,
)  # buttons of the board that only show something


async def on_the_board(talk: Talk) -> list[Action]:
    person = await talk.runner.person(talk.id("Amina"))
    assert person is not None
    shown = await room_screen(talk.runner, person, await talk.workshop(), talk.time)
    return [action for row in shown.rows for choice in row if (action := unpack(choice.action)) is not None]


async def within_two_taps(talk: Talk) -> set[Action]:
    """What the board's buttons do, and those on the screens that they open."""
    first = await on_the_board(talk)
    found = set(first)
    for action in first:
        if isinstance(action, OPENS) or action == to.RoomOpen(1, 0, 0, ""):
            await talk.taps("Amina", to.pack(action))
            question = await talk.question("Amina")
            assert question is not None, action
            found |= {inner for row in question.rows for choice in row if (inner := unpack(choice.action)) is not None}
            await talk.taps("Amina", "x")
    return found


async def a_room(talk: Talk) -> None:
    """Two facilitators, three groups at work on 2.4.1.a; somebody in each has no phone; one group calls, one asks."""
    workshop = await talk.open("Amina")
    await talk.says("Ben", f"/start {workshop.facilitator_token}")
    for number in range(1, 7):
        await talk.join(f"P{number}", workshop)
    for number in range(1, 7):
        for text in ("/people", "Add someone", f"Q{number}", "Skip"):
            await talk.says("Amina", text)
    await talk.taps("Amina", "form:1:count:three")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    await talk.says("P3", "Call a facilitator")
    for text in ("/park Why?", "With my name"):
        await talk.says("P5", text)


def steers(what: str, group: int) -> Action:
    return steer.Steer(1, group, what, 0, "2.4.1.a")


async def test_time_and_doors_for_all_and_for_each_group(talk: Talk):
    await a_room(talk)
    found = await within_two_taps(talk)
    for group in (0, 1, 2, 3):
        starts = {each.minutes for each in found if isinstance(each, steer.Steer) and each.what == "start"}
        assert starts == {5, 10, 15, 20, 30}
        assert {steers("hold", group), steers("close", group)} <= found, group
    await talk.taps("Amina", to.pack(steer.Steer(1, 0, "start", 20, "2.4.1.a")))
    await talk.taps("Amina", to.pack(steers("hold", 0)))
    found = await within_two_taps(talk)
    for group in (0, 1, 2, 3):
        wanted = {steers(what, group) for what in ("more", "pause", "end", "on", "free", "close")}
        assert wanted <= found, (group, wanted - found)
    await talk.taps("Amina", to.pack(steers("pause", 2)))
    await talk.taps("Amina", to.pack(steers("close", 3)))
    assert any(isinstance(each, steer.TakeBack) for each in await on_the_board(talk))
    found = await within_two_taps(talk)
    assert {steers("resume", 0), steers("resume", 2), steers("reopen", 0), steers("reopen", 3)} <= found


async def test_everything_else_too(talk: Talk):
    await a_room(talk)
    found = await within_two_taps(talk)
    runs = await talk.runner.runs_of(1)
    assert {to.ShowSheet(run.id) for run in runs} <= found
    assert {to.RoomOpen(1, group, 0, "2.4.1.b") for group in (0, 1, 2, 3)} <= found
    assert steer.CallDo(1, 1, "take") in found
    assert steer.ShowLot(1, 0, 1) in found
    assert steer.LeadTo(1, 2) in found
    workshop = await talk.workshop()
    formation = workshop.formations["three"]
    without = [each.number for each in workshop.participants() if each.user_id is None]
    by_group = {run.group: run.id for run in runs}
    assert {steer.AnswerIn(1, each, by_group[formation.seats[each].group]) for each in without} <= found
    assert {Announce(1), Nudge(1)} <= found
    assert {type(each) for each in found} >= {to.FormGroups, to.ShowMember}
