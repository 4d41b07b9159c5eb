"""What groups made, as files: all of it, in anybody's words, and only to those who may see it."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx2txt
import openpyxl
import pytest
from pypdf import PdfReader

from bot.exports.day import Block, Record
from handlers.files import day as day_files
from handlers.render import Renderer
from tests.handlers.talk import CATALOGUES, Talk
from tests.handlers.test_pictures import NAMES, a_group

NOW = datetime(2027, 6, 15, 12, tzinfo=UTC)
SERVICE = "=1+1 *not* #strong[x] $y$ <b>Permits</b> within two weeks"
WHO = {
    "Clerks": ("2", "5"),
    "手续办理人员": ("5", "4"),
    "مقدمو الطلبات": ("4", "2"),
    "@SUM(A1) " + "x" * 40: ("1", "1"),
}


async def at_work(talk: Talk) -> None:
    """Group 1 has begun its stakeholder table; nobody has published anything."""
    await a_group(talk)
    await talk.taps("Amina", "ro:1:0:1:2.4.1.b")
    await talk.says("Esi", SERVICE)
    await talk.taps("Esi", "s:1:service")
    for name, (support, importance) in WHO.items():
        await talk.says("Esi", name)
        await talk.taps("Esi", "x")
        run = await talk.runner.run(1)
        assert run is not None
        entry = max(run.entries)
        for column, value in (("support", support), ("importance", importance)):
            await talk.taps("Esi", f"ec:1:{entry}:1:{column}")
            await talk.taps("Esi", f"cv:1:{entry}:{column}:{value}")


async def found(talk: Talk, name: str, day: int = 2) -> day_files.Found | None:
    person = await talk.runner.person(talk.id(name))
    workshop = await talk.runner.workshop(1)
    assert person is not None
    assert workshop is not None
    return await day_files.made_on(talk.runner, person, workshop, day)


async def made(talk: Talk, form: str) -> bytes:
    what = await found(talk, "Amina")
    assert what is not None
    return day_files.make(form, what, await talk.renderer("Amina"), NOW).data


def squeezed(text: str) -> str:
    """Without what a narrow column does to words."""
    return "".join(text.split()).replace("\u200b", "")


async def test_it_is_for_facilitators_and_for_days_of_which_there_is_something(talk: Talk):
    await a_group(talk)
    assert await found(talk, "Amina") is None
    await at_work_already(talk)
    assert await found(talk, "Amina") is not None
    assert await found(talk, "Amina", 1) is None
    for name in NAMES:
        assert await found(talk, name) is None


async def at_work_already(talk: Talk) -> None:
    await talk.taps("Amina", "ro:1:0:1:2.4.1.b")
    await talk.says("Esi", SERVICE)


async def test_the_word_document_has_every_answer(talk: Talk):
    await at_work(talk)
    shown = docx2txt.process(BytesIO(await made(talk, "docx")))
    for words in (SERVICE, *WHO, "Group 1", "2.4.1.b Stakeholder table", "Not published yet", "Work with closely"):
        assert squeezed(words) in squeezed(shown), words


async def test_the_pdf_has_every_answer_whatever_its_letters(talk: Talk):
    await at_work(talk)
    reader = PdfReader(BytesIO(await made(talk, "pdf")))
    shown = squeezed("".join(page.extract_text() for page in reader.pages))
    for words in (SERVICE, "Clerks", "手续办理人员", "@SUM(A1)", "Engage first", "Page 1 of 2"):
        assert squeezed(words) in shown, words
    assert reader.metadata is not None
    assert reader.metadata.title == "What groups made on Day 2"


async def test_the_answers_are_texts_and_never_formulas(talk: Talk):
    await at_work(talk)
    data = await made(talk, "xlsx")
    sheet = openpyxl.load_workbook(BytesIO(data))["2.4.1.b"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Group", "Heading", "No.", "Answer")
    group = rows[1][0]
    assert str(group).startswith("Group 1 · ")
    assert (group, "Service", "1", SERVICE) == rows[1][:4]
    at = {heading: column for column, heading in enumerate(rows[0])}
    table = [row for row in rows if row[1] == "Stakeholders"]
    assert {row[3]: (row[at["Support"]], row[at["Importance"]]) for row in table} == WHO
    assert (group, "Support and importance: Work with closely", "手续办理人员") in {(*row[:2], row[3]) for row in rows}
    assert all(cell.data_type in ("s", "n") and not isinstance(cell.value, int) for row in sheet for cell in row)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [archive.read(each) for each in archive.namelist() if each.startswith("xl/worksheets/")]
    assert not any(b"<f" in each or b"hyperlink" in each for each in sheets)


async def test_headings_are_in_the_readers_language(talk: Talk):
    await at_work(talk)
    what = await found(talk, "Amina")
    assert what is not None
    french = Renderer(CATALOGUES, "fr")
    assert day_files.make("xlsx", what, french, NOW).name == "Le travail des groupes, jour 2.xlsx"
    shown = day_files.to_read(french, what, NOW)
    assert shown.title == "Le travail des groupes, jour 2"
    assert [block.lines for block in shown.chapters[0].made[0].blocks][:1] == [(SERVICE,)]


@pytest.mark.parametrize(
    ("columns", "cells", "least"),
    [
        (("Who", "Importance"), ("a", "5"), 1.0),
        (("Who", "Note"), ("a" * 200, "b" * 3), 0.3),
    ],
)
def test_a_column_is_as_wide_as_its_heading_needs(columns, cells, least):
    block = Block(title="x", columns=columns, records=(Record(name=cells[0], cells=cells[1:]),))
    first, second = block.widths()
    assert second >= len(columns[1])
    assert second / first >= least
