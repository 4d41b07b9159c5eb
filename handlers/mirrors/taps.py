"""Callback data of group chats; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class ShowChats(Action, verb="ch"):
    """Which groups have a chat, and the ways to bring the bot into one."""

    workshop: int


@dataclass(frozen=True, slots=True)
class TieChat(Action, verb="tie"):
    """Tie a chat, or a topic of it, that asked for it; a group of 0 says no."""

    workshop: int
    chat: int
    thread: int
    group: int
    grouping: str


@dataclass(frozen=True, slots=True)
class UntieChat(Action, verb="untie"):
    workshop: int
    chat: int
    thread: int
