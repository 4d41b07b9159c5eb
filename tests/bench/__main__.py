"""`python -m tests.bench`: six measurements, each a table. Fails where an answer is wrong, never for being slow."""

from __future__ import annotations

import argparse
import asyncio
import sys
from time import perf_counter

from bot import loop
from tests.bench import broadcast as broadcasting
from tests.bench import environments, exports, plans, profiling, reminders, report, taps, throughput

LAPS = 3
LONGEST = 900.0  # seconds for everything; four minutes are usual
ROOMS = 24  # of 45 people, 4 answers each
UPDATES = ROOMS * 45 * throughput.ROUNDS


async def measure_throughput(laps: int, rooms: int) -> list[str]:
    """Each bot in turn, so many times: whatever else the machine does then meets all of them."""
    updates = rooms * 45 * throughput.ROUNDS
    made: dict[str, list[throughput.Lap]] = {name: [] for name in report.NAMES}
    for lap in range(laps):
        for name in report.NAMES:
            print(f"  {lap + 1} of {laps}: {name}", file=sys.stderr, flush=True)
            if name == "plenary":
                made[name].append(await throughput.plenary_lap(rooms))
            else:
                made[name].append(await throughput.echo_lap(name, 45, updates))
    ceiling = await throughput.ceiling()
    return report.throughput(made, updates, ceiling)


async def measure_taps() -> list[str]:
    return report.taps(await taps.measure())


async def measure_broadcast(people: int) -> list[str]:
    problems = report.broadcast(await broadcasting.measure(people))
    return problems + report.broadcast(await broadcasting.measure(people, opens=True))


async def run(options: argparse.Namespace) -> list[str]:
    """Everything asked for; returns what was wrong."""
    problems = []
    if options.what in ("all", "throughput"):
        problems += await measure_throughput(options.laps, options.rooms)
    if options.what in ("all", "taps"):
        problems += await measure_taps()
    if options.what in ("all", "broadcast"):
        problems += await measure_broadcast(options.people)
    if options.what in ("all", "plan"):
        problems += report.plan(await plans.measure())
    if options.what in ("all", "reminders"):
        problems += report.reminders(await reminders.measure())
    if options.what in ("all", "exports"):
        problems += exports.table()
    if options.what == "profile":
        problems += await profiling.measure(options.rooms)
    return problems


async def bounded(options: argparse.Namespace) -> list[str]:
    """The same, ended where it takes too long; the bots' processes end with it."""
    try:
        async with asyncio.timeout(LONGEST):
            return await run(options)
    except TimeoutError as error:
        return [str(error) or f"not done after {LONGEST:.0f} s"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        default="all",
        choices=["all", "throughput", "taps", "broadcast", "plan", "reminders", "exports", "profile", "lock"],
    )
    parser.add_argument("--laps", type=int, default=LAPS, help="repetitions of the throughput")
    parser.add_argument("--rooms", type=int, default=ROOMS, help="rooms of 45 people for the throughput")
    parser.add_argument("--people", type=int, default=1000, help="who gets the broadcast")
    options = parser.parse_args()
    if options.what == "lock":
        environments.lock()
        return 0
    environments.CACHE.mkdir(exist_ok=True)
    began = perf_counter()
    problems = loop.run(bounded(options))
    for problem in problems:
        print(f"WRONG: {problem}")
    print(
        f"{'All answers are right' if not problems else 'Not all answers are right'}; {perf_counter() - began:.0f} s."
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
