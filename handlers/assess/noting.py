"""What is asked about a number that was given to a statement: how sure people are, and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.core import assessment, checked, rating, walk
from bot.core.assessment import HIGH, LOW, SURE, WHY, View
from bot.core.dialogue import RateItems
from bot.core.exercise import Step
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import APART, Overtaken, ratings
from handlers import items
from handlers.assess.lines import spread_line, sure_words
from handlers.assess.taps import ItemSure
from handlers.callbacks import Close, pack
from handlers.context import Here, button, lines, tap
from handlers.desk import Desk, save
from handlers.item_taps import RateMove
from handlers.sheet_items import score_words
from handlers.typed import by_number

LONGEST_WHY = 300  # characters


def view_of(desk: Desk, step: Step, item: str) -> View:
    return assessment.view(ratings(walk.standing(desk.run, step, desk.actor)), item)


def asked_next(step: Step, number: int | str | None) -> Literal["", "sure", "why"]:
    """What is asked about a number that was just given; empty when nothing is."""
    if not step.sure or number is None:
        return ""
    return "why" if number == APART else "sure"


def screen(desk: Desk, step: Step, dialogue: RateItems) -> Screen | None:
    found = items.heading(desk, step, dialogue.item)
    if found is None:
        return None
    head, candidate = found
    said = view_of(desk, step, dialogue.item)
    gave = "assess.agreed" if step.agrees else "items.yours"
    noted = Phrase("assess.noted", {"text": said.why}) if said.why else None
    if dialogue.asks == "why":
        question = Phrase("assess.minority" if said.given == APART else "assess.reason")
        rows: tuple[tuple[Choice, ...], ...] = ()
    else:
        question = Phrase("assess.how_sure")
        noted = noted or Phrase("assess.basis_group" if step.agrees else "assess.basis")
        rows = (_sure_row(desk, step, dialogue.item, said),)
    last = (
        button("label.back", RateMove(desk.run.id, step.id, dialogue.item, "number")),
        button("label.plan.next" if said.why else "label.skip", RateMove(desk.run.id, step.id, dialogue.item, "on")),
        button("label.close", Close()),
    )
    text = lines(
        head,
        items.named(candidate),
        spread_line(desk, step, dialogue.item) if step.agrees else None,
        Phrase("assess.apart_settled")
        if said.given == APART
        else Phrase(gave, {"text": score_words(step, said.given)}),
        "",
        question,
        noted,
    )
    return Screen("lines", text, (*rows, last))


def _sure_row(desk: Desk, step: Step, item: str, said: View) -> tuple[Choice, ...]:
    made = []
    for sure in range(LOW, HIGH + 1):
        action = ItemSure(desk.run.id, said.sure, sure, step.id, item)
        label = sure_words(sure)
        made.append(button("label.chosen", action, label=label) if sure == said.sure else Choice(label, pack(action)))
    return tuple(made)


@tap(ItemSure)
async def sure_tapped(here: Here, action: ItemSure) -> None:
    desk, step = await items.on_show(here, action.run, action.step)
    sure = checked.number(str(action.sure), LOW, HIGH)
    if not _add(here, desk, step, action.item, SURE, sure, action.base or ""):
        return
    dialogue = here.person.dialogue
    if step.agrees and not view_of(desk, step, action.item).why and isinstance(dialogue, RateItems):
        here.ask(replace(dialogue, asks="why", base=""))
        return
    items.show_next(here, desk, step, action.item)


async def wrote(here: Here, desk: Desk, step: Step, dialogue: RateItems, text: str) -> None:
    """Words about a number: what it rests on."""
    if dialogue.asks == "sure" and await by_number(here, text):
        here.acknowledge()
        return
    words = checked.words(text, LONGEST_WHY)
    if not _add(here, desk, step, dialogue.item, WHY, words, dialogue.base):
        return
    here.acknowledge()
    if dialogue.asks == "why":
        items.show_next(here, desk, step, dialogue.item)
    else:
        here.ask(replace(dialogue, base=words))


def _add(here: Here, desk: Desk, step: Step, item: str, mark: str, value: str | int, base: str | int) -> bool:
    """Keep it. False when somebody was quicker: the question shows how it stands now."""
    every = [each.id for each in desk.candidates]
    try:
        run = rating.add_to_item(desk.run, step, desk.actor, every, item, mark, value, base=base, now=here.turn.now)
    except Overtaken:
        dialogue = here.person.dialogue
        if isinstance(dialogue, RateItems):
            here.ask(replace(dialogue, base=view_of(desk, step, item).why))
        here.toast("sheet.overtaken")
        return False
    save(here, desk, run)
    return True
