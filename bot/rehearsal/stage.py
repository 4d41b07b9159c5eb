"""`plenary rehearse`: the local server with its page of phones, and the bot beside it."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot.rehearsal.process import BotProcess
from bot.rehearsal.server import serve
from bot.rehearsal.world import World

TOKEN = "1000001:rehearsal-only"  # noqa: S105 - opens nothing but the server started below
ORGANISER = 1001


async def rehearse(port: int) -> None:
    """Serve until interrupted. Everything is forgotten at the end."""
    world = World(TOKEN)
    world.phone(ORGANISER, "Amina", "Diallo")
    with tempfile.TemporaryDirectory(prefix="plenary-rehearsal-") as name:
        clock = Path(name) / "clock"
        clock.write_text("0", encoding="ascii")
        async with serve(world, port, clock_file=clock) as url:
            bot = BotProcess(
                Path(name),
                {
                    "BOT_TOKEN": TOKEN,
                    "BOT_API_URL": url,
                    "ORGANISER_IDS": str(ORGANISER),
                    "REHEARSAL_CLOCK": str(clock),
                },
            )
            await bot.start()
            print(f"Phones: {url}\nAmina may open a workshop: press Start on her phone, then send /new. Ctrl+C ends.")
            try:
                code = await bot.wait(seconds=60 * 60 * 24)
                print(f"The bot ended ({code}):\n{bot.log.read_text(encoding='utf-8')[-2000:]}")
            finally:
                await asyncio.shield(bot.stop())
