"""Calls that send polls and close them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.rehearsal import polls
from bot.rehearsal.calls import Handler, find_chat, find_message
from bot.rehearsal.calls_messages import address, deliver
from bot.rehearsal.errors import bad_request
from bot.rehearsal.params import Params, flag, structure, text

if TYPE_CHECKING:
    from bot.rehearsal.world import World

LONGEST_QUESTION, LONGEST_ANSWER, MOST_ANSWERS = 300, 100, 12


def send_poll(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """sendPoll, of plain words."""
    question = text(params, "question").strip()
    if not question or len(question) > LONGEST_QUESTION:
        raise bad_request(f"poll question must be non-empty and no longer than {LONGEST_QUESTION}")
    given = structure(params, "options", "options")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_ANSWERS:
        raise bad_request(f"poll must have from 1 to {MOST_ANSWERS} options")
    answers = [str(each.get("text", "") if isinstance(each, dict) else each).strip() for each in given]
    if any(not each or len(each) > LONGEST_ANSWER for each in answers):
        raise bad_request(f"poll options length must not exceed {LONGEST_ANSWER}")
    if len(set(answers)) < len(answers):
        raise bad_request("poll options must be different")
    chat, reply_to, markup = address(world, params)
    message = world.add_message(chat, world.bot, polls.words(question, answers))
    anonymous = flag({"is_anonymous": "true", **params}, "is_anonymous")
    several = flag(params, "allows_multiple_answers")
    made = polls.made(message.message_id, question, answers, anonymous=anonymous, several=several)
    message.media = {"poll": made}
    return deliver(world, params, message, reply_to, markup)


def stop_poll(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """stopPoll: answers the poll as it stands."""
    message = find_message(world, params, "message with poll to stop", chat=find_chat(world, params))
    if "poll" not in message.media:
        raise bad_request("message with poll to stop not found")
    if not polls.is_open(message):
        raise bad_request("poll has already been closed")
    message.media["poll"]["is_closed"] = True
    message.text += "\n(closed)"
    message.chat.note("edited", message)
    polls.tell(world, message)
    return message.media["poll"]


METHODS: dict[str, Handler] = {"sendpoll": send_poll, "stoppoll": stop_poll}
