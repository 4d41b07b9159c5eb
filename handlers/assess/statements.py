"""/statements: what the assessment asks, and other statements from an organiser's file. It is fetched and read outside
of any transaction; nothing is asked anew before somebody says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import orjson

from bot.committed import Fetch
from bot.core.assess_dialogue import StatementsView
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.exercise import Programme, Statements
from bot.core.message import Choice, ContentText, Kind, Phrase, Screen
from bot.core.sent_statements import taken_in
from bot.core.statements import Statement, StatementSet
from bot.core.words import clean_line, shortened
from bot.core.workshop import Workshop
from bot.exports import statements_read
from bot.exports.filled import MOST_BYTES
from bot.runner import Runner
from bot.turn import Turn
from handlers.assess.statement_words import headings, names_of, topic_names
from handlers.assess.taps import ShowStatements, StatementsDo
from handlers.callbacks import Close
from handlers.context import Here, Pass, Reader, SentFile, button, command, lines, on_file, on_text, screen, tap
from storage import codec

MOST_MISTAKES = 10  # on the screen
LONGEST_FILE = 50


@command("statements")
async def statements(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await _show(here, workshop.id, 0)


@tap(ShowStatements)
async def show_statements(here: Here, action: ShowStatements) -> None:
    await _show(here, action.workshop, action.page)


async def _show(here: Here, workshop_id: int, page: int) -> None:
    workshop, _ = await here.facilitator(workshop_id)
    if not here.turn.programme(workshop).statements:
        raise Refusal("assess.none")
    here.ask(StatementsView(workshop_id=workshop.id, page=page))


@tap(StatementsDo)
async def statements_do(here: Here, action: StatementsDo) -> None:
    if action.do == "form":
        workshop, _ = await here.facilitator(action.workshop)
        about: dict[str, Any] = {"title": Phrase("statements.title"), "form": "statements", "workshop": workshop.id}
        await here.turn.say(here.user_id, "export.caption", kind=Kind.DOCUMENT, **about)
        return
    workshop, _ = await here.organiser(action.workshop)
    dialogue = here.person.dialogue
    match action.do:
        case "bring" if here.turn.programme(workshop).statements:
            here.ask(StatementsView(workshop_id=workshop.id, asks="file"))
        case "use" if isinstance(dialogue, StatementsView) and dialogue.asks == "yes":
            if dialogue.workshop_id != workshop.id:
                raise Refusal("tap.old")
            await _use(here, workshop, dialogue)
        case _:
            raise Refusal("tap.old")


async def _use(here: Here, workshop: Workshop, dialogue: StatementsView) -> None:
    """Ask the new statements from now on. Where nothing has been rated yet, that is everywhere."""
    turn = here.turn
    brought = StatementSet(
        edition=workshop.edition + 1,
        name=dialogue.file,
        statements=unpacked(dialogue.found),
        added_at=turn.now,
        added_by=workshop.organiser.number,
    )
    turn.put(replace(workshop, statements={**workshop.statements, brought.edition: brought}))
    stays = 0
    for run in await turn.runs_of(workshop.id):
        exercise = turn.programme(workshop).exercises.get(run.exercise)
        if exercise is None or not any(step.items_from is Statements.ASKED for step in exercise.steps):
            continue
        if not run.entries:
            turn.put(replace(run, edition=brought.edition))
        else:
            stays += 1
    here.ask(None)
    await here.reply("statements.in_use_stays" if stays else "statements.in_use", count=len(brought.statements))


def packed(found: Sequence[Statement]) -> str:
    return orjson.dumps([[each.id, each.topic, each.text] for each in found]).decode()


def unpacked(text: str) -> tuple[Statement, ...]:
    return tuple(Statement(id=id, topic=topic, text=words) for id, topic, words in orjson.loads(text))


# The file --------------------------------------------------------------------------------------------------------


@on_file(StatementsView)
async def sent(here: Here, dialogue: StatementsView, file: SentFile | None) -> None:
    workshop, _ = await here.organiser(dialogue.workshop_id)
    if dialogue.asks not in ("file", "yes"):
        raise Refusal("statements.ask_first")
    if file is None:
        raise Refusal("import.send_file")
    if not file.name.lower().endswith((".xlsx", ".toml")):
        raise Refusal("statements.no_file")
    if file.size > MOST_BYTES:
        raise Refusal("import.too_large", most=MOST_BYTES >> 20)
    stem, dot, ending = clean_line(file.name).rpartition(".")
    name = f"{shortened(stem, LONGEST_FILE)}{dot}{ending}"
    here.ask(StatementsView(workshop_id=workshop.id, asks="reading", file_id=file.id, file=name))
    here.turn.fetch(here.user_id, file.id)
    here.acknowledge()


def waiting(person: Person | None, fetch: Fetch) -> StatementsView | None:
    """The question that a file answers, if it still does."""
    dialogue = person.dialogue if person else None
    if isinstance(dialogue, StatementsView) and dialogue.asks == "reading" and dialogue.file_id == fetch.file_id:
        return dialogue
    return None


async def arrived(runner: Runner, fetch: Fetch, data: bytes | None) -> Callable[[Turn], Awaitable[None]]:
    """A file was fetched (None: it can't be had): read it, and return what that leads to in a turn."""
    person = await runner.person(fetch.user_id)
    dialogue = waiting(person, fetch)
    workshop = await runner.workshop(dialogue.workshop_id) if dialogue else None
    found: tuple[tuple[Statement, ...], list[Phrase]] | Refusal = Refusal("import.not_fetched")
    if person is not None and dialogue is not None and workshop is not None and data is not None:
        try:
            found = await asyncio.to_thread(_read, runner, workshop, person.language, dialogue.file, data)
        except Refusal as refusal:
            found = refusal

    async def work(turn: Turn) -> None:
        person = await turn.person(fetch.user_id)
        dialogue = waiting(person, fetch)
        if person is None or dialogue is None:
            return  # they went on to something else
        turn.acting = person.user_id
        if isinstance(found, Refusal):
            problem = codec.dumps(Phrase(found.key, found.params))
            turn.put(replace(person, dialogue=replace(dialogue, asks="file", problem=problem)))
        elif found[1]:
            turn.put(replace(person, dialogue=replace(dialogue, asks="file", mistakes=codec.dumps(found[1]))))
        else:
            turn.put(replace(person, dialogue=replace(dialogue, asks="yes", found=packed(found[0]))))

    return work


def _read(
    runner: Runner, workshop: Workshop, language: str, file: str, data: bytes
) -> tuple[tuple[Statement, ...], list[Phrase]]:
    programme = runner.programme(workshop)
    rows = statements_read.read(file, data, headings(runner.catalogues, programme))
    topics = topic_names(runner.catalogues, programme, language)
    return taken_in(rows, topics, names_of(runner.catalogues, programme))


@on_text(StatementsView)
async def not_a_file(here: Here, dialogue: StatementsView, text: str) -> None:
    """Words where a file is asked for."""
    if dialogue.asks != "file":
        raise Pass
    raise Refusal("import.send_file")


# Screens ---------------------------------------------------------------------------------------------------------


@screen(StatementsView)
async def statements_screen(reader: Reader, person: Person, dialogue: StatementsView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    cancel = (button("label.cancel", Close()),)
    form = (button("label.statements.form", StatementsDo(workshop.id, "form")),)
    match dialogue.asks:
        case "file":
            return Screen("lines", _asking(dialogue), (form, cancel))
        case "reading":
            return Screen("import.reading", {"file": dialogue.file}, (cancel,))
        case "yes":
            yes = button("label.statements.use", StatementsDo(workshop.id, "use"), style="primary")
            text = _found(reader.programme(workshop), dialogue)
            return Screen("lines", text, ((yes,), cancel))
    return _shown(reader.programme(workshop), workshop, dialogue.page, brings=workshop.organiser is member)


def _asking(dialogue: StatementsView) -> dict[str, Any]:
    """A file is asked for; what was wrong with the last one stands first."""
    shown: list[Any] = []
    if dialogue.problem:
        shown += [Phrase("statements.wrong", {"file": dialogue.file, "problem": codec.loads(dialogue.problem)})]
    if dialogue.mistakes:
        mistakes: list[Any] = codec.loads(dialogue.mistakes)
        shown += [Phrase("statements.mistakes", {"file": dialogue.file, "count": len(mistakes)})]
        shown += mistakes[:MOST_MISTAKES]
        if len(mistakes) > MOST_MISTAKES:
            shown.append(Phrase("items.more", {"count": len(mistakes) - MOST_MISTAKES}))
    return lines(*(shown or [Phrase("statements.ask")]))


def _found(programme: Programme, dialogue: StatementsView) -> dict[str, Any]:
    """What a file has, before it is asked."""
    found = unpacked(dialogue.found)
    counted = [
        Phrase("statements.of_topic", {"topic": ContentText(programme.name, topic.name), "count": count})
        for topic in programme.topics
        if (count := sum(each.topic == topic.id for each in found))
    ]
    heading = Phrase("statements.found", {"file": dialogue.file, "count": len(found)})
    return lines(heading, *counted, "", Phrase("statements.stays"))


def _shown(programme: Programme, workshop: Workshop, page: int, *, brings: bool) -> Screen:
    """The statements of one topic, and the way to the others."""
    page = min(max(page, 0), len(programme.topics) - 1)
    topic, brought = programme.topics[page], workshop.statements.get(workshop.edition)
    listed = [each for each in (brought.statements if brought else programme.statements) if each.topic == topic.id]
    domain = "" if brought else programme.name
    texts = [ContentText(domain, each.text) if domain else each.text for each in listed]
    whence = (
        Phrase("statements.from_file", {"file": brought.name, "day": brought.added_at.date()})
        if brought
        else Phrase("statements.drafts")
    )
    turning = []
    if page > 0:
        turning.append(button("label.earlier", ShowStatements(workshop.id, page - 1)))
    if page + 1 < len(programme.topics):
        turning.append(button("label.more", ShowStatements(workshop.id, page + 1)))
    own: list[tuple[Choice, ...]] = [(button("label.statements.form", StatementsDo(workshop.id, "form")),)]
    if brings:
        own.insert(0, (button("label.statements.bring", StatementsDo(workshop.id, "bring")),))
    text = lines(
        Phrase("statements.heading"),
        whence if page == 0 else None,
        "",
        Phrase("product.part", {"title": ContentText(programme.name, topic.name)}),
        *(Phrase("sheet.entry", {"number": at, "text": each}) for at, each in enumerate(texts, 1)),
    )
    return Screen("lines", text, (*([tuple(turning)] if turning else []), *own, (button("label.close", Close()),)))
