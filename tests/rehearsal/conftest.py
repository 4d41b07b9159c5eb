from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.rehearsal import ApiError, Phone, World

TOKEN = "123456:rehearsal"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(TOKEN, clock=clock)


@pytest.fixture
def ama(world: World) -> Phone:
    phone = world.phone(700_000_000_001, "Ama", "Boateng")
    phone.start()
    return phone


Api = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
def api(world: World) -> Api:
    """Call a method with keywords; a refusal comes back as "code description"."""

    async def call(method: str, **params: Any) -> Any:
        try:
            return await world.call(method, params)
        except ApiError as error:
            return f"{error.code} {error.description}"

    return call


@pytest.fixture
def say(world: World, ama: Phone) -> Api:
    """Send Ama a message, by default "Hello"."""

    async def send(text: str = "Hello", **params: Any) -> Any:
        return await world.call("sendMessage", {"chat_id": ama.user.id, "text": text, **params})

    return send


def buttons(*rows: list[str]) -> dict[str, Any]:
    """An inline keyboard whose buttons carry their labels as data."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in row] for row in rows]}
