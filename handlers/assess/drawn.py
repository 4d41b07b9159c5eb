"""What people's views of statements look like on a picture, in one language."""

from __future__ import annotations

from bot.core import assessment
from bot.core.assessment import Result
from bot.core.candidates import Around
from bot.core.exercise import Exercise, Step
from bot.core.message import Phrase
from bot.core.product import Part
from bot.core.run import Run
from bot.exports.card import Bar, Stated
from handlers.assess.lines import about, flag_words, settled
from handlers.render import Renderer


def stated(renderer: Renderer, part: Part) -> tuple[Stated, ...]:
    """The statements of a product, with how the views of each lie."""
    return tuple(_stated(renderer, part.rated, each) for each in part.results) if part.rated is not None else ()


def _stated(renderer: Renderer, step: Step, result: Result) -> Stated:
    said = settled(step, result.view)
    return Stated(
        text=renderer.plain(result.candidate.words),
        bars=_bars(renderer, step, result),
        few="" if result.spread else renderer.plain(Phrase("assess.too_few_of_it")),
        said=renderer.plain(said) if said else "",
        flags=tuple((flag.value, renderer.plain(flag_words(flag))) for flag in result.flags),
        why=renderer.plain(Phrase("assess.why", {"text": result.view.why})) if result.view.why else "",
    )


def _bars(renderer: Renderer, step: Step, result: Result) -> tuple[Bar, ...]:
    if result.spread is None:
        return ()
    numbers = zip(assessment.numbers_of(step), result.spread.counts, strict=True)
    bars = [Bar(label=str(number), count=count, agreed=result.view.given == number) for number, count in numbers]
    unsure = Bar(label=renderer.plain(Phrase("rating.dont_know")), count=result.spread.dont_know, apart=True)
    return (*bars, unsure)


def topics_line(around: Around, renderer: Renderer, exercise: Exercise, run: Run) -> str:
    """What a card is about."""
    topics = about(around, exercise, run)
    return renderer.plain(topics) if topics else ""
