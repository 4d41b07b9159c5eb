"""What people's views of statements look like in text: how they lie, what was settled, what stands out."""

from __future__ import annotations

from typing import Any

from bot.core import assessment, tally
from bot.core.assessment import Flag, Result, Spread, View
from bot.core.candidates import Around
from bot.core.exercise import Exercise, Layout, Statements, Step
from bot.core.message import ContentText, Phrase
from bot.core.product import Part
from bot.core.run import APART, OPEN, Run
from bot.core.words import shortened
from handlers.desk import Desk
from handlers.groups import topics_of
from handlers.sheet_items import score_words

MOST_DOTS = 8  # beside a number; more are counted
SHOWN = 90  # characters of a statement among others


def sure_words(sure: int) -> Phrase:
    match sure:
        case assessment.LOW:
            return Phrase("assess.sure.low")
        case assessment.HIGH:
            return Phrase("assess.sure.high")
        case _:
            return Phrase("assess.sure.medium")


def flag_words(flag: Flag) -> Phrase:
    match flag:
        case Flag.APART:
            return Phrase("assess.flag.apart")
        case Flag.UNKNOWN:
            return Phrase("assess.flag.unknown")
        case Flag.GAP:
            return Phrase("assess.flag.gap")


def spread_words(step: Step, lie: Spread) -> Phrase:
    """How many gave which number, as dots: 1 –  2 ●●  3 ●●●●  4 ●."""
    parts = [
        f"{number}\u00a0{_dots(count)}" for number, count in zip(assessment.numbers_of(step), lie.counts, strict=True)
    ]
    dots = "\u2003".join(parts)
    if not lie.dont_know:
        return Phrase("assess.spread", {"dots": dots})
    return Phrase("assess.spread_unsure", {"dots": dots, "unsure": _dots(lie.dont_know)})


def _dots(count: int) -> str:
    if count > MOST_DOTS:
        return f"●\u00a0×\u00a0{count}"
    return "●" * count or "–"


def topic_line(desk: Desk) -> Phrase | None:
    """What a group's statements are about."""
    step = desk.step
    if desk.exercise.personal or not (step.reveals or step.agrees or step.items_from is Statements.ASKED):
        return None
    topics = topics_of(desk.programme, desk.group) if desk.group else []
    return Phrase("assess.topics", {"topics": topics}) if topics else None


def spread_line(desk: Desk, step: Step, item: str) -> Phrase | None:
    """How a group's own views of one statement lie, above a question about it."""
    rated = assessment.rated_step(desk.exercise, step)
    lie = assessment.spread(desk.run, rated, item)
    return spread_words(rated, lie) if lie is not None else Phrase("assess.too_few_of_it")


def revealed(desk: Desk) -> list[Any]:
    """What a step reveals: how the views lie, the farthest apart first."""
    shown: list[Any] = []
    results = assessment.results(desk.around, desk.exercise, desk.run, desk.step)
    rated = assessment.rated_step(desk.exercise, desk.step)
    if not any(each.spread for each in results):
        return [Phrase("assess.too_few", {"least": tally.SHOWN_FROM})]
    for at, each in enumerate(results, 1):
        shown += ["", *result_lines(rated, each, at)]
    return shown


def result_lines(step: Step, result: Result, number: int) -> list[Any]:
    """A statement with what came of it."""
    return [
        Phrase("assess.statement", {"number": number, "text": result.candidate.words}),
        spread_words(step, result.spread) if result.spread else None,
        settled(step, result.view),
        Phrase("assess.flags", {"flags": [flag_words(each) for each in result.flags]}) if result.flags else None,
        Phrase("assess.why", {"text": result.view.why}) if result.view.why else None,
    ]


def settled(step: Step, said: View) -> Phrase | None:
    if said.given == OPEN:
        return None
    if said.given == APART:
        return Phrase("assess.apart_settled")
    score = score_words(step, said.given)
    if said.sure:
        return Phrase("assess.settled_sure", {"text": score, "sure": sure_words(said.sure)})
    return Phrase("assess.settled", {"text": score})


def recalled(desk: Desk, step: Step) -> list[Any]:
    """What a group agreed on, a line each, above a later question."""
    results = assessment.results(desk.around, desk.exercise, desk.run, step)
    return [
        Phrase("assess.recalled", {"text": _short(each), "score": score_words(step, each.view.given)})
        for each in results
        if each.view.given != OPEN
    ]


def _short(result: Result) -> Any:
    words = result.candidate.words
    return shortened(words, SHOWN) if isinstance(words, str) else words


# In a product ------------------------------------------------------------------------------------------------------


def about_line(around: Around, exercise: Exercise, run: Run) -> Phrase | None:
    """What a group's card is about, where statements were rated."""
    topics = about(around, exercise, run)
    return Phrase("assess.topics", {"topics": topics}) if topics else None


def about(around: Around, exercise: Exercise, run: Run) -> list[ContentText]:
    """The topics of the statements that a group rated."""
    formation = around.workshop.formation(exercise.grouping)
    group = formation.groups.get(run.group) if formation else None
    rated = any(section.layout is Layout.RATED for section in exercise.product.sections)
    return topics_of(around.programme, group) if group and rated else []


def rated_blocks(around: Around, exercise: Exercise, part: Part) -> list[list[Any]]:
    """What was rated, as blocks that stay together: a statement of a group's; of one person's all those of a topic."""
    if part.rated is None:
        return []
    if not exercise.personal:
        return [
            [each for each in result_lines(part.rated, result, at) if each is not None]
            for at, result in enumerate(part.results, 1)
        ]
    blocks: list[list[Any]] = []
    last = None
    for result in part.results:
        if result.candidate.topic != last:
            topic = around.programme.topic(result.candidate.topic)
            name: Any = ContentText(around.programme.name, topic.name) if topic else "–"
            blocks.append([Phrase("product.part", {"title": name})])
            last = result.candidate.topic
        blocks[-1] += _own_lines(part.rated, result)
    return blocks


def _own_lines(step: Step, result: Result) -> list[Any]:
    said = result.view
    about = {"score": score_words(step, said.given), "text": result.candidate.words}
    line = Phrase("assess.gave_sure", about | {"sure": sure_words(said.sure)}) if said.sure else None
    return [line or Phrase("assess.gave", about), *([Phrase("assess.why", {"text": said.why})] if said.why else [])]
