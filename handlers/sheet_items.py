"""What a sheet says of many things at once: ratings item by item, votes by number, and what came of them."""

from __future__ import annotations

from typing import Any

from bot.core import product, tally, walk
from bot.core.candidates import Candidate, plotted
from bot.core.exercise import Layout, Ref, Section, Step, StepKind
from bot.core.message import Choice, ContentText, Phrase
from bot.core.rating import open_items
from bot.core.run import APART, have_answered, ratings
from bot.core.words import shortened
from handlers import callbacks as to
from handlers import item_taps
from handlers.assess.taps import Carry
from handlers.context import button
from handlers.desk import Desk

MOST_OFFERED = 80  # things on one sheet, each with a button: Telegram takes 100
LISTED = 2400  # characters of them all together: with all around them, they fit into one message
AROUND = 16  # characters of a line around the title: its number, its group, a mark
TITLE_SHOWN = 90
PER_ROW = 5
RANKED = 5  # of a vote's result above a question
RANKED_SHOWN = 60


def answer_lines(here: Desk) -> list[Phrase]:
    """What stands for the answers of a step that rates or votes by number."""
    step = here.step
    if step.items_from is None:
        return [*_numbered(here), *_turnout(here)]
    if not here.candidates:
        return [Phrase("items.settled" if step.disputed else "items.none")]
    if step.counted:
        own = [_rated_so_far(here)] if _has_a_say(here) and not here.carried else []
        return [*_before(here), *own, *([] if here.exercise.personal else _turnout(here))]
    return _scored(here)


def _before(here: Desk) -> list[Phrase]:
    """What the reader gave the same items before, where they begin from it."""
    before, width = here.carried, _width(len(here.candidates))
    if not before:
        return []
    listed = [
        Phrase("assess.gave", {"text": _short(each, width), "score": score_words(here.step, given)})
        for each in here.candidates
        if (given := before.get(each.id))
    ]
    return [Phrase("assess.before"), *listed]


def _short(candidate: Candidate, width: int) -> ContentText | str:
    """An item's words among others: people's are cut, a statement of the programme's stands whole."""
    words = candidate.words
    return shortened(words, width) if isinstance(words, str) else words


def _has_a_say(here: Desk) -> bool:
    """Facilitators have none in what is counted, but for somebody without a phone."""
    return not (here.step.counted and here.actor.leads and here.actor.entered_by is None)


def _turnout(here: Desk) -> list[Phrase]:
    """How many are done. In the whole room only who leads needs to know: it would keep every phone busy."""
    if not here.step.counted or (here.exercise.whole_room and not here.actor.leads):
        return []
    key = "items.have_rated" if here.step.items_from is not None else "items.have_voted"
    return [Phrase(key, {"have": have_answered(here.run, here.step), "need": len(here.members)})]


def _rated_so_far(here: Desk) -> Phrase:
    items = [each.id for each in here.candidates]
    left = open_items(items, ratings(walk.standing(here.run, here.step, here.actor)))
    return Phrase("items.so_far" if left else "items.all_rated", {"done": len(items) - len(left), "of": len(items)})


def _scored(here: Desk) -> list[Phrase]:
    """What the group gave each, where it gives one number for all."""
    step = here.step
    given = ratings(walk.standing(here.run, step, here.actor))
    width = _width(len(here.candidates))
    rated = here.exercise.step(step.items_from.step) if step.disputed and isinstance(step.items_from, Ref) else None
    shown = []
    for at, each in enumerate(here.candidates, 1):
        about = {"number": at, "text": _short(each, width), "score": score_words(step, given.get(each.id))}
        found = tally.rated(here.run, rated, each.id) if rated is not None else None
        if found is not None and found.disputed:
            apart = {"low": product.middle(found.low), "high": product.middle(found.high)}
            shown.append(Phrase("items.score_apart", about | apart))
        else:
            shown.append(Phrase("assess.gave" if each.topic else "items.score", about))
    return shown


def score_words(step: Step, given: Any) -> Any:
    """A rating in words: a number, "don't know", "not agreed", or nothing yet."""
    if given == APART:
        return Phrase("assess.not_agreed")
    if isinstance(given, int):
        return product.number(given, step.minimum)
    return Phrase("rating.dont_know") if given else "–"


def _width(count: int) -> int:
    return min(TITLE_SHOWN, max(LISTED // max(count, 1) - AROUND, 12))


def _numbered(here: Desk) -> list[Phrase]:
    """What is on offer, with its numbers and what has been chosen of it."""
    picks = here.run.picks(walk.standing(here.run, here.step, here.actor))
    offered = here.candidates
    if not offered:
        return [Phrase("items.none")]
    width = _width(len(offered))
    shown = []
    for at, each in enumerate(offered[:MOST_OFFERED], 1):
        key = "items.chosen" if each.id in picks else "items.line"
        text: Any = shortened(each.text, width)
        if each.group:
            text = Phrase("items.of_group", {"text": text, "group": each.group})
        shown.append(Phrase(key, {"number": at, "text": text}))
    if len(offered) > MOST_OFFERED:
        shown.append(Phrase("items.more", {"count": len(offered) - MOST_OFFERED}))
    return shown


def recalled_votes(here: Desk, step: Step) -> list[Any]:
    """What came of a vote, its first few."""
    return product.vote_lines(here.domain, step, here.run, here.around, longest=RANKED_SHOWN)[:RANKED]


# The grid --------------------------------------------------------------------------------------------------------


def section_of(here: Desk) -> Section | None:
    """The grid of the product that the step on show plots."""
    sections = here.exercise.product.sections
    return next((each for each in sections if each.step == here.step.id and each.layout is Layout.GRID), None)


def grid_lines(here: Desk) -> list[Phrase]:
    """The four fields of what was rated, the most important first."""
    section = section_of(here) if here.step.plot else None
    if section is None:
        return []
    fields, unplaced = product.fields_of(here.around, here.exercise, here.run, section)
    named = list(zip(section.fields, fields, strict=False))
    shown = [
        Phrase("product.field", {"title": here.content(title), "names": names or "–"})
        for title, names in reversed(named)
    ]
    if unplaced:
        shown.append(Phrase("items.unplaced", {"names": unplaced, "least": tally.SHOWN_FROM}))
    return shown


# Buttons ---------------------------------------------------------------------------------------------------------


def rows(here: Desk) -> list[tuple[Choice, ...]]:
    """The buttons that answer."""
    step = here.step
    if not _has_a_say(here):
        return []
    if step.items_from is not None:
        keep = button("label.assess.keep", Carry(here.run.id, step.id, "keep"), style="primary")
        return [*([(keep,)] if here.carried else []), (_rate_button(here),)] if here.candidates else []
    if step.kind is not StepKind.CHOICE:
        return []
    entry = walk.standing(here.run, step, here.actor)
    picks = here.run.picks(entry)
    version = entry.version if entry else 0
    choices = []
    for at, (pick, _) in enumerate(here.options[:MOST_OFFERED], 1):
        action = to.Pick(here.run.id, version, step.id, pick)
        chosen = button("label.chosen", action, label=str(at))
        choices.append(chosen if pick in picks else Choice(str(at), to.pack(action)))
    return [tuple(choices[at : at + PER_ROW]) for at in range(0, len(choices), PER_ROW)]


def _rate_button(here: Desk) -> Choice:
    items = [each.id for each in here.candidates]
    given = ratings(walk.standing(here.run, here.step, here.actor))
    left = open_items(items, given)
    action = item_taps.RateStart(here.run.id, here.step.id)
    if not left:
        return button("label.items.again", action)
    if here.carried:
        return button("label.assess.look", Carry(here.run.id, here.step.id, "look"))
    return button("label.items.go_on" if len(left) < len(items) else "label.items.rate", action, style="primary")


def picture_button(here: Desk) -> list[Choice]:
    """The way to a picture of the grid, where something is on it."""
    if not any(each.across and each.up for each in plotted(here.around, here.exercise, here.run, here.step)):
        return []
    return [button("label.picture", item_taps.Picture(here.run.id, here.step.id))]
