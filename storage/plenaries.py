"""Daily closes, report-back queues, remarks, votes and quick polls: rows ↔ Plenary. Only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Row
from typing import Any, TypeVar

import orjson

from bot.core.day_close import CloseAnswer, DayClose
from bot.core.dot_vote import DotVote, VoteItem
from bot.core.plenary import Plenary
from bot.core.quick_poll import QuickPoll
from bot.core.remarks import Remark
from bot.core.report_back import ReportQueue
from bot.core.timers import Timer
from storage import codec, polls
from storage.database import Database, Write

_CLOSE = """
    INSERT INTO day_closes (workshop_id, closes_on, opened_at, ended_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (workshop_id, closes_on) DO UPDATE SET ended_at = excluded.ended_at
"""
_PROGRESS = """
    INSERT INTO close_progress (workshop_id, closes_on, member, through) VALUES (?, ?, ?, ?)
    ON CONFLICT (workshop_id, closes_on, member) DO UPDATE SET through = excluded.through
"""
_ANSWER = """
    INSERT INTO close_answers (workshop_id, closes_on, number, question, value, shown) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, closes_on, number) DO UPDATE SET shown = excluded.shown
"""
_QUEUE = """
    INSERT INTO report_queues (workshop_id, number, exercise, opened_at, waiting, on_now, past, skipped, ends_at,
        seconds_left, ended_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, number) DO UPDATE SET
        waiting = excluded.waiting, on_now = excluded.on_now, past = excluded.past, skipped = excluded.skipped,
        ends_at = excluded.ends_at, seconds_left = excluded.seconds_left, ended_at = excluded.ended_at
"""
_REMARK = """
    INSERT INTO remarks (workshop_id, number, queue, group_number, author, text, state) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, number) DO UPDATE SET state = excluded.state
"""
_VOTE = """
    INSERT INTO dot_votes (workshop_id, number, exercise, step, dots, opened_at, items, ended_at, totals, voters)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, number) DO UPDATE SET
        ended_at = excluded.ended_at, totals = excluded.totals, voters = excluded.voters
"""
_POLL = """
    INSERT INTO quick_polls (workshop_id, number, question, answers, opened_at, ended_at, totals, voters)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, number) DO UPDATE SET
        ended_at = excluded.ended_at, totals = excluded.totals, voters = excluded.voters
"""
_DOTS = """
    INSERT INTO dots (workshop_id, vote, member, items) VALUES (?, ?, ?, ?)
    ON CONFLICT (workshop_id, vote, member) DO UPDATE SET items = excluded.items
"""
_NO_DOTS = "DELETE FROM dots WHERE workshop_id = ? AND vote = ?"

K = TypeVar("K")
V = TypeVar("V")


Rows = list[tuple[object, ...]]


async def load(database: Database, workshop_id: int) -> Plenary:
    """A workshop's plenary; an empty one where nothing has been done yet."""

    async def rows(table: str) -> list[Row]:
        return await database.read(f"SELECT * FROM {table} WHERE workshop_id = ?", (workshop_id,))  # noqa: S608

    through: dict[str, dict[int, int]] = defaultdict(dict)
    for row in await rows("close_progress"):
        through[row["closes_on"]][row["member"]] = row["through"]
    answers: dict[str, dict[int, CloseAnswer]] = defaultdict(dict)
    for row in await rows("close_answers"):
        answers[row["closes_on"]][row["number"]] = CloseAnswer(
            number=row["number"], question=row["question"], value=row["value"], shown=bool(row["shown"])
        )
    placed: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
    for row in await rows("dots"):
        placed[row["vote"]][row["member"]] = _numbers(row["items"])
    return Plenary(
        workshop_id=workshop_id,
        closes={
            date.fromisoformat(day := row["closes_on"]): DayClose(
                on=date.fromisoformat(day),
                opened_at=codec.from_instant(row["opened_at"]),
                ended_at=codec.from_maybe_instant(row["ended_at"]),
                through=through[day],
                answers=answers[day],
            )
            for row in await rows("day_closes")
        },
        queues={row["number"]: _queue(row) for row in await rows("report_queues")},
        remarks={row["number"]: _remark(row) for row in await rows("remarks")},
        votes={row["number"]: _vote(row, placed[row["number"]]) for row in await rows("dot_votes")},
        polls={row["number"]: _poll(row) for row in await rows("quick_polls")},
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(orjson.loads(text))


def _queue(row: Row) -> ReportQueue:
    ends_at, left = codec.from_maybe_instant(row["ends_at"]), row["seconds_left"]
    return ReportQueue(
        number=row["number"],
        exercise=row["exercise"],
        opened_at=codec.from_instant(row["opened_at"]),
        waiting=_numbers(row["waiting"]),
        on=row["on_now"],
        past=_numbers(row["past"]),
        skipped=_numbers(row["skipped"]),
        timer=None if ends_at is None and left is None else Timer(ends_at=ends_at, left=left),
        ended_at=codec.from_maybe_instant(row["ended_at"]),
    )


def _remark(row: Row) -> Remark:
    return Remark(
        number=row["number"],
        queue=row["queue"],
        group=row["group_number"],
        author=row["author"],
        text=row["text"],
        state=row["state"],
    )


def _vote(row: Row, placed: Mapping[int, tuple[int, ...]]) -> DotVote:
    items = [VoteItem(number=number, group=group, text=text) for number, group, text in orjson.loads(row["items"])]
    return DotVote(
        number=row["number"],
        exercise=row["exercise"],
        step=row["step"],
        dots=row["dots"],
        opened_at=codec.from_instant(row["opened_at"]),
        items=tuple(items),
        placed=placed,
        ended_at=codec.from_maybe_instant(row["ended_at"]),
        totals=dict(orjson.loads(row["totals"])),
        voters=row["voters"],
    )


def _poll(row: Row) -> QuickPoll:
    return QuickPoll(
        number=row["number"],
        question=row["question"],
        answers=tuple(orjson.loads(row["answers"])),
        opened_at=codec.from_instant(row["opened_at"]),
        ended_at=codec.from_maybe_instant(row["ended_at"]),
        totals=dict(orjson.loads(row["totals"])),
        voters=row["voters"],
    )


def changes(pairs: list[tuple[Plenary | None, Plenary]]) -> list[Write]:
    """What to write so that each stored plenary (the first of a pair; None: not known) becomes the second."""
    writes: list[Write] = []
    for before, after in pairs:
        was = before or Plenary(workshop_id=after.workshop_id)
        writes += _close_changes(after.workshop_id, was, after)
        queues = [_queue_row(after.workshop_id, each) for _, _, each in _changed(was.queues, after.queues)]
        remarks = [
            (after.workshop_id, each.number, each.queue, each.group, each.author, each.text, each.state)
            for _, _, each in _changed(was.remarks, after.remarks)
        ]
        writes += [(_QUEUE, queues), (_REMARK, remarks), *_vote_changes(after.workshop_id, was, after)]
        writes += _poll_changes(after.workshop_id, was, after)
    return [(sql, rows) for sql, rows in writes if rows]


def _changed(was: Mapping[K, V], now: Mapping[K, V]) -> Iterator[tuple[K, V | None, V]]:
    """What is new or differs: the key, how it was (None: not there), and how it is."""
    for key, value in now.items():
        if was.get(key) != value:
            yield key, was.get(key), value


def _close_changes(workshop_id: int, was: Plenary, now: Plenary) -> list[Write]:
    closes: Rows = []
    progress: Rows = []
    answers: Rows = []
    for day, before, after in _changed(was.closes, now.closes):
        key = (workshop_id, day.isoformat())
        closes.append((*key, codec.instant(after.opened_at), codec.maybe_instant(after.ended_at)))
        through, given = (before.through, before.answers) if before else ({}, {})
        progress += [(*key, member, at) for member, _, at in _changed(through, after.through)]
        answers += [
            (*key, each.number, each.question, each.value, int(each.shown))
            for _, _, each in _changed(given, after.answers)
        ]
    return [(_CLOSE, closes), (_PROGRESS, progress), (_ANSWER, answers)]


def _queue_row(workshop_id: int, queue: ReportQueue) -> tuple[object, ...]:
    return (
        workshop_id,
        queue.number,
        queue.exercise,
        codec.instant(queue.opened_at),
        _json(queue.waiting),
        queue.on,
        _json(queue.past),
        _json(queue.skipped),
        codec.maybe_instant(queue.timer.ends_at) if queue.timer else None,
        queue.timer.left if queue.timer else None,
        codec.maybe_instant(queue.ended_at),
    )


def _vote_changes(workshop_id: int, was: Plenary, now: Plenary) -> list[Write]:
    votes: Rows = []
    dots: Rows = []
    forgotten: Rows = []
    for number, before, after in _changed(was.votes, now.votes):
        items = [(each.number, each.group, each.text) for each in after.items]
        votes.append(
            (
                workshop_id,
                number,
                after.exercise,
                after.step,
                after.dots,
                codec.instant(after.opened_at),
                _json(items),
                codec.maybe_instant(after.ended_at),
                _json(list(after.totals.items())),
                after.voters,
            )
        )
        placed = before.placed if before else {}
        dots += [(workshop_id, number, member, _json(mine)) for member, _, mine in _changed(placed, after.placed)]
        forgotten += [(workshop_id, number)] if placed and not after.placed else []
    return [(_VOTE, votes), (_NO_DOTS, forgotten), (_DOTS, dots)]


def _poll_changes(workshop_id: int, was: Plenary, now: Plenary) -> list[Write]:
    rows: Rows = []
    over: list[Write] = []
    for number, _, after in _changed(was.polls, now.polls):
        rows.append(
            (
                workshop_id,
                number,
                after.question,
                _json(after.answers),
                codec.instant(after.opened_at),
                codec.maybe_instant(after.ended_at),
                _json(list(after.totals.items())),
                after.voters,
            )
        )
        over += polls.forget(workshop_id, number) if not after.is_open else []
    return [(_POLL, rows), *over]


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
