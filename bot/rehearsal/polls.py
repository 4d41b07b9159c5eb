"""Polls: what a message holds of one, and what people's votes make of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.rehearsal.model import Message

if TYPE_CHECKING:
    from bot.rehearsal.world import World


def made(number: int, question: str, answers: Sequence[str], *, anonymous: bool, several: bool) -> dict[str, Any]:
    """A Poll object without votes."""
    options = [{"persistent_id": str(at), "text": text, "voter_count": 0} for at, text in enumerate(answers)]
    return {
        "id": str(5_270_000_000_000_000_000 + number),
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": "regular",
        "allows_multiple_answers": several,
        "allows_revoting": True,
        "members_only": False,
    }


def words(question: str, answers: Sequence[str]) -> str:
    """What is read of a poll."""
    return "\n".join([question, *(f"○ {each}" for each in answers)])


def is_open(message: Message) -> bool:
    return "poll" in message.media and not message.media["poll"]["is_closed"]


def has(message: Message, answers: Sequence[str]) -> bool:
    """Whether these are answers of a message's poll."""
    return set(answers) <= {option["text"] for option in message.media["poll"]["options"]}


def vote(world: World, message: Message, answers: Sequence[str]) -> None:
    """Somebody's vote in the poll of their own chat, in place of the one before."""
    poll = message.media["poll"]
    for option in poll["options"]:
        option["voter_count"] = int(option["text"] in answers)
    poll["total_voter_count"] = int(bool(answers))
    tell(world, message)


def tell(world: World, message: Message) -> None:
    """Tell the bot how a poll of its own stands."""
    poll = message.media["poll"]
    body = {**poll, "options": [dict(option) for option in poll["options"]]}
    world.updates.put("poll", body, lane=("poll", message.chat.id), seconds=world.limits.update_seconds)
    world.changed()
