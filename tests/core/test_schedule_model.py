"""Weeks in the life of a plan, at random: dates, rules, zones and people change, the bot is away, clocks are set back.
What the bot says is what a plain schedule says, to the minute; and whatever happens, nothing is said twice, early, at
night, or about what is over."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.due import TOGETHER
from bot.core.fires import FireKind
from tests.core.plain_schedule import DAY, Clock
from tests.core.schedule_life import Life, as_shown, shown

STARTS = (
    *(datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 10, 4, 15, tzinfo=UTC)),  # clocks change soon
    *(datetime(2028, 1, 31, 4, tzinfo=UTC), datetime(2027, 12, 6, 23, tzinfo=UTC)),
)
ZONES = (
    *("Africa/Accra", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"),
    *("Pacific/Kiritimati", "Etc/GMT+12", "Pacific/Niue", "Pacific/Chatham"),
)
OFFSETS = {"due": (-14, -7, -3, -1, 0), "overdue": (1, 2, 7), "decide": (5, 28), "milestone": (-3, 0), "tell": (0, 2)}
HOURS = st.sampled_from([time(9), time(9), time(2, 30), time(8), time(17, 45), time(23, 45)])
NUMBER = st.sampled_from([1, 2])
PARTY = st.sampled_from(["", "m1", "m2", "m3"])
NEAR = st.integers(-5, 45)  # days from the start
OFTEN = st.sampled_from(["", "-", "once", "weekly", "monthly", "milestones"])


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    off = draw(st.sampled_from([(5, 6), (5, 6), (4, 5), (4,), (3, 4), (0, 2, 6)]))
    free = draw(st.frozensets(st.integers(0, 90), max_size=25))
    days = frozenset(start.date() + number * DAY for start in STARTS for number in free)
    opens, shuts = draw(st.sampled_from([(8, 18), (8, 18), (7, 15), (0, 23), (12, 13)]))
    return Clock(draw(st.sampled_from(ZONES)), frozenset(off), days, time(opens), time(shuts))


@st.composite
def rules(draw: st.DrawFn) -> tuple[Any, ...]:
    id = draw(st.sampled_from(sorted(OFFSETS)))
    return ("rule", id, tuple(draw(st.sets(st.sampled_from(OFFSETS[id])))), draw(HOURS))


def edits(what: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just("edit"), NUMBER, st.just(what), value)


def lasts(what: str, *quarters: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(what), st.sampled_from(quarters))


GOES_ON = lasts("go_on", 1, 3, 17, 96, 200, 400, 700, 1200)
ACCOUNT = st.sampled_from([1, 2, 3])
HAPPENS = st.one_of(
    GOES_ON,
    lasts("away", 1, 5, 30, 100, 400, 1500),
    edits("due_on", st.none() | NEAR),
    edits("due_on", NEAR),
    edits("milestone", st.none() | NEAR),
    edits("until", st.none() | NEAR),
    edits("doers", st.sampled_from([(), ("m1",), ("m2",), ("m3", "m1"), ("m2", "m3")])),
    edits("owner", PARTY),
    edits("sender", PARTY),
    edits("often", OFTEN),
    edits("done", st.booleans()),
    st.tuples(st.just("tell"), NUMBER),
    rules(),
    st.tuples(st.just("moves"), st.integers(0, 3), st.none() | clocks()),
    st.tuples(st.just("mute"), ACCOUNT, st.sampled_from([8, 200, 672])),
    st.tuples(st.just("opt_out"), st.just(2)),  # and not whoever is asked for others, or has others asked
    st.tuples(st.just("unmute"), ACCOUNT),
    st.tuples(st.just("put_off"), ACCOUNT, st.integers(0, 3), st.integers(1, 20), HOURS),
    st.tuples(st.just("cancel"), ACCOUNT, st.integers(0, 3)),
    st.tuples(st.just("comes_or_goes")),
    st.tuples(st.just("changed")),  # nothing: a night's planning
)
FIRST = st.tuples(*[edits("due_on", NEAR), edits("often", OFTEN), edits("milestone", NEAR)] * 2).map(list)
LONG = ("go_on", 900)


def weeks(happens: st.SearchStrategy[tuple[Any, ...]]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    pairs = st.lists(st.tuples(GOES_ON, happens), min_size=3, max_size=10)
    return st.builds(lambda first, pairs: [*first, *(step for pair in pairs for step in pair), LONG], FIRST, pairs)


def lived(start: datetime, clock: Clock, steps: list[tuple[Any, ...]]) -> Life:
    life = Life(start, clock)
    for name, *arguments in steps:
        getattr(life, name)(*arguments)
    return life


def said(life: Life) -> list[Any]:
    return [(at, reader, sorted(map(shown, found), key=repr)) for at, reader, found in life.bot.said]


def expected(life: Life) -> list[Any]:
    return [(at, reader, sorted(map(as_shown, found), key=repr)) for at, reader, found in life.expected]


SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@settings(SLOW, max_examples=120)
@given(st.sampled_from(STARTS), clocks(), weeks(HAPPENS))
def test_what_is_said_is_what_a_plain_schedule_says_when_it_says_it(start, clock, steps) -> None:
    life = lived(start, clock, steps)
    assert said(life) == expected(life)


@settings(SLOW, max_examples=60)
@given(st.sampled_from(STARTS), clocks(), weeks(HAPPENS.filter(lambda step: step[0] != "away")))
def test_a_bot_that_is_never_away_never_says_that_it_was(start, clock, steps) -> None:
    life = lived(start, clock, steps)
    assert not [fire.key for _, _, found in life.bot.said for fire in found if fire.meant_at is not None]


@settings(SLOW, max_examples=80)
@given(st.sampled_from(STARTS), clocks(), weeks(st.one_of(HAPPENS, *[lasts("back", 1, 2, 4)] * 3)))
def test_whatever_happens_nothing_is_said_twice_or_out_of_order_or_within_the_hour(start, clock, steps) -> None:
    """What is said is looked at as it is said, too: wanted, due, and within its reader's hours."""
    life = lived(start, clock, steps)
    fires = [(at, fire) for at, _, found in life.bot.said for fire in found]
    times = Counter((fire.key, fire.version) for _, fire in fires)
    assert set(times.values()) <= {1}
    for reader in (1, 2, 3):
        theirs = [at for at, user_id, _ in life.bot.said if user_id == reader]
        gaps = [after - before for before, after in pairwise(theirs)]
        assert all(gap >= TOGETHER for gap in gaps) or life.set_back
    series: dict[tuple[str, str], list[datetime]] = {}
    for _, fire in fires:
        series.setdefault((fire.series, fire.version), []).append(fire.due_at)
    assert all(days == sorted(days) for days in series.values()) or life.set_back
    if not life.bot.workshop.rules:
        late = Counter((fire.series, fire.on) for _, fire in fires if fire.kind is FireKind.DUE and "+" in fire.key)
        assert all(count <= 5 for count in late.values())  # on the day itself, and four times after it
