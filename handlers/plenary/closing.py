"""The daily close: opened for everyone, answered without names, read by facilitators as it comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.core import day_close
from bot.core.day_close import HIGHEST_NUMBER, DayClose
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.exercise import CloseQuestion, StepKind
from bot.core.message import Choice, ContentText, Phrase, Priority, Screen
from bot.core.plenary import Plenary
from bot.core.plenary_dialogue import CloseAsk, PlenaryView
from bot.core.workshop import Workshop
from bot.turn import Turn
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.plenary.around import day_of, phones, save, today
from handlers.plenary.close_results import asked, pages_of
from handlers.plenary.taps import CloseAnswerWith, CloseDo, ShowClose

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
    pages = await pages_of(turn, workshop, day)
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
