"""Files on their way in: asked for again where that helps, handed on once, and fetched after a start if cut off."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from telegram.error import BadRequest, NetworkError

from bot.committed import Fetch
from bot.intake import fetching
from bot.intake.fetching import Fetching
from tests.stage import stage
from tests.transcripts.setups import two_planned


class Place:
    """Where files come from and go to."""

    def __init__(self, *answers: bytes | Exception | None) -> None:
        self.answers = list(answers)
        self.came: list[tuple[str, bytes | None]] = []
        self.fetching = Fetching(self.download, self.arrived)

    async def download(self, file_id: str) -> bytes | None:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def arrived(self, fetch: Fetch, data: bytes | None) -> None:
        self.came.append((fetch.file_id, data))

    async def fetch(self) -> list[tuple[str, bytes | None]]:
        self.fetching.take([Fetch(1, "one")])
        await self.fetching.quiet()
        return self.came


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "backoff", lambda attempt, dice: 0.0)


async def test_a_broken_connection_is_tried_again() -> None:
    assert await Place(NetworkError("x"), NetworkError("x"), b"file").fetch() == [("one", b"file")]


async def test_what_stays_broken_is_given_up_and_said() -> None:
    assert await Place(*[NetworkError("x")] * fetching.TRIES).fetch() == [("one", None)]


async def test_a_file_that_is_gone_is_not_asked_for_again() -> None:
    place = Place(BadRequest("file is too big"))
    assert await place.fetch() == [("one", None)]
    assert place.answers == []


async def test_a_file_that_never_ends_is_given_up_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LONGEST", 0.01)
    place = Place()
    place.fetching = Fetching(lambda file_id: asyncio.sleep(3600, b"never"), place.arrived)
    assert await asyncio.wait_for(place.fetch(), 5) == [("one", None)]


async def test_an_answer_that_makes_no_sense_is_said_too(caplog: pytest.LogCaptureFixture) -> None:
    assert await Place(KeyError("file_path of somebody's")).fetch() == [("one", None)]
    assert "somebody" not in caplog.text


async def test_one_that_cannot_be_handled_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    place = Place(b"one", b"two")

    async def broken(fetch: Fetch, data: bytes | None) -> None:
        if data == b"one":
            raise ValueError("words of somebody's")
        place.came.append((fetch.file_id, data))

    place.fetching = Fetching(place.download, broken)
    place.fetching.take([Fetch(1, "one"), Fetch(2, "two")])
    await place.fetching.quiet()
    assert place.came == [("two", b"two")]
    assert "somebody" not in caplog.text


async def test_what_an_end_cut_off_is_fetched_after_the_next_start(tmp_path: Path) -> None:
    async with stage(tmp_path, restarting=False) as on:
        await two_planned(on)
        on.restarting = False
        await on.do("Esi", "/import")
        phone = on.phone("Esi")
        phone.document("good.xlsx", on.files["good.xlsx"])
        fetched = on.app.fetching
        on.app.fetching = Fetching(lambda file_id: asyncio.sleep(3600, None), on.app._arrived)  # it never comes
        while await on.app.take_once():
            pass
        await on.app.delivery.quiet(drain_boards=True)
        assert "I'm reading good.xlsx" in phone.last.text
        assert fetched is not on.app.fetching
        await on.close()
        await on.settle()
        assert "good.xlsx: 2 actions to add" in phone.last.text
