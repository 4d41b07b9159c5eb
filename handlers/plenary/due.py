"""What time brings in the plenary: the daily close opens and ends by itself, and the time of reports runs out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.message import Priority
from bot.core.room import is_here
from bot.core.workshop import Workshop
from bot.turn import Turn
from handlers.plenary import closing, reporting
from handlers.plenary.around import today

OF_PLENARY = frozenset({FireKind.DAY_CLOSE, FireKind.REPORT})


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
        if fire.kind is FireKind.REPORT:
            return await self._signal(turn, workshop)
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

    async def _signal(self, turn: Turn, workshop: Workshop) -> bool:
        """Tell whoever reports how much time is left, and have all phones show it when it is over."""
        queue = (await turn.plenary(workshop.id)).queue
        exercise = turn.programme(workshop).exercises.get(queue.exercise) if queue is not None else None
        ends_at = queue.timer.ends_at if queue is not None and queue.timer is not None else None
        if queue is None or exercise is None or ends_at is None or ends_at.isoformat() != self.fire.version:
            return False
        left = self.fire.item
        if not left:
            turn.touch(f"plenary:{workshop.id}")
        reporter = workshop.members.get(reporting.reporter_of(workshop, exercise, queue.on) or 0)
        if reporter is not None and reporter.user_id is not None:
            about: dict[str, Any] = {"count": left} if left else {}
            until = self.fire.ends_at
            key = "report.seconds" if left else "report.ended"
            await turn.say(reporter.user_id, key, priority=Priority.LIVE, unasked=True, expires_at=until, **about)
        return True


async def _anybody_here(turn: Turn, workshop: Workshop) -> bool:
    """Whether anybody who could be asked was heard of today: a day that doesn't take place isn't closed."""
    people = [await turn.person(each.user_id) for each in workshop.participants() if each.user_id is not None]
    return any(each is not None and is_here(each.seen_at, turn.now, workshop.zone) for each in people)
