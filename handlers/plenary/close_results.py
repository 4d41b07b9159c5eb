"""A daily close on phones: the invitation, and for those who lead what comes of it, meanwhile and afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.core import day_close, parking
from bot.core.day_close import CloseResult
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.exercise import CloseDef, StepKind
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.plenary_dialogue import CloseView
from bot.core.tally import SHOWN_FROM
from bot.core.words import shortened
from bot.core.workshop import Workshop
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, joined, lines, screen, tap
from handlers.plenary.around import day_number, day_of, phones
from handlers.plenary.taps import CloseDo, ShowClose, ShowPlenary

PAGE = 2400  # characters of people's words a page
PARKED_SHOWN = 10
LONGEST_PARKED = 100


def asked(reader: Reader, workshop: Workshop) -> CloseDef:
    """The programme's close. Refuses where it has none."""
    found = reader.programme(workshop).close
    if found is None:
        raise Refusal("wrap.none")
    return found


@tap(ShowClose)
async def show_close(here: Here, action: ShowClose) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    day = day_of(action.day)
    if day not in (await here.turn.plenary(workshop.id)).closes:
        raise Refusal("tap.old")
    here.ask_aside(CloseView(workshop_id=workshop.id, on=day, page=action.page))


@screen(CloseView)
async def close_screen(reader: Reader, person: Person, dialogue: CloseView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    close = (await reader.plenary(workshop.id)).closes.get(dialogue.on)
    if close is None or reader.programme(workshop).close is None:
        return None
    pages = await pages_of(reader, workshop, dialogue.on)
    page, day = min(max(dialogue.page, 0), len(pages) - 1), dialogue.on.isoformat()
    rows: list[tuple[Choice, ...]] = []
    turning = [button("label.earlier", ShowClose(workshop.id, page - 1, day))] if page > 0 else []
    if page + 1 < len(pages):
        turning.append(button("label.more", ShowClose(workshop.id, page + 1, day)))
    if turning:
        rows.append(tuple(turning))
    back = (button("label.back", ShowPlenary(workshop.id)), button("label.close", Close()))
    if close.is_open:
        rows.append((button("label.wrap.end", CloseDo(workshop.id, day, "end")),))
    return Screen("lines", lines(*pages[page]), (*rows, back))


async def stage_screen(reader: Reader, workshop: Workshop, day: date, *, leads: bool) -> Screen | None:
    """A close that is open, on everybody's phone: who is asked, and how it goes for those who lead."""
    close = (await reader.plenary(workshop.id)).closes.get(day)
    made = reader.programme(workshop).close
    if close is None or made is None or not close.is_open:
        return None
    if not leads:
        about = {"count": len(made.questions)}
        begin = button("label.wrap.begin", CloseDo(workshop.id, day.isoformat(), "begin"), style="primary")
        text = lines(Phrase("wrap.invites", about), Phrase("wrap.nobody_sees"))
        return Screen("lines", text, ((begin,),))
    pages = await pages_of(reader, workshop, day)
    more = [button("label.more", ShowClose(workshop.id, 1, day.isoformat()))] if len(pages) > 1 else []
    end = button("label.wrap.end", CloseDo(workshop.id, day.isoformat(), "end"))
    return Screen("lines", lines(*pages[0]), ((*more, end),))


async def pages_of(reader: Reader, workshop: Workshop, day: date) -> list[list[Any]]:
    """What came of a close, and what is still in the parking lot, as pages of lines."""
    close = (await reader.plenary(workshop.id)).closes[day]
    room = await reader.room(workshop.id)
    of, number = len(phones(workshop)), day_number(reader, workshop, day)
    heading = Phrase("wrap.of_day", {"day": number}) if number else Phrase("wrap.of_date", {"date": day})
    count = Phrase("wrap.answered", {"answered": day_close.answered(close), "of": of})
    blocks: list[list[Any]] = [[heading, count]]
    results = day_close.results(close, asked(reader, workshop).questions)
    for result in results:
        if result.count:
            blocks += _blocks(workshop, result)
    hidden = [ContentText(workshop.programme, each.question.title) for each in results if each.hidden]
    if hidden:
        key = "wrap.waits" if close.is_open else "wrap.too_few"
        blocks.append(["", Phrase(key, {"least": SHOWN_FROM, "titles": hidden})])
    left = parking.open_ones(room.parked)
    if left:
        shown = [shortened(each.text, LONGEST_PARKED) for each in left[:PARKED_SHOWN]]
        listed = [Phrase("wrap.text", {"text": each}) for each in shown]
        blocks.append(["", Phrase("wrap.parked", {"count": len(left)}), *listed])
    return _paged(blocks)


def _blocks(workshop: Workshop, result: CloseResult) -> list[list[Any]]:
    question = result.question
    title = Phrase("wrap.question", {"title": ContentText(workshop.programme, question.title)})
    if question.kind is StepKind.TEXT:
        texts = [Phrase("wrap.text", {"text": each}) for each in result.texts]
        return [["", title, texts[0]], *([each] for each in texts[1:])]
    named: list[tuple[Any, str]] = [
        (ContentText(workshop.programme, each.label), each.id) for each in question.options
    ] or [(str(each), str(each)) for each in range(question.minimum, question.maximum + 1)]
    counts = [Phrase("wrap.count", {"name": name, "count": result.counts.get(id, 0)}) for name, id in named]
    return [["", title, joined("room.dot", counts)]]


def _paged(blocks: list[list[Any]]) -> list[list[Any]]:
    pages: list[list[Any]] = [[]]
    size = 0
    for block in blocks:
        length = sum(_length(each) for each in block)
        if size and size + length > PAGE:
            pages.append([])
            size = 0
        pages[-1] += block if pages[-1] else [each for each in block if each != ""]
        size += length
    return pages


def _length(line: Any) -> int:
    return len(str(line.params.get("text", ""))) + 30 if isinstance(line, Phrase) else 1
