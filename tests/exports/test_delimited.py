"""The CSV, read again by the standard library's reader."""

from __future__ import annotations

import csv

from bot.exports import delimited
from tests.exports.plans import ENGLISH, real, real_plan
from tests.exports.tables import table


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))


def test_it_has_the_columns_of_the_workbook():
    heading, *found = rows(delimited.table([table(real_plan())]))
    assert heading == list(ENGLISH.columns)
    assert [row[2] for row in found] == [each.due_on.isoformat() if each.due_on else "" for each in real()]
    assert [row[0] for row in found[:3]] == [each.title for each in real()[:3]]
    assert found[0][3].split("\n")[0] == "Available: Web team of the ministry (human)"


def test_no_cell_begins_as_a_formula():
    found = rows(delimited.table([table(real_plan())]))
    assert found[4][0] == '\'=HYPERLINK("http://example.org","A title that is no formula")'
    assert found[4][1] == "'=1+1\n@SUM"
    assert all(not cell.startswith(delimited.RISKY) for row in found for cell in row)


def test_several_plans_say_whose_each_row_is():
    one, other = table(real_plan(), name="Group 1"), table(real_plan(), name="=2")
    heading, *found = rows(delimited.table([one, other]))
    assert heading[0] == ""
    assert {row[0] for row in found} == {"Group 1", "'=2"}
    assert len(found) == 12


def test_no_plan_is_an_empty_file():
    assert rows(delimited.table([])) == []
