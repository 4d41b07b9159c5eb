from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from storage.database import Database
from tests.handlers.talk import Talk


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A bot whose organiser is the first who appears."""
    database = await Database.open(tmp_path / "data")
    made = Talk(database, frozenset({1001}))
    await made.runner.start()
    try:
        yield made
    finally:
        await database.close()


@pytest_asyncio.fixture
async def unclaimed(tmp_path: Path) -> AsyncIterator[Talk]:
    """A bot that has no organiser yet."""
    database = await Database.open(tmp_path / "data")
    made = Talk(database, frozenset())
    await made.runner.start()
    try:
        yield made
    finally:
        await database.close()
