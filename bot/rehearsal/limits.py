"""How much a bot may send, held to strictly: what goes beyond is refused with 429 and the seconds to wait."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from bot.rehearsal.errors import too_many


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of messages, and how long things last, in seconds. A pace of None is not enforced."""

    overall_per_second: int | None = None
    per_chat_per_second: float | None = None
    per_chat_burst: int = 5
    per_group_per_minute: int | None = None
    callback_answer_seconds: float = 15.0
    callback_update_seconds: float = 150.0
    update_seconds: float = 86_400.0

    @classmethod
    def strict(cls) -> Limits:
        """The paces that Telegram documents: 30 a second, 1 a second to a chat, 20 a minute to a group."""
        return cls(overall_per_second=30, per_chat_per_second=1.0, per_group_per_minute=20)


@dataclass(slots=True)
class Pace:
    """Counts what was sent. Times are seconds of a clock that never goes back."""

    limits: Limits
    _overall: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)  # allowance left, and when that was

    def check(self, chat_id: int, now: float) -> None:
        """Count one message to a chat, or raise the 429 that Telegram gives; a refused message isn't counted."""
        wait = max(self._overall_wait(now), self._group_wait(chat_id, now))
        allowance = self._allowance(chat_id, now)
        if allowance is not None and allowance < 1 and self.limits.per_chat_per_second:
            wait = max(wait, (1 - allowance) / self.limits.per_chat_per_second)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        if self.limits.overall_per_second is not None:
            self._overall.append(now)
        if allowance is not None:
            self._chats[chat_id] = (allowance - 1, now)
        if chat_id < 0 and self.limits.per_group_per_minute is not None:
            self._groups.setdefault(chat_id, deque()).append(now)

    def _overall_wait(self, now: float) -> float:
        if self.limits.overall_per_second is None:
            return 0.0
        return _window_wait(self._overall, self.limits.overall_per_second, 1.0, now)

    def _group_wait(self, chat_id: int, now: float) -> float:
        if chat_id >= 0 or self.limits.per_group_per_minute is None:
            return 0.0
        return _window_wait(self._groups.setdefault(chat_id, deque()), self.limits.per_group_per_minute, 60.0, now)

    def _allowance(self, chat_id: int, now: float) -> float | None:
        rate, burst = self.limits.per_chat_per_second, self.limits.per_chat_burst
        if rate is None:
            return None
        left, at = self._chats.get(chat_id, (float(burst), now))
        return min(float(burst), left + (now - at) * rate)


def _window_wait(times: deque[float], most: int, window: float, now: float) -> float:
    while times and times[0] <= now - window:
        times.popleft()
    return 0.0 if len(times) < most else times[len(times) - most] + window - now
