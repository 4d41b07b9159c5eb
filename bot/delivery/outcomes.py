"""What a failed request means. Telegram says much in words only, so both the kind of error and its text decide.

Neither the text nor anything made of it goes further than this module: it may repeat what people wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.transport import ConnectFailed, retry_after_seconds

DEFAULT_WAIT = 5.0  # seconds, where a 429 doesn't say


class Meaning(Enum):
    UNCHANGED = auto()  # the phone shows it already: as good as done
    GONE = auto()  # the message to change isn't there, or can't be changed any more
    LATE = auto()  # the tap was too long ago to be answered
    SLOW = auto()  # too much; again after `seconds`
    MOVED = auto()  # the group is a supergroup now, with the id `chat_id`
    UNREACHABLE = auto()  # nothing reaches this chat until its person does something about it
    REFUSED = auto()  # this request will never be taken
    NOT_LEFT = auto()  # the request can't have been carried out
    UNKNOWN = auto()  # it may have been carried out


class Reason(StrEnum):
    """Why a message failed for good, as `OutboxMessage.reason` has it; rendering words it."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NOT_STARTED = "not_started"  # a bot can't write first
    REMOVED = "removed"  # from the group
    NO_RIGHTS = "no_rights"  # to write in the group
    TOPIC_CLOSED = "topic_closed"  # of the group; the others go on
    TOPIC_GONE = "topic_gone"
    CHAT_NOT_FOUND = "chat_not_found"
    FORBIDDEN = "forbidden"
    TOO_LONG = "too_long"
    MARKUP = "markup"  # the text's formatting
    BUTTONS = "buttons"
    EMPTY = "empty"
    REFUSED = "refused"
    BROKEN = "broken"  # it couldn't be rendered


@dataclass(frozen=True, slots=True)
class Verdict:
    """`seconds` with SLOW, `chat_id` with MOVED, `reason` with UNREACHABLE and REFUSED."""

    meaning: Meaning
    reason: str = ""
    seconds: float = 0.0
    chat_id: int = 0


TOPIC = (Reason.TOPIC_CLOSED, Reason.TOPIC_GONE)

# The first text that is found decides.
_UNREACHABLE = (
    ("bot was blocked", Reason.BLOCKED),
    ("user is deactivated", Reason.DEACTIVATED),
    ("can't initiate conversation", Reason.NOT_STARTED),
    ("can't send messages to the user", Reason.NOT_STARTED),
    ("can't send messages to bots", Reason.FORBIDDEN),
    ("bot was kicked", Reason.REMOVED),
    ("bot is not a member", Reason.REMOVED),
    ("group chat was deactivated", Reason.REMOVED),
    ("group chat was deleted", Reason.REMOVED),
    ("chat not found", Reason.CHAT_NOT_FOUND),
    ("user not found", Reason.CHAT_NOT_FOUND),
    ("peer_id_invalid", Reason.CHAT_NOT_FOUND),
    ("input_user_deactivated", Reason.DEACTIVATED),
    ("user_is_blocked", Reason.BLOCKED),
    ("not enough rights to send", Reason.NO_RIGHTS),
    ("have no rights to send", Reason.NO_RIGHTS),
    ("need administrator rights in the channel", Reason.NO_RIGHTS),
    ("chat_write_forbidden", Reason.NO_RIGHTS),
    ("chat_restricted", Reason.NO_RIGHTS),
)
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to react not found",
    "message to delete not found",
    "message with poll to stop not found",
    "poll has already been closed",
    "message to pin not found",
    "message to unpin not found",
    "message not found",
    "there is no text in the message to edit",
)
_LATE = ("query is too old", "query id is invalid", "query_id_invalid")
_REFUSED = (
    ("topic_closed", Reason.TOPIC_CLOSED),
    ("topic_deleted", Reason.TOPIC_GONE),
    ("message thread not found", Reason.TOPIC_GONE),
    ("message is too long", Reason.TOO_LONG),
    ("caption is too long", Reason.TOO_LONG),
    ("can't parse", Reason.MARKUP),
    ("message text is empty", Reason.EMPTY),
    ("text must be non-empty", Reason.EMPTY),
    ("button", Reason.BUTTONS),
    ("keyboard", Reason.BUTTONS),
    ("reply markup", Reason.BUTTONS),
)


def verdict(error: Exception) -> Verdict:
    """What a request that ended in `error` has led to."""
    match error:
        case ChatMigrated():
            return Verdict(Meaning.MOVED, chat_id=error.new_chat_id)
        case RetryAfter():
            return Verdict(Meaning.SLOW, seconds=max(retry_after_seconds(error), 0.1))
        case ConnectFailed():
            return Verdict(Meaning.NOT_LEFT)
    text = str(error).lower()
    if "too many requests" in text or "flood_wait" in text:
        return Verdict(Meaning.SLOW, seconds=DEFAULT_WAIT)
    match error:
        case Forbidden():
            return Verdict(Meaning.UNREACHABLE, _find(text, _UNREACHABLE) or Reason.FORBIDDEN)
        case BadRequest():
            return _bad_request(text)
        case InvalidToken():
            # The same error stands for a method that the server doesn't know, which waiting won't help.
            unknown = "method not found" in text
            return Verdict(Meaning.REFUSED, Reason.REFUSED) if unknown else Verdict(Meaning.NOT_LEFT)
        case NetworkError():
            return Verdict(Meaning.UNKNOWN)
        case TelegramError():
            return Verdict(Meaning.REFUSED, Reason.REFUSED)
    return Verdict(Meaning.REFUSED, Reason.BROKEN)


def _bad_request(text: str) -> Verdict:
    if "message is not modified" in text or "chat_not_modified" in text:
        return Verdict(Meaning.UNCHANGED)
    if any(each in text for each in _LATE):
        return Verdict(Meaning.LATE)
    if any(each in text for each in _GONE):
        return Verdict(Meaning.GONE)
    if reason := _find(text, _UNREACHABLE):
        return Verdict(Meaning.UNREACHABLE, reason)
    return Verdict(Meaning.REFUSED, _find(text, _REFUSED) or Reason.REFUSED)


def _find(text: str, table: tuple[tuple[str, Reason], ...]) -> Reason | None:
    return next((reason for part, reason in table if part in text), None)
