"""What is due, as it is said: what can't be said doesn't take with it what can."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.dialogue import Person
from bot.core.fires import Fire, FireKind, FireStatus
from bot.turn import Turn
from handlers.context import Reader
from handlers.followup import parts
from handlers.followup.parts import Part
from storage import fires
from tests.stage import Stage, stage
from tests.transcripts import setups

BACK = datetime(2027, 9, 28, 12, tzinfo=UTC)  # after two reminders of each of Esi's actions
Unusable = Callable[[Fire], bool]


@pytest_asyncio.fixture
async def on(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot was away while Esi was to be reminded of two actions, twice each."""
    async with stage(tmp_path, restarting=False) as made:
        await setups.reminding_several(made)
        yield made
        made.check()


@pytest.fixture
def reminders(monkeypatch: pytest.MonkeyPatch) -> Callable[[Unusable, Exception | None], None]:
    """Have some reminders come to nothing, or fail."""
    usual = parts.PARTS[FireKind.DUE]

    def otherwise(which: Unusable, error: Exception | None) -> None:
        async def part(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
            if not which(fire):
                return await usual(reader, person, fire, menu)
            if error is not None:
                raise error
            return None

        monkeypatch.setitem(parts.PARTS, FireKind.DUE, part)

    return otherwise


async def became(on: Stage) -> dict[str, str]:
    """What became of Esi's reminders, each by its action and the days before."""
    found = await fires.of_subjects(on.app.database, ["p1.a1", "p1.a2"])
    over = [each for each in found if each.kind is FireKind.DUE and not each.is_open]
    return {
        f"{each.action}{each.key.rpartition('.')[2]}": each.reason or each.status.value
        for each in sorted(over, key=lambda each: (each.action, each.due_at))
    }


def is_last(fire: Fire) -> bool:
    return fire.action == 1 and fire.key.endswith("-3")


async def test_of_two_reminders_of_the_same_the_newer_is_said(on: Stage) -> None:
    await on.wind(BACK, away=True)
    assert await became(on) == {"1-14": "superseded", "1-3": "done", "2-14": "superseded", "2-3": "done"}


async def test_what_is_of_no_use_is_no_reason_to_leave_out_what_came_before(on: Stage, reminders) -> None:
    reminders(is_last, None)
    await on.wind(BACK, away=True)
    assert await became(on) == {"1-14": "done", "1-3": "stale", "2-14": "superseded", "2-3": "done"}
    assert "Publish the permit checklist" in on.phone("Esi").last.text


@pytest.mark.parametrize("which", [is_last, lambda fire: fire.action == 1])
async def test_what_fails_takes_nothing_else_with_it(on: Stage, reminders, which: Unusable) -> None:
    reminders(which, LookupError("broken"))
    await on.wind(BACK, away=True)
    found = await became(on)
    assert {each for each, end in found.items() if end == "failed"} == {
        each for each in found if each in ("1-3", "1-14" if which is not is_last else "1-3")
    }
    assert (found["2-3"], found["2-14"]) == (FireStatus.DONE, "superseded")
    assert "Train the staff" in on.phone("Esi").last.text
    assert await fires.due(on.app.database, on.time, 10) == []


async def test_who_wants_to_hear_again_hears_at_once_of_what_was_kept_and_it_is_not_late(on: Stage) -> None:
    await on.wind(datetime(2027, 9, 15, 15, tzinfo=UTC))
    await on.do("Esi", "/mute")
    await on.do("Esi", "[Mute a week]")
    heard = len(on.phone("Esi").messages)
    await on.wind(datetime(2027, 9, 17, 15, tzinfo=UTC))  # two reminders were due on the 16th
    assert len(on.phone("Esi").messages) == heard
    await on.do("Esi", "/mute")
    await on.do("Esi", "[Remind me again]")
    await on.wind(on.time.replace(hour=16))
    (kept,) = [each.text for each in on.phone("Esi").messages[heard:] if "things for you" in each.text]
    assert "I was away" not in kept
    await on.wind(datetime(2027, 9, 23, 15, tzinfo=UTC))
    assert [each.text for each in on.phone("Esi").messages if "things for you" in each.text] == [kept]


async def test_who_is_told_that_somebody_cannot_be_reached_is_told_when_they_work(on: Stage) -> None:
    """Esi has blocked the bot; Amina, who is told so, is in Auckland, where it is the evening."""
    await on.do("Esi", "(block)")
    esi, amina = [await on.app.runner.person(on.phone(name).user.id) for name in ("Esi", "Amina")]
    assert esi is not None
    assert amina is not None

    async def moves(turn: Turn) -> None:
        turn.put(replace(amina, zone="Pacific/Auckland", country="NZ"), replace(esi, unreachable="blocked"))

    await on.app.intake.act(moves)
    heard = len(on.phone("Amina").messages)
    await on.wind(datetime(2027, 9, 13, 10, tzinfo=UTC))  # a milestone's reminder was due at nine
    assert len(on.phone("Amina").messages) == heard
    waiting = await fires.pending_of(on.app.database, esi.user_id, on.time + timedelta(days=1))
    assert [each.due_at for each in waiting] == [datetime(2027, 9, 13, 20, tzinfo=UTC)]
    await on.wind(datetime(2027, 9, 13, 20, 30, tzinfo=UTC))
    assert "Esi" in on.phone("Amina").last.text
    assert len(on.phone("Amina").messages) == heard + 1
