"""The measurements as readable tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from tests.bench import broadcast as broadcasting
from tests.bench import plans
from tests.bench import reminders as reminding
from tests.bench.taps import Outcome, p
from tests.bench.throughput import Lap, middle

NAMES = {
    "plenary": "Plenary: each answer stored, acknowledged, on every sheet",
    "aiogram": "aiogram, echo",
    "ptb": "python-telegram-bot, echo",
}


def throughput(laps: Mapping[str, Sequence[Lap]], updates: int, ceiling: float) -> list[str]:
    """Prints the table; returns all problems."""
    medians = {name: middle(each) for name, each in laps.items()}
    count = len(next(iter(laps.values())))
    own = {name: median(lap.own_rate for lap in each) for name, each in laps.items()}
    print(
        f"\nUpdates a second ({updates} updates, medians of {count}, in turn; bot and server as shares of one core)\n"
    )
    print(f"  {'':58}{'updates/s':>10}{'of own CPU':>12}{'calls/s':>9}{'bot':>6}{'server':>8}   each lap")
    for name, lap in medians.items():
        each = " ".join(f"{one.rate:.0f}" for one in laps[name])
        print(
            f"  {NAMES[name]:58}{lap.rate:10.0f}{own[name]:12.0f}{lap.calls:9.0f}"
            f"{lap.bot_share:6.0%}{lap.server_share:8.0%}   {each}"
        )
    rate = medians["plenary"].rate
    print(f"\n  Plenary / aiogram {rate / medians['aiogram'].rate:.2f} (goal: 1.2)", end="")
    print(f", Plenary / python-telegram-bot {rate / medians['ptb'].rate:.2f}")
    if all(own.values()):
        print(f"  in a second of the bot's own processor time: {own['plenary'] / own['aiogram']:.2f}", end="")
        print(f" and {own['plenary'] / own['ptb']:.2f}")
    print(f"  The server alone takes {ceiling:.0f} messages/s.")
    return [problem for lap in medians.values() for problem in lap.problems]


def taps(outcome: Outcome) -> list[str]:
    times = outcome.times
    total = len(times.taps) + len(times.texts)
    print(
        f"\n45 people in 3 groups at once ({total} answers in {outcome.seconds:.1f} s, paces set high), milliseconds\n"
    )
    print(f"  {'':58}{'p50':>8}{'p95':>8}{'longest':>9}")
    rows = [("a tap, to its answer", times.taps), ("a text, to its reaction", times.texts)]
    rows += [("both (goal: p95 under 500)", times.taps + times.texts), ("to the next question", times.questions)]
    for title, values in rows:
        print(f"  {title:58}{p(values, 50):8.0f}{p(values, 95):8.0f}{1000 * max(values, default=0):9.0f}")
    print(f"  bot {outcome.bot_share:.0%}, server and phones {outcome.server_share:.0%} of a core")
    return outcome.problems


def broadcast(outcome: broadcasting.Outcome) -> list[str]:
    print(
        f"\nA broadcast to {outcome.people} at Telegram's paces, a strict server: {outcome.seconds:.1f} s;"
        f" all messages at 30/s take {outcome.ideal:.1f} s; refused with 429: {outcome.again}\n"
    )
    print(f"  {'':58}{'p50':>8}{'p95':>8}{'longest':>9}")
    over = outcome.seconds / outcome.ideal - 1
    rows = [(f"one of {len(outcome.lines)} taps meanwhile, to its line (goal: p95 under 300)", outcome.lines)]
    if outcome.answers:
        rows = [(f"one of {len(outcome.answers)} taps meanwhile, to its answer (the same goal)", outcome.answers)]
        rows += [("to the message that it opens", outcome.questions)]
    for title, values in rows:
        print(f"  {title:58}{p(values, 50):8.0f}{p(values, 95):8.0f}{1000 * max(values, default=0):9.0f}")
    print(f"  longer than at 30/s by {over:.1%}{' (goal: 3% at most)' if outcome.lines else ''}")
    return outcome.problems


def plan(outcome: plans.Outcome) -> list[str]:
    print(f"\nA plan of {plans.ACTIONS} whole actions, milliseconds\n")
    print(f"  {'':58}{'p50':>8}{'p95':>8}{'longest':>9}")
    rows = [("/plan, to the plan on the phone (goal: under 300)", outcome.looks)]
    rows += [("a new action's title, to the next question", outcome.answers)]
    for title, values in rows:
        print(f"  {title:58}{p(values, 50):8.0f}{p(values, 95):8.0f}{1000 * max(values, default=0):9.0f}")
    print(f"  the first /plan after a start, plan read from the database: {1000 * outcome.first:.0f} ms")
    print(f"  the most memory the bot had: {outcome.memory:.0f} MB (goal: under 150)")
    return outcome.problems


def reminders(outcome: reminding.Outcome) -> list[str]:
    print(f"\n{reminding.ROWS:,} things that wait, in plans of {outcome.workshops} workshops; {reminding.DUE} are due,")
    print(
        f"{reminding.TOGETHER} of them at once and the others within {reminding.SPREAD:.0f} s, beside a night's work\n"
    )
    print(f"  {'milliseconds':58}{'p50':>8}{'p99':>8}{'longest':>9}")
    lines = {
        "from its time to its message (goal: p99 under 1,000)": outcome.late,
        "a step of a night's planning (goal: under 150)": outcome.night,
        "what an edit costs in a plan of 200 actions": outcome.edits,
    }
    for title, found in lines.items():
        print(f"  {title:58}{p(found, 50):8.1f}{p(found, 99):8.1f}{1000 * max(found, default=0):9.1f}")
    print(f"  a night's planning: {sum(outcome.night):.1f} s in {len(outcome.night):,} steps")
    print(f"  from a start to the first answer: {outcome.start:.1f} s (goal: under 3)")
    print(f"  the most memory the bot had: {outcome.memory:.0f} MB (goal: under 150)")
    return outcome.problems
