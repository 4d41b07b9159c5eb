"""Where the bot's time goes while answers come in: cProfile in its process, summed up by part."""

from __future__ import annotations

import pstats
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.bench import throughput
from tests.bench.environments import CACHE, ROOT

LINES = 25
_OURS = {
    "bot/intake": "bot/intake: batches of updates",
    "bot/delivery": "bot/delivery: lanes, boards, ledger",
    "bot/transport.py": "bot/transport: calls out",
    "bot/botapi.py": "bot/transport: calls out",
    "bot/runner.py": "bot/runner: turns, commits",
    "bot/core": "bot/core: the rules",
    "handlers/render.py": "handlers/render: words and keyboards",
    "handlers": "handlers: conversations, sheets",
    "content": "content: catalogues",
    "storage": "storage: rows",
}
_LIBRARIES = {
    "telegram": "python-telegram-bot: updates into objects, errors",
    "aiohttp": "aiohttp, yarl, multidict: HTTP",
    "yarl": "aiohttp, yarl, multidict: HTTP",
    "multidict": "aiohttp, yarl, multidict: HTTP",
    "aiosqlite": "aiosqlite",
}


def _part(file: str) -> str:
    path = Path(file)
    if "site-packages" in path.parts:
        library = path.parts[path.parts.index("site-packages") + 1]
        return _LIBRARIES.get(library, "other libraries")
    if path.is_relative_to(ROOT):
        ours = path.relative_to(ROOT).as_posix()
        prefix = max((each for each in _OURS if ours.startswith(each)), key=len, default="")
        return _OURS.get(prefix, "bot: the rest")
    return (
        "built in: uvloop's and SQLite's C code, JSON, strings" if file.startswith(("~", "<")) else "standard library"
    )


async def measure(rooms: int) -> list[str]:
    """Prints the profile of a lap with this many rooms; returns what was wrong in it."""
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        target = Path(folder) / "profile"
        lap = await throughput.plenary_lap(rooms, target)
        stats = pstats.Stats(str(target))
    parts: defaultdict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        parts[_part(file)] += own
    total = sum(parts.values())
    answers = rooms * 45 * throughput.ROUNDS
    print(f"\n{answers} answers under cProfile ({lap.rate:.0f} a second); shares of {total:.1f} s of the main thread\n")
    for part, seconds in sorted(parts.items(), key=lambda each: -each[1]):
        print(f"  {seconds / total:6.1%}  {part}")
    print()
    stats.strip_dirs().sort_stats("tottime").print_stats(LINES)
    return lap.problems
