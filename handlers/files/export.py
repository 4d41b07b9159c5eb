"""/export: a plan, or for facilitators what groups made on a day, as a file. It is made when it is delivered, of what
stands then."""

from __future__ import annotations

from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Kind, Phrase, Screen
from bot.core.plan_dialogue import PlanExport
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, command, screen, tap
from handlers.files import day as day_files
from handlers.files import making as plan_files
from handlers.files.taps import ExportAll, ExportDay, ExportPlan, ExportWhich, ImportPlan
from handlers.plan.desk import PlanDesk, plan_desk_of
from handlers.render import Renderer


def file_row(desk: PlanDesk) -> tuple[Choice, ...]:
    """A plan's ways out and in, as buttons below its list."""
    choices = []
    if desk.plan.actions() and plan_files.may_take(desk):
        choices.append(button("export.label", ExportPlan(desk.plan.id, "")))
    if desk.actor.plans:
        choices.append(button("import.label", ImportPlan(desk.workshop.id, desk.plan.group)))
    return tuple(choices)


@command("export")
async def export(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await _ask_which(here, workshop.id)


async def _ask_which(here: Here, workshop_id: int) -> None:
    workshop, member = await here.member(workshop_id)
    desks = await plan_files.desks_of(here.turn, here.person, workshop)
    days = await day_files.days_of(here.turn, here.person, workshop)
    if not desks and not days:
        raise Refusal("export.nothing_yet" if member.leads else "export.no_plan")
    only = desks[0].plan.id if len(desks) == 1 and not days else 0
    here.ask(PlanExport(workshop_id=workshop.id, plan_id=only))


@tap(ExportWhich)
async def export_which(here: Here, action: ExportWhich) -> None:
    await _ask_which(here, action.workshop)


@screen(PlanExport)
async def export_screen(reader: Reader, person: Person, dialogue: PlanExport) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    desks = await plan_files.desks_of(reader, person, workshop) if workshop else []
    days = await day_files.days_of(reader, person, workshop) if workshop else []
    if not desks and not days:
        return None
    if dialogue.day:
        return _how_day(dialogue) if dialogue.day in days else None
    if not dialogue.plan_id and not dialogue.all:
        return _which(dialogue, desks, days)
    if not desks:
        return None
    forms = plan_files.OF_SEVERAL if dialogue.all else plan_files.FORMS
    title = next((desk.title for desk in desks if desk.plan.id == dialogue.plan_id), None)
    if dialogue.all:
        title = Phrase("export.all_title", {"workshop": desks[0].workshop.title})
    if title is None:
        return None
    buttons = [button(f"export.form.{form}", _send(dialogue, form)) for form in forms]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    back = (button("label.back", ExportWhich(dialogue.workshop_id)),) if len(desks) + len(days) > 1 else ()
    return Screen("export.how", {"title": title}, (*rows, (*back, button("label.close", Close()))))


def _how_day(dialogue: PlanExport) -> Screen:
    keys = {"xlsx": "export.form.answers"}
    buttons = [
        button(keys.get(form, f"export.form.{form}"), ExportDay(dialogue.workshop_id, dialogue.day, form))
        for form in day_files.FORMS
    ]
    ways = (button("label.back", ExportWhich(dialogue.workshop_id)), button("label.close", Close()))
    return Screen(
        "export.how", {"title": day_files.title(dialogue.day)}, (tuple(buttons[:2]), tuple(buttons[2:]), ways)
    )


def _which(dialogue: PlanExport, desks: list[PlanDesk], days: list[int]) -> Screen:
    rows = [(button("export.day", ExportDay(dialogue.workshop_id, day, ""), day=day),) for day in days]
    rows += [(Choice(desk.title, pack(ExportPlan(desk.plan.id, ""))),) for desk in desks]
    if len(desks) > 1:
        rows.append((button("export.all", ExportAll(dialogue.workshop_id, "")),))
    return Screen("export.which", rows=(*rows, (button("label.close", Close()),)))


def _send(dialogue: PlanExport, form: str) -> ExportAll | ExportPlan:
    return ExportAll(dialogue.workshop_id, form) if dialogue.all else ExportPlan(dialogue.plan_id, form)


@tap(ExportPlan)
async def export_plan(here: Here, action: ExportPlan) -> None:
    desk = await plan_desk_of(here, action.plan)
    if not plan_files.may_take(desk):
        raise Refusal("plan.not_yours")
    if not action.form:
        here.ask(PlanExport(workshop_id=desk.workshop.id, plan_id=desk.plan.id))
        return
    await _queue(here, [desk], action.form, plan_files.FORMS)


@tap(ExportAll)
async def export_all(here: Here, action: ExportAll) -> None:
    workshop, _ = await here.member(action.workshop)
    desks = await plan_files.desks_of(here.turn, here.person, workshop)
    if not desks:
        raise Refusal("export.no_plan")
    if not action.form:
        here.ask(PlanExport(workshop_id=workshop.id, all=True))
        return
    await _queue(here, desks, action.form, plan_files.OF_SEVERAL if len(desks) > 1 else plan_files.FORMS)


@tap(ExportDay)
async def export_day(here: Here, action: ExportDay) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if await day_files.made_on(here.turn, here.person, workshop, action.day) is None:
        raise Refusal("export.nothing_yet")
    if not action.form:
        here.ask(PlanExport(workshop_id=workshop.id, day=action.day))
        return
    if action.form not in day_files.FORMS:
        raise Refusal("tap.old")
    here.ask(None)
    await here.turn.say(
        here.user_id,
        "export.caption",
        kind=Kind.DOCUMENT,
        title=day_files.title(action.day),
        form=action.form,
        workshop=workshop.id,
        day=action.day,
    )


async def _queue(here: Here, desks: list[PlanDesk], form: str, forms: tuple[str, ...]) -> None:
    """Have the files of a form sent: what they are, and no bytes yet."""
    if form not in forms:
        raise Refusal("tap.old")
    here.ask(None)
    what = await plan_files.planned(here.turn, desks)
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    count = plan_files.parts(form, what, renderer, here.turn.now)
    several = len(desks) > 1
    title = Phrase("export.all_title", {"workshop": desks[0].workshop.title}) if several else desks[0].title
    sent = min(count, plan_files.MOST_PICTURES)
    for part in range(1, sent + 1):
        key = "export.caption_xlsx" if form == "xlsx" else "export.caption"
        if count > 1:
            key = "export.caption_cut" if part == sent < count else "export.caption_part"
        await here.turn.say(
            here.user_id,
            key,
            kind=Kind.DOCUMENT,
            title=title,
            part=part,
            parts=count,
            form=form,
            workshop=desks[0].workshop.id,
            plan=0 if several else desks[0].plan.id,
        )
