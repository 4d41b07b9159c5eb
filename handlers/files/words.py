"""The words that plans are written with in files, in a language, and what reads them back in any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from bot.core.message import Phrase
from bot.core.plan import (
    Barrier,
    Communication,
    Frequency,
    Kpi,
    Milestone,
    Progress,
    Resource,
    ResourceKind,
)
from bot.exports.dictionary import Dictionary
from bot.exports.lines import Pen, Words
from bot.exports.table import COLUMNS, Column
from content.catalogues import Catalogues
from handlers.days import dates
from handlers.render import Renderer


def words(renderer: Renderer) -> Words:
    """The words of a reader's language."""

    def say(key: str) -> str:
        return renderer.plain(Phrase(key))

    return Words(
        columns=tuple(say(f"export.column.{each.value}") for each in COLUMNS),
        kinds={each: say(f"export.kind.{each.value}") for each in ResourceKind},
        frequencies={each: say(f"export.frequency.{each.value}") for each in Frequency},
        progress={each: say(f"export.progress.{each.value}") for each in Progress},
        available=say("export.available"),
        needed=say("export.needed"),
        by=say("export.by"),
        through=say("export.through"),
        until=say("export.until"),
        unit=say("export.unit"),
        source=say("export.source"),
    )


def dictionary(catalogues: Catalogues, language: str, now: datetime) -> Dictionary:
    """What reads a sheet in whatever language it was written, the reader's first."""
    tags = [language, *(each for each in catalogues.languages() if each != language)]
    return Dictionary([words(Renderer(catalogues, each)) for each in tags], partial(_day, language=language, now=now))


def _day(text: str, *, language: str, now: datetime) -> list[date]:
    return dates.read(text, language, now) if len(text) <= dates.LONGEST else []


# How it is filled in ---------------------------------------------------------------------------------------------


def guide(renderer: Renderer, now: datetime) -> Iterator[tuple[str, str]]:
    """Each column with how it is filled in, and an example that reads back."""
    own = words(renderer)

    def say(key: str, **params: str) -> str:
        return renderer.plain(Phrase(key, params))

    def example(name: str) -> str:
        return say(f"export.example.{name}")

    pen = Pen(words=own, names={"m1": example("sender")})
    day = date(now.year, 12, 31)
    told = Communication(
        audience=example("audience"),
        message=example("message"),
        sender="m1",
        channel=example("channel"),
        frequency=Frequency.MONTHLY,
        until=day,
    )
    kpi = Kpi(name=example("kpi"), unit=example("unit"), baseline="900", target="600", source=example("source"))
    barrier = Barrier(who=example("who"), how=example("how"), answer=example("answer"))
    said = {
        Column.ACTION: say("export.guide.action"),
        Column.WHO: say("export.guide.who"),
        Column.WHEN: say("export.guide.when", example=day.isoformat()),
        Column.RESOURCES: say(
            "export.guide.resources",
            available=own.available,
            needed=own.needed,
            kinds=", ".join(own.kinds.values()),
            example=pen.needed(Resource(what=example("resource"), kind=ResourceKind.POLITICAL)),
        ),
        Column.BARRIERS: say("export.guide.barriers", example=pen.barrier(barrier)),
        Column.COMMUNICATION: say(
            "export.guide.communication",
            by=own.by,
            through=own.through,
            until=own.until,
            frequencies=", ".join(own.frequencies.values()),
            example=pen.communication(told),
        ),
        Column.KPIS: say("export.guide.kpis", unit=own.unit, source=own.source, example=pen.kpi(kpi)),
        Column.OWNER: say("export.guide.owner"),
        Column.SUPPORTERS: say("export.guide.supporters"),
        Column.MILESTONES: say(
            "export.guide.milestones", example=pen.milestone(Milestone(name=example("milestone"), due_on=day))
        ),
        Column.STATUS: say("export.guide.status", words=", ".join(own.progress.values())),
    }
    for heading, column in zip(own.columns, COLUMNS, strict=True):
        yield heading, said[column]
