"""The pace as a model: whatever comes whenever, no window holds too much, order stays, nobody starves."""

import asyncio
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.backoff import backoff
from bot.core.message import Priority
from bot.delivery.lanes import Job, Lanes
from bot.delivery.pacing import ChatPace, Pacer, Pacing, Refusals

GAPS = st.lists(st.floats(0, 0.5) | st.just(0.0) | st.floats(0, 0.05), min_size=1, max_size=400)


def most_in_window(times: list[float], seconds: float) -> int:
    """The most that any half-open window of this length holds."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


@given(GAPS, st.sampled_from([1.0, 7.3, 29.5, 30.0]), st.lists(st.floats(0, 0.02), min_size=1, max_size=50))
def test_no_second_ever_holds_more_than_the_pace(gaps, rate, lateness):
    """Requests come at any time; each leaves when it may, or a bit later, as timers are late."""
    pacer, now, left = Pacer(rate, 0.0), 0.0, []
    for number, gap in enumerate(gaps):
        now = max(now + gap, pacer.at() + lateness[number % len(lateness)])
        pacer.take(now)
        left.append(now)
    assert most_in_window(left, 1.0) <= math.ceil(rate)


@given(st.lists(st.integers(1, 60), min_size=2, max_size=6), st.floats(0, 2))
def test_no_second_holds_more_across_restarts(numbers, pause):
    now, left = 100.0, []
    for number in numbers:
        pacer = Pacer(29.5, now)  # a new process, which knows nothing of the last
        for _ in range(number):
            now = max(now, pacer.at())
            pacer.take(now)
            left.append(now)
        now += pause * (number % 2)
    assert most_in_window(left, 1.0) <= 30


def test_a_steady_stream_uses_the_pace_though_timers_are_late():
    pacer, now = Pacer(29.5, 0.0), 0.0
    for _ in range(1000):
        now = max(now, pacer.at()) + 0.0015
        pacer.take(now)
    assert now < 1000 / 29.5 * 1.01


def test_a_high_pace_needs_no_timer_for_each():
    pacer, waits = Pacer(1e5, 0.0), 0
    now = 1.0
    for _ in range(1000):
        if pacer.at() > now:
            waits += 1
            now = pacer.at() + 0.001
        pacer.take(now)
    assert waits < 20


def test_holding_everything():
    pacer = Pacer(29.5, 0.0)
    pacer.hold(10.0)
    pacer.hold(5.0)
    assert (pacer.held(9.9), pacer.held(10.0), pacer.at()) == (True, False, 10.0)


@given(GAPS, st.booleans())
def test_one_chat_gets_a_burst_a_rate_and_so_many_a_minute(gaps, group):
    pace, now, left = ChatPace(Pacing(), group, 0.0), 0.0, []
    for gap in gaps:
        now = max(now + gap, pace.at())
        pace.take(now)
        left.append(now)
    for seconds in (1, 5, 30):
        assert most_in_window(left, seconds) <= 5 + seconds
    if group:
        assert most_in_window(left, 60) <= 20
    assert pace.forgettable_at() >= now


def test_a_429_is_about_everything_when_nothing_else_gets_through():
    refusals = Refusals()
    assert [refusals.refused(chat) for chat in (1, 1, 1, 2, 2)] == [False] * 5
    refusals.accepted()
    assert [refusals.refused(chat) for chat in (1, 2, 3, 4)] == [False, False, True, True]


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_waiting_grows_but_not_without_end(attempt, dice):
    assert 0.25 <= backoff(attempt, dice) <= 30
    assert backoff(attempt, 1.0) <= backoff(attempt + 1, 1.0)


FREE = Pacing(chat_per_second=1.0, chat_burst=2)
OPS = st.lists(
    st.tuples(st.just("push"), st.integers(1, 4), st.sampled_from(list(Priority)))
    | st.tuples(st.sampled_from(["take", "finish", "again", "wait", "drop"]), st.integers(0, 3), st.none()),
    max_size=150,
)


@given(OPS)
@settings(max_examples=300)
def test_lanes_keep_order_and_take_the_most_urgent_that_may_go(ops):
    async def run():
        lanes, now = Lanes(FREE), 0.0
        waiting: list[Job] = []
        under_way: list[Job] = []
        taken: list[Job] = []
        for op, number, priority in ops:
            if op == "push":
                job = Job(number, priority)
                waiting.append(job)
                lanes.push(job, now)
            elif op == "wait":
                now += 0.7
            elif op == "drop" and waiting:
                lanes.drop(waiting.pop(number % len(waiting)))
            elif op == "take":
                found = lanes.take(now)
                busy = {each.chat_id for each in under_way}
                free = [
                    each
                    for each in waiting
                    if each.chat_id not in busy
                    and max(lanes.lane(each.chat_id, now).held_until, lanes.lane(each.chat_id, now).pace.at()) <= now
                ]
                if found is None:
                    assert free == []
                else:
                    job = found
                    assert job.chat_id not in busy
                    assert job.priority == min(each.priority for each in free)
                    same = [each for each in free if (each.chat_id, each.priority) == (job.chat_id, job.priority)]
                    assert same[0] is job
                    waiting.remove(job)
                    under_way.append(job)
                    lanes.lane(job.chat_id, now).pace.take(now)
            elif op == "finish" and under_way:
                job = under_way.pop(number % len(under_way))
                taken.append(job)
                lanes.finish(job, now)
            elif op == "again" and under_way:
                job = under_way.pop(number % len(under_way))
                waiting.insert(0, job)
                lanes.again(job, now, now + 0.5)
            assert lanes.open == len(waiting) + len(under_way)
        for job in under_way:
            lanes.finish(job, now)
        while waiting:
            next_one = lanes.take(now)
            if next_one is None:
                assert now < lanes.wakes_at() < math.inf
                now = lanes.wakes_at()
                continue
            waiting.remove(next_one)
            lanes.lane(next_one.chat_id, now).pace.take(now)
            lanes.finish(next_one, now)
        now += 1000
        assert lanes.take(now) is None
        while lanes.wakes_at() < math.inf:
            assert lanes.take(now) is None
        assert len(lanes) == 0

    asyncio.run(run())


@given(st.lists(st.floats(0, 30), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None)
def test_an_answer_never_waits_behind_a_broadcast(taps):
    """1,000 recipients; each tap comes from a chat of its own and leaves in the next two turns."""
    lanes, pacer, now = Lanes(Pacing()), Pacer(29.5, 0.0), 0.0
    for chat in range(1000):
        lanes.push(Job(chat + 1, Priority.LIVE), now)
    coming = sorted(taps)
    chats = iter(range(10_000, 11_000))
    since: dict[int, float] = {}
    waits = []
    while lanes.open or coming:
        if lanes.open == 0:
            now = max(now, coming[0])
        while coming and coming[0] <= now:
            chat = next(chats)
            since[chat] = coming.pop(0)
            lanes.push(Job(chat, Priority.ANSWER), now)
        job = lanes.take(now)
        if job is None:
            continue
        now = max(now, pacer.at())
        pacer.take(now)
        lanes.lane(job.chat_id, now).pace.take(now)
        lanes.finish(job, now)
        if job.chat_id in since:
            together = sum(abs(each - since[job.chat_id]) < 1.5 for each in since.values())
            waits.append((now - since[job.chat_id]) / together)
    assert max(waits) <= 2.01 / 29.5
