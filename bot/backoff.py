"""How long to wait before trying again."""

from __future__ import annotations


def backoff(attempt: int, dice: float, first: float = 0.5, most: float = 30.0) -> float:
    """Seconds to wait after the `attempt`th failure in a row (from 1): doubling from `first` up to `most`.

    `dice` (0 to 1) spreads them by half, so that many who wait don't come back at the same instant.
    """
    return min(most, first * 2.0 ** min(max(attempt - 1, 0), 16)) * (0.5 + dice / 2)
