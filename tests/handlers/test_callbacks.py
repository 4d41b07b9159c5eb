"""What buttons carry: read back as it was packed, within Telegram's 64 bytes, and nothing else is taken for it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.fields import ID, PLAIN_ID
from content.loader import NAME
from handlers import callbacks, item_taps
from handlers.callbacks import LIMIT, Action, ColumnValue, Join, NewPick, Next, Pick, pack, unpack
from handlers.plan import people_taps as plan_people_taps

KINDS: list[type[Action]] = [
    kind
    for module in (callbacks, item_taps, plan_people_taps)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Action) and kind.verb
]
LONGEST_ID = "strategic_framework-2026"
NUMBERS = {
    "workshop": 999_999,
    "run": 999_999,
    "entry": 9_999,
    "version": 9_999,
    "member": 9_999,
    "page": 999,
    "group": 999,
    "mine": 1,
    "anyway": 2,
    "plan": 999_999,
    "contact": 9_999,
    "action": 9_999,
    "yes": 1,
    "days": 90,
    "kpi": 9_999,
    "fire": 999_999_999,
}
WORDS = {
    "step": LONGEST_ID,
    "option": LONGEST_ID,
    "column": LONGEST_ID,
    "value": LONGEST_ID,
    "exercise": LONGEST_ID,
    "grouping": LONGEST_ID,
    "number": "-10",
    "role": "timekeeper",
    "language": "zh-hant-hk",
    "what": "facilitator_link",
    "how": "count",
    "asks": "programme",
    "token": "abcdefghijkl-_09",
    "item": "999999=9999",
    "base": "-10",
    "do": "back",
    "party": "m9999",
    "menu": "stuck",
    "answer": "9999.not_started",
}


def is_number(field: Any) -> bool:
    return field.type in (int, "int")


def longest(kind: type[Action]) -> Action:
    """The action with the longest values that it has to carry; a field not named above needs a thought of its own."""
    return kind(*((NUMBERS if is_number(field) else WORDS)[field.name] for field in fields(kind)))


def test_the_longest_id_is_the_one_that_content_may_have():
    assert PLAIN_ID.fullmatch(LONGEST_ID)
    assert ID.fullmatch(LONGEST_ID)
    assert not ID.fullmatch(f"{LONGEST_ID}x")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_action_holds_the_longest_ids(kind):
    action = longest(kind)
    assert len(pack(action).encode()) <= LIMIT
    assert unpack(pack(action)) == action


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_action_holds_its_smallest_values(kind):
    for number in (0, -2):
        action = kind(*(number if is_number(field) else "" for field in fields(kind)))
        assert unpack(pack(action)) == action


def test_no_two_actions_share_a_verb():
    assert len({kind.verb for kind in KINDS}) == len(KINDS)
    with pytest.raises(ValueError, match="two actions are called n"):
        type("Other", (Action,), {}, verb="n")


@pytest.mark.parametrize("zone", [max(available_timezones(), key=len), "Africa/Nairobi"])
def test_answers_to_new_hold_any_zone_and_any_programmes_name(zone):
    longest_name = "p" * 48
    assert NAME.fullmatch(longest_name)
    assert not NAME.fullmatch(f"{longest_name}p")
    for pick in (NewPick("zone", zone), NewPick("programme", longest_name), NewPick("first_on", "2026-12-31")):
        assert unpack(pack(pick)) == pick


@pytest.mark.parametrize("pick", ["=9999", "@59", "north", "none-of_these"])
def test_a_pick_holds_an_option_an_earlier_entry_or_a_place(pick):
    action = Pick(999_999, 0, LONGEST_ID, pick)
    assert unpack(pack(action)) == action


def test_the_last_value_may_have_colons_and_no_other():
    assert unpack(pack(ColumnValue(1, 2, "when", "10:30"))) == ColumnValue(1, 2, "when", "10:30")
    with pytest.raises(ValueError, match="could not be read back"):
        pack(ColumnValue(1, 2, "wh:en", "10"))


@pytest.mark.parametrize("step", ["s" * 61, "é" * 31, "a\nb", "\ud800"])
def test_what_does_not_fit_is_not_packed(step):
    with pytest.raises(ValueError, match="callback data of n"):
        pack(Next(1, step))


ACTIONS = st.sampled_from(KINDS).flatmap(
    lambda kind: st.builds(
        kind,
        *(
            st.integers(-(10**18) + 1, 10**18 - 1) if is_number(field) else st.text(max_size=24)
            for field in fields(kind)
        ),
    )
)


@settings(max_examples=300, deadline=None)
@given(ACTIONS)
def test_whatever_is_packed_is_read_back_as_it_was(action):
    try:
        data = pack(action)
    except ValueError:
        return
    assert len(data.encode()) <= LIMIT
    assert unpack(data) == action


# Garbage -------------------------------------------------------------------------------------------------------------

VERBS = st.sampled_from([kind.verb for kind in KINDS])
PARTS = st.one_of(
    st.text(max_size=12), st.integers().map(str), st.sampled_from(["", "-", "--5", "007", "+1", "٣", "1_0", "9" * 19])
)
GARBAGE = st.one_of(
    st.text(), st.builds(lambda verb, parts: ":".join([verb, *parts]), VERBS, st.lists(PARTS, max_size=6))
)


@settings(max_examples=500, deadline=None)
@given(GARBAGE)
@example("join:--5")
@example("join:9223372036854775808")
@example("join:٣")
@example("x:")
@example("lang")
@example("n:1:" + "s" * 61)
@example("\ud800")
def test_what_no_button_carries_is_no_action(data):
    action = unpack(data)
    assert action is None or pack(action) == data


@pytest.mark.parametrize(
    "data",
    [
        *(
            "",
            ":",
            "x:",
            "x:1",
            "nothing",
            "nothing:1",
            "N:1:gap",
            "n",
            "n:",
            "n:1",
            "n::gap",
            "n:one:gap",
            "n:1.0:gap",
        ),
        *(
            "join:",
            "join:-",
            "join:--5",
            "join:5-",
            "join:+5",
            "join:05",
            "join:-0",
            "join: 5",
            "join:5\n",
            "join:٥",
            "join:²",
            "join:1:2",
        ),
        *("join:9223372036854775808", "join:" + "9" * 60, "n:1:" + "s" * 61, "n:1:a\x00b", "n:1:a\u202eb"),
    ],
)
def test_forged_data_leads_nowhere(data):
    assert unpack(data) is None


def test_numbers_as_large_as_the_database_takes_are_read():
    assert unpack(f"join:{10**18 - 1}") == Join(10**18 - 1)
