"""A number, or the beginning of a label, typed instead of tapping a choice, where words are expected too."""

from __future__ import annotations

from handlers.callbacks import Close, NewBack, unpack
from handlers.context import SCREENS, TAPS, Here
from handlers.render import Renderer, says


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


async def by_beginning(here: Here, text: str) -> bool:
    """Do what the choice does whose words before a colon were typed: "go on" for "Go on: Publish the list". False when
    there isn't exactly one."""
    dialogue = here.person.dialogue
    screen = await SCREENS[type(dialogue)](here.turn, here.person, dialogue) if dialogue is not None else None
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    choices = [choice for row in screen.rows for choice in row] if screen else []
    labels = [(renderer.label(choice).partition(":"), choice) for choice in choices]
    begun = [unpack(choice.action) for (words, colon, _), choice in labels if colon and says(text, words)]
    if len(begun) != 1 or begun[0] is None:
        return False
    await TAPS[type(begun[0])](here, begun[0])
    return True
