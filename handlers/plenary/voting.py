"""Dot votes: the room chooses among what groups published; totals are seen once the vote is over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import checked, dot_vote
from bot.core.dialogue import Dialogue, Person
from bot.core.dot_vote import DotVote
from bot.core.errors import Refusal
from bot.core.message import Choice, ContentText, Phrase, Priority, Screen
from bot.core.plenary_dialogue import VoteView
from bot.core.tally import SHOWN_FROM
from bot.core.words import shortened
from bot.core.workshop import Member, Workshop
from handlers.callbacks import Close, pack
from handlers.context import Here, Pass, Reader, button, lines, on_text, page_of, screen, tap
from handlers.plenary.around import save
from handlers.plenary.taps import EndVote, PlaceDot, ShowVote, VoteFor
from handlers.steering import on_behalf

A_PAGE = 10
MOST_WITHOUT = 8  # people without a phone, with a button each
SHOWN_TO_ALL = 10  # items of a result


@tap(ShowVote)
async def show(here: Here, action: ShowVote) -> None:
    workshop, member = await here.member(action.workshop)
    vote = (await here.turn.plenary(workshop.id)).votes.get(action.number)
    if vote is None:
        raise Refusal("tap.old")
    before = here.person.dialogue
    if isinstance(before, VoteView) and before.member and before.number == action.number and member.leads:
        here.ask(replace(before, page=action.page))
        return
    if vote.is_open and member.leads:
        raise Refusal("dots.participants")
    here.ask_aside(VoteView(workshop_id=workshop.id, number=action.number, page=action.page))


@tap(VoteFor)
async def vote_for(here: Here, action: VoteFor) -> None:
    """A facilitator puts the dots of somebody without a phone."""
    workshop, _ = await here.facilitator(action.workshop)
    vote = (await here.turn.plenary(workshop.id)).votes.get(action.number)
    member = workshop.members.get(action.member)
    if vote is None or member is None:
        raise Refusal("tap.old")
    if not vote.is_open:
        raise Refusal("dots.over")
    on_behalf.check(member)
    here.ask(VoteView(workshop_id=workshop.id, number=vote.number, member=member.number))


def _voter(workshop: Workshop, member: Member, dialogue: Dialogue | None) -> int | None:
    """In whose name dots are put: one's own; by a facilitator, that of somebody without a phone whom they chose."""
    if not member.leads:
        return member.number
    chosen = dialogue.member if isinstance(dialogue, VoteView) and dialogue.workshop_id == workshop.id else 0
    found = workshop.members.get(chosen)
    return chosen if found is not None and found in workshop.participants() and found.user_id is None else None


@tap(PlaceDot)
async def place(here: Here, action: PlaceDot) -> None:
    workshop, member = await here.member(action.workshop)
    voter = _voter(workshop, member, here.person.dialogue)
    if voter is None:
        raise Refusal("dots.participants")
    plenary = await here.turn.plenary(workshop.id)
    if action.number not in plenary.votes:
        raise Refusal("tap.old")
    vote = dot_vote.toggle(plenary.votes[action.number], voter, action.item)
    save(here.turn, workshop, plenary, replace(plenary, votes={**plenary.votes, vote.number: vote}))


@on_text(VoteView)
async def numbered(here: Here, dialogue: VoteView, text: str) -> None:
    """The number of an item, typed."""
    vote = (await here.turn.plenary(dialogue.workshop_id)).votes.get(dialogue.number)
    if vote is None or not vote.is_open:
        raise Pass
    item = checked.number(text, 1, len(vote.items))
    await place(here, PlaceDot(dialogue.workshop_id, dialogue.number, item))
    here.acknowledge()


@screen(VoteView)
async def vote_screen(reader: Reader, person: Person, dialogue: VoteView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    vote = (await reader.plenary(dialogue.workshop_id)).votes.get(dialogue.number)
    voter = _voter(workshop, member, dialogue) if workshop and member else None
    if workshop is None or member is None or vote is None or (vote.is_open and voter is None):
        return None
    items = list(vote.items) if vote.is_open else [each for each, _ in dot_vote.ranked(vote)]
    shown, page, pages = page_of(items, dialogue.page, A_PAGE)
    turning = [
        button(key, ShowVote(workshop.id, vote.number, page + by))
        for by, key, there in ((-1, "label.earlier", page > 0), (1, "label.more", page + 1 < pages))
        if there
    ]
    last = (*turning, button("label.close", Close()))
    if not vote.is_open:
        return Screen("lines", lines(*_result(reader, workshop, vote, page)), (last,))
    mine = vote.placed.get(voter or 0, ())
    left = vote.dots - len(mine)
    text = [
        Phrase("dots.heading", {"title": _title(reader, workshop, vote)}),
        *([Phrase("dots.in_name", {"name": workshop.members[voter].name})] if member.leads and voter else []),
        *(Phrase("dots.line_mine" if each.number in mine else "dots.line", _line(each)) for each in shown),
        "",
        Phrase("dots.left", {"count": left}) if left else Phrase("dots.all_placed"),
    ]
    choices = [
        Choice(
            str(each.number),
            pack(PlaceDot(workshop.id, vote.number, each.number)),
            style="primary" if each.number in mine else "",
        )
        for each in shown
    ]
    rows = [tuple(choices[at : at + 5]) for at in range(0, len(choices), 5)]
    return Screen("lines", lines(*text), (*rows, last))


def _line(item: dot_vote.VoteItem) -> dict[str, Any]:
    return {"number": item.number, "text": item.text}


async def stage_screen(reader: Reader, workshop: Workshop, member: Member) -> Screen | None:
    """A vote that is open, on everybody's phone."""
    vote = (await reader.plenary(workshop.id)).vote
    if vote is None:
        return None
    heading = Phrase("dots.heading", {"title": _title(reader, workshop, vote)})
    if member.leads:
        voted = Phrase("dots.voted", {"voted": dot_vote.voters(vote), "of": len(workshop.participants())})
        without = [
            button("label.dots.vote_for", VoteFor(workshop.id, vote.number, each.number), name=shortened(each.name, 13))
            for each in workshop.participants()
            if each.user_id is None
        ][:MOST_WITHOUT]
        rows = [tuple(without[at : at + 2]) for at in range(0, len(without), 2)]
        end = (button("label.dots.end", EndVote(workshop.id, vote.number)),)
        return Screen("lines", lines(heading, voted), (*rows, end))
    invites = Phrase("dots.invites", {"count": vote.dots})
    go = button("label.dots.vote", ShowVote(workshop.id, vote.number, 0), style="primary")
    return Screen("lines", lines(heading, invites, Phrase("dots.secret")), ((go,),))


def _title(reader: Reader, workshop: Workshop, vote: DotVote) -> ContentText | str:
    exercise = reader.programme(workshop).exercises.get(vote.exercise)
    sections = exercise.product.sections if exercise is not None else ()
    title = next((each.title for each in sections if each.step == vote.step), "")
    return ContentText(workshop.programme, title) if title else vote.exercise


def _result(reader: Reader, workshop: Workshop, vote: DotVote, page: int = 0) -> list[Any]:
    shown, _, _ = page_of(dot_vote.ranked(vote), page, SHOWN_TO_ALL)
    totals = [
        Phrase("dots.total" if count else "dots.none", {"count": count, "text": each.text, "group": each.group})
        for each, count in shown
    ]
    return [
        Phrase("dots.result", {"title": _title(reader, workshop, vote)}),
        Phrase("dots.of_voters", {"count": vote.voters}),
        "" if shown else Phrase("dots.few_voters", {"least": SHOWN_FROM}),
        *totals,
    ]


@tap(EndVote)
async def end(here: Here, action: EndVote) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    plenary = await here.turn.plenary(workshop.id)
    if action.number not in plenary.votes:
        raise Refusal("tap.old")
    ended = dot_vote.end(plenary.votes[action.number], here.turn.now)
    save(here.turn, workshop, plenary, replace(plenary, votes={**plenary.votes, ended.number: ended}))
    result = _result(here.turn, workshop, ended)
    more = len(dot_vote.ranked(ended)) > SHOWN_TO_ALL
    rows = ((button("label.more", ShowVote(workshop.id, ended.number, 1)),),) if more else ()
    for each in workshop.active():
        if each.user_id is not None:
            await here.turn.say(each.user_id, "lines", rows, priority=Priority.LIVE, unasked=True, **lines(*result))
