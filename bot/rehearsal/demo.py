"""`make demo`: plays a workshop with the cast, checks what came of it, and prints what there is to read.

Exit code 0 says that everything held that is checked here.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.rehearsal import demo_checks, demo_report, duplicates, plan_walk, stored, timeline
from bot.rehearsal.errors import PhoneError
from bot.rehearsal.phone_view import show_phone
from bot.rehearsal.player import Disappointed
from bot.rehearsal.story import LAST, MOST_SECONDS, Story

SHOWN = "noor"  # whose phone is printed
PRODUCTS_OF = 2  # the group whose products are printed


def check(story: Story, figures: dict[str, object]) -> Iterator[str]:
    """Everything that doesn't hold; and the figures for the last line."""
    anonymous = {step.id for each in story.programme.exercises.values() for step in each.steps if step.anonymous}
    kept = stored.read(story.bot.data, anonymous)
    twice = duplicates.visible(story.world, kept.sent, story.kills)
    away = {player.human.id for player in story.away}
    yield from demo_checks.groups(kept, story.cast)
    yield from demo_checks.stored_answers(kept, story.walks, story.programme, story.tally.answers)
    for walk in story.walks:
        yield from demo_checks.products(walk, story.programme)
        yield from demo_checks.last_sheets(walk, LAST, twice, away)
    yield from story.assessment.wrong()
    yield from story.end.wrong()
    yield from plan_walk.wrong(story.plans, story.planned)
    if story.months is not None:
        yield from timeline.wrong(story.months)
    yield from demo_checks.requests(story.world, story.kills, away)
    yield from (f"left in the outbox: {each}" for chat_id, each in kept.undelivered if chat_id not in away)
    if len(twice) > story.interrupted:
        yield f"{len(twice)} messages came twice, at most {story.interrupted} may: {list(twice.values())}"
    if story.exit_code:
        yield f"the bot was asked to end and did so with exit code {story.exit_code}"
    figures |= {
        "people": len(story.players),
        "groups": "6 → 3",
        "answers sent": story.tally.answers,
        "answers stored": kept.answers,
        "actions planned": len(story.planned),
        "files": len(story.files),
        "reminders answered": story.months.answered if story.months else 0,
        "messages sent": duplicates.sent(story.world),
        "duplicates": f"{len(twice)} (unknown outcomes {story.interrupted})",
        "seconds": f"{time.monotonic() - story.began:.1f}",
    }


def show(story: Story) -> None:
    """The conversation of one participant, and the products of one group."""
    shown = story.players[SHOWN]
    print(demo_report.heading(f"The phone of {shown.name} ({shown.human.organisation})"))
    print(show_phone(shown.phone))
    walk = next(each for each in story.walks if each.script.group == PRODUCTS_OF)
    for exercise, pages in walk.products.items():
        print(demo_report.heading(f"{exercise}, as the phone shows it"))
        print(demo_report.product_text(pages))


async def rehearse() -> int:
    """Play, check, print. The exit code."""
    if task := asyncio.current_task():  # whoever ends this process ends the bot's with it
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with tempfile.TemporaryDirectory(prefix="plenary-demo-") as name:
        story = Story(Path(name))
        failures: list[str] = []
        figures: dict[str, object] = {}
        try:
            async with asyncio.timeout(MOST_SECONDS):
                await story.play()
            failures = list(check(story, figures))
            show(story)
        except* (Disappointed, PhoneError) as several:
            failures = [str(each) for each in _leaves(several)]
        except* TimeoutError:
            failures = [f"The rehearsal took more than {MOST_SECONDS:.0f} s. Groups are at {story.at}."]
        demo_report.write_files(
            demo_report.FOLDER, [*story.players.values(), story.lead.player, story.outsider], story.walks
        )
        plan_walk.write_files(demo_report.FOLDER, story.files)
        if story.months is not None:
            (demo_report.FOLDER / "timeline.txt").write_text(timeline.timeline(story.months), encoding="utf-8")
        print(f"Every phone, every product and the action plans are in {demo_report.FOLDER}/.")
        if failures:
            print(demo_report.heading("It did not hold"))
            print("\n".join(failures))
            print(demo_report.heading("The end of the bot's log"))
            print(demo_report.tail(story.bot.log))
        else:
            print(demo_report.last_line(figures))
        return 1 if failures else 0


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from _leaves(each)
        else:
            yield each


def main() -> None:
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(asyncio.run(rehearse()))
    sys.exit(130)


if __name__ == "__main__":
    main()
