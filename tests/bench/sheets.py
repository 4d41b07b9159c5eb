"""Whether every phone shows the sheet that follows from what is in the data folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.rehearsal.texts import MESSAGE_LIMIT, read_text
from bot.runner import Runner
from content import loader
from content.catalogues import Catalogues
from handlers.views import Views
from storage import boards
from storage.database import Database
from tests.bench.world import BenchWorld

LINES = 10  # entries that a sheet shows itself


def _buttons(markup: dict[str, Any] | None) -> list[tuple[str, str]]:
    rows = (markup or {}).get("inline_keyboard", [])
    return [(button["text"], button.get("callback_data", "")) for row in rows for button in row]


async def problems(world: BenchWorld, data: Path, programmes: Path, users: Iterable[int]) -> list[str]:
    """What is wrong on the phones; the bot has to be stopped. The sheet is drawn anew from the database, by the
    project's own rendering; beside that each phone must hold the last entries' own words.
    """
    found = []
    database = await Database.open(data)
    try:
        catalogues = Catalogues()
        runner = Runner(database, loader.load_all(programmes), lambda: datetime.now(UTC), catalogues=catalogues)
        await runner.start()
        views = Views(runner)
        at = {board.chat_id: board for board in await boards.load_all(database) if board.slot == "sheet"}
        for user in users:
            person, board = await runner.person(user), at.get(user)
            message = world.phones[user].chat.messages.get(board.message_id) if board else None
            run = await runner.run(person.sheet_run_id) if person and person.sheet_run_id else None
            if run is None or message is None:
                found.append(f"{user} has no sheet on the phone")
                continue
            view = await views.view(user, "sheet", str(run.id))
            if view is None:
                found.append(f"{user} has a sheet that nobody should see")
                continue
            text, _ = read_text(view.text, "HTML", None, limit=MESSAGE_LIMIT, allow_empty=False)
            if message.text != text or _buttons(message.reply_markup) != _buttons(view.markup):
                found.append(f"{user} sees an old sheet")
            elif missing := [value for value in _last(run) if value[:100] not in message.text]:
                found.append(f"{user} doesn't see {missing}")
    finally:
        await database.close()
    return found


def _last(run: Any) -> list[str]:
    """The words of the last entries of the step on show, as far as a sheet shows them."""
    values = [entry.value for entry in run.entries_of(run.step)][-LINES:]
    return [value if isinstance(value, str) else value["name"] for value in values]
