"""What belongs to no conversation: help, cancel, language, pages, and input that can't be used."""

from __future__ import annotations

from bot.core.dialogue import Joining, Languages, Person
from bot.core.message import Choice, Screen
from bot.core.plan_dialogue import HandOver, PlanAsk
from handlers.callbacks import Close, PickLanguage, ShowLanguages, pack
from handlers.context import Here, Reader, button, command, screen, tap


async def role(here: Here) -> tuple[str, str]:
    """The person's standing, as the last part of a message key, and the workshop's title."""
    workshop = await here.turn.workshop(here.person.workshop_id)
    member = workshop.active_user(here.user_id) if workshop else None
    if workshop is None or member is None:
        plans = await here.turn.plans_of_contact(here.user_id)
        workshop = await here.turn.workshop(plans[0].workshop_id) if plans else None
        return ("contact", workshop.title) if workshop else ("stranger", "")
    return ("facilitator" if member.leads else "participant"), workshop.title


@command("help")
async def help_(here: Here, rest: str) -> None:
    standing, title = await role(here)
    await here.say(f"help.{standing}", title=title)


@command("id")
async def id_(here: Here, rest: str) -> None:
    """For ORGANISER_IDS."""
    await here.say("help.id", id=str(here.user_id))


@command("cancel", "stop")
async def cancel(here: Here, rest: str) -> None:
    if here.person.dialogue is None:
        await here.say("cancel.nothing")
        return
    await here.done("cancel.done")


@tap(Close)
async def close(here: Here, action: Close) -> None:
    if not _back(here):
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
    dialogue = here.person.dialogue
    here.ask(Languages(asked=dialogue if isinstance(dialogue, PlanAsk) else None))


@tap(ShowLanguages)
async def show_languages(here: Here, action: ShowLanguages) -> None:
    dialogue = here.person.dialogue
    here.ask(
        Languages(
            joining=dialogue.workshop_id if isinstance(dialogue, Joining) else 0,
            handover=dialogue if isinstance(dialogue, HandOver) else None,
        )
    )


def _back(here: Here) -> bool:
    """Where the language was asked for by somebody about to join, or to say whether they do, or in the middle of an
    action: they go on there."""
    dialogue = here.person.dialogue
    if not isinstance(dialogue, Languages) or not (dialogue.joining or dialogue.handover or dialogue.asked):
        return False
    here.ask(dialogue.asked or dialogue.handover or Joining(workshop_id=dialogue.joining))
    return True


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
    if (await role(here))[0] == "facilitator":
        here.turn.menu(here.user_id)
    if not _back(here):
        await here.done("language.set")
