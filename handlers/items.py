"""Ratings item by item: what their questions have in common."""

from __future__ import annotations

from bot.core import rating, walk
from bot.core.candidates import Candidate
from bot.core.dialogue import RateItems
from bot.core.errors import Refusal
from bot.core.exercise import Step
from bot.core.message import ContentText, Phrase
from bot.core.run import ratings
from handlers.context import Here
from handlers.desk import Desk, desk_of


async def on_show(here: Here, run: int, step_id: str) -> tuple[Desk, Step]:
    """The desk and the step of an input. What has been counted stays: refuses when the group has moved on."""
    desk = await desk_of(here, run)
    if desk.step.id != step_id or desk.step.items_from is None:
        raise Refusal("sheet.moved_on")
    return desk, desk.step


def show(here: Here, desk: Desk, step: Step, item: str | None) -> None:
    """Show an item; at the end put the question away: the sheet says how far one is."""
    here.ask(RateItems(run_id=desk.run.id, step=step.id, item=item) if item is not None else None)


def show_next(here: Here, desk: Desk, step: Step, item: str) -> None:
    """Go on from an item that is done with: to what was to follow when its number was given."""
    dialogue = here.person.dialogue
    if isinstance(dialogue, RateItems) and (dialogue.item, dialogue.asks != "number") == (item, True):
        show(here, desk, step, dialogue.then or None)
        return
    items = [each.id for each in desk.candidates]
    show(here, desk, step, rating.onward(items, ratings(walk.standing(desk.run, step, desk.actor)), item))


def topic_name(desk: Desk, topic: str) -> ContentText | None:
    found = desk.programme.topic(topic)
    return desk.content(found.name) if found else None


def heading(desk: Desk, step: Step, item: str) -> tuple[Phrase, Candidate] | None:
    """Which of how many it is, and the item itself; None where it isn't among them any more."""
    offered = desk.candidates
    at = next((at for at, each in enumerate(offered, 1) if each.id == item), 0)
    if not at:
        return None
    found = offered[at - 1]
    named = topic_name(desk, found.topic) or desk.content(step.title)
    return Phrase("items.heading", {"at": at, "of": len(offered), "step": named}), found


def named(candidate: Candidate) -> Phrase:
    title = Phrase("sheet.prompt", {"text": candidate.words})
    return Phrase("items.of_group", {"text": title, "group": candidate.group}) if candidate.group else title
