"""Products as text to read on a phone, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.access import may_see_product
from bot.core.candidates import Around
from bot.core.dialogue import Person, Reading
from bot.core.errors import Refusal
from bot.core.exercise import Drawing, Exercise, Layout
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.product import Part, product
from bot.core.run import Run
from handlers import callbacks as to
from handlers.assess.lines import about_line, rated_blocks
from handlers.context import Here, Reader, button, lines, tap
from handlers.item_taps import Drawn, Picture

PAGE = 1400  # characters of people's words a page: a few thumbs of scrolling


@tap(to.ShowProduct)
async def show_product(here: Here, action: to.ShowProduct) -> None:
    run = await here.turn.run(action.run)
    if run is None:
        raise Refusal("tap.old")
    workshop, member = await here.member(run.workshop_id)
    if not may_see_product(workshop, here.turn.exercise(workshop, run), run, member):
        raise Refusal("sheet.not_here")
    here.ask_aside(Reading(what="product", run_id=run.id, page=action.page))


async def product_screen(reader: Reader, person: Person, dialogue: Reading) -> Screen | None:
    """A page of a product, for the question slot."""
    run = await reader.run(dialogue.run_id)
    workshop = await reader.workshop(run.workshop_id) if run else None
    member = workshop.active_user(person.user_id) if workshop else None
    if run is None or workshop is None or member is None:
        return None
    exercise = reader.exercise(workshop, run)
    if not may_see_product(workshop, exercise, run, member):
        return None
    programme = reader.programme(workshop)
    plans = await reader.plans_of(workshop.id) if exercise.about_plans else []
    around = Around(workshop=workshop, programme=programme, runs=await reader.runs_of(workshop.id), plans=plans)
    pages = product_pages(around, exercise, run)
    page = min(max(dialogue.page, 0), len(pages) - 1)
    rows: list[tuple[Choice, ...]] = []
    turning = []
    if page > 0:
        turning.append(button("label.earlier", to.ShowProduct(run.id, page - 1)))
    if page + 1 < len(pages):
        turning.append(button("label.more", to.ShowProduct(run.id, page + 1)))
    if turning:
        rows.append(tuple(turning))
    grids = [section for section in exercise.product.sections if section.layout is Layout.GRID]
    rows += [(button("label.picture", Picture(run.id, section.step)),) for section in grids]
    if exercise.product.drawing is not Drawing.NONE:
        rows.append((button("label.picture", Drawn(run.id)),))
    rows.append((button("label.close", to.Close()),))
    return Screen("lines", lines(*pages[page]), tuple(rows))


def product_pages(around: Around, exercise: Exercise, run: Run) -> list[list[Any]]:
    """A product as pages of lines; no page comes near Telegram's 4096 characters."""
    return pages_of(around, exercise, run, product(around.programme.name, exercise, run, around).parts)


def pages_of(around: Around, exercise: Exercise, run: Run, parts: Sequence[Part]) -> list[list[Any]]:
    """The same with some of its parts."""
    title = ContentText(around.programme.name, exercise.product.title)
    blocks = [block for part in parts for block in _blocks(part, around, exercise)]
    about = about_line(around, exercise, run)
    pages: list[list[Any]] = [[]]
    size = 0
    for block in blocks:
        length = sum(length_of(line) for line in block)
        if size and size + length > PAGE:
            pages.append([])
            size = 0
        pages[-1] += ["", *block]
        size += length
    for number, page in enumerate(pages, 1):
        heading = {"title": title, "group": run.group}
        of_group = run.group and not exercise.whole_room
        page.insert(0, Phrase("product.heading" if of_group else "product.heading_own", heading))
        if about is not None and number == 1:
            page.insert(1, about)
        if len(pages) > 1:
            page.insert(1, Phrase("page", {"page": number, "pages": len(pages)}))
    return pages


def length_of(value: Any) -> int:
    """About how many characters a line takes."""
    if isinstance(value, Phrase):
        return sum(length_of(each) for each in value.params.values()) + 4
    if isinstance(value, list | tuple):
        return sum(length_of(each) for each in value)
    return len(getattr(value, "text", None) or str(value))


def _blocks(part: Part, around: Around, exercise: Exercise) -> list[list[Any]]:
    """A part as blocks that stay together on a page; the first one starts with the part's heading."""
    heading = Phrase("product.part", {"title": part.title})
    if part.empty:
        return [[heading, Phrase("product.skipped" if part.skipped else "product.nothing")]]
    blocks: list[list[Any]]
    match part.layout:
        case Layout.ROWS:
            blocks = [
                [
                    Phrase("product.row", {"number": number, "name": row.name}),
                    *(Phrase("entries.cell", {"label": label, "text": text}) for label, text in row.cells),
                ]
                for number, row in enumerate(part.rows, 1)
            ]
        case Layout.RATED:
            blocks = rated_blocks(around, exercise, part)
        case Layout.GRID:
            # The most important field first: high on both axes.
            blocks = [
                [Phrase("product.field", {"title": title, "names": list(names) or "–"})]
                for title, names in reversed(part.fields)
            ]
            if part.unplaced:
                blocks.append([Phrase("product.unplaced", {"names": list(part.unplaced)})])
        case Layout.LIST:
            blocks = [
                [Phrase("sheet.entry", {"number": number, "text": line})] for number, line in enumerate(part.lines, 1)
            ]
        case _:
            blocks = [[line] for line in part.lines]
    blocks[0] = [heading, *blocks[0]]
    return _closed_up(part, blocks)


def _closed_up(part: Part, blocks: list[list[Any]]) -> list[list[Any]]:
    """Short lists read better without empty lines between their entries."""
    if part.layout in (Layout.ROWS, Layout.RATED):
        return blocks
    together: list[list[Any]] = [[]]
    for block in blocks:
        if together[-1] and sum(length_of(line) for line in [*together[-1], *block]) > PAGE:
            together.append([])
        together[-1] += block
    return together
