"""How fast may be sent: in all, to one chat, and what a refusal (429) holds back. Pure: time is an argument.

All times are seconds of a clock that never goes back.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

GROUP_WINDOW = 60.0
LATENESS = 0.004  # seconds that a timer may be late without the pace falling behind
CHATS_IN_A_ROW = 3  # refusals of different chats, nothing let through in between: then it isn't about a chat


@dataclass(frozen=True, slots=True)
class Pacing:
    """The limits, as the settings have them, and how many requests may be under way at once."""

    per_second: float = 29.5
    chat_per_second: float = 1.0
    chat_burst: int = 5
    group_chat_per_minute: float = 20.0
    board_interval_seconds: float = 2.0
    retry_seconds: float = 0.5  # to wait after a first failure; doubles with each further one
    senders: int = 64
    quick_senders: int = 16  # for toasts and reactions, which no pace holds back


class Pacer:
    """The pace of everything together: one request after another at even distances, never a burst.

    No sliding second ever holds more than `per_second` requests (rounded up). As that follows from the distances, it
    holds across a restart too, if the first request keeps its distance from the start: hence `now`.
    """

    def __init__(self, per_second: float, now: float) -> None:
        self._distance = 1.0 / per_second
        self._next = now + self._distance
        self._held_until = now
        # Catching up after a late timer brings requests closer together; what a second holds is counted as well.
        self._recent: deque[float] = deque(maxlen=math.ceil(per_second))

    def hold(self, until: float) -> None:
        """Let nothing leave before `until`."""
        self._held_until = max(self._held_until, until)

    def held(self, now: float) -> bool:
        """Say whether everything is held back."""
        return now < self._held_until

    def at(self) -> float:
        """The instant from which the next request may leave."""
        earliest = max(self._next, self._held_until)
        if len(self._recent) == self._recent.maxlen:
            # A hair more than a second, so that rounding can't put one too many into a window.
            earliest = max(earliest, self._recent[0] + 1.000001)
        return earliest

    def take(self, now: float) -> None:
        """Count a request that leaves now; the caller has waited until `at()`."""
        self._next = max(self._next, now - LATENESS) + self._distance
        self._recent.append(now)


class ChatPace:
    """The pace of one chat: a steady rate with a short burst; in a group chat also a number a minute."""

    __slots__ = ("_allowance", "_at", "_burst", "_rate", "_recent")

    def __init__(self, pacing: Pacing, group: bool, now: float) -> None:
        self._rate = pacing.chat_per_second
        self._burst = float(pacing.chat_burst)
        self._allowance = self._burst
        self._at = now
        most = max(1, math.floor(pacing.group_chat_per_minute))
        self._recent: deque[float] | None = deque(maxlen=most) if group else None

    def at(self) -> float:
        """The instant from which the next message may leave."""
        earliest = self._at if self._allowance >= 1 else self._at + (1 - self._allowance) / self._rate
        if self._recent is not None and len(self._recent) == self._recent.maxlen:
            earliest = max(earliest, self._recent[0] + GROUP_WINDOW + 0.001)
        return earliest

    def take(self, now: float) -> None:
        """Count a message that leaves now; the caller has waited until `at()`."""
        now = max(now, self._at)
        self._allowance = min(self._burst, self._allowance + (now - self._at) * self._rate) - 1
        self._at = now
        if self._recent is not None:
            self._recent.append(now)

    def forgettable_at(self) -> float:
        """The instant from which this pace is as good as a new one."""
        earliest = self._at + (self._burst - self._allowance) / self._rate
        return max(earliest, self._recent[-1] + GROUP_WINDOW) if self._recent else earliest


class Refusals:
    """Finds out what a 429 is about. Telegram's answer is the same ("Too Many Requests: retry after 5") whether one
    chat gets too much or everything together is too much: it names the chat only in that the request did. So a refusal
    is the chat's, until several chats in a row are refused and nothing is let through in between.
    """

    def __init__(self) -> None:
        self._chats: set[int] = set()

    def refused(self, chat_id: int) -> bool:
        """Note a refusal; say whether it is about everything."""
        self._chats.add(chat_id)
        return len(self._chats) >= CHATS_IN_A_ROW

    def accepted(self) -> None:
        """Note that something was let through."""
        self._chats.clear()
