"""What the columns of a file of statements, and the topics in it, may be called: in any language that there is."""

from __future__ import annotations

from bot.core.exercise import Programme
from bot.core.message import ContentText, Phrase
from bot.core.sent_statements import FIELDS, folded
from bot.core.workshop import Workshop
from bot.exports import xlsx
from bot.exports.became import LogTable
from content.catalogues import Catalogues
from handlers.files.making import File, file_name
from handlers.files.table import is_rtl
from handlers.render import Renderer

WIDTHS = (24, 90, 14)  # of the columns, in characters


def column(renderer: Renderer, programme: Programme, field: str) -> str:
    """What a column is called in one language."""
    if field == "topic":
        word = renderer.plain(ContentText(programme.name, programme.topic_word))
        return word[:1].upper() + word[1:]
    return renderer.plain(Phrase(f"statements.column.{field}"))


def headings(catalogues: Catalogues, programme: Programme) -> dict[str, str]:
    """Whatever a column may be called, folded, with the field that it is."""
    renderers = [Renderer(catalogues, language) for language in catalogues.languages()]
    return {folded(column(each, programme, field)): field for each in renderers for field in FIELDS}


def topic_names(catalogues: Catalogues, programme: Programme, language: str) -> dict[str, str]:
    renderer = Renderer(catalogues, language)
    return {topic.id: renderer.plain(ContentText(programme.name, topic.name)) for topic in programme.topics}


def names_of(catalogues: Catalogues, programme: Programme) -> dict[str, str]:
    """Whatever a topic may be called, folded, with its id."""
    found = {folded(topic.id): topic.id for topic in programme.topics}
    for language in catalogues.languages():
        found |= {folded(name): id for id, name in topic_names(catalogues, programme, language).items()}
    return found


def form(renderer: Renderer, programme: Programme, workshop: Workshop) -> File:
    """The statements in use as a workbook, to be changed and sent back. Takes a moment: not for the event loop."""
    brought = workshop.statements.get(workshop.edition)
    topics = topic_names(renderer.catalogues, programme, renderer.language)
    rows = [
        (topics[each.topic], each.text if brought else renderer.plain(ContentText(programme.name, each.text)), each.id)
        for each in (brought.statements if brought else programme.statements)
    ]
    title = renderer.plain(Phrase("statements.title"))
    table = LogTable(
        name=title,
        columns=tuple(column(renderer, programme, field) for field in FIELDS),
        widths=WIDTHS,
        rows=tuple(rows),
        rtl=is_rtl(renderer),
    )
    return File(file_name(title, "xlsx"), xlsx.workbook((), (table,), title))
