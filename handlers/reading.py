"""What can be read beside the sheet: an example, what the options mean, help."""

from __future__ import annotations

from bot.core.dialogue import Person, Reading
from bot.core.message import Phrase, Screen
from handlers import callbacks as to
from handlers.context import Here, Reader, button, lines, screen, tap
from handlers.desk import desk_for, desk_of
from handlers.groups import group_screen
from handlers.listing import exercises_screen
from handlers.plan.steps import next_plan_screen
from handlers.products import product_screen


@tap(to.Show)
async def show(here: Here, action: to.Show) -> None:
    desk = await desk_of(here, action.run)
    if action.what not in ("example", "options", "help") or desk.exercise.step(action.step) is None:
        here.toast("tap.old")
        return
    here.ask(Reading(what=action.what, run_id=action.run, step=action.step))  # type: ignore[arg-type]


@screen(Reading)
async def reading_screen(reader: Reader, person: Person, dialogue: Reading) -> Screen | None:
    match dialogue.what:
        case "product":
            return await product_screen(reader, person, dialogue)
        case "exercises":
            return await exercises_screen(reader, person, dialogue)
        case "group":
            return await group_screen(reader, person, dialogue)
        case "plan":
            return await next_plan_screen(reader, person, dialogue)
    desk = await desk_for(reader, person, await reader.run(dialogue.run_id))
    step = desk.exercise.step(dialogue.step) if desk else None
    if desk is None or step is None:
        return None
    rows = ((button("label.close", to.Close()),),)
    match dialogue.what:
        case "example":
            text = {"title": desk.content(step.title), "text": desk.content(step.example)}
            return Screen("reading.example", text, rows)
        case "options":
            notes = [
                Phrase("reading.option", {"label": desk.content(option.label), "note": desk.content(option.note)})
                for option in step.options
            ]
            return Screen("lines", lines(*notes), rows)
        case _:
            return Screen(
                "lines",
                lines(
                    Phrase("reading.help", {"title": desk.content(step.title)}),
                    Phrase("sheet.hint", {"text": desk.content(step.hint)}) if step.hint else None,
                    desk.content(step.why) if step.why else None,
                    Phrase("assess.keys" if desk.exercise.personal else "reading.keys"),
                ),
                rows,
            )
