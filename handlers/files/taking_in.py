"""/import: actions from a file. It is fetched outside of any transaction; nothing is added before somebody says so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.committed import Fetch
from bot.core import plan_import as rules
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Phrase, Screen
from bot.core.plan import ActionPlan, member_party
from bot.core.plan_access import group_of
from bot.core.plan_dialogue import PlanImport
from bot.core.words import clean_line, shortened
from bot.core.workshop import Member, Workshop
from bot.runner import Runner
from bot.turn import Turn
from handlers.callbacks import Close
from handlers.context import Here, Pass, Reader, SentFile, button, command, lines, on_file, on_text, screen, tap
from handlers.files import reading as plan_reading
from handlers.files.reading import MOST_BYTES
from handlers.files.taps import ImportPlan, ImportYes
from handlers.plan.desk import plan_desk_of, plan_group, plan_of_group
from handlers.plan.state_screens import may_agree
from handlers.plan.taking_over import owners_named
from storage import codec

MOST_TITLES = 5  # on the screen
MOST_MISTAKES = 8
MOST_NAMES = 8
LONGEST_TITLE = 60  # characters
LONGEST_FILE = 50


@command("import")
async def import_(here: Here, rest: str) -> None:
    workshop, member = await here.current_workshop()
    await _ask(here, workshop, member, 0)


@tap(ImportPlan)
async def import_plan(here: Here, action: ImportPlan) -> None:
    workshop, member = await here.member(action.workshop)
    await _ask(here, workshop, member, action.group)


async def _ask(here: Here, workshop: Workshop, member: Member, group: int) -> None:
    """Ask for a file; facilitators who didn't say for which group are asked that first."""
    programme = here.turn.programme(workshop)
    if not member.leads:
        own = group_of(programme, workshop, member)
        if group not in (0, own):
            raise Refusal("plan.not_yours")
        group = own
    if member.leads and not _groups(here.turn, workshop):
        raise Refusal("plan.no_groups")
    if group or not member.leads:
        plan_group(programme, workshop, group)
    here.ask(PlanImport(workshop_id=workshop.id, group=group))


def _groups(reader: Reader, workshop: Workshop) -> list[int]:
    programme = reader.programme(workshop)
    formation = workshop.formations.get(programme.plan.grouping) if programme.plan else None
    return sorted(formation.groups) if formation else []


# The file --------------------------------------------------------------------------------------------------------


@on_file(PlanImport)
async def sent(here: Here, dialogue: PlanImport, file: SentFile | None) -> None:
    if not dialogue.group:
        raise Refusal("input.choose")
    if file is None or file.picture:
        raise Refusal("import.send_file")
    plan_reading.check_name(file.name)
    if file.size > MOST_BYTES:
        raise Refusal("import.too_large", most=MOST_BYTES >> 20)
    stem, dot, ending = clean_line(file.name).rpartition(".")
    name = f"{shortened(stem, LONGEST_FILE)}{dot}{ending}"
    asked = PlanImport(workshop_id=dialogue.workshop_id, group=dialogue.group)
    here.ask(replace(asked, asks="reading", file_id=file.id, file=name))
    here.turn.fetch(here.user_id, file.id)
    here.acknowledge()


async def arrived(runner: Runner, fetch: Fetch, data: bytes | None) -> Callable[[Turn], Awaitable[None]]:
    """A file was fetched (None: it can't be had): read it, and return what that leads to in a turn."""
    person = await runner.person(fetch.user_id)
    dialogue = _waiting(person, fetch)
    workshop = await runner.workshop(dialogue.workshop_id) if dialogue else None
    found: plan_reading.Found | Refusal = Refusal("import.not_fetched")
    if person is not None and dialogue is not None and workshop is not None and data is not None:
        plan = await _plan(runner, workshop, dialogue.group)
        known = plan_reading.names_in(workshop, plan)
        try:
            found = await asyncio.to_thread(
                plan_reading.read, dialogue.file, data, known, runner.catalogues, person.language, runner.now()
            )
        except Refusal as refusal:
            found = refusal

    async def work(turn: Turn) -> None:
        person = await turn.person(fetch.user_id)
        dialogue = _waiting(person, fetch)
        if person is None or dialogue is None:
            return  # they went on to something else
        turn.acting = person.user_id
        if isinstance(found, Refusal):
            problem = codec.dumps(Phrase(found.key, found.params))
            turn.put(replace(person, dialogue=replace(dialogue, asks="file", problem=problem)))
            return
        packed, mistakes = codec.dump_incoming(found.incoming), codec.dumps(list(found.mistakes))
        turn.put(replace(person, dialogue=replace(dialogue, asks="yes", found=packed, mistakes=mistakes)))

    return work


def _waiting(person: Person | None, fetch: Fetch) -> PlanImport | None:
    """The question that a file answers, if it still does."""
    dialogue = person.dialogue if person else None
    if isinstance(dialogue, PlanImport) and dialogue.asks == "reading" and dialogue.file_id == fetch.file_id:
        return dialogue
    return None


async def _plan(reader: Reader, workshop: Workshop, group: int) -> ActionPlan | None:
    return next((plan for plan in await reader.plans_of(workshop.id) if plan.group == group), None)


# Screens ---------------------------------------------------------------------------------------------------------


@on_text(PlanImport)
async def not_a_file(here: Here, dialogue: PlanImport, text: str) -> None:
    """Words where a file is asked for."""
    if dialogue.asks != "file":
        raise Pass
    raise Refusal("import.as_file")


@screen(PlanImport)
async def import_screen(reader: Reader, person: Person, dialogue: PlanImport) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None:
        return None
    if not dialogue.group:
        groups = _groups(reader, workshop)
        rows = [(button("export.tab", ImportPlan(workshop.id, group), group=group),) for group in groups]
        return Screen("import.which", rows=(*rows, (button("label.cancel", Close()),)))
    title = Phrase("plan.title", {"group": dialogue.group})
    match dialogue.asks:
        case "file" if dialogue.problem:
            wrong = {"title": title, "file": dialogue.file, "problem": codec.loads(dialogue.problem)}
            return Screen("import.wrong", wrong, ((button("label.cancel", Close()),),))
        case "file":
            return Screen("import.ask", {"title": title}, ((button("label.cancel", Close()),),))
        case "reading":
            return Screen("import.reading", {"file": dialogue.file}, ((button("label.cancel", Close()),),))
    return await _found(reader, workshop, dialogue, title)


async def _found(reader: Reader, workshop: Workshop, dialogue: PlanImport, title: Phrase) -> Screen:
    """What a file has, before any of it is added."""
    incoming = codec.load_incoming(dialogue.found)
    mistakes: list[Any] = codec.loads(dialogue.mistakes)
    plan = await _plan(reader, workshop, dialogue.group)
    fresh, known = rules.new_ones(plan, incoming) if plan else (list(incoming.actions), [])
    heading = {"title": title, "file": dialogue.file, "count": len(fresh)}
    shown: list[Any] = [Phrase("import.found" if fresh else "import.nothing", heading)]
    for number, action in enumerate(fresh[:MOST_TITLES], 1):
        shown.append(Phrase("import.title", {"number": number, "title": shortened(action.title, LONGEST_TITLE)}))
    if len(fresh) > MOST_TITLES:
        shown.append(Phrase("import.more", {"count": len(fresh) - MOST_TITLES}))
    if known:
        shown += ["", Phrase("import.known", {"count": len(known)})]
    if fresh and (strangers := _strangers(incoming, workshop, plan)):
        few = len(strangers) <= MOST_NAMES
        contacts = Phrase("import.people", {"names": strangers})
        shown += ["", contacts if few else Phrase("import.many_people", {"count": len(strangers)})]
    if mistakes:
        shown += ["", Phrase("import.mistakes", {"count": len(mistakes)}), *mistakes[:MOST_MISTAKES]]
    if len(mistakes) > MOST_MISTAKES:
        shown.append(Phrase("import.more", {"count": len(mistakes) - MOST_MISTAKES}))
    cancel = button("label.cancel", Close())
    yes = button("import.yes", ImportYes(workshop.id, dialogue.group), style="primary")
    return Screen("lines", lines(*shown), ((yes,), (cancel,)) if fresh else ((cancel,),))


def _strangers(incoming: rules.Incoming, workshop: Workshop, plan: ActionPlan | None) -> list[str]:
    """The names that become contacts."""
    known = plan_reading.names_in(workshop, plan)
    return [each.name for each in incoming.people.values() if not rules.found(each, known)]


@tap(ImportYes)
async def import_yes(here: Here, action: ImportYes) -> None:
    workshop, member = await here.member(action.workshop)
    dialogue = here.person.dialogue
    if not isinstance(dialogue, PlanImport) or dialogue.asks != "yes":
        raise Refusal("tap.old")
    if (dialogue.workshop_id, dialogue.group) != (workshop.id, action.group):
        raise Refusal("tap.old")
    if not member.leads and group_of(here.turn.programme(workshop), workshop, member) != action.group:
        raise Refusal("plan.not_yours")
    plan = await plan_of_group(here.turn, workshop, action.group)
    incoming = codec.load_incoming(dialogue.found)
    desk = await plan_desk_of(here, plan.id)
    if not may_agree(desk):
        # A file publishes nothing by itself, and says nothing in other people's names.
        incoming = replace(incoming, agreed_at=None, agreed_goal="", agreed=(), reports=())
    plan, added = rules.take_in(
        plan,
        incoming,
        plan_reading.names_in(workshop, None),
        token=here.turn.runner.token,
        by=member_party(member.number),
        now=here.turn.now,
    )
    here.turn.put(plan)
    await owners_named(here.turn, desk, replace(desk, plan=plan), "added")
    await here.done("import.added", count=added, title=Phrase("plan.title", {"group": action.group}))
