"""Rating many things one by one: the question that goes from one to the next."""

from __future__ import annotations

from bot.core import checked, product, rating, walk
from bot.core.candidates import Candidate
from bot.core.dialogue import Person, RateItems
from bot.core.errors import Refusal
from bot.core.exercise import Step
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import DONT_KNOW, OPEN, Overtaken, ratings
from bot.core.words import clean
from handlers import callbacks as to
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.desk import Desk, desk_of, look, save
from handlers.item_taps import RateItem, RateMove, RateStart
from handlers.sheet_items import score_words


def begin(here: Here, desk: Desk, step: Step) -> None:
    """Ask for the first number that is open. Refuses where there is nothing to rate, or it isn't theirs to rate."""
    walk.check_may_answer(desk.run, step, desk.actor)
    items = [each.id for each in desk.candidates]
    item = rating.first(items, ratings(walk.standing(desk.run, step, desk.actor)))
    if item is None:
        raise Refusal("items.nothing")
    here.ask(RateItems(run_id=desk.run.id, step=step.id, item=item))


def typed(here: Here, desk: Desk, step: Step, text: str) -> None:
    """A number that was sent before anything was asked leads to the question; other words are told the way to it."""
    walk.check_may_answer(desk.run, step, desk.actor)
    if not clean(text).isdecimal():
        raise Refusal("items.one_by_one")
    begin(here, desk, step)


@tap(RateStart)
async def rate_start(here: Here, action: RateStart) -> None:
    desk, step = await _on_show(here, action.run, action.step)
    begin(here, desk, step)


async def _on_show(here: Here, run: int, step_id: str) -> tuple[Desk, Step]:
    """The desk and the step of an input. What has been counted stays: refuses when the group has moved on."""
    desk = await desk_of(here, run)
    if desk.step.id != step_id or desk.step.items_from is None:
        raise Refusal("sheet.moved_on")
    return desk, desk.step


@screen(RateItems)
async def rate_screen(reader: Reader, person: Person, dialogue: RateItems) -> Screen | None:
    found = await look(reader, person, dialogue.run_id, dialogue.step)
    if found is None or found[0].step.id != dialogue.step:
        return None
    desk, step = found
    offered = desk.candidates
    at = next((at for at, each in enumerate(offered, 1) if each.id == dialogue.item), 0)
    if not at:
        return None
    there = ratings(walk.standing(desk.run, step, desk.actor)).get(dialogue.item, OPEN)
    text = lines(
        Phrase("items.heading", {"at": at, "of": len(offered), "step": desk.content(step.title)}),
        _named(offered[at - 1]),
        Phrase("sheet.hint", {"text": desk.content(step.hint)}) if step.hint else None,
        Phrase("items.yours", {"text": score_words(step, there)}) if there != OPEN else None,
    )
    return Screen("lines", text, _rows(desk, step, dialogue.item, there))


def _named(candidate: Candidate) -> Phrase:
    title = Phrase("sheet.prompt", {"text": candidate.text})
    return Phrase("items.of_group", {"text": title, "group": candidate.group}) if candidate.group else title


def _rows(desk: Desk, step: Step, item: str, there: str | int) -> tuple[tuple[Choice, ...], ...]:
    def rate(number: str) -> str:
        return to.pack(RateItem(desk.run.id, step.id, item, str(there), number))

    numbers = [
        Choice(product.number(number, step.minimum), rate(str(number)))
        for number in range(step.minimum, step.maximum + 1)
    ]
    rows: list[tuple[Choice, ...]] = [tuple(numbers)]
    if step.dont_know:
        rows.append((Choice(Phrase("label.dont_know"), rate("")),))
    last = (
        button("label.back", RateMove(desk.run.id, step.id, item, "back")),
        button("label.skip" if there == OPEN else "label.plan.next", RateMove(desk.run.id, step.id, item, "skip")),
        button("label.close", to.Close()),
    )
    return (*rows, last)


@tap(RateItem)
async def rate_item(here: Here, action: RateItem) -> None:
    desk, step = await _on_show(here, action.run, action.step)
    number = checked.number(action.number, step.minimum, step.maximum) if action.number else None
    base: str | int = action.base
    if action.base not in (OPEN, DONT_KNOW):
        base = checked.number(action.base, step.minimum, step.maximum)
    _rate(here, desk, step, action.item, number, base)


@on_text(RateItems)
async def rate_text(here: Here, dialogue: RateItems, text: str) -> None:
    desk, step = await _on_show(here, dialogue.run_id, dialogue.step)
    number = checked.number(text, step.minimum, step.maximum)
    there = ratings(walk.standing(desk.run, step, desk.actor)).get(dialogue.item, OPEN)
    _rate(here, desk, step, dialogue.item, number, there)
    here.acknowledge()


def _rate(here: Here, desk: Desk, step: Step, item: str, number: int | None, base: str | int) -> None:
    items = [each.id for each in desk.candidates]
    before = ratings(walk.standing(desk.run, step, desk.actor))
    try:
        run = walk.rate_item(desk.run, step, desk.actor, items, item, number, base=base, now=here.turn.now)
    except Overtaken:
        here.ask(RateItems(run_id=desk.run.id, step=step.id, item=item))  # as it stands now
        here.toast("sheet.overtaken")
        return
    save(here, desk, run)
    _show(here, desk, step, rating.after_rating(items, before, item))


@tap(RateMove)
async def rate_move(here: Here, action: RateMove) -> None:
    desk, step = await _on_show(here, action.run, action.step)
    walk.check_may_answer(desk.run, step, desk.actor)
    items = [each.id for each in desk.candidates]
    given = ratings(walk.standing(desk.run, step, desk.actor))
    match action.do:
        case "back":
            _show(here, desk, step, rating.back(items, action.item))
        case "skip":
            _show(here, desk, step, rating.onward(items, given, action.item))
        case _:
            raise Refusal("tap.old")


def _show(here: Here, desk: Desk, step: Step, item: str | None) -> None:
    """Show an item; at the end put the question away: the sheet says how far one is."""
    here.ask(RateItems(run_id=desk.run.id, step=step.id, item=item) if item is not None else None)
