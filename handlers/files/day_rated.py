"""What groups made of statements, as tables of a day's files."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core import assessment
from bot.core.assessment import Result
from bot.core.exercise import Layout
from bot.core.message import Phrase
from bot.core.product import Part
from bot.exports.day import Block, Record
from handlers.assess.lines import flag_words, settled, spread_words
from handlers.render import Renderer


def block(renderer: Renderer, part: Part) -> Block:
    """For reading: a statement a row, with its views in one cell."""
    names = ("statement", "views", "settled", "stands_out", "why")
    return Block(
        title=renderer.plain(part.title),
        columns=tuple(renderer.plain(Phrase(f"assess.column.{each}")) for each in names),
        records=tuple(
            Record(
                name=renderer.plain(each.candidate.words),
                cells=(_views(renderer, part, each), *_said(renderer, part, each)),
            )
            for each in part.results
        ),
    )


def labels(renderer: Renderer, part: Part) -> list[str]:
    """For working on: a column for each number."""
    if part.layout is not Layout.RATED or part.rated is None:
        return []
    named = [renderer.plain(Phrase(f"assess.column.{each}")) for each in ("settled", "stands_out", "why")]
    return [*map(str, assessment.numbers_of(part.rated)), renderer.plain(Phrase("rating.dont_know")), *named]


def rows(renderer: Renderer, part: Part) -> Iterator[tuple[str, dict[str, str]]]:
    """A statement's words, and what stands under each of the labels. Where too few answered, no count does."""
    for each in part.results:
        lie = each.spread
        answers = labels(renderer, part)
        counts = [str(count) for count in (*lie.counts, lie.dont_know)] if lie else ["" for _ in answers[:-3]]
        yield (
            renderer.plain(each.candidate.words),
            dict(zip(answers, [*counts, *_said(renderer, part, each)], strict=True)),
        )


def _views(renderer: Renderer, part: Part, result: Result) -> str:
    if result.spread is None or part.rated is None:
        return renderer.plain(Phrase("assess.too_few_of_it"))
    return renderer.plain(spread_words(part.rated, result.spread))


def _said(renderer: Renderer, part: Part, result: Result) -> tuple[str, str, str]:
    said = settled(part.rated, result.view) if part.rated else None
    flags = ", ".join(renderer.plain(flag_words(each)) for each in result.flags)
    return renderer.plain(said) if said else "", flags, result.view.why
