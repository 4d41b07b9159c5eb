"""The parking lot: nothing in it is forgotten, and nothing anonymous leads back to anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.core import parking
from bot.core.errors import Refusal
from bot.core.parking import Parked

NOW = datetime(2027, 6, 15, 14, tzinfo=UTC)
TODAY = date(2027, 6, 15)


def lot(*authors: int | None) -> dict[int, Parked]:
    found: dict[int, Parked] = {}
    for author in authors:
        found = parking.park(found, f"Question of {author}", author=author, on=TODAY)
    return found


def refused(key: str, function, *args, **kwargs) -> None:
    with pytest.raises(Refusal) as refusal:
        function(*args, **kwargs)
    assert refusal.value.key == key


def test_what_is_parked_waits_in_order_until_it_is_ticked_off():
    known = lot(5, None, 6)
    assert [each.number for each in parking.open_ones(known)] == [1, 2, 3]
    known = parking.tick_off(known, 2, by=1, now=NOW)
    assert [each.number for each in parking.open_ones(known)] == [1, 3]
    assert [each.number for each in parking.open_ones(parking.put_back(known, 2))] == [1, 2, 3]
    assert max(parking.park(known, "Another", author=5, on=TODAY)) == 4


def test_an_anonymous_one_keeps_nothing_of_its_author_and_is_answered_to_the_room():
    known = lot(None)
    assert (known[1].author, known[1].parked_on) == (None, TODAY)
    assert not any(isinstance(getattr(known[1], name), datetime) for name in Parked.__slots__)
    refused("parking.nobody", parking.answer, known, 1, "Yes", by=1, to_room=False, now=NOW)
    answered = parking.answer(known, 1, "Yes", by=1, to_room=True, now=NOW)
    assert (answered[1].answer, answered[1].to_room, answered[1].is_open) == ("Yes", True, False)


def test_words_are_checked_and_the_lot_has_an_end():
    refused("input.empty", parking.park, {}, "  ", author=5, on=TODAY)
    refused("input.too_long", parking.park, {}, "x" * 401, author=5, on=TODAY)
    refused("input.too_long", parking.answer, lot(5), 1, "x" * 801, by=1, to_room=False, now=NOW)
    refused("parking.full", parking.park, lot(*([5] * 100)), "One more", author=6, on=TODAY)


def test_what_was_answered_in_writing_stays_answered():
    known = parking.answer(lot(5), 1, "Yes", by=1, to_room=False, now=NOW)
    refused("parking.gone", parking.answer, known, 1, "No", by=1, to_room=False, now=NOW)
    refused("parking.gone", parking.tick_off, known, 1, by=1, now=NOW)
    refused("parking.gone", parking.put_back, known, 1)
    refused("parking.gone", parking.put_back, lot(5), 1)
    refused("parking.gone", parking.tick_off, {}, 7, by=1, now=NOW)
