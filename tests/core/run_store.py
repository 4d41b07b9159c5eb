"""Runs in a real database, one step at a time."""

from __future__ import annotations

import asyncio
from datetime import date
from itertools import count

from bot.core.run import Run, open_run
from bot.core.workshop import open_workshop
from storage import runs, workshops
from storage.database import Database
from tests.core.small import EXERCISE, NOW


class Store:
    """Runs in a real database."""

    def __init__(self, loop: asyncio.Runner, database: Database) -> None:
        self.loop = loop
        self.database = database
        self.ids = count(1)
        workshop = open_workshop(
            id=1,
            programme="small",
            title="W",
            first_on=date(2026, 3, 2),
            country="KE",
            zone="Africa/Nairobi",
            code="ABCDEF",
            link_token="l",
            facilitator_token="f",
            organiser_id=5,
            organiser_name="Ada",
            now=NOW,
        )
        person = "INSERT INTO people (user_id, name, language) VALUES (5, 'Ada', 'en')"
        self.loop.run(database.write([(person, [()]), *workshops.changes([(None, workshop)])]))

    def new_run(self) -> Run:
        id = next(self.ids)
        return self.saved(None, open_run(id=id, workshop_id=1, exercise=EXERCISE, group=id, now=NOW))

    def saved(self, before: Run | None, after: Run) -> Run:
        """The run as it is read after it was written."""
        self.loop.run(self.database.write(runs.changes([(before, after)])))
        loaded = self.loop.run(runs.load(self.database, after.id))
        assert loaded == after
        assert list(loaded.entries) == sorted(after.entries)
        return loaded
