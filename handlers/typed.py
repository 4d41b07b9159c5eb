"""A number typed instead of tapping a choice, where words are expected too."""

from __future__ import annotations

from handlers.callbacks import Close, NewBack, unpack
from handlers.context import SCREENS, TAPS, Here


async def by_number(here: Here, text: str) -> bool:
    """Do what the choice with this number on the question on show does; [Back] and [Cancel] aren't counted. False
    when the text is no such number."""
    words = text.strip()
    dialogue = here.person.dialogue
    if dialogue is None or not words.isdecimal() or len(words) > 3:
        return False
    screen = await SCREENS[type(dialogue)](here.turn, here.person, dialogue)
    choices = [choice for row in screen.rows for choice in row] if screen else []
    actions = [action for choice in choices if not isinstance(action := unpack(choice.action), Close | NewBack | None)]
    if not 1 <= int(words) <= len(actions):
        return False
    action = actions[int(words) - 1]
    await TAPS[type(action)](here, action)
    return True
