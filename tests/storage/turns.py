"""A runner on a real database, and small things to put into turns."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.committed import Committed
from bot.core.dialogue import Person
from bot.core.merging import MergeProposal
from bot.core.plan import ActionPlan
from bot.core.plenary import Plenary
from bot.core.room import Room
from bot.core.run import Run
from bot.core.workshop import Workshop, open_workshop
from bot.runner import Runner
from content.catalogues import Catalogues
from storage.database import Database

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA, BEN = (Person(user_id=id, name=name, language="en") for id, name in ((5, "Ada"), (6, "Ben")))


async def started(database: Database, locales: Path, *, organiser_ids: frozenset[int] = frozenset()) -> Runner:
    """A runner as after the start of the bot."""
    made = Runner(
        database, {}, lambda: NOW, catalogues=Catalogues(locales), organiser_ids=organiser_ids, dice=random.Random(1)
    )
    await made.start()
    return made


def a_workshop(id: int = 1, **more) -> Workshop:
    workshop = open_workshop(
        id=id,
        programme="small",
        title="W",
        first_on=NOW.date(),
        country="KE",
        zone="Africa/Nairobi",
        code=f"CODE{id}",
        link_token=f"link{id}",
        facilitator_token=f"token{id}",
        organiser_id=5,
        organiser_name="Ada",
        now=NOW,
    )
    return replace(workshop, **more)


def a_run(id: int = 1, **more) -> Run:
    return replace(
        Run(id=id, workshop_id=1, exercise="1.a", group=id, step="gap", opened_at=NOW, active_at=NOW), **more
    )


async def commit(
    runner: Runner, *values: Person | Workshop | Run | ActionPlan | Room | Plenary | MergeProposal
) -> Committed:
    turn = runner.begin()
    turn.put(*values)
    runner.keep(turn)
    return await runner.commit()
