"""What is due because a group's time runs: a signal some time before the end, one shortly before it, and the end."""

from __future__ import annotations

from bot.core.fires import Fire, FireKind
from bot.core.hours import day_of
from bot.core.report_back import ReportQueue
from bot.core.run import Run, is_at_work
from bot.core.timers import signals


def of_run(run: Run, zone: str) -> list[Fire]:
    """All that is told to a run's people about its time. Nothing where they are done, or it is closed."""
    if not is_at_work(run) or run.timer is None or run.timer.ends_at is None:
        return []
    return [
        Fire(
            key=f"r{run.id}.timer.{left}",
            version=run.timer.ends_at.isoformat(),
            kind=FireKind.TIMER,
            subject=f"r{run.id}",
            series=f"r{run.id}.timer",
            workshop_id=run.workshop_id,
            item=left,
            on=day_of(at, zone),
            due_at=at,
            ends_at=useless,
        )
        for left, at, useless in signals(run.timer)
    ]


SPOKEN = 30  # seconds: of so much before the end, and of the end, is told who speaks for a group


def of_queue(workshop_id: int, queue: ReportQueue | None, zone: str) -> list[Fire]:
    """All that is told to whoever reports about their time."""
    timer = queue.timer if queue is not None and queue.is_open else None
    if queue is None or timer is None or timer.ends_at is None:
        return []
    return [
        Fire(
            key=f"w{workshop_id}.report.{queue.number}.{queue.on}.{left}",
            version=timer.ends_at.isoformat(),
            kind=FireKind.REPORT,
            subject=f"w{workshop_id}.report",
            series=f"w{workshop_id}.report",
            workshop_id=workshop_id,
            item=left,
            on=day_of(at, zone),
            due_at=at,
            ends_at=useless,
        )
        for left, at, useless in signals(timer)
        if left <= SPOKEN
    ]
