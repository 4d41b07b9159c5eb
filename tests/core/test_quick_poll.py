"""Quick polls: what may be asked, and what they come to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core import quick_poll
from bot.core.errors import Refusal

NOW = datetime(2027, 6, 15, 11, tzinfo=UTC)


def test_answers_are_lines():
    assert quick_poll.answers_of(" Yes \n\nNo\n") == ("Yes", "No")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Yes", "quick.how_many"),
        ("\n".join(str(at) for at in range(11)), "quick.how_many"),
        ("Yes\nno\nYES", "quick.twice"),
        (f"Yes\n{'n' * 81}", "input.too_long"),
    ],
)
def test_what_makes_no_poll_is_refused(text, key):
    with pytest.raises(Refusal) as refusal:
        quick_poll.answers_of(text)
    assert refusal.value.key == key


def test_totals_are_counted_at_the_end():
    poll = quick_poll.begin(1, "Shall we go on?", ("Yes", "No"), NOW)
    assert poll.shown == []
    over = quick_poll.end(poll, [(0,), (0,), (1,), (), (0,), (7,)], NOW)
    assert over.voters == 4
    assert over.shown == [("Yes", 3), ("No", 1)]
    with pytest.raises(Refusal, match=r"quick\.over"):
        quick_poll.end(over, [], NOW)


def test_of_a_few_nothing_is_shown():
    over = quick_poll.end(quick_poll.begin(1, "Go on?", ("Yes", "No"), NOW), [(0,), (1,), (0,)], NOW)
    assert over.voters == 3
    assert over.shown == []
