"""From an update to the conversation that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from telegram import CallbackQuery, Message, Update, User, UsersShared

from bot.core.dialogue import TO_READ, Dialogue, FillRow, Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Screen
from bot.core.words import clean_line
from bot.turn import Turn
from bot.views import MOVES_AFTER
from content.catalogues import Catalogues
from handlers import (
    codes,
    common,
    conversations,  # noqa: F401 - all of them register themselves
    current,
    room,
    walking,
)
from handlers.agenda import cards
from handlers.callbacks import unpack
from handlers.context import (
    COMMANDS,
    FILES_IN,
    PICKED_IN,
    SCREENS,
    TAPS,
    TEXTS_IN,
    Here,
    NoWorkshop,
    Pass,
    Picked,
    SentFile,
)
from handlers.mirrors import incoming
from handlers.plenary import polling, stage
from handlers.render import Renderer, says
from handlers.steering import calls

_COMMAND = re.compile(r"^/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?$", re.DOTALL)
_LONGEST_NAME = 60
SEEN_EVERY = timedelta(minutes=1)  # how closely it is known when somebody was last seen: a write for each tap is dear
LONGEST_TYPED = 48  # characters: longer words can't be those of a button


class Routes:
    """Decides, in this order, what an input means: a command; words of a button on show; an answer to the open
    question; an entry for the sheet; nothing known."""

    def __init__(self, catalogues: Catalogues) -> None:
        self.catalogues = catalogues
        self._nearest = lru_cache(maxsize=512)(catalogues.nearest)

    async def handle(self, turn: Turn, update: Update) -> None:
        """Take one update. Everything that it leads to is in the turn afterwards."""
        if update.poll is not None:
            await polling.voted(turn, update.poll)
            return
        user = update.effective_user
        chat = update.effective_chat
        if chat is not None and chat.type in ("group", "supergroup"):
            await self._in_group(turn, update)
            return
        if user is None or user.is_bot or chat is None or chat.type != "private":
            return
        if update.my_chat_member is not None:
            await self._reachable(turn, user, update.my_chat_member.new_chat_member.status)
            return
        here = Here(turn, await self._person(turn, user))
        turn.acting = user.id
        before = here.person
        if update.callback_query is not None:
            await self._tapped(here, update.callback_query)
        elif update.edited_message is not None:
            await common.edited(here)
        elif update.message is not None:
            turn.wrote = True
            here.message_id = update.message.message_id
            await self._wrote(here, update.message)
        await _follow(here, before)
        _bring_down(here, before.dialogue)

    async def _in_group(self, turn: Turn, update: Update) -> None:
        """What comes from a group chat; what it leads to for somebody is in their own chat."""
        user, message = update.effective_user, update.message
        chat = await incoming.known_chat(turn, update, self.catalogues)
        if update.my_chat_member is not None:
            await incoming.membership(turn, chat, update.my_chat_member)
        elif update.callback_query is not None:
            await self._tapped_there(turn, update.callback_query)
        elif message is None or await incoming.service(turn, message):
            return
        elif message.sender_chat is not None:
            await incoming.hidden(turn, chat, message)
        elif user is not None and not user.is_bot:
            person = await incoming.tapper(turn, user)
            if person is None:
                await incoming.stranger(turn, chat, message, user)
                return
            here = Here(turn, person, message.message_id)
            turn.acting = user.id
            await self._guarded(here, incoming.wrote(here, chat, message))

    async def _tapped_there(self, turn: Turn, query: CallbackQuery) -> None:
        """A tap on a button in a group chat: few work there, and none for somebody whom the bot doesn't know."""
        person = await incoming.tapper(turn, query.from_user)
        turn.acting = query.from_user.id
        chat_id = query.message.chat.id if query.message else 0
        action = unpack(query.data or "")
        here = Here(turn, person or Person(user_id=query.from_user.id, name="", language="en"), query_id=query.id)
        here.chat_id = chat_id
        if person is None:
            here.toast("mirror.not_in")
        elif (
            action is None or not incoming.may_be_tapped(action) or not await incoming.is_tied_to(turn, chat_id, action)
        ):
            here.toast("tap.old")
        else:
            await self._guarded(here, TAPS[type(action)](here, action))
            here.toast()

    async def _person(self, turn: Turn, user: User) -> Person:
        name = clean_line(user.full_name)[:_LONGEST_NAME] or str(user.id)
        language = self._nearest(user.language_code or "")
        person = await turn.person(user.id)
        if person is None:
            person = Person(user_id=user.id, name=name, language=language, seen_at=turn.now)
            turn.put(person)
            return person
        if person.language_chosen:
            language = person.language
        seen = person.seen_at is not None and abs(turn.now - person.seen_at) < SEEN_EVERY
        if seen and (person.name, person.language, person.unreachable) == (name, language, ""):
            return person
        now = replace(person, name=name, language=language, unreachable="", seen_at=turn.now)
        turn.put(now)
        return now

    async def _reachable(self, turn: Turn, user: User, status: str) -> None:
        """Somebody blocked the bot, or took it back."""
        person = await turn.person(user.id)
        if person is None:
            return
        blocked = status in ("kicked", "left")
        turn.put(replace(person, unreachable="blocked" if blocked else ""))
        if not blocked:
            turn.acting = user.id  # what is meant to stand on their phone is sent again
        if person.workshop_id is not None:
            turn.touch(f"workshop:{person.workshop_id}")

    async def _guarded(self, here: Here, work: object) -> None:
        """Run a conversation; a rule's refusal undoes what it did so far and is told to the person."""
        turn, before = here.turn, here.person
        known = turn.state.people.get(here.user_id)
        try:
            await work  # type: ignore[misc]
        except Refusal as refusal:
            turn.undo()
            here.person = before
            here.answered = False
            if known is not None:
                turn.put(known)
            await walking.refused(here, refusal)

    # Taps ------------------------------------------------------------------------------------------------------

    async def _tapped(self, here: Here, query: CallbackQuery) -> None:
        here.query_id = query.id
        here.message_id = query.message.message_id if query.message else 0
        action = unpack(query.data or "")
        handler = TAPS.get(type(action)) if action is not None else None
        if handler is None:
            here.toast("tap.old")
            return
        await self._guarded(here, handler(here, action))
        here.toast()  # the button stops turning, whatever came of it

    # Words -----------------------------------------------------------------------------------------------------

    async def _wrote(self, here: Here, message: Message) -> None:
        if message.users_shared is not None:
            await self._guarded(here, self._picked(here, message.users_shared))
        elif message.text is None:
            await self._guarded(here, self._not_words(here, message))
        elif message.forward_origin is not None:
            await self._guarded(here, common.forwarded(here))
        elif command := _COMMAND.match(message.text):
            await self._guarded(here, self._command(here, command[1].lower(), (command[3] or "").strip()))
        else:
            await self._guarded(here, self._words(here, message.text))

    async def _picked(self, here: Here, shared: UsersShared) -> None:
        dialogue = here.person.dialogue
        handler = PICKED_IN.get(type(dialogue))
        if handler is None or len(shared.users) != 1:
            raise Refusal("picker.not_asked")
        user = shared.users[0]
        name = " ".join(filter(None, (user.first_name, user.last_name)))
        await handler(here, dialogue, Picked(shared.request_id, user.user_id, name))

    async def _not_words(self, here: Here, message: Message) -> None:
        """A file, a picture and the like: for the open question, if that takes files."""
        handler = FILES_IN.get(type(here.person.dialogue))
        if handler is None:
            await common.not_words(here)
            return
        await handler(here, here.person.dialogue, _file(message))

    async def _command(self, here: Here, name: str, rest: str) -> None:
        handler = COMMANDS.get(name)
        if handler is None:
            await here.say("unknown.command", command=f"/{name}")
        else:
            asked = here.person.dialogue
            try:
                await handler(here, rest)
            except NoWorkshop:
                if not await current.ask_which(here, name, rest):
                    if name != "plan" and (await common.role(here))[0] == "contact":
                        raise Refusal("access.contact") from None
                    raise
            if asked is not None and here.person.dialogue == asked and not here.said:
                here.turn.lower(here.user_id, "question")  # asked for again: bring it down

    async def _words(self, here: Here, text: str) -> None:
        dialogue = here.person.dialogue
        takes_words = dialogue is not None and type(dialogue) in TEXTS_IN
        choice = await self._meant(here, text, takes_words=takes_words) if len(text) <= LONGEST_TYPED else None
        if choice is not None and (action := unpack(choice.action)) is not None and type(action) in TAPS:
            await TAPS[type(action)](here, action)
            here.acknowledge()
            return
        if dialogue is not None and takes_words:
            try:
                await TEXTS_IN[type(dialogue)](here, dialogue, text)
                return
            except Pass:
                pass
        if not await walking.wrote(here, text) and not await codes.wrote(here, text):
            await common.unknown(here)

    async def _meant(self, here: Here, text: str, *, takes_words: bool) -> Choice | None:
        """The button that words stand for: of the open question, of the last message that had some, of the sheet, of
        the board of the room."""
        question = await self._question(here)
        return (
            self._typed(here, text, _choices(question), numbers=question is not None and not takes_words)
            or self._typed(here, text, await cards.offered(here))
            or self._typed(here, text, here.person.offers)
            or self._typed(here, text, _choices(await walking.screen_of(here.turn, here.person)))
            or self._typed(here, text, calls.in_words(here.person))
            or self._typed(here, text, _choices(await _on_stage(here)))
            or (None if takes_words else self._typed(here, text, _choices(await room.screen_of(here))))
        )

    async def _question(self, here: Here) -> Screen | None:
        dialogue = here.person.dialogue
        return await SCREENS[type(dialogue)](here.turn, here.person, dialogue) if dialogue is not None else None

    def _typed(self, here: Here, text: str, choices: Sequence[Choice], *, numbers: bool = False) -> Choice | None:
        """The choice that typed words mean: by its label or, where nothing else could be meant, by its number."""
        renderer = Renderer(self.catalogues, here.person.language)
        for choice in choices:
            if choice.action and says(text, renderer.label(choice)):
                return choice
        words = text.strip()
        if numbers and words.isdecimal() and 1 <= int(words) <= len(choices):
            return choices[int(words) - 1]
        return None


def _file(message: Message) -> SentFile | None:
    """The file of a message, or its picture in the largest size."""
    caption = message.caption or ""
    if message.photo:
        return SentFile(message.photo[-1].file_id, picture=True, caption=caption)
    sent = message.document
    return SentFile(sent.file_id, sent.file_name or "", sent.file_size or 0, caption=caption) if sent else None


async def _follow(here: Here, before: Person) -> None:
    """Have the commands behind the menu button follow somebody into a workshop that they lead, and out of it."""
    now = here.turn.state.people.get(here.user_id, here.person)
    if now.workshop_id == before.workshop_id:
        return
    for workshop_id in (before.workshop_id, now.workshop_id):
        workshop = await here.turn.workshop(workshop_id)
        member = workshop.by_user(here.user_id) if workshop else None
        if member is not None and member.leads:
            here.turn.menu(here.user_id)


def _bring_down(here: Here, asked: Dialogue | None) -> None:
    """Keep what lies in front of somebody at the bottom of their chat: below what was said, a question that is still
    open; below the questions about a row that is done with, the sheet, which stood still meanwhile."""
    now = here.turn.state.people.get(here.user_id, here.person).dialogue
    if asked is not None and asked == now and here.said and not isinstance(asked, TO_READ):
        here.turn.lower(here.user_id, "question")
    sheet = here.turn.on_show(here.user_id, "sheet")
    if isinstance(asked, FillRow) and now is None and sheet is not None and sheet.pushed >= MOVES_AFTER:
        here.turn.lower(here.user_id, "sheet")


async def _on_stage(here: Here) -> Screen | None:
    shown = await stage.screen_of(here.turn, here.person)
    return shown[1] if shown is not None else None


def _choices(screen: Screen | None) -> list[Choice]:
    rows: Iterable[tuple[Choice, ...]] = screen.rows if screen else ()
    return [choice for row in rows for choice in row]
