"""What the board says beside its tables: the agenda, who is there, the time, who calls, what was done last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core import agenda, hours
from bot.core.agenda import Session
from bot.core.exercise import Programme
from bot.core.message import Moment, Phrase
from bot.core.room import Room, is_here, leader
from bot.core.run import Run
from bot.core.steering import Deed
from bot.core.workshop import Workshop
from handlers.agenda.around import as_planned, sessions_of, title_of
from handlers.context import Reader, joined
from handlers.exercises import numbers
from handlers.steering.time import is_timed, on_board

DEED_SHOWN = timedelta(minutes=10)


def agenda_lines(reader: Reader, workshop: Workshop, now: datetime) -> list[Phrase]:
    """The session that is on, by how much it runs late, and the next one of its day."""
    found = sessions_of(reader, workshop)
    first = agenda.at_hand(found, now, workshop.zone)
    if first is None:
        return []
    late = _lateness(agenda.lateness(first, as_planned(reader, workshop, first), now, workshop.zone))
    if first.starts_at(workshop.zone) > now:
        return [_joined([_next(workshop, first, now), *late])]
    ends = Moment(first.ends_at(workshop.zone), "time")
    shown = [_joined([Phrase("board.now", {"title": title_of(workshop, first), "ends": ends}), *late])]
    following = agenda.at_hand([each for each in found if each.id != first.id], now, workshop.zone)
    if following is not None and following.on == first.on:
        shown.append(_next(workshop, following, now))
    return shown


def _joined(parts: Sequence[Phrase]) -> Phrase:
    return joined("room.dot", parts)


def _next(workshop: Workshop, session: Session, now: datetime) -> Phrase:
    today = session.on == hours.day_of(now, workshop.zone)
    starts = Moment(session.starts_at(workshop.zone), "time" if today else "both")
    return Phrase("board.next", {"title": title_of(workshop, session), "starts": starts})


def _lateness(minutes: int) -> list[Phrase]:
    if not minutes:
        return []
    return [Phrase("board.behind" if minutes > 0 else "board.ahead", {"count": abs(minutes)})]


async def present(reader: Reader, workshop: Workshop, now: datetime) -> Phrase:
    """How many are there, on a day of the workshop; and for how many the bot's messages don't count."""
    participants = workshop.participants()
    people = [await reader.person(each.user_id) for each in participants if each.user_id is not None]
    today = hours.day_of(now, workshop.zone)
    if any(each.on == today and not each.cancelled for each in sessions_of(reader, workshop)):
        here = sum(1 for each in people if each is not None and is_here(each.seen_at, now, workshop.zone))
        facts = [Phrase("board.here", {"here": here, "count": len(people)})]
    else:
        facts = [Phrase("room.joined", {"count": len(participants)})]
    if without := len(participants) - len(people):
        facts.append(Phrase("room.no_phone", {"count": without}))
    if away := sum(1 for each in people if each is not None and each.unreachable):
        facts.append(Phrase("room.unreachable", {"count": away}))
    return _joined(facts)


def lead_line(workshop: Workshop, room: Room) -> list[Phrase]:
    """Who leads the room, where it could be somebody else."""
    if len(workshop.facilitators()) < 2:
        return []
    return [Phrase("board.leads", {"name": workshop.members[leader(room, workshop)].name})]


def time_lines(programme: Programme, workshop: Workshop, runs: Sequence[Run], now: datetime) -> list[Phrase]:
    """How much time is left, exercise by exercise; groups that have the same on one line."""
    found: dict[tuple[str, str], list[int]] = {}
    said: dict[tuple[str, str], Phrase] = {}
    for run in runs:
        exercise = programme.exercises.get(run.exercise)
        formation = workshop.formation(exercise.grouping) if exercise else None
        left = on_board(run, now)
        if exercise is None or formation is None or run.group not in formation.groups or left is None:
            continue
        mark = (exercise.id, f"{left.key} {left.params}")
        found.setdefault(mark, []).append(run.group)
        said[mark] = left
    shown = []
    for mark, groups in found.items():
        at_work = [run for run in runs if run.exercise == mark[0] and is_timed(run)]
        whole = len(groups) == len(at_work)
        key = "board.time" if whole else "board.time_for"
        shown.append(Phrase(key, {"id": mark[0], "left": said[mark], **numbers(sorted(groups))}))
    return shown


def deed_line(workshop: Workshop, room: Room, now: datetime) -> list[Phrase]:
    """What a facilitator did last, for all of them to see."""
    done = room.last
    if done is None or now - done.done_at > DEED_SHOWN:
        return []
    by = workshop.members.get(done.by)
    about = {"name": by.name if by else "", "deed": _what(done), "at": Moment(done.done_at, "time")}
    if not done.groups:
        return [Phrase("deed.line", about)]
    return [Phrase("deed.line_for", {**about, **numbers(list(done.groups))})]


def _what(done: Deed) -> Phrase:
    return Phrase(f"deed.{done.what}", {"id": done.exercise, "count": done.minutes})
