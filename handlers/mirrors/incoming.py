"""What comes from group chats: the bot is brought in or put out, /tie, replies to the sheet, taps on its buttons.

With privacy mode on the bot hears of commands and of replies to what it said, and of nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from telegram import ChatMemberUpdated, Message, Update, User

from bot.core import mirror as rules
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.mirror import GroupChat, Mirror
from bot.core.words import clean_line
from bot.turn import Turn
from content.catalogues import Catalogues
from handlers import walking
from handlers.callbacks import Action
from handlers.context import Here
from handlers.desk import desk_for
from handlers.mirrors import ending, tying
from handlers.mirrors.saying import say_there
from handlers.mirrors.view import TAPS_THERE, part_of, run_of

LONGEST_TITLE = 60
SEEN_EVERY = timedelta(minutes=1)
_COMMAND = re.compile(r"^/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)
_IN = ("member", "administrator", "creator", "restricted")


async def known_chat(turn: Turn, update: Update, catalogues: Catalogues) -> GroupChat:
    """The chat that an update is from, as far as it is known; with its title as it is now."""
    chat, user = update.effective_chat, update.effective_user
    assert chat is not None  # noqa: S101 - routes have looked
    title = clean_line(chat.title or "")[:LONGEST_TITLE]
    known = await turn.group_chat(chat.id)
    if known is None:
        language = catalogues.nearest((user.language_code if user else "") or "")
        return GroupChat(chat_id=chat.id, title=title, language=language)
    if known.title != title and title:
        known = replace(known, title=title)
        turn.put(known)
    return known


# The chat itself -----------------------------------------------------------------------------------------------------


async def membership(turn: Turn, chat: GroupChat, change: ChatMemberUpdated) -> None:
    """The bot was brought in, put out, silenced, or may write again. Brought into a chat that isn't tied, it says once
    what it does."""
    status = change.new_chat_member.status
    if status not in _IN:
        await ending.lost(turn, chat.chat_id, "removed")
        return
    if status == "restricted" and not getattr(change.new_chat_member, "can_send_messages", True):
        await ending.lost(turn, chat.chat_id, "no_rights")
        return
    await ending.back(turn, chat.chat_id)
    if chat.greeted_at is None and not await turn.mirrors_in(chat.chat_id):
        turn.put(replace(chat, greeted_at=turn.now))
        await say_there(turn, chat.chat_id, 0, "mirror.greeting")


async def service(turn: Turn, message: Message) -> bool:
    """Something happened to the chat; False where the message is anything else."""
    chat_id, thread = message.chat.id, thread_of(message)
    if message.migrate_to_chat_id:
        turn.moved.append((chat_id, message.migrate_to_chat_id))
        await ending.moved(turn, chat_id, message.migrate_to_chat_id)
    elif message.forum_topic_closed is not None:
        await ending.shut(turn, chat_id, thread, ending.TOPIC_CLOSED)
    elif message.forum_topic_reopened is not None:
        await ending.reopened(turn, chat_id, thread)
    else:
        return message.text is None and message.caption is None
    return True


def thread_of(message: Message) -> int:
    """The topic that a message stands in; 0: the chat itself."""
    return message.message_thread_id or 0 if message.is_topic_message else 0


# Words ---------------------------------------------------------------------------------------------------------------


async def wrote(here: Here, chat: GroupChat, message: Message) -> None:
    """A command, or words in reply to the sheet. Whoever answers is a member of the group that the chat is tied to."""
    thread = thread_of(message)
    if found := _COMMAND.match(message.text or ""):
        await _command(here, chat, thread, found[1].lower(), (found[2] or "").strip())
        return
    mirror = next((each for each in await here.turn.mirrors_in(chat.chat_id) if each.thread == thread), None)
    reply = message.reply_to_message
    if mirror is None or reply is None or message.text is None:
        return
    board = here.turn.on_show(chat.chat_id, mirror.slot)
    if board is None or board.message_id != reply.message_id:
        return  # a reply to a line that stayed of an earlier step, or to what was said about the chat
    here.chat_id = chat.chat_id
    await _answer(here, mirror, board.part, message.text)


async def _command(here: Here, chat: GroupChat, thread: int, name: str, rest: str) -> None:
    if name == "tie" or (name == "start" and not rest):
        await tying.asked(here, chat, thread)
    elif name == "start":
        await tying.came_with(here, chat, thread, rest.split(maxsplit=1)[0])
    elif name == "help":
        await say_there(here.turn, chat.chat_id, thread, "mirror.greeting")


async def _answer(here: Here, mirror: Mirror, part: str, text: str) -> None:
    """Put somebody's words on the sheet, as if they had written them in their own chat."""
    turn = here.turn
    run = await run_of(turn, mirror)
    desk = await desk_for(turn, here.person, run)
    if desk is None or desk.actor.member not in desk.members:
        raise Refusal("mirror.not_yours", group=mirror.group)
    here.desk = desk
    if desk.run.published_at is not None or part_of(desk) != part:
        raise Refusal("sheet.moved_on")
    if not rules.is_open(desk.programme, desk.exercise, desk.step):
        raise Refusal("mirror.write_to_me")
    await walking.answer(here, desk, desk.step, text)


async def stranger(turn: Turn, chat: GroupChat, message: Message, user: User) -> None:
    """Somebody whom the bot doesn't know replies to the sheet: told once, in the chat, how to take part. A hidden admin
    is told the same: nobody can tell who that is."""
    found = _COMMAND.match(message.text or "")
    if user.id in chat.strangers:
        return
    if found and message.sender_chat is None:
        if found[1].lower() in ("tie", "start"):
            turn.put(rules.told(chat, user.id))
            await say_there(turn, chat.chat_id, thread_of(message), "mirror.who")
        return
    if message.reply_to_message is None:
        return
    mirror = next((each for each in await turn.mirrors_in(chat.chat_id) if each.thread == thread_of(message)), None)
    if mirror is not None:
        turn.put(rules.told(chat, user.id))
        key = "mirror.hidden" if message.sender_chat is not None else "mirror.stranger"
        await say_there(turn, chat.chat_id, mirror.thread, key, group=mirror.group)


async def hidden(turn: Turn, chat: GroupChat, message: Message) -> None:
    """A hidden admin writes in the chat's name, so that nobody can tell who it is: /tie and answers need a name."""
    found = _COMMAND.match(message.text or "")
    if found and found[1].lower() in ("tie", "start") and message.from_user is not None:
        if message.from_user.id not in chat.strangers:
            turn.put(rules.told(chat, message.from_user.id))
            await say_there(turn, chat.chat_id, thread_of(message), "mirror.hidden_asks")
    elif found is None and message.from_user is not None:
        await stranger(turn, chat, message, message.from_user)


# Taps ----------------------------------------------------------------------------------------------------------------


def may_be_tapped(action: Action | None) -> bool:
    """Whether a button works in front of everybody. Whether its tapper may do that, its handler asks."""
    return isinstance(action, TAPS_THERE)


async def is_tied_to(turn: Turn, chat_id: int, action: Action) -> bool:
    """Whether a tap in a chat is about what stands there."""
    runs = [await run_of(turn, each) for each in await turn.mirrors_in(chat_id)]
    return any(run is not None and run.id == getattr(action, "run", 0) for run in runs)


async def tapper(turn: Turn, user: User) -> Person | None:
    """Who taps or writes in a chat, where the bot knows them; being there is being seen."""
    person = await turn.person(user.id)
    if person is not None and (person.seen_at is None or abs(turn.now - person.seen_at) >= SEEN_EVERY):
        person = replace(person, seen_at=turn.now)
        turn.put(person)
    return person
