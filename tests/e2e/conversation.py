"""A workshop from /new to three published products, tapped by what buttons do: their words may be in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core.exercise import Exercise, Step, StepKind
from bot.rehearsal.phone import Phone
from handlers import callbacks as to
from handlers.broadcasts import taps as cast
from tests.stage import Stage

LEAD = "Амина"
PEOPLE = ("Эси", "Марко", "Кофи", "Линь", "Ама", "Йон")


class Conversation:
    """People by first name, who all read one language from the moment they appear."""

    def __init__(self, on: Stage, language: str) -> None:
        self.on = on
        self.language = language

    async def say(self, name: str, *texts: str) -> None:
        phone = self.on.phone(name)
        phone.chat.started = True
        for text in texts:
            phone.send(text)
            await self.settle()
        await self._learn(phone)

    async def settle(self, seconds: float = 5) -> None:
        self.on.time += timedelta(seconds=seconds)
        await self.on.settle()

    async def tap(self, name: str, kind: type[to.Action], **fits: Any) -> None:
        """Tap a button of a kind, on the newest message that has one with such fields."""
        phone = self.on.phone(name)
        for message in reversed(phone.messages):
            for button in (each for row in message.rows for each in row):
                action = to.unpack(button.get("callback_data", ""))
                if type(action) is kind and all(getattr(action, field) == value for field, value in fits.items()):
                    phone.press(message, button)
                    await self.settle()
                    return
        raise AssertionError(f"{name} has no button for {kind.__name__} {fits}: {phone.buttons()}")

    async def _learn(self, phone: Phone) -> None:
        runner = self.on.app.runner
        person = await runner.person(phone.user.id)
        if person is not None and person.language != self.language:
            turn = runner.begin()
            turn.put(replace(person, language=self.language, language_chosen=True))
            runner.keep(turn)
            self.on.app.delivery.after_commit(await runner.commit())
            phone.transcript.clear()  # the first words were in another language


async def workshop(talk: Conversation) -> None:
    """All of it."""
    await _opened(talk)
    await _formed(talk)
    programme = next(iter(talk.on.app.runner.programmes.values()))
    for exercise in (programme.exercises[id] for id in ("2.4.1.a", "2.4.1.b", "2.4.1.c")):
        await _walked(talk, exercise)
    await _led(talk)


async def _opened(talk: Conversation) -> None:
    await talk.say(LEAD, "/start", "/new", "Аккра", "2027-06-14")
    await talk.tap(LEAD, to.NewPick, asks="day_check")
    await talk.say(LEAD, "GH")
    await talk.tap(LEAD, to.NewPick, asks="zone_check", value="yes")
    await talk.tap(LEAD, to.NewPick, value="open")
    link = re.findall(r"start=([\w-]+)", " ".join(message.text for message in talk.on.phone(LEAD).messages))[0]
    for name in PEOPLE:
        await talk.say(name, "/id")
        await talk.say(name, "/start", "/join", "ABC234", f"/start {link}")
        await talk.tap(name, to.Join)
        await talk.say(name, "Министерство")


async def _formed(talk: Conversation) -> None:
    await talk.say(LEAD, "/room", "/groups")
    await talk.tap(LEAD, to.FormGroups, how="count")
    await talk.say(LEAD, "/groups")
    await talk.tap(LEAD, to.FormGroups, how="merge")
    for name in PEOPLE:
        await talk.say(name, "/group", "/exercises", "/help", "/privacy")
        await talk.tap(name, to.Close)
    await talk.tap(PEOPLE[1], to.Volunteer)
    await talk.tap(LEAD, to.RoomOpen, exercise="2.4.1.a")


async def _walked(talk: Conversation, exercise: Exercise) -> None:
    """Group 1, of two, with everything that can be tapped on the way; the others look on."""
    first, second = PEOPLE[0], PEOPLE[1]
    if exercise.after:
        await talk.tap(first, to.OpenNext)
    pen = await _holder(talk, (first, second), exercise)
    other = second if pen == first else first
    for at, step in enumerate(exercise.steps):
        await _looked(talk, pen, step)
        await _answered(talk, pen, other, step)
        if step.kind is StepKind.CONFIRM:
            await talk.tap(pen, to.Publish)
        else:
            await talk.tap(pen, to.Next)
            if at == 2:
                await talk.tap(pen, to.Back)
                await talk.tap(pen, to.Next)
    await talk.tap(pen, to.ShowProduct)
    await talk.say(other, "слишком поздно", "/sheet", "/exercises")


async def _holder(talk: Conversation, names: Sequence[str], exercise: Exercise) -> str:
    """Whoever of them has [Next]."""
    for name in names:
        for message in talk.on.phone(name).messages:
            for button in (each for row in message.rows for each in row):
                if isinstance(to.unpack(button.get("callback_data", "")), to.Next):
                    return name
    raise AssertionError(f"nobody holds the pen in {exercise.id}")


async def _looked(talk: Conversation, pen: str, step: Step) -> None:
    for what in ("example", "options", "help"):
        if (what == "example" and step.example) or (what == "options" and step.options) or what == "help":
            await talk.tap(pen, to.Show, what=what)
    await talk.tap(pen, to.Close)


async def _answered(talk: Conversation, pen: str, other: str, step: Step) -> None:
    match step.kind:
        case StepKind.TEXT:
            await talk.say(other, "не моё")
            await talk.say(pen, f"Ответ {step.max_length}", "ы" * (step.max_length + 1))
        case StepKind.LIST:
            await talk.say(pen, *(f"Строка {number}" for number in range(1, (step.minimum or 1) + 2)))
            await talk.say(pen, "Строка 1", "Слова. " * (step.max_length // 5))
            await talk.say(pen, "/cancel")
            await talk.tap(pen, to.ShowEntries)
            await talk.tap(pen, to.ShowEntry)
            await talk.tap(pen, to.ChangeEntry)
            await talk.say(pen, "Строка иначе")
            await talk.tap(pen, to.ShowEntries)
            await talk.tap(pen, to.ShowEntry)
            await talk.tap(pen, to.RemoveEntry)
            await talk.tap(pen, to.PutBack)
        case StepKind.TABLE:
            for number in range(max(step.minimum, 2)):
                await _row(talk, pen, step, number)
            await talk.tap(pen, to.ShowEntries)
            await talk.tap(pen, to.ShowEntry)
            await talk.tap(pen, to.Close)
        case StepKind.CHOICE:
            await talk.say(pen, "ничего из этого", *[str(number + 1) for number in range(max(step.minimum, 1))])
        case _:
            await talk.say(pen, "сюда нечего писать")


async def _row(talk: Conversation, pen: str, step: Step, number: int) -> None:
    await talk.say(pen, f"Ряд {number}")
    for column in step.columns[1:]:
        match column.kind:
            case StepKind.CHOICE:
                await talk.say(pen, "что-то ещё", "1")
            case StepKind.RATING:
                await talk.say(pen, "много", str(column.maximum))
            case _ if column.optional:
                await talk.tap(pen, to.ColumnSkip)
            case _:
                await talk.say(pen, f"Поле {number}")


async def _led(talk: Conversation) -> None:
    """What else a facilitator does, and what becomes of those who leave."""
    await talk.tap(PEOPLE[3], to.AskPen)
    await talk.tap(PEOPLE[2], to.AskPen)
    await talk.tap(PEOPLE[3], to.GivePen)
    await talk.say(LEAD, "/broadcast")
    await talk.tap(LEAD, cast.BroadcastTo, group=0)
    await talk.say(LEAD, "Обед в час")
    await talk.tap(LEAD, cast.BroadcastDo, what="send")
    await talk.settle(600)
    await talk.say(LEAD, "/people")
    await talk.tap(LEAD, to.EnterPerson)
    await talk.say(LEAD, "Бумага", "Почта")
    await talk.tap(LEAD, to.MemberDo, what="answer_for")
    await talk.say(LEAD, "/sheet", "/people", "2")
    await talk.tap(LEAD, to.MemberDo, what="move")
    await talk.tap(LEAD, to.MoveTo)
    await talk.tap(LEAD, to.MemberDo, what="remove")
    await talk.tap(LEAD, to.MemberDo, what="remove_yes")
    await talk.tap(LEAD, to.MemberDo, what="restore")
    await talk.say(PEOPLE[5], "/leave")
    await talk.tap(PEOPLE[5], to.Leave)
    await talk.say(PEOPLE[5], "где я?", "/sheet")
    talk.on.phone(PEOPLE[4]).block()
    await talk.say(LEAD, "/room", "/open", "/people", "/invite", "/close")
    await talk.tap(LEAD, to.WorkshopDo, what="close_yes")
    await talk.say(LEAD, "/reopen", "/language", "/workshop", "/name Амина Д.")
