"""A phone's conversation as text, as wide as a phone is: the bot's side on the left, the person's on the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from bot.rehearsal.model import Message
from bot.rehearsal.screen import Happening, Screen

WIDTH = 42
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_MODIFIERS = ("\U0001f3fb", "\U0001f3ff")
_QUIET = {
    "edited by me": "changed by me",
    "tapped": "tapped",
    "opened": "opened",
    "copied": "copied",
    "blocked": "blocked the bot",
    "unblocked": "unblocked the bot",
    "deleted": "deleted",
    "pinned": "pinned",
    "unpinned": "no longer pinned",
}


def show_phone(phone: Screen, width: int = WIDTH) -> str:
    """What stands on a phone now. `width` is in columns of a terminal."""
    lines = _frame(phone.user.name, width)
    if phone.pinned:
        lines += [_cut(f"📌 {_one_line(phone.pinned)}", width), "─" * width]
    for message in phone.messages:
        lines += _message(message, width)
    keys = [[button["text"] for button in row] for row in (phone.chat.keyboard or {}).get("keyboard", [])]
    if keys:
        lines += ["─" * width, *_buttons(keys, width)]
    return "\n".join(lines) + "\n"


def show_transcript(phone: Screen, width: int = WIDTH) -> str:
    """Everything that happened on a phone, in order: a changed message is shown again, a toast is marked."""
    lines = _frame(phone.user.name, width)
    for happening in phone.transcript:
        lines += _happening(happening, width)
    return "\n".join(lines) + "\n"


def columns(text: str) -> int:
    """How many columns a text takes: wide characters two, combining and invisible ones none."""
    if text.isascii():
        return len(text)
    total, joined = 0, False
    for char in text:
        if char == "\u200d":
            joined = True
            continue
        if joined or _takes_none(char):  # the rest of a joined emoji is drawn in its first two columns
            joined = False
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns, broken at spaces where there are any."""
    return [part for line in text.split("\n") for part in _wrap_line(line, width)]


def _takes_none(char: str) -> bool:
    if char in _JOINERS or _MODIFIERS[0] <= char <= _MODIFIERS[1]:
        return True
    return bool(unicodedata.combining(char)) or unicodedata.category(char) in ("Cf", "Me", "Mn")


def _wrap_line(line: str, width: int) -> list[str]:
    lines, current = [], ""
    for word in line.split(" "):
        joined = f"{current} {word}" if current else word
        if columns(joined) <= width:
            current = joined
            continue
        if current:
            lines.append(current)
        current = word
        while columns(current) > width:
            at = _fit(current, width)
            lines.append(current[:at])
            current = current[at:]
    return [*lines, current]


def _fit(text: str, width: int) -> int:
    """How many characters fit, at least one, without parting what is drawn as one."""
    at, total, joined = len(text), 0, False
    for index, char in enumerate(text):
        if char == "\u200d":
            joined = True
        elif joined or _takes_none(char):
            joined = False
        else:
            total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
            if total > width:
                at = max(1, index)
                break
    while 1 < at < len(text) and (_takes_none(text[at]) or text[at] == "\u200d" or text[at - 1] == "\u200d"):
        at -= 1
    return at


def _cut(text: str, width: int) -> str:
    return text if columns(text) <= width else text[: _fit(text, width - 1)] + "…"


def _one_line(message: Message) -> str:
    return (message.text or f"[{message.kind}]").replace("\n", " ")


def _frame(name: str, width: int) -> list[str]:
    title = f"┌ {_cut(name, width - 5)} "
    return [title + "─" * (width - columns(title) - 1) + "┐"]


def _happening(happening: Happening, width: int) -> list[str]:
    message, text = happening.message, happening.text
    if happening.kind in ("sent", "received") and message:
        shown = _content(message, text)
        return _bubble(shown, width, mine=happening.kind == "sent", quote=_quoted(message)) + _keys(happening, width)
    if happening.kind == "edited":
        return _bubble(text, width, mine=False, mark="✎") + _keys(happening, width)
    if happening.kind == "reaction":
        return [_right(f"bot reacted {text}" if text else "bot took its reaction back", width)]
    if happening.kind in ("toast", "alert"):
        lines = wrap(f"({happening.kind}: {text})", width - 4)
        return [f"{' ' * ((width - columns(line)) // 2)}{line}" for line in lines]
    note = _QUIET.get(happening.kind, happening.kind)
    about = text.replace("\n", " ")
    mine = happening.kind in ("edited by me", "tapped", "opened", "copied", "blocked", "unblocked")
    line = _cut(f"({note}: {about})" if about else f"({note})", width)
    return [_right(line, width) if mine else line]


def _keys(happening: Happening, width: int) -> list[str]:
    return _buttons(happening.buttons, width)


def _message(message: Message, width: int) -> list[str]:
    shown = _content(message, message.text)
    lines = _bubble(shown, width, mine=not message.from_bot, quote=_quoted(message))
    lines += _buttons(message.buttons, width)
    if message.reactions:
        seen = "".join(message.reactions)
        lines.append(seen if message.from_bot else _right(seen, width))
    return lines


def _content(message: Message, text: str) -> str:
    if not message.media:
        return text
    name = message.media_name
    label = f"[{message.kind} {name}]" if name else f"[{message.kind}]"
    return f"{label}\n{text}" if text else label


def _quoted(message: Message) -> str:
    if message.forward_origin:
        return f"Forwarded from {message.forward_origin.get('sender_user_name', 'someone')}"
    return f"| {_one_line(message.reply_to)}" if message.reply_to else ""


def _bubble(text: str, width: int, *, mine: bool, quote: str = "", mark: str = "") -> list[str]:
    room = width * 4 // 5 if mine else width - 2
    lines = wrap(text, room)
    if quote:
        lines.insert(0, _cut(quote, room))
    if mine:
        widest = max(map(columns, lines))
        return [_right(f"{line}{' ' * (widest - columns(line))} ▐", width) for line in lines]
    return [f"{mark if mark and not at else '▌'} {line}".rstrip() for at, line in enumerate(lines)]


def _buttons(rows: Iterable[Sequence[str]], width: int) -> list[str]:
    lines = []
    for row in rows:
        current = " "
        for label in row:
            shown = f" [ {_cut(label, width - 6)} ]"
            if current.strip() and columns(current + shown) > width:
                lines.append(current)
                current = " "
            current += shown
        lines.append(current)
    return lines


def _right(text: str, width: int) -> str:
    return " " * max(0, width - columns(text)) + text
