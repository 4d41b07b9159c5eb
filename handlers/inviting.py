"""How people get in: the link, the code and its picture, the co-facilitators' link; closing and reopening the door."""

from __future__ import annotations

from bot.core import workshop as rules
from bot.core.dialogue import Closing, Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Kind, Phrase, Screen
from bot.core.workshop import Workshop
from bot.runner import Runner
from handlers.callbacks import Close, WorkshopDo
from handlers.context import Here, Reader, button, command, screen, tap


def link(runner: Runner, token: str) -> str:
    return f"https://t.me/{runner.bot_username}?start={token}"


def _copy(key: str, text: str) -> Choice:
    return Choice(Phrase(key), copy=text)


async def tell_ways_in(here: Here, workshop: Workshop, *, opened: bool = False) -> None:
    """The link and the code to type, in place of the question that was open; and the picture for the slide."""
    join = link(here.turn.runner, workshop.link_token)
    await here.done(
        "invite.opened" if opened else "invite.again",
        ((_copy("invite.copy", join),),),
        title=workshop.title,
        link=join,
        code=workshop.code,
    )
    await here.turn.say(here.user_id, "invite.qr", kind=Kind.PHOTO, title=workshop.title, code=workshop.code, qr=join)


async def tell_facilitator_link(here: Here, workshop: Workshop, *, renewed: bool = False) -> None:
    renew = button("invite.new_link", WorkshopDo(workshop.id, "facilitator_link"))
    if workshop.facilitator_token is None:
        await here.say("invite.link_used", ((renew,),), title=workshop.title)
        return
    only_once = link(here.turn.runner, workshop.facilitator_token)
    rows = ((_copy("invite.copy", only_once), renew),)
    await here.say(
        "invite.facilitators_new" if renewed else "invite.facilitators", rows, title=workshop.title, link=only_once
    )


@command("invite")
async def invite(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    workshop, member = await here.facilitator(workshop.id)
    if workshop.closed_at is not None:
        raise Refusal("invite.closed", title=workshop.title)
    await tell_ways_in(here, workshop)
    if member.number == workshop.organiser.number:
        await tell_facilitator_link(here, workshop)


@command("close")
async def close_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    workshop, _ = await here.organiser(workshop.id)
    if workshop.closed_at is not None:
        raise Refusal("close.already", title=workshop.title)
    here.ask(Closing(workshop_id=workshop.id))


@screen(Closing)
async def closing_screen(reader: Reader, person: Person, dialogue: Closing) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    rows = (
        (button("close.yes", WorkshopDo(workshop.id, "close_yes"), style="danger"),),
        (button("label.cancel", Close()),),
    )
    return Screen("close.ask", {"title": workshop.title}, rows)


@command("reopen")
async def reopen_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await reopened(here, workshop.id)


async def reopened(here: Here, workshop_id: int) -> None:
    workshop, _ = await here.organiser(workshop_id)
    workshop = rules.reopen(workshop)
    here.turn.put(workshop)
    await here.done("close.reopened", title=workshop.title, code=workshop.code)


@tap(WorkshopDo)
async def workshop_do(here: Here, action: WorkshopDo) -> None:
    match action.what:
        case "invite":
            workshop, _ = await here.facilitator(action.workshop)
            here.change(workshop_id=workshop.id)
            await invite(here, "")
        case "facilitator_link":
            workshop, _ = await here.organiser(action.workshop)
            if workshop.closed_at is not None:
                raise Refusal("invite.closed", title=workshop.title)
            workshop = rules.renew_facilitator_link(workshop, here.turn.runner.token())
            here.turn.put(workshop)
            await tell_facilitator_link(here, workshop, renewed=True)
        case "close":
            workshop, _ = await here.organiser(action.workshop)
            here.ask(Closing(workshop_id=workshop.id))
        case "close_yes":
            workshop, _ = await here.organiser(action.workshop)
            workshop = rules.close(workshop, here.turn.now)
            here.turn.put(workshop)
            again = button("close.reopen", WorkshopDo(workshop.id, "reopen"))
            await here.done("close.done", ((again,),), title=workshop.title)
        case "reopen":
            await reopened(here, action.workshop)
        case _:
            raise Refusal("tap.old")
