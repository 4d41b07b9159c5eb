"""Wrong codes: how many somebody may try before they have to wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

MOST = 5
WITHIN = timedelta(minutes=10)


def recent(wrong: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """The wrong attempts that still count."""
    return tuple(at for at in wrong if now - at < WITHIN)


def minutes_to_wait(wrong: Sequence[datetime], now: datetime) -> int:
    """For how many minutes, rounded up, no further attempt is looked at; 0 when one is."""
    counted = sorted(recent(wrong, now))
    if len(counted) < MOST:
        return 0
    left = counted[-MOST] + WITHIN - now
    return max(1, -(-left // timedelta(minutes=1)))


def noted(wrong: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """The wrong attempts with one more; those that no longer count are dropped."""
    return (*recent(wrong, now), now)
