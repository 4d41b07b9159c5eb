"""What time brings in the plenary: the daily close opens and ends by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.room import is_here
from bot.core.workshop import Workshop
from bot.runner import Turn
from handlers.plenary import closing
from handlers.plenary.around import today

OF_PLENARY = frozenset({FireKind.DAY_CLOSE})


@dataclass(frozen=True, slots=True)
class OfPlenary:
    """One thing that is due to a whole room."""

    fire: Fire

    async def say(self, turn: Turn) -> None:
        workshop = await turn.workshop(self.fire.workshop_id)
        done = workshop is not None and await self._carry_out(turn, workshop)
        if done:
            turn.put(replace(self.fire, status=FireStatus.DONE, done_at=turn.now))
        else:
            turn.put(replace(self.fire, status=FireStatus.MISSED, reason="stale", done_at=turn.now))

    async def give_up(self, turn: Turn) -> None:
        turn.put(replace(self.fire, status=FireStatus.MISSED, reason="failed", done_at=turn.now))

    async def _carry_out(self, turn: Turn, workshop: Workshop) -> bool:
        """Whether there was something to do."""
        fire = self.fire
        if fire.ends_at is not None and fire.ends_at <= turn.now:
            return False
        plenary = await turn.plenary(workshop.id)
        close = plenary.closes.get(fire.on)
        if fire.item:
            if close is None or not close.is_open:
                return False
            await closing.end_close(turn, workshop, fire.on)
            return True
        if close is not None or fire.on != today(turn, workshop) or not await _anybody_here(turn, workshop):
            return False
        await closing.open_close(turn, workshop)
        return True


async def _anybody_here(turn: Turn, workshop: Workshop) -> bool:
    """Whether anybody who could be asked was heard of today: a day that doesn't take place isn't closed."""
    people = [await turn.person(each.user_id) for each in workshop.participants() if each.user_id is not None]
    return any(each is not None and is_here(each.seen_at, turn.now, workshop.zone) for each in people)
