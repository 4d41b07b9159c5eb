"""What became of a plan, in the files that people take away: all of it, who said it, what nobody said, in any words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import docx2txt
import openpyxl
import pytest
from docx import Document
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from bot.core import reports
from bot.core.errors import Refusal
from bot.core.plan import ActionPlan
from bot.core.plan_access import PlanActor
from bot.exports import filled, typeset, word
from handlers.files import making as plan_files
from handlers.files.making import Planned
from handlers.files.table import pages
from handlers.files.words import dictionary
from tests.exports.lived import LATER, LINE, MEASURED, lived_plan
from tests.exports.plans import GOAL, real_plan
from tests.handlers.test_plan_files import CATALOGUES, LANGUAGES, desk, renderer

WORDS: tuple[str, ...] = (
    LINE,
    *MEASURED,
    "57 %",
    "Ask the minister for a second lawyer",
    "لا وقت للتدريب",
    "=1+1 *bold* #x $y$ <b>",
)
WORDS += ('=HYPERLINK("x") 5', "One list agreed by all ministries", "Ministry of Works", "+233 callers", "Поставщики")


def made(form: str, *plans: ActionPlan, language: str = "en") -> bytes:
    desks = tuple(desk(each) for each in plans)
    goals = tuple(GOAL for _ in desks)
    return plan_files.make(form, Planned(desks, goals), renderer(language), LATER).data


def workbook(*plans: ActionPlan, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(BytesIO(made("xlsx", *plans, language=language)))


def rows(book: Workbook, title: str) -> list[tuple[Any, ...]]:
    return list(book[title].iter_rows(values_only=True))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def day(month: int, day: int) -> datetime:
    return datetime(2027, month, day)  # noqa: DTZ001 - as a cell has it


# The workbook ----------------------------------------------------------------------------------------------------


def test_a_sheet_has_who_reported_what_and_when():
    heading, *found = rows(workbook(lived_plan()), "What was reported")
    assert heading == ("Action", "Day", "Said by", "What", "In their words")
    assert [row[1:] for row in found[:4]] == [
        (day(7, 16), "Esi Owusu #2", "On track", None),
        (day(7, 17), "Esi Owusu #2", "Milestone reached", "One list agreed by all ministries"),
        (day(7, 27), "Ministry of Works", "Blocked", LINE),
        (day(7, 28), "Amina Diallo #1", "To put it right", "Ask the minister for a second lawyer"),
    ]
    assert found[0][0].startswith("1. Publish the permit checklist")


def test_a_sheet_has_who_was_told_and_what_was_missed():
    _, *found = rows(workbook(lived_plan()), "Who was told")
    assert [row[1:] for row in found if row[1] == "Permit applicants"] == [
        ("Permit applicants", day(7, 18), "Told", day(7, 21), "Esi Owusu #2"),
        ("Permit applicants", day(8, 18), "Not told", None, None),
        ("Permit applicants", day(9, 18), "Not needed this time", day(9, 18), "李娜"),
        ("Permit applicants", day(10, 18), "Not told", None, None),
    ]


def test_a_sheet_has_where_measures_stood_their_values_and_their_aim():
    _, *found = rows(workbook(lived_plan()), "Measures")
    assert [row[3:] for row in found if row[1] == "Visits to the counter for one permit"] == [
        ("At the start", "3.4", 3.4, None),
        (day(7, 19), "3.2", 3.2, "Amina Diallo #1"),
        (day(8, 19), "about 2.9 visits", 2.9, "Amina Diallo #1"),
        (day(9, 19), "2.4", 2.4, "Amina Diallo #1"),
        ("Aimed for", "at most 2", 2, None),
    ]
    unknown = next(row for row in found if row[4] == "will be measured by July")
    assert unknown[5] is None


def test_no_words_become_a_formula_and_all_cells_wrap():
    book = workbook(lived_plan())
    cells = [cell for title in ("What was reported", "Who was told", "Measures") for row in book[title] for cell in row]
    assert all(cell.data_type in "snd" and cell.hyperlink is None for cell in cells)
    assert all(cell.alignment.wrap_text for cell in cells)
    assert "=1+1 *bold* #x $y$ <b>" in [cell.value for cell in cells]
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[1:-1])


def test_of_several_plans_the_first_column_says_whose_a_row_is():
    other = replace(lived_plan(), group=3)
    book = workbook(lived_plan(), other)
    sheets = ["Group 2", "Group 3", "What was reported", "Who was told", "Measures", "How to fill this in"]
    assert book.sheetnames == sheets
    heading, *found = rows(book, "What was reported")
    assert heading[0] == "Group"
    assert [row[0] for row in found] == 6 * ["Group 2"] + 6 * ["Group 3"]


def test_a_plan_of_which_nobody_said_anything_yet_has_no_such_sheets():
    book = openpyxl.load_workbook(
        BytesIO(plan_files.make("xlsx", Planned((desk(real_plan()),), ("",)), renderer(), real_plan().created_at).data)
    )
    assert book.sheetnames == ["Group 2", "How to fill this in"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_sheets_are_not_taken_for_a_plan(language):
    book = workbook(lived_plan(), language=language)
    del book[book.sheetnames[0]]
    out = BytesIO()
    book.save(out)
    with pytest.raises(Refusal) as caught:
        filled.read(out.getvalue(), dictionary(CATALOGUES, language, LATER), frozenset(), LATER)
    assert caught.value.key == "import.no_headings"


# Papers ----------------------------------------------------------------------------------------------------------


def test_the_pdf_has_all_of_it():
    shown = squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(made("pdf", lived_plan()))).pages))
    for words in WORDS:
        if words not in ("لا وقت للتدريب", '=HYPERLINK("x") 5'):  # what reads it turns letters and brackets around
            assert squeezed(words) in shown, words
    assert squeezed("Aug 18, 2027 Not told") in shown
    assert squeezed("Esi Owusu #2 Told (said on Jul 21, 2027)") in shown
    assert squeezed("Sep 18, 2027 李娜 Not needed this time") in shown
    assert squeezed("At the start 3.4 Jul 19, 2027 3.2") in shown


def test_the_word_document_has_all_of_it():
    shown = docx2txt.process(BytesIO(made("docx", lived_plan())))
    for words in WORDS:
        assert words in shown, words
    document = Document(BytesIO(made("docx", lived_plan())))
    logs = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables[1:]]
    assert ["Aug 18, 2027", "", "Not told"] in logs[1]
    headings = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 3"]
    assert headings[0].endswith("at every counter · Blocked")
    assert len(headings) == 5


def test_bars_in_the_word_document_are_as_long_as_their_numbers():
    document = Document(BytesIO(made("docx", lived_plan())))
    chart = next(table for table in document.tables[1:] if table.rows[0].cells[0].text == "At the start")
    width = [sum("w:fill" in cell._tc.xml for cell in row.cells) for row in chart.rows]
    assert width == [60, 56, 51, 42, 35]  # row.cells has a cell once for each column that it spans


def test_papers_of_a_plan_of_which_nothing_became_are_as_they_were():
    shown = pages(renderer(), desk(real_plan()), GOAL, real_plan().created_at)
    assert shown.became == ()
    document = Document(BytesIO(word.document([shown], LATER)))
    assert len(document.tables) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_went_on_for_years_is_set_on_as_many_pages_as_it_takes(language):
    long = lived_plan()
    for week in range(400):
        at = LATER.replace(minute=week % 60, hour=week // 60)
        long = reports.measure(long, 1, long.actions()[0].kpis[0].id, f"{week} visits", by="m1", now=at)
    made = typeset.pdf([pages(renderer(language), desk(long), GOAL, LATER)], LATER)
    shown = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(made)).pages]
    assert len(shown) > 10
    assert "399visits" in "".join(shown)


# Who may know it -------------------------------------------------------------------------------------------------

ROOM = PlanActor(party="m9", member=True)
TAKES_PART = PlanActor(party="m6", member=True)  # in the fourth action


def test_the_room_takes_an_agreed_plan_away_without_what_was_reported() -> None:
    of_room = Planned((desk(lived_plan(), actor=ROOM),), (GOAL,))
    assert pages(renderer(), of_room.desks[0], GOAL, LATER).became == ()
    book = openpyxl.load_workbook(BytesIO(plan_files.make("xlsx", of_room, renderer(), LATER).data))
    assert book.sheetnames == ["Group 2", "How to fill this in"]
    found = json.loads(plan_files.make("json", of_room, renderer(), LATER).data)
    assert found["plans"][0]["reports"] == []
    assert LINE not in json.dumps(found)


def test_who_takes_part_in_an_action_has_what_became_of_that_one() -> None:
    theirs = desk(lived_plan(), actor=TAKES_PART)
    assert [each.title[:2] for each in pages(renderer(), theirs, GOAL, LATER).became] == ["4."]
    found = json.loads(plan_files.make("json", Planned((theirs,), (GOAL,)), renderer(), LATER).data)
    assert {each["action"] for each in found["plans"][0]["reports"]} == {4}


# Who says what is due ------------------------------------------------------------------------------------------------


def test_what_is_not_due_before_today_is_not_missed():
    plan = lived_plan()
    action = plan.actions()[0]
    told = action.communications[0]
    found = reports.told_and_missed(plan, action, told, date(2027, 6, 18), date(2027, 8, 18))
    assert [(each, said is None) for each, said in found] == [(date(2027, 7, 18), False), (date(2027, 9, 18), False)]
