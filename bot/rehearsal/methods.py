"""The methods of the Bot API that the stand-in knows, by their names in lower case."""

from __future__ import annotations

from bot.rehearsal import calls_bot, calls_chat, calls_edits, calls_messages, calls_polls
from bot.rehearsal.calls import Handler

METHODS: dict[str, Handler] = {
    **calls_bot.METHODS,
    **calls_chat.METHODS,
    **calls_messages.METHODS,
    **calls_edits.METHODS,
    **calls_polls.METHODS,
}


def counts(method: str) -> bool:
    """Whether a method (in lower case) counts against the paces of sending."""
    return method.startswith(("send", "edit", "copy")) and method != "sendchataction"
