"""Quick polls, by Telegram's own: a facilitator asks, everybody taps in their own chat, and totals come at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import Poll

from bot.core import checked, quick_poll
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Kind, OutboxMessage, Phrase, Priority, Screen
from bot.core.plenary import next_number
from bot.core.plenary_dialogue import PollAsk
from bot.core.quick_poll import LONGEST_QUESTION, MOST_ANSWERS, QuickPoll
from bot.core.tally import SHOWN_FROM
from bot.core.workshop import Workshop
from bot.runner import Runner
from bot.turn import Turn
from bot.views import Request
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.plenary.around import phones, save
from handlers.plenary.taps import EndPoll, PollDo, ShowPlenary
from handlers.render import Renderer

READY = {"yes_no": ("quick.yes", "quick.no"), "not_sure": ("quick.yes", "quick.no", "quick.unsure")}


# Asking ----------------------------------------------------------------------------------------------------------


@tap(PollDo)
async def do(here: Here, action: PollDo) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if action.what == "new":
        await _check_free(here, workshop)
        here.ask(PollAsk(workshop_id=workshop.id))
        return
    dialogue = here.person.dialogue
    if not isinstance(dialogue, PollAsk) or dialogue.workshop_id != workshop.id:
        raise Refusal("tap.old")
    if action.what in READY and dialogue.asks == "answers":
        renderer = Renderer(here.turn.runner.catalogues, here.person.language)
        answers = tuple(renderer.plain(Phrase(key)) for key in READY[action.what])
        here.ask(replace(dialogue, asks="preview", answers=answers))
    elif action.what == "back":
        here.ask(replace(dialogue, asks="answers" if dialogue.asks == "preview" else "question"))
    elif action.what == "send" and dialogue.asks == "preview":
        await _send(here, workshop, dialogue)
    else:
        raise Refusal("tap.old")


async def _check_free(here: Here, workshop: Workshop) -> None:
    if (await here.turn.plenary(workshop.id)).poll is not None:
        raise Refusal("quick.goes_on")
    if not phones(workshop):
        raise Refusal("quick.nobody")


@on_text(PollAsk)
async def typed(here: Here, dialogue: PollAsk, text: str) -> None:
    await here.facilitator(dialogue.workshop_id)
    if dialogue.asks == "preview":
        raise Refusal("quick.tap_one")
    if dialogue.asks == "question":
        question = checked.words(text, LONGEST_QUESTION)
        here.ask(replace(dialogue, asks="answers", question=question))
    else:
        here.ask(replace(dialogue, asks="preview", answers=quick_poll.answers_of(text)))
    here.acknowledge()


@screen(PollAsk)
async def ask_screen(reader: Reader, person: Person, dialogue: PollAsk) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None

    def choice(key: str, what: str, style: str = "") -> Choice:
        return button(key, PollDo(workshop.id, what), style=style)

    match dialogue.asks:
        case "question":
            back = button("label.back", ShowPlenary(workshop.id))
            return Screen("quick.ask_question", {"longest": LONGEST_QUESTION}, ((back,),))
        case "answers":
            about: dict[str, Any] = {"question": dialogue.question, "most": MOST_ANSWERS}
            ready = (choice("label.quick.yes_no", "yes_no"), choice("label.quick.not_sure", "not_sure"))
            return Screen("quick.ask_answers", about, (ready, (choice("label.back", "back"),)))
    listed = [Phrase("quick.answer", {"text": each}) for each in dialogue.answers]
    about = {
        "question": dialogue.question,
        "answers": Phrase("lines", {"lines": listed}),
        "count": len(phones(workshop)),
    }
    return Screen("quick.preview", about, ((choice("label.send", "send", "primary"), choice("label.back", "back")),))


async def _send(here: Here, workshop: Workshop, dialogue: PollAsk) -> None:
    await _check_free(here, workshop)
    plenary = await here.turn.plenary(workshop.id)
    number = next_number(plenary.polls)
    poll = quick_poll.begin(number, dialogue.question, dialogue.answers, here.turn.now)
    save(here.turn, workshop, plenary, replace(plenary, polls={**plenary.polls, number: poll}))
    here.ask(None)
    for each in workshop.participants():
        if each.user_id is not None:
            await here.turn.say(
                each.user_id,
                "quick.stands",
                kind=Kind.POLL,
                priority=Priority.LIVE,
                unasked=True,
                question=poll.question,
                workshop=workshop.id,
                number=number,
            )


async def request(runner: Runner, message: OutboxMessage) -> Request | None:
    """The poll for one chat; None where it is over by then."""
    params = message.screen.params
    poll = (await runner.plenary(int(params["workshop"]))).polls.get(int(params["number"]))
    if poll is None or not poll.is_open:
        return None
    payload: dict[str, Any] = {
        "chat_id": message.chat_id,
        "question": poll.question,
        "options": [{"text": each} for each in poll.answers],
        "is_anonymous": True,
        "hide_results_until_closes": True,  # it has one vote, their own
    }
    return Request("sendPoll", payload)


# Answers ---------------------------------------------------------------------------------------------------------


async def voted(turn: Turn, poll: Poll) -> None:
    """Telegram tells how a poll in somebody's chat stands. One that has just been made may not be known yet: it counts
    once it is."""
    if poll.is_closed:
        return
    copy = await turn.poll_copy(poll.id)
    if copy is not None:
        known = (await turn.plenary(copy.workshop_id)).polls.get(copy.number)
        if known is None or not known.is_open:
            turn.stop_poll(copy.chat_id, copy.message_id)  # it left while the poll was being ended
            return
        turn.touch(f"plenary:{copy.workshop_id}")
    turn.vote(poll.id, tuple(at for at, option in enumerate(poll.options) if option.voter_count))


@tap(EndPoll)
async def end(here: Here, action: EndPoll) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    turn = here.turn
    plenary = await turn.plenary(workshop.id)
    if action.number not in plenary.polls:
        raise Refusal("tap.old")
    votes = await turn.poll_votes(workshop.id, action.number)
    copies = await turn.poll_copies(workshop.id, action.number)
    by_chat = {each.chat_id: votes[each.poll_id] for each in copies if each.poll_id in votes}
    ended = quick_poll.end(plenary.polls[action.number], by_chat.values(), turn.now)
    save(turn, workshop, plenary, replace(plenary, polls={**plenary.polls, ended.number: ended}))
    for copy in copies:
        turn.stop_poll(copy.chat_id, copy.message_id)
    for each in workshop.active():
        if each.user_id is not None:
            await turn.say(each.user_id, "lines", priority=Priority.LIVE, unasked=True, **lines(*_result(ended)))


def _result(poll: QuickPoll) -> list[Any]:
    shown = [Phrase("quick.total", {"text": answer, "count": count}) for answer, count in poll.shown]
    return [
        Phrase("quick.result", {"question": poll.question}),
        *(shown or [Phrase("quick.few", {"least": SHOWN_FROM})]),
        Phrase("quick.of", {"count": poll.voters}) if shown else None,
    ]


async def stage_screen(reader: Reader, workshop: Workshop) -> Screen | None:
    """How a poll goes, for those who lead."""
    poll = (await reader.plenary(workshop.id)).poll
    if poll is None:
        return None
    votes = await reader.poll_votes(workshop.id, poll.number)
    answered = Phrase("quick.answered", {"answered": sum(map(bool, votes.values())), "of": len(phones(workshop))})
    rows = ((button("label.quick.end", EndPoll(workshop.id, poll.number)),),)
    return Screen("lines", lines(Phrase("quick.stands", {"question": poll.question}), answered), rows)
