"""What groups made of statements, in a day's files: counts, what was settled, what stands out; nobody's own."""

from __future__ import annotations

from content.catalogues import Catalogues
from handlers.files import day
from handlers.render import Renderer
from tests.exports.days import a_full_day
from tests.exports.plans import NOW

ENGLISH = Renderer(Catalogues(), "en")


def test_for_working_on_each_number_has_a_column():
    table = next(each for each in day.answers(ENGLISH, a_full_day()) if each.name == "2.3")
    assert table.columns[4:] == ("1", "2", "3", "4", "don't know", "Agreed", "Stands out", "Reason")
    rows = [tuple(map(str, row)) for row in table.rows if "Group 1" in str(row[0]) and "Statement" in str(row[1])]
    assert len(rows) == 4
    assert all(sum(map(int, row[4:9])) == 8 for row in rows)
    said = {row[3].split()[0]: row[9:11] for row in rows}
    assert said == {
        "Ministers": ("Not agreed on", "we disagree"),
        "A": ("Agreed: 2 · Fairly sure", "a clear gap"),
        "One": ("Agreed: 3 · Fairly sure", ""),
        "Leaders": ("Agreed: don't know", "we don't know"),
    }
    assert next(row[4:] for row in table.rows if row[1] == "Strengths") == ("",) * 8


def test_for_reading_the_views_stand_in_one_cell():
    chapter = day.to_read(ENGLISH, a_full_day(), NOW).chapters[0]
    block = next(each for each in chapter.made[0].blocks if each.columns)
    assert block.columns == ("Statement", "Views", "Agreed", "Stands out", "Reason")
    assert len(block.records) == 4
    assert "2\u00a0●●" in block.records[0].cells[0]
