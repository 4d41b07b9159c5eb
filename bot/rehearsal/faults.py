"""Faults that a test orders: refusals, broken connections and slow answers, for the next calls of a kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.rehearsal.errors import ApiError


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with an API error; nothing takes effect."""

    error: ApiError


@dataclass(frozen=True, slots=True)
class Drop:
    """Break the connection, before the request takes effect or after it."""

    processed: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """Take effect at once, and answer after so many seconds."""

    seconds: float


Outcome = Refuse | Drop | Delay


@dataclass(slots=True)
class _Order:
    method: str
    chat_id: int | None
    left: int
    outcome: Outcome


@dataclass(slots=True)
class Faults:
    """The orders still open, oldest first."""

    _orders: list[_Order] = field(default_factory=list)

    def add(
        self,
        *,
        method: str = "*",
        chat_id: int | None = None,
        times: int = 1,
        outcome: Outcome | ApiError,
    ) -> None:
        """Let the next `times` calls of a method (any for "*"), to one chat or to all, end in this outcome."""
        made = Refuse(outcome) if isinstance(outcome, ApiError) else outcome
        self._orders.append(_Order(method.lower(), chat_id, times, made))

    def clear(self) -> None:
        """Forget all orders."""
        self._orders.clear()

    @property
    def open(self) -> int:
        """How many faults are still to come."""
        return sum(order.left for order in self._orders)

    def take(self, method: str, chat_id: int | None) -> Outcome | None:
        """The outcome ordered for a call of this method (in lower case), used up by asking."""
        for order in self._orders:
            if order.method in ("*", method) and order.chat_id in (None, chat_id):
                order.left -= 1
                if not order.left:
                    self._orders.remove(order)
                return order.outcome
        return None
