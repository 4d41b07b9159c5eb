"""A group's walk through an exercise, as inputs: words for the sheet, and the taps that answer, move and publish."""

from __future__ import annotations

from dataclasses import replace

from bot.core import checked, moves, walk
from bot.core.dialogue import Person, TooLong
from bot.core.errors import Refusal
from bot.core.exercise import Step, StepKind
from bot.core.message import Screen
from bot.core.run import Overtaken
from bot.core.words import clean, pieces
from handlers import callbacks as to
from handlers import conflicts, rating, rows, sheet
from handlers.assess import own_sheet
from handlers.context import Here, Reader, tap
from handlers.desk import Desk, desk_for, desk_of, save
from handlers.item_taps import TakeOffered
from handlers.plan import steps as plan_steps
from handlers.render import Renderer, says


async def screen_of(reader: Reader, person: Person) -> Screen | None:
    """The sheet in front of somebody, if there is one."""
    run = await reader.run(person.sheet_run_id) if person.sheet_run_id else None
    desk = await desk_for(reader, person, run)
    return sheet.screen(desk) if desk else None


async def refused(here: Here, refusal: Refusal) -> None:
    """Tell somebody what a rule said, with the names that the rule doesn't know; open the choice of a conflict."""
    desk: Desk | None = here.desk
    if desk is None and here.person.sheet_run_id:
        desk = await desk_for(here.turn, here.person, await here.turn.run(here.person.sheet_run_id))
    key, params = refusal.key, dict(refusal.params)
    if isinstance(refusal, Overtaken):
        here.toast("sheet.overtaken")
        return
    if key in ("sheet.pen_only", "sheet.pen_moves") and desk is not None and desk.exercise.whole_room:
        key = "sheet.room_leads"
    elif key in ("sheet.pen_only", "sheet.pen_moves") and desk is not None:
        pen = desk.group.pen if desk.group else None
        key, params = (f"{key}_free", {}) if pen is None else (key, {"name": desk.name(pen)})
    elif key == "sheet.moved_on" and desk is not None:
        params = {"step": desk.content(desk.step.title)}
    elif key == "sheet.need_each" and desk is not None and desk.exercise.personal:
        done, of = own_sheet.progress(desk)
        key, params = "assess.left", {"count": of - done}
    elif key == "groups.role_taken" and "name" not in params and desk is not None:
        params["name"] = desk.name(params.get("member"))
    await here.reply(key, **params)


# Words -----------------------------------------------------------------------------------------------------------


async def wrote(here: Here, text: str) -> bool:
    """Put somebody's words on the sheet in front of them. False when there is none.

    Words belong to the step that stood on their phone when they wrote: the group may have moved on in between.
    """
    shown = here.turn.on_show(here.user_id, "sheet")
    run_id = int(shown.subject) if shown and shown.subject.isdecimal() else here.person.sheet_run_id
    if here.person.sheet_run_id is None or run_id is None:
        return False
    desk = await desk_for(here.turn, here.person, await here.turn.run(run_id))
    if desk is None:
        return False
    here.desk = desk
    step = (desk.exercise.step(shown.part) if shown else None) or desk.step
    if step.id != desk.step.id and step.kind not in (StepKind.LIST, StepKind.TABLE, StepKind.TEXT):
        step = desk.step
    if step.id == desk.step.id:
        await answer(here, desk, step, text)
    else:
        await answer(here, replace_step(desk, step), step, text)
        await here.say("sheet.added_elsewhere", step=desk.content(step.title), now=desk.content(desk.step.title))
    return True


def replace_step(desk: Desk, step: Step) -> Desk:
    return replace(desk, step=step)


async def answer(here: Here, desk: Desk, step: Step, text: str) -> None:
    """Put words on a step of a sheet."""
    if step.kind is StepKind.CHOICE and (pick := _typed_option(here, desk, text)):
        entry = walk.standing(desk.run, step, desk.actor)
        version = entry.version if entry else 0
        save(here, desk, walk.pick(desk.run, desk.limited, desk.actor, pick, now=here.turn.now, version=version))
        here.acknowledge()
        return
    if _is_closed(desk) and any(each.kind is StepKind.PLAN for each in desk.exercise.steps):
        raise Refusal("draft.published")
    if step.items_from is not None:
        rating.typed(here, desk, step, text)
        return
    if step.kind is StepKind.PLAN:
        await plan_steps.wrote(here, desk, step, text)
        return
    if step.kind is StepKind.CHOICE and not desk.options and not desk.by_number:
        step = replace(step, own_words=True)  # nothing earlier is there to choose from
    longest = step.columns[0].max_length if step.kind is StepKind.TABLE else step.max_length
    words = clean(text)
    parts = pieces(words, longest)
    room = (step.maximum or len(parts)) - len(desk.run.entries_of(step.id))
    if step.kind is StepKind.LIST and 1 < len(parts) <= room and not _is_closed(desk):
        here.ask(TooLong(run_id=desk.run.id, step=step.id, text=words))
        return
    try:
        run = walk.write(desk.run, step, desk.actor, text, now=here.turn.now)
    except Overtaken as overtaken:
        conflicts.ask_which(here, desk, step, overtaken)
        return
    save(here, desk, run)
    here.acknowledge()
    if isinstance(here.person.dialogue, TooLong):
        here.ask(None)  # it was sent shorter
    if step.kind is StepKind.TABLE:
        rows.begin(here, desk, run, run.next_entry - 1)


def _is_closed(desk: Desk) -> bool:
    return desk.run.published_at is not None and not desk.actor.leads


def _typed_option(here: Here, desk: Desk, text: str) -> str:
    """The option that typed words mean: its label, or its number on the list."""
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    words = text.strip()
    for number, (pick, label) in enumerate(desk.options, 1):
        if says(words, renderer.plain(label)) or words == str(number):
            return pick
    return ""


# Taps ------------------------------------------------------------------------------------------------------------


@tap(to.Next)
async def next_(here: Here, action: to.Next) -> None:
    desk = await desk_of(here, action.run)
    run = moves.next_step(
        desk.exercise, desk.run, desk.actor, action.step, members=len(desk.members), now=here.turn.now
    )
    save(here, desk, run)


@tap(to.Skip)
async def skip(here: Here, action: to.Skip) -> None:
    desk = await desk_of(here, action.run)
    save(here, desk, moves.skip(desk.exercise, desk.run, desk.actor, action.step, now=here.turn.now))


@tap(to.Back)
async def back(here: Here, action: to.Back) -> None:
    desk = await desk_of(here, action.run)
    save(here, desk, moves.back(desk.exercise, desk.run, desk.actor, action.step, now=here.turn.now))


@tap(to.Publish)
async def publish(here: Here, action: to.Publish) -> None:
    desk = await desk_of(here, action.run)
    run = moves.publish(desk.exercise, desk.run, desk.actor, action.step, now=here.turn.now)
    if desk.step.agrees_plan and desk.run.published_at is None:
        await plan_steps.agree(here, desk)
    save(here, desk, run)


def _step_on_show(desk: Desk, step_id: str) -> Step:
    """The step of a tap. Refuses when the group has moved on."""
    if desk.step.id != step_id:
        raise Refusal("sheet.moved_on")
    return desk.step


@tap(to.Pick)
async def pick(here: Here, action: to.Pick) -> None:
    desk = await desk_of(here, action.run)
    step = _step_on_show(desk, action.step)
    offered = [pick for pick, _ in desk.options]
    chosen = action.option
    if chosen.startswith("@") and chosen[1:].isdecimal() and int(chosen[1:]) < len(offered):
        chosen = offered[int(chosen[1:])]
    if chosen not in offered:
        raise Refusal("tap.old")
    try:
        run = walk.pick(desk.run, desk.limited, desk.actor, chosen, now=here.turn.now, version=action.version)
    except Overtaken as overtaken:
        conflicts.ask_which(here, desk, step, overtaken)
        return
    save(here, desk, run)


@tap(to.Rate)
async def rate(here: Here, action: to.Rate) -> None:
    desk = await desk_of(here, action.run)
    step = _step_on_show(desk, action.step)
    number = checked.number(action.number, step.minimum, step.maximum) if action.number else None
    try:
        run = walk.rate(desk.run, step, desk.actor, number, now=here.turn.now, version=action.version)
    except Overtaken as overtaken:
        conflicts.ask_which(here, desk, step, overtaken)
        return
    save(here, desk, run)


@tap(to.TakePrefill)
async def take_prefill(here: Here, action: to.TakePrefill) -> None:
    desk = await desk_of(here, action.run)
    step = _step_on_show(desk, action.step)
    if not desk.prefill:
        raise Refusal("tap.old")
    run = walk.write(desk.run, step, desk.actor, desk.prefill, now=here.turn.now)
    save(here, desk, run)
    if step.kind is StepKind.TABLE:
        rows.begin(here, desk, run, run.next_entry - 1)


@tap(TakeOffered)
async def take_offered(here: Here, action: TakeOffered) -> None:
    desk = await desk_of(here, action.run)
    step = _step_on_show(desk, action.step)
    walk.check_may_answer(desk.run, step, desk.actor)
    words = dict(desk.offered).get(action.item)
    if words is None:
        raise Refusal("tap.old")
    save(here, desk, walk.write(desk.run, step, desk.actor, words, now=here.turn.now))


@tap(to.Split)
async def split(here: Here, action: to.Split) -> None:
    """Add a text that was too long as several entries."""
    dialogue = here.person.dialogue
    if not isinstance(dialogue, TooLong) or dialogue.run_id != action.run:
        raise Refusal("tap.old")
    desk = await desk_of(here, action.run)
    step = desk.exercise.step(dialogue.step)
    if step is None:
        raise Refusal("sheet.gone")
    save(here, desk, walk.write_in_parts(desk.run, step, desk.actor, dialogue.text, now=here.turn.now))
    here.ask(None)
