"""What belongs to no conversation: help, cancel, language, pages, and input that can't be used."""

from __future__ import annotations

from bot.core.dialogue import Languages, Person
from bot.core.message import Choice, Screen
from handlers.callbacks import Close, PickLanguage, ShowLanguages, pack
from handlers.context import Here, Reader, button, command, screen, tap


async def role(here: Here) -> tuple[str, str]:
    """The person's standing, as the last part of a message key, and the workshop's title."""
    workshop = await here.turn.workshop(here.person.workshop_id)
    member = workshop.active_user(here.user_id) if workshop else None
    if workshop is None or member is None:
        return "stranger", ""
    return ("facilitator" if member.leads else "participant"), workshop.title


@command("help")
async def help_(here: Here, rest: str) -> None:
    standing, title = await role(here)
    await here.say(f"help.{standing}", title=title)


@command("cancel", "stop")
async def cancel(here: Here, rest: str) -> None:
    if here.person.dialogue is None:
        await here.say("cancel.nothing")
        return
    await here.done("cancel.done")


@tap(Close)
async def close(here: Here, action: Close) -> None:
    here.ask(None)


async def unknown(here: Here) -> None:
    standing, _ = await role(here)
    await here.say(f"unknown.{standing}")


async def not_words(here: Here) -> None:
    await here.say("input.words_only")


async def forwarded(here: Here) -> None:
    await here.say("input.forwarded")


async def edited(here: Here) -> None:
    await here.say("input.edited")


# Language --------------------------------------------------------------------------------------------------------


@command("language")
async def language(here: Here, rest: str) -> None:
    here.ask(Languages())


@tap(ShowLanguages)
async def show_languages(here: Here, action: ShowLanguages) -> None:
    here.ask(Languages())


LANGUAGES: dict[str, str] = {"en": "English"}  # filled from the catalogues at the start


@screen(Languages)
async def languages_screen(reader: Reader, person: Person, dialogue: Languages) -> Screen:
    rows = tuple((Choice(name, pack(PickLanguage(code))),) for code, name in LANGUAGES.items())
    return Screen("language.ask", rows=(*rows, (button("label.cancel", Close()),)))


@tap(PickLanguage)
async def pick_language(here: Here, action: PickLanguage) -> None:
    if action.language not in LANGUAGES:
        here.toast("tap.old")
        return
    here.change(language=action.language, language_chosen=True)
    await here.done("language.set")
