"""Where the bot's time goes while answers come in: cProfile in its process, summed up by part."""

from __future__ import annotations

import pstats
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.bench import throughput
from tests.bench.environments import CACHE, ROOT

LINES = 25
_PARTS = {
    "/telegram/": "python-telegram-bot: updates into objects",
    "/aiohttp/": "aiohttp: requests out",
    "/yarl/": "aiohttp: requests out",
    "/multidict/": "aiohttp: requests out",
    "/aiosqlite/": "aiosqlite",
    "/asyncio/": "asyncio",
    "/bot/core/": "bot/core: the rules",
    "/bot/runner.py": "bot/runner.py: turns and commits",
    "/bot/transport.py": "bot/transport.py: calls out",
    "/bot/intake": "bot/intake: updates in",
    "/bot/": "bot/: delivery",
    "/handlers/": "handlers/: conversations, sheets",
    "/handlers/render.py": "handlers/render.py: words",
    "/handlers/views.py": "handlers/: conversations, sheets",
    "/content/": "content/: catalogues",
    "/storage/": "storage/: rows",
    "method": "built in",
}


def _part(file: str, name: str) -> str:
    if "uvloop" in name or "select" in name:
        return "the event loop: sockets, and waiting"
    place = "/" + str(Path(file).relative_to(ROOT)) if file.startswith(str(ROOT)) and "/.venv" not in file else file
    found = max((prefix for prefix in _PARTS if prefix in place), key=len, default="")
    if not found:
        return "built in functions" if file in ("~", "") or file.startswith("<") else "the standard library, others"
    return _PARTS[found]


async def measure(rooms: int) -> list[str]:
    """Prints the profile of a lap with this many rooms; returns what was wrong in it."""
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        target = Path(folder) / "profile"
        lap = await throughput.plenary_lap(rooms, target)
        stats = pstats.Stats(str(target))
    parts: defaultdict[str, float] = defaultdict(float)
    for (file, _, name), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        parts[_part(file, name)] += own
    total = sum(parts.values())
    print(f"\nUnder cProfile, start and warm-up included: {lap.rate:.0f} updates/s; shares of {total:.1f} s\n")
    for part, seconds in sorted(parts.items(), key=lambda each: -each[1]):
        print(f"  {seconds / total:6.1%}  {part}")
    print()
    stats.strip_dirs().sort_stats("tottime").print_stats(LINES)
    return lap.problems
