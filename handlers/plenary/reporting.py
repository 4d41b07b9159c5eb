"""The report-back queue: facilitators call one group after the other; the room reads along on its own phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core import remarks, report_back
from bot.core.access import may_see_product
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.exercise import Exercise
from bot.core.message import Choice, ContentText, Moment, Phrase, Screen
from bot.core.plenary import next_number
from bot.core.plenary_dialogue import ReportAsk
from bot.core.report_back import ReportQueue
from bot.core.run import Run
from bot.core.sequence import run_of
from bot.core.timers import is_over
from bot.core.workshop import Member, Workshop
from handlers.callbacks import ShowProduct
from handlers.context import Here, Reader, button, lines, screen, tap
from handlers.plenary.around import save
from handlers.plenary.taps import AddRemark, ReportDo, ReportOn, ShowPlenary, ShowRemarks

STEPS = {
    "next": report_back.advance,
    "skip": report_back.skip,
    "later": report_back.later,
    "back": report_back.back,
    "more": report_back.more_time,
    "end": report_back.end,
}


def reportable(reader: Reader, workshop: Workshop, runs: Sequence[Run]) -> list[Exercise]:
    """The exercises of which groups have published something, the newest first."""
    programme = reader.programme(workshop)
    newest: dict[str, Any] = {}
    for run in runs:
        exercise = programme.exercises.get(run.exercise)
        if exercise is not None and run.group and not exercise.whole_room and run.published_at is not None:
            newest[exercise.id] = max(run.published_at, newest.get(exercise.id, run.published_at))
    return [programme.exercises[id] for id in sorted(newest, key=lambda id: newest[id], reverse=True)]


def published_groups(runs: Sequence[Run], exercise: str) -> list[int]:
    return sorted(run.group for run in runs if run.exercise == exercise and run.group and run.published_at)


@tap(ReportOn)
async def report_on(here: Here, action: ReportOn) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    plenary = await here.turn.plenary(workshop.id)
    if plenary.queue is not None:
        raise Refusal("report.goes_on")
    runs = await here.turn.runs_of(workshop.id)
    offered = reportable(here.turn, workshop, runs)
    if not offered:
        raise Refusal("report.nothing")
    if not action.exercise and len(offered) > 1:
        here.ask(ReportAsk(workshop_id=workshop.id))
        return
    chosen = action.exercise or offered[0].id
    if chosen not in {each.id for each in offered}:
        raise Refusal("tap.old")
    number = next_number(plenary.queues)
    queue = report_back.begin(number, chosen, published_groups(runs, chosen), here.turn.now)
    save(here.turn, workshop, plenary, replace(plenary, queues={**plenary.queues, number: queue}))
    here.ask(None)


@screen(ReportAsk)
async def which_screen(reader: Reader, person: Person, dialogue: ReportAsk) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    offered = reportable(reader, workshop, await reader.runs_of(workshop.id))
    rows = [(_titled(workshop, each),) for each in offered]
    return Screen("report.which", rows=(*rows, (button("label.back", ShowPlenary(workshop.id)),)))


def _titled(workshop: Workshop, exercise: Exercise) -> Choice:
    title = ContentText(workshop.programme, exercise.title)
    return button("label.titled", ReportOn(workshop.id, exercise.id), number=exercise.id, title=title)


@tap(ReportDo)
async def do(here: Here, action: ReportDo) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    plenary = await here.turn.plenary(workshop.id)
    queue = plenary.queues.get(action.queue)
    step = STEPS.get(action.what)
    if queue is None or step is None:
        raise Refusal("tap.old")
    if queue.is_open and queue.on != action.seen:
        raise Refusal("report.elsewhere")  # two facilitators tapped at once: one group is called, not two
    queue = report_back.joined(queue, published_groups(await here.turn.runs_of(workshop.id), queue.exercise))
    after = step(queue, here.turn.now)
    save(here.turn, workshop, plenary, replace(plenary, queues={**plenary.queues, after.number: after}))


# On everybody's phone --------------------------------------------------------------------------------------------


async def stage_part(reader: Reader, workshop: Workshop, member: Member) -> tuple[str, Screen] | None:
    """How the reports look for a member: those who lead, whoever speaks, and the room. Whoever is called gets it as a
    new message; for the others it changes in place."""
    plenary = await reader.plenary(workshop.id)
    queue = plenary.queue
    exercise = reader.programme(workshop).exercises.get(queue.exercise) if queue is not None else None
    if queue is None or exercise is None:
        return None
    runs = await reader.runs_of(workshop.id)
    picked = remarks.picked(plenary.remarks, queue.number)
    title = ContentText(workshop.programme, exercise.title)
    heading = Phrase("report.heading", {"id": exercise.id, "title": title})
    said = _said(workshop, picked) if picked is not None and picked.group == queue.on else []
    mine = member.number == reporter_of(workshop, exercise, queue.on)
    part = f"queue:{queue.number}" + (f":{len(queue.past)}" if mine else "")
    now = _on_now(reader, workshop, exercise, queue, you=mine)
    if member.leads:
        text = [heading, now, *_order(queue), _by_voice(workshop, exercise, queue), *said]
        new = [each for each in remarks.on_report(plenary.remarks, queue.number, queue.on) if each.state == "new"]
        rows = _steering(workshop, exercise, queue, runs, len(new))
    else:
        then = Phrase("report.then", {"count": 1, "groups": str(queue.waiting[0])}) if queue.waiting else None
        text = [heading, now, then if queue.on else None, *said]
        rows = _along(workshop, exercise, queue, runs, member)
    return part, Screen("lines", lines(*text), rows)


def _said(workshop: Workshop, picked: remarks.Remark) -> list[Phrase | str]:
    author = workshop.members.get(picked.author)
    return ["", Phrase("remark.shown", {"name": author.name if author else "–", "text": picked.text})]


def _on_now(reader: Reader, workshop: Workshop, exercise: Exercise, queue: ReportQueue, *, you: bool) -> Phrase:
    if not queue.on or queue.timer is None or queue.timer.ends_at is None:
        return Phrase("report.soon", {"group": queue.waiting[0]}) if queue.waiting else Phrase("report.all_reported")
    over, until = is_over(queue.timer, reader.present()), Moment(queue.timer.ends_at, "time")
    if you:
        key = "report.your_time_up" if over else "report.you"
        return Phrase(key, {"group": queue.on} if over else {"group": queue.on, "until": until})
    if over:
        return Phrase("report.time_up", {"group": queue.on})
    reporter = workshop.members.get(reporter_of(workshop, exercise, queue.on) or 0)
    if reporter is None:
        return Phrase("report.now", {"group": queue.on, "until": until})
    return Phrase("report.now_named", {"group": queue.on, "name": reporter.name, "until": until})


def reporter_of(workshop: Workshop, exercise: Exercise, group: int) -> int | None:
    """Who speaks for a group: its reporter, if they are still here."""
    formation = workshop.formation(exercise.grouping)
    found = formation.groups.get(group) if formation else None
    active = {each.number for each in workshop.active()}
    return found.reporter if found is not None and found.reporter in active else None


def _order(queue: ReportQueue) -> list[Phrase]:
    done = [each for each in queue.past if each not in queue.skipped]
    then = queue.waiting if queue.on else queue.waiting[1:]  # the first one is named as such
    parts = (("report.then", then), ("report.done_groups", done), ("report.skipped", queue.skipped))
    return [
        Phrase(key, {"count": len(groups), "groups": [str(each) for each in groups]}) for key, groups in parts if groups
    ]


def _by_voice(workshop: Workshop, exercise: Exercise, queue: ReportQueue) -> Phrase | None:
    """That whoever is on can't be called by phone."""
    if not queue.on:
        return None
    reporter = workshop.members.get(reporter_of(workshop, exercise, queue.on) or 0)
    if reporter is None:
        return Phrase("report.no_reporter", {"group": queue.on})
    if reporter.user_id is None:
        return Phrase("report.no_phone", {"name": reporter.name, "group": queue.on})
    return None


def _steering(
    workshop: Workshop, exercise: Exercise, queue: ReportQueue, runs: Sequence[Run], new: int
) -> tuple[tuple[Choice, ...], ...]:
    def step(key: str, what: str, style: str = "", **params: Any) -> Choice:
        return button(key, ReportDo(workshop.id, queue.number, queue.on, what), style=style, **params)

    rows: list[tuple[Choice, ...]] = []
    if queue.waiting:
        rows.append((step("label.report.call", "next", "primary", number=queue.waiting[0]),))
    elif queue.on:
        rows.append((step("label.report.finish", "next", "primary", number=queue.on),))
    if queue.on:
        rows.append((step("label.report.skip", "skip"), step("label.report.later", "later")))
        rows.append((step("label.report.back", "back"), step("label.report.more", "more")))
        run = run_of(runs, exercise.id, queue.on)
        read = (button("label.report.card", ShowProduct(run.id, 0)),) if run is not None else ()
        said = button("label.remark.show", ShowRemarks(workshop.id, queue.number, queue.on, 0), new=new)
        rows.append((*read, said))
    elif queue.past:
        rows.append((step("label.report.back", "back"),))
    rows.append((step("label.report.end", "end"),))
    return tuple(rows)


def _along(
    workshop: Workshop, exercise: Exercise, queue: ReportQueue, runs: Sequence[Run], member: Member
) -> tuple[tuple[Choice, ...], ...]:
    """What everybody else can do while a group speaks."""
    run = run_of(runs, exercise.id, queue.on) if queue.on else None
    if run is None:
        return ()
    mine = member.number == reporter_of(workshop, exercise, queue.on)
    may = may_see_product(workshop, exercise, run, member)
    key = "label.report.your_card" if mine else "label.report.card"
    read = (button(key, ShowProduct(run.id, 0)),) if may else ()
    add = () if mine else (button("label.remark.add", AddRemark(workshop.id, queue.number, queue.on)),)
    return ((*read, *add),)
