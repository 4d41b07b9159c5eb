"""A group's time across power cuts, on a clock that is wound: every signal reaches every phone once, and the time stays
right."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.rehearsal.stored import FILE
from handlers.texts import TEXTS
from tests.e2e.house import Guest, House
from tests.e2e.rig import START, Rig, rig, until

NAMES = ("Ama", "Ben", "Chi", "Dao", "Eve", "Fay")
MINUTES = 20


def told(guest: Guest) -> list[str]:
    """What somebody was told of their time, in short; what was on its way when the power went may have come again."""
    of = {
        "minutes": TEXTS["time.minutes_left"][1].partition("{count}")[2],
        "half": str(TEXTS["time.half_minute"]).partition("}:")[2],
        "up": str(TEXTS["time.up"]).partition("}:")[2],
    }
    texts = [each.text for each in guest.phone.messages if each.from_bot]
    return list(dict.fromkeys(name for text in texts for name, words in of.items() if text.endswith(words.strip())))


class Wound:
    """The bot's clock: the wall clock, put forward."""

    def __init__(self, on: Rig) -> None:
        self.file = Path(on.bot.settings["REHEARSAL_CLOCK"])

    def wind(self, to: datetime) -> None:
        self.file.write_text(f"{to.timestamp() - time.time():.3f}", encoding="ascii")

    def now(self) -> float:
        return time.time() + float(self.file.read_text(encoding="ascii"))


def ends_at(on: Rig) -> list[datetime]:
    """When the groups' time is over, as it is stored."""
    with closing(sqlite3.connect(on.bot.data / FILE)) as database:
        rows = database.execute("SELECT ends_at FROM runs ORDER BY id").fetchall()
    return [datetime.fromisoformat(row[0]) for row in rows if row[0]]


def on_the_way(on: Rig) -> int:
    """How many messages the bot doesn't know yet to have arrived: what is cut off now may come twice."""
    with closing(sqlite3.connect(on.bot.data / FILE)) as database:
        sql = "SELECT COUNT(*) FROM outbox WHERE status IN ('queued', 'sending', 'errored', 'unknown')"
        return int(database.execute(sql).fetchone()[0])


async def all_told(room: House, *wanted: str) -> None:
    for each in room.guests:
        await until(lambda each=each: told(each) == list(wanted), f"{each.phone.user.first_name} to be told {wanted}")  # type: ignore[misc]


async def test_time_goes_on_through_power_cuts_and_is_signalled_once(tmp_path: Path) -> None:
    async with rig(tmp_path) as on:
        clock = Wound(on)
        await on.start()
        room = House(on.world, NAMES)
        await room.gather()
        await room.lead.press("label.steer.time")
        await room.lead.tap(f"{MINUTES} min", starts=True)
        await until(lambda: len(ends_at(on)) == 3, "the time to be kept")
        end = ends_at(on)[0]
        assert START + timedelta(minutes=MINUTES) < end < START + timedelta(minutes=MINUTES + 2)

        # Cut off well before the first signal, and back after it was due.
        await until(lambda: not on_the_way(on), "everything to arrive")
        await on.kill()
        clock.wind(end - timedelta(seconds=110))
        await on.start()
        await all_told(room, "minutes")
        # Killed in the middle of the next one: once it is committed, and once some of it is sent.
        await until(lambda: not on_the_way(on), "everything to arrive")
        await on.kill()
        await on.start(CRASH_AT="after-commit:1")
        clock.wind(end - timedelta(seconds=29))
        await until(lambda: not on.bot.running, "the bot to fall over")
        await on.start(CRASH_AT="before-send:3")
        await until(lambda: not on.bot.running, "the bot to fall over again")
        await on.start()
        await all_told(room, "minutes", "half")
        assert ends_at(on) == [end] * 3

        # Back when it is over: that is said, and nothing else.
        await until(lambda: not on_the_way(on), "everything to arrive")
        await on.kill()
        clock.wind(end + timedelta(seconds=40))
        await on.start()
        await all_told(room, "minutes", "half", "up")
        for each in room.guests:
            await each.see("Time is up.")
        await until(lambda: not on_the_way(on), "everything to arrive")
        await on.kill()
        await on.start()
        room.guests[0].phone.send("/help")
        await room.guests[0].see("/sheet")
        assert all(told(each) == ["minutes", "half", "up"] for each in room.guests)
        assert await on.bot.stop() == 0
    on.check()
    on.check_duplicates()  # nothing came again but what the bot couldn't know to have arrived
