"""Workbooks that people filled in, and workbooks that nobody should trust."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from time import perf_counter
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.core.errors import Refusal
from bot.core.plan import Barrier, Kpi, Milestone, Progress, Resource, ResourceKind
from bot.exports import filled, xlsx
from bot.exports.dictionary import Dictionary
from tests.exports.plans import DICTIONARY, ENGLISH, NOW, of_actions, plan, real_plan
from tests.exports.tables import table

KNOWN = frozenset({"esi", "marco"})


def sheet(*rows: tuple[object, ...], headings: tuple[str, ...] = ENGLISH.columns) -> bytes:
    """A workbook as people make one: the headings in the first row, and rows under it."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.append(list(headings))
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, dictionary: Dictionary = DICTIONARY) -> filled.Filled:
    return filled.read(data, dictionary, KNOWN, NOW)


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(data)
    return caught.value


def told(found: filled.Filled) -> list[tuple[str, str]]:
    """The mistakes, as cell and key."""
    return [(each.params.get("cell", f"row {each.params.get('row')}"), _key(each)) for each in found.errors]


def _key(phrase: Any) -> str:
    return phrase.params["problem"].key if "problem" in phrase.params else phrase.key


# Filled in by people ---------------------------------------------------------------------------------------------


def test_a_row_filled_in_by_hand_becomes_an_action():
    row = (
        "Publish the list",
        "Esi, Marco\nMinistry of Works, Roads",
        date(2027, 9, 30),
        "available: web team (Human)\nNeeded: legal check",
        "Legal office: fears claims -> talk to them",
        None,
        "Visits: 900 -> 600",
        "marco",
        None,
        "Draft; 2027-08-01",
        "on track",
    )
    (action,) = read(sheet(row)).incoming.actions
    people = read(sheet(row)).incoming.people
    assert action.title == "Publish the list"
    assert [people[each].name for each in action.responsible] == ["Esi", "Marco", "Ministry of Works, Roads"]
    assert people[action.owner].name == "marco"
    assert action.due_on == date(2027, 9, 30)
    assert action.resources_available == (Resource(what="web team", kind=ResourceKind.HUMAN),)
    assert action.resources_needed == (Resource(what="legal check"),)
    assert action.barriers == (Barrier(who="Legal office", how="fears claims", answer="talk to them"),)
    assert action.kpis == (Kpi(name="Visits", baseline="900", target="600"),)
    assert action.milestones == (Milestone(name="Draft", due_on=date(2027, 8, 1)),)
    assert action.progress is Progress.ON_TRACK


def test_numbers_and_days_in_cells_are_read_as_what_they_say():
    (action,) = read(sheet((2030, 7, date(2027, 3, 31), None, None, None, 0.5))).incoming.actions
    assert action.title == "2030"
    assert action.due_on == date(2027, 3, 31)
    assert action.kpis == (Kpi(name="0.5"),)


def test_columns_may_stand_in_another_order_and_some_may_be_missing():
    data = sheet(("Esi", "x", "Ask"), headings=("by whom:", "Our notes", " ACTION  STEP "))
    assert refused(data).key == "import.no_headings"  # two are too few to be sure
    data = sheet(("Esi", "x", "Ask", "Done"), headings=("by whom:", "Our notes", " ACTION  STEP ", "status"))
    (action,) = read(data).incoming.actions
    assert (action.title, action.progress) == ("Ask", Progress.DONE)


def test_what_the_bot_wrote_without_an_action_is_a_form_to_fill_in():
    book = openpyxl.load_workbook(BytesIO(xlsx.workbook([table(plan({}))])))
    book.worksheets[0]["A6"] = "Ask the auditors"
    book.worksheets[0]["C8"] = "2027-02-01"
    found = read(saved(book))
    assert [each.title for each in found.incoming.actions] == ["Ask the auditors"]
    assert told(found) == [("row 8", "import.no_title")]


def test_mistakes_are_named_by_their_cells_and_their_rows_stay_out():
    found = read(
        sheet(
            ("One", None, "31 February"),
            ("Two", None, None, "web team"),
            ("Three", "x" * 81, "nonsense", None, None, "Press; by: Esi; radoi"),
            ("Four", None, None, None, None, None, ": 5", "Esi; Marco"),
            ("Five", None, 46112),
            ("Six", None, None, None, "\n".join(f"Barrier {number}" for number in range(13))),
            ("Seven", None, date(1900, 1, 1)),
            ("x" * 201,),
            (None, "Esi"),
            ("Nine",),
        )
    )
    assert [each.title for each in found.incoming.actions] == ["Nine"]
    assert told(found) == [
        ("C2", "import.no_day"),
        ("D3", "import.available_or_needed"),
        ("B4", "input.too_long"),
        ("C4", "import.no_day"),
        ("F4", "import.unknown_part"),
        ("G5", "import.no_beginning"),
        ("H5", "import.one_owner"),
        ("C6", "import.no_day"),
        ("E7", "plan.list_full"),
        ("C8", "import.no_day"),
        ("A9", "input.too_long"),
        ("row 10", "import.no_title"),
    ]


def test_days_are_read_as_people_write_them_where_it_is_clear_which_one_is_meant():
    days = {"30/9/2027": [date(2027, 9, 30)], "3/4/2027": [date(2027, 4, 3), date(2027, 3, 4)]}
    dictionary = Dictionary([ENGLISH], lambda text: days.get(text, []))
    found = read(sheet(("One", None, "30/9/2027"), ("Two", None, "3/4/2027")), dictionary)
    assert [each.due_on for each in found.incoming.actions] == [date(2027, 9, 30)]
    assert told(found) == [("C3", "import.two_days")]


def test_a_text_that_looks_like_a_formula_is_a_text():
    book = openpyxl.load_workbook(BytesIO(xlsx.workbook([table(real_plan())])))
    assert book.worksheets[0]["A9"].value.startswith("=HYPERLINK")
    found = read(xlsx.workbook([table(real_plan())]))
    assert [each.title for each in found.incoming.actions][3].startswith("=HYPERLINK")


def test_words_are_cleaned_as_if_they_had_been_typed():
    (action,) = read(sheet(("Ask\u202e the  auditors \u200b", None, None, None, "Office\u2066: slow"))).incoming.actions
    assert action.title == "Ask the auditors"
    assert action.barriers == (Barrier(who="Office", how="slow"),)


# Not to be trusted -----------------------------------------------------------------------------------------------


def remade(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook with its parts changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return out.getvalue()


def test_a_formula_is_refused_by_its_cell():
    found = refused(sheet(("One",), ("=1+1", None)))
    assert (found.key, found.params) == ("import.formula", {"cell": "A3"})
    found = refused(sheet(("One", "Esi", '=HYPERLINK("http://example.org")')))
    assert found.params == {"cell": "C2"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a workbook", b"\x00" * 5000, b"{}"])
def test_what_is_no_workbook_is_refused(data):
    assert refused(data).key == "import.no_workbook"


def test_an_archive_that_is_no_workbook_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(out.getvalue()).key == "import.no_workbook"


def test_a_workbook_of_another_shape_is_refused():
    assert refused(sheet(("1", "2"), headings=("Name", "Phone"))).key == "import.no_headings"
    assert refused(saved(openpyxl.Workbook())).key == "import.no_headings"


def test_too_many_bytes_are_refused_before_anything_is_unpacked():
    assert refused(sheet() + bytes(filled.MOST_BYTES)).key == "import.too_large"


def test_a_bomb_is_refused_before_it_is_unpacked():
    def bomb(name: str, body: bytes) -> bytes:
        return body + b" " * (200 << 20) if name == "xl/worksheets/sheet1.xml" else body

    data = remade(sheet(("One",)), bomb)
    assert len(data) < filled.MOST_BYTES
    began = perf_counter()
    assert refused(data).key == "import.unpacks_too_large"
    assert perf_counter() - began < 1


def test_more_parts_than_any_workbook_has_are_refused():
    out = BytesIO(sheet())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(filled.MOST_PARTS):
            archive.writestr(f"part{number}", "")
    assert refused(out.getvalue()).key == "import.unpacks_too_large"


def test_more_rows_than_a_plan_has_are_refused():
    assert refused(sheet(*((f"Action {number}",) for number in range(201)))).key == "import.too_many_rows"
    assert len(read(sheet(*((f"Action {number}",) for number in range(200)))).incoming.actions) == 200


def test_a_row_far_below_is_refused_without_going_there():
    book = openpyxl.load_workbook(BytesIO(sheet(("One",))))
    book.worksheets[0]["A1048576"] = "Last"
    assert refused(saved(book)).key == "import.too_many_rows"


def test_what_the_sheet_says_of_its_size_is_not_believed():
    def huge(name: str, body: bytes) -> bytes:
        return body.replace(b'<dimension ref="A1:K2"', b'<dimension ref="A1:XFD1048576"')

    (action,) = read(remade(sheet(("One",)), huge)).incoming.actions
    assert action.title == "One"


def outcome(data: bytes) -> str:
    """The titles found, or why there are none."""
    try:
        return " ".join(each.title for each in read(data).incoming.actions)
    except Refusal as refusal:
        return refusal.key


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_entities_are_never_expanded(part):
    def laughing(name: str, body: bytes) -> bytes:
        if name != part:
            return body
        head, mark, rest = body.partition(b"?>") if body.startswith(b"<?xml") else (b"", b"", body)
        return head + mark + ENTITIES + rest.replace(b"One", b"&c;")

    assert "haha" not in outcome(remade(sheet(("One",)), laughing))


def test_any_part_may_be_broken():
    whole = sheet(("One",))
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        names = archive.namelist()
    for broken in names:

        def break_it(name: str, body: bytes, broken: str = broken) -> bytes:
            return b"<broken" if name == broken else body

        data = remade(whole, break_it)
        assert outcome(data) in ("import.no_workbook", "import.no_headings", "One", ""), broken


def test_a_plan_with_an_action_is_no_trouble_at_all():
    assert read(xlsx.workbook([table(of_actions())])).incoming.actions == ()
