"""The daily close: opened for everyone, answered without names, read by facilitators as it comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.core import day_close, parking
from bot.core.day_close import HIGHEST_NUMBER, CloseResult, DayClose
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.exercise import CloseDef, CloseQuestion, StepKind
from bot.core.message import Choice, ContentText, Phrase, Priority, Screen
from bot.core.plenary import Plenary
from bot.core.plenary_dialogue import CloseAsk, CloseView, PlenaryView
from bot.core.tally import SHOWN_FROM
from bot.core.words import shortened
from bot.core.workshop import Workshop
from bot.turn import Turn
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, joined, lines, on_text, screen, tap
from handlers.plenary.around import day_number, day_of, phones, save, today
from handlers.plenary.taps import CloseAnswerWith, CloseDo, ShowClose, ShowPlenary

PAGE = 2400  # characters of people's words a page
PARKED_SHOWN = 10
LONGEST_PARKED = 100


def asked(reader: Reader, workshop: Workshop) -> CloseDef:
    """The programme's close. Refuses where it has none."""
    found = reader.programme(workshop).close
    if found is None:
        raise Refusal("wrap.none")
    return found


# Opening and ending ----------------------------------------------------------------------------------------------


@tap(CloseDo)
async def do(here: Here, action: CloseDo) -> None:
    day = day_of(action.day)
    if action.what == "begin":
        await _begin(here, action.workshop, day)
        return
    workshop, _ = await here.facilitator(action.workshop)
    if action.what == "open":
        if day != today(here.turn, workshop):
            raise Refusal("tap.old")
        await open_close(here.turn, workshop)
        if isinstance(here.person.dialogue, PlenaryView):
            here.ask(None)
    elif action.what == "end":
        await end_close(here.turn, workshop, day)
    else:
        raise Refusal("tap.old")


async def open_close(turn: Turn, workshop: Workshop) -> None:
    """Open the close of today, and end one that was left open. Refuses where there was one today."""
    asked(turn, workshop)
    plenary, day = await turn.plenary(workshop.id), today(turn, workshop)
    if day in plenary.closes:
        raise Refusal("wrap.opened")
    left = plenary.close
    if left is not None:
        await end_close(turn, workshop, left.on)
        plenary = await turn.plenary(workshop.id)
    made = DayClose(on=day, opened_at=turn.now)
    save(turn, workshop, plenary, replace(plenary, closes={**plenary.closes, day: made}))


async def end_close(turn: Turn, workshop: Workshop, day: date) -> None:
    """Take no more answers, and tell all facilitators what came of it."""
    plenary = await turn.plenary(workshop.id)
    if day not in plenary.closes:
        raise Refusal("tap.old")
    ended = day_close.ended(plenary.closes[day], turn.now)
    _keep(turn, workshop, plenary, ended)
    if not ended.answers:
        return  # nothing came of it
    pages = await _pages(turn, workshop, day)
    rows = ((button("label.more", ShowClose(workshop.id, 1, day.isoformat())),),) if len(pages) > 1 else ()
    for each in workshop.facilitators():
        if each.user_id is not None:
            await turn.say(each.user_id, "lines", rows, priority=Priority.LIVE, unasked=True, **lines(*pages[0]))


def _keep(turn: Turn, workshop: Workshop, plenary: Plenary, close: DayClose) -> None:
    shown = day_close.revealed(close, asked(turn, workshop).questions, phones(workshop))
    save(turn, workshop, plenary, replace(plenary, closes={**plenary.closes, close.on: shown}))


# Answering -------------------------------------------------------------------------------------------------------


async def _begin(here: Here, workshop_id: int, day: date) -> None:
    workshop, member = await here.member(workshop_id)
    close = (await here.turn.plenary(workshop.id)).closes.get(day)
    if close is None or not close.is_open:
        raise Refusal("wrap.over")
    if member.leads:
        raise Refusal("wrap.participants")
    at = day_close.next_of(close, asked(here.turn, workshop).questions, member.number)
    if at is None:
        raise Refusal("wrap.once")
    here.ask_aside(CloseAsk(workshop_id=workshop.id, on=day, at=at))


@tap(CloseAnswerWith)
async def tapped(here: Here, action: CloseAnswerWith) -> None:
    await _answer(here, action.workshop, day_of(action.day), action.at, action.value or None)


@on_text(CloseAsk)
async def typed(here: Here, dialogue: CloseAsk, text: str) -> None:
    await _answer(here, dialogue.workshop_id, dialogue.on, dialogue.at, text)
    here.acknowledge()


async def _answer(here: Here, workshop_id: int, day: date, at: int, text: str | None) -> None:
    workshop, member = await here.member(workshop_id)
    if member.leads:
        raise Refusal("wrap.participants")
    questions = asked(here.turn, workshop).questions
    plenary = await here.turn.plenary(workshop.id)
    close = plenary.closes.get(day)
    if close is None:
        raise Refusal("tap.old")
    dice = here.turn.runner.dice
    given = day_close.answer(close, questions, member.number, at, text, lambda: dice.randrange(1, HIGHEST_NUMBER))
    _keep(here.turn, workshop, plenary, given)
    following = day_close.next_of(given, questions, member.number)
    if following is None:
        await here.done("wrap.thanks")
    else:
        here.ask(CloseAsk(workshop_id=workshop.id, on=day, at=following))


@screen(CloseAsk)
async def ask_screen(reader: Reader, person: Person, dialogue: CloseAsk) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or member.leads:
        return None
    close = (await reader.plenary(workshop.id)).closes.get(dialogue.on)
    made = reader.programme(workshop).close
    if close is None or made is None or dialogue.at >= len(made.questions):
        return None
    if not close.is_open:
        return Screen("wrap.over", rows=((button("label.close", Close()),),))
    question = made.questions[dialogue.at]

    def content(text: str) -> ContentText:
        return ContentText(workshop.programme, text)

    text = lines(
        Phrase("wrap.at", {"at": dialogue.at + 1, "of": len(made.questions)}),
        Phrase("wrap.prompt", {"text": content(question.prompt)}),
        content(question.hint) if question.hint else None,
        Phrase("wrap.promise") if dialogue.at == 0 else None,
    )
    rows = _choices(workshop, dialogue, question)
    if question.optional:
        skip = CloseAnswerWith(workshop.id, dialogue.at, dialogue.on.isoformat(), "")
        rows.append((button("label.skip", skip),))
    return Screen("lines", text, tuple(rows))


def _choices(workshop: Workshop, dialogue: CloseAsk, question: CloseQuestion) -> list[tuple[Choice, ...]]:
    def choice(label: Any, value: str) -> Choice:
        action = CloseAnswerWith(workshop.id, dialogue.at, dialogue.on.isoformat(), value)
        return Choice(label, pack(action))

    if question.kind is StepKind.RATING:
        numbers = range(question.minimum, question.maximum + 1)
        return [tuple(choice(str(each), str(each)) for each in numbers)]
    return [(choice(ContentText(workshop.programme, each.label), each.id),) for each in question.options]


# Reading what came of it -----------------------------------------------------------------------------------------


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
    pages = await _pages(reader, workshop, dialogue.on)
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
    pages = await _pages(reader, workshop, day)
    more = [button("label.more", ShowClose(workshop.id, 1, day.isoformat()))] if len(pages) > 1 else []
    end = button("label.wrap.end", CloseDo(workshop.id, day.isoformat(), "end"))
    return Screen("lines", lines(*pages[0]), ((*more, end),))


async def _pages(reader: Reader, workshop: Workshop, day: date) -> list[list[Any]]:
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
