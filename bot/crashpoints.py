"""Named points at which a test can have the process killed, as a power cut would."""

from __future__ import annotations

import os
import signal

NAMES = ("before-commit", "after-commit", "before-send", "after-send")

_left: dict[str, int] = {}  # passes until death, by name


def parse(crash_at: str) -> tuple[str, int]:
    """The name and the count (from 1) of "name:count". Raises ValueError."""
    name, _, number = crash_at.partition(":")
    if name not in NAMES or not number.isdecimal() or int(number) < 1:
        raise ValueError(f"a crash point is one of {', '.join(NAMES)}, a colon and a count from 1")
    return name, int(number)


def arm(crash_at: str) -> None:
    """Die when the point of "name:count" is reached for the count-th time; "" disarms. Raises ValueError."""
    _left.clear()
    if crash_at:
        name, number = parse(crash_at)
        _left[name] = number


def reach(name: str) -> None:
    """Pass a point; does nothing unless it is armed."""
    if name in _left:
        _left[name] -= 1
        if _left[name] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
