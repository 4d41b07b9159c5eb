"""Rating many things one by one: the question that goes from one to the next."""

from __future__ import annotations

from bot.core import checked, product, rating, walk
from bot.core.dialogue import Person, RateItems
from bot.core.errors import Refusal
from bot.core.exercise import Step
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import APART, DONT_KNOW, OPEN, Overtaken, ratings
from bot.core.words import clean
from handlers import callbacks as to
from handlers import items
from handlers.assess import noting
from handlers.assess.lines import spread_line
from handlers.assess.taps import Carry
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.desk import Desk, look, save
from handlers.item_taps import RateItem, RateMove, RateStart
from handlers.items import on_show, show
from handlers.sheet_items import score_words


def begin(here: Here, desk: Desk, step: Step) -> None:
    """Ask for the first number that is open. Refuses where there is nothing to rate, or it isn't theirs to rate."""
    walk.check_may_answer(desk.run, step, desk.actor)
    offered = [each.id for each in desk.candidates]
    item = rating.first(offered, ratings(walk.standing(desk.run, step, desk.actor)))
    if item is None:
        raise Refusal("items.nothing")
    show(here, desk, step, item)


def typed(here: Here, desk: Desk, step: Step, text: str) -> None:
    """A number that was sent before anything was asked leads to the question; other words are told the way to it."""
    walk.check_may_answer(desk.run, step, desk.actor)
    if not clean(text).isdecimal():
        raise Refusal("items.one_by_one")
    begin(here, desk, step)


@tap(RateStart)
async def rate_start(here: Here, action: RateStart) -> None:
    desk, step = await on_show(here, action.run, action.step)
    begin(here, desk, step)


@tap(Carry)
async def carry(here: Here, action: Carry) -> None:
    """Begin from what one gave before, and go through it where that is wished for."""
    desk, step = await on_show(here, action.run, action.step)
    if action.do not in ("keep", "look"):
        raise Refusal("tap.old")
    before = desk.carried
    if not before:
        begin(here, desk, step)
        return
    offered = [each.id for each in desk.candidates]
    run = rating.carry_over(desk.run, step, desk.actor, offered, before, now=here.turn.now)
    save(here, desk, run)
    left = rating.open_items(offered, ratings(walk.standing(run, step, desk.actor)))
    if action.do == "look" or left:
        show(here, desk, step, left[0] if action.do == "keep" else offered[0])


# The question ----------------------------------------------------------------------------------------------------


@screen(RateItems)
async def rate_screen(reader: Reader, person: Person, dialogue: RateItems) -> Screen | None:
    found = await look(reader, person, dialogue.run_id, dialogue.step)
    if found is None or found[0].step.id != dialogue.step:
        return None
    desk, step = found
    if dialogue.asks != "number":
        return noting.screen(desk, step, dialogue)
    head = items.heading(desk, step, dialogue.item)
    if head is None:
        return None
    there = ratings(walk.standing(desk.run, step, desk.actor)).get(dialogue.item, OPEN)
    text = lines(
        head[0],
        items.named(head[1]),
        spread_line(desk, step, dialogue.item) if step.agrees else None,
        Phrase("sheet.hint", {"text": desk.content(step.hint)}) if step.hint else None,
        _said(step, there),
    )
    return Screen("lines", text, _rows(desk, step, dialogue.item, there))


def _said(step: Step, there: str | int) -> Phrase | None:
    """What stands there already."""
    if there == OPEN:
        return None
    if there == APART:
        return Phrase("assess.apart_settled")
    return Phrase("assess.agreed" if step.agrees else "items.yours", {"text": score_words(step, there)})


def _rows(desk: Desk, step: Step, item: str, there: str | int) -> tuple[tuple[Choice, ...], ...]:
    def rate(number: str) -> str:
        return to.pack(RateItem(desk.run.id, step.id, item, str(there), number))

    numbers = [
        Choice(product.number(number, step.minimum), rate(str(number)))
        for number in range(step.minimum, step.maximum + 1)
    ]
    rows: list[tuple[Choice, ...]] = [tuple(numbers)]
    if step.agrees:
        rows.append((Choice(Phrase("label.assess.apart"), rate(APART)),))
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
    desk, step = await on_show(here, action.run, action.step)
    base: str | int = action.base
    if action.base not in (OPEN, DONT_KNOW, APART):
        base = checked.number(action.base, step.minimum, step.maximum)
    number: int | str | None = APART if action.number == APART else None
    if action.number not in ("", APART):
        number = checked.number(action.number, step.minimum, step.maximum)
    _rate(here, desk, step, action.item, number, base)


@on_text(RateItems)
async def rate_text(here: Here, dialogue: RateItems, text: str) -> None:
    desk, step = await on_show(here, dialogue.run_id, dialogue.step)
    if dialogue.asks != "number":
        await noting.wrote(here, desk, step, dialogue, text)
        return
    number = checked.number(text, step.minimum, step.maximum)
    there = ratings(walk.standing(desk.run, step, desk.actor)).get(dialogue.item, OPEN)
    _rate(here, desk, step, dialogue.item, number, there)
    here.acknowledge()


def _rate(here: Here, desk: Desk, step: Step, item: str, number: int | str | None, base: str | int) -> None:
    offered = [each.id for each in desk.candidates]
    before = ratings(walk.standing(desk.run, step, desk.actor))
    try:
        run = rating.rate_item(desk.run, step, desk.actor, offered, item, number, base=base, now=here.turn.now)
    except Overtaken:
        show(here, desk, step, item)  # as it stands now
        here.toast("sheet.overtaken")
        return
    save(here, desk, run)
    then = rating.after_rating(offered, before, item)
    asks = noting.asked_next(step, number)
    if asks:
        base_of_words = noting.view_of(desk, step, item).why
        here.ask(RateItems(run_id=desk.run.id, step=step.id, item=item, asks=asks, base=base_of_words, then=then or ""))
    else:
        show(here, desk, step, then)


@tap(RateMove)
async def rate_move(here: Here, action: RateMove) -> None:
    desk, step = await on_show(here, action.run, action.step)
    walk.check_may_answer(desk.run, step, desk.actor)
    offered = [each.id for each in desk.candidates]
    given = ratings(walk.standing(desk.run, step, desk.actor))
    match action.do:
        case "back":
            show(here, desk, step, rating.back(offered, action.item))
        case "skip":
            show(here, desk, step, rating.onward(offered, given, action.item))
        case "number":
            show(here, desk, step, action.item)
        case "on":
            items.show_next(here, desk, step, action.item)
        case _:
            raise Refusal("tap.old")
