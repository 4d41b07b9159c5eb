"""The workbook, opened again by openpyxl: texts and days, no formula, and the same plan when it is read back."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings

from bot.core.plan_import import Incoming, take_in, told_apart
from bot.exports import filled, xlsx
from bot.exports.lines import folded
from tests.exports.plans import ANY, DICTIONARY, ENGLISH, MEMBERS, NOW, bare, names_of, plan, plans, real, real_plan
from tests.exports.tables import table


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def book():
    return opened(xlsx.workbook([table(real_plan())]))


def test_the_slides_columns_come_first(book):
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[5]]
    assert headings == list(ENGLISH.columns)
    assert sheet["A1"].value == "Action plan of Group 2"
    assert sheet.title == "Group 2"


def test_cells_are_texts_and_days(book):
    sheet = book.worksheets[0]
    titles = [row[0].value for row in sheet.iter_rows(min_row=6)]
    assert titles == [each.title for each in real()]
    days = [row[2] for row in sheet.iter_rows(min_row=6)]
    assert [cell.value and cell.value.date() for cell in days] == [each.due_on for each in real()]
    assert {cell.number_format for cell in days if cell.value} == {"yyyy-mm-dd"}
    assert all(isinstance(cell.value, datetime) for cell in days if cell.value)


def test_no_cell_is_a_formula():
    hostile = table(real_plan(), title="=1+1", lines=("@SUM(A1)", "-2"), guide_title="+3")
    data = xlsx.workbook([hostile])
    for sheet in opened(data).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "d", "n") for cell in row)
            assert all(cell.value is None or cell.data_type != "n" for cell in row)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/"):
                assert b"<f" not in archive.read(part)
                assert b"hyperlink" not in archive.read(part)


def test_it_prints_on_one_page_across_with_its_headings(book):
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B6"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$5:$5"
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=5) for cell in row)


def test_each_plan_has_a_tab_with_a_name_that_excel_takes():
    names = ["Group 1", "group 1", "a/b:c*?[x]\\", "History", "'quoted'", "x" * 40, "x" * 40, ""]
    data = xlsx.workbook([table(real_plan(), name=name) for name in names])
    titles = [sheet.title for sheet in opened(data).worksheets]
    assert titles == [
        "Group 1",
        "group 1 2",
        "a b c x",
        "History 1",
        "quoted",
        "x" * 31,
        f"{'x' * 27} 2",
        "Plan",
        "How to fill this in",
    ]


def test_right_to_left_runs_from_the_right():
    sheet = opened(xlsx.workbook([table(real_plan(), rtl=True)])).worksheets[0]
    assert sheet.sheet_view.rightToLeft


@settings(ANY, max_examples=60)
@given(plans())
def test_what_is_read_back_is_the_same_plan(some):
    names = told_apart(names_of(some))
    known = frozenset(map(folded, names.values()))
    read = filled.read(xlsx.workbook([table(some)]), DICTIONARY, known, NOW)
    assert read.errors == ()
    empty = plan({})
    again, added = take_in(empty, read.incoming, MEMBERS, token=lambda: "t", by="m1", now=NOW)
    assert added == len(some.actions())
    assert [bare(each) for each in again.actions()] == [bare(each) for each in some.actions()]
    assert again.contacts == empty.contacts


def test_it_is_read_in_another_place_with_the_people_as_contacts():
    read = filled.read(xlsx.workbook([table(real_plan())]), DICTIONARY, frozenset(), NOW)
    from dataclasses import replace

    elsewhere = replace(plan({}), contacts={}, next_contact=1)
    again, added = take_in(elsewhere, read.incoming, {"m9": "Esi Owusu"}, token=lambda: "t", by="m9", now=NOW)
    assert added == 6
    first = again.actions()[0]
    names = {"m9": "Esi Owusu", **{f"c{each.number}": each.name for each in again.contacts.values()}}
    assert [names[each] for each in first.responsible] == ["Esi Owusu #2", "Ministry of Works"]
    assert names[first.owner] == "Amina Diallo #1"
    assert isinstance(read.incoming, Incoming)
