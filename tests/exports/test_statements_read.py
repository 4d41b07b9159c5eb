"""A file of statements from anywhere: what is in it is read, every mistake is named, and what is hostile is refused."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.core.errors import Refusal
from bot.core.sent_statements import folded, taken_in
from bot.core.statements import Statement
from bot.exports import filled, statements_read
from content.catalogues import Catalogues
from content.loader import load_all
from handlers.assess import statement_words
from handlers.render import Renderer
from tests.exports.workshops import workshop

CATALOGUES = Catalogues()
PROGRAMME = load_all()["innovation_digital_government"]
HEADINGS = statement_words.headings(CATALOGUES, PROGRAMME)
TOPICS = statement_words.topic_names(CATALOGUES, PROGRAMME, "en")
CALLED = statement_words.names_of(CATALOGUES, PROGRAMME)
WHOLE = [(name, f"{name} is as it should be", "") for name in TOPICS.values()]


def book(*rows: tuple[Any, ...], headings: tuple[str, ...] = ("Dimension", "Statement", "Short name")) -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    assert isinstance(page, Worksheet)
    for row in (("Some title", None), headings, *rows):
        page.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def taken(data: bytes, name: str = "official.xlsx") -> tuple[list[Statement], list[str]]:
    """The statements of a file, and its mistakes in English."""
    found, wrong = taken_in(statements_read.read(name, data, HEADINGS), TOPICS, CALLED)
    return list(found), [Renderer(CATALOGUES, "en").plain(each) for each in wrong]


def refused(data: bytes, name: str = "official.xlsx") -> str:
    with pytest.raises(Refusal) as caught:
        statements_read.read(name, data, HEADINGS)
    return caught.value.key


# What is in it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_form_that_is_sent_reads_back(language: str):
    made = statement_words.form(Renderer(CATALOGUES, language), PROGRAMME, workshop())
    found, wrong = taken(made.data)
    assert wrong == []
    assert [(each.id, each.topic) for each in found] == [(each.id, each.topic) for each in PROGRAMME.statements]


def test_topics_go_by_name_or_id_in_any_language_and_columns_in_any_order():
    rows = [(text, topic) for topic, text, _ in WHOLE[1:]] + [("Le droit suit", "cadre juridique")]
    rows += [("Les chefs suivent", "LEADERSHIP ")]
    found, wrong = taken(book(*rows, headings=("énoncé", "Dimension")))
    assert wrong == []
    assert [each.topic for each in found][-2:] == ["legal", "leadership"]
    assert [each.id for each in found] == [f"s{number}" for number in range(1, len(rows) + 1)]


def test_toml_says_the_same():
    text = "\n".join(f'[[statements]]\ntopic = "{topic}"\ntext = "{words}"' for topic, words, _ in WHOLE)
    found, wrong = taken(text.encode(), "official.toml")
    assert wrong == []
    assert [each.text for each in found] == [text for _, text, _ in WHOLE]


# Mistakes --------------------------------------------------------------------------------------------------------


def test_every_mistake_is_named_with_its_cell():
    rows = [
        *WHOLE[1:],
        ("Rockets", "They fly", ""),
        ("", "Of nothing", ""),
        ("Strategy", None, "x"),
        ("Strategy", "a" * 201, "Not A Name"),
        ("Strategy", 2027, ""),
        (WHOLE[1][0], WHOLE[1][1], ""),
    ]
    _, wrong = taken(book(*rows))
    assert sorted(wrong) == sorted(
        [
            f"A8: “Rockets” is none of these: {', '.join(TOPICS.values())}",
            "A9: what it belongs to is missing",
            "B10: the statement is missing",
            "B11: That's 201 characters, and 200 fit. Send it shorter.",
            "B12: that isn't a text",
            "B13: stands already in statement 1",
            "C11: a short name has up to 14 of a-z, 0-9, _ and -",
            "Leadership has no statement",
        ]
    )


def test_mistakes_in_toml_go_by_number():
    text = '[[statements]]\ntopic = "law"\ntext = 5\nweight = 3\n'
    _, wrong = taken(text.encode(), "official.toml")
    assert wrong[:3] == [
        "Statement 1: that isn't a text",
        "Statement 1: “weight” is nothing I know; remove it",
        f"Statement 1: “law” is none of these: {', '.join(TOPICS.values())}",
    ]
    assert len(wrong) == 3 + len(TOPICS)


# Hostile files ---------------------------------------------------------------------------------------------------


def test_formulas_are_refused():
    assert refused(book(("Strategy", '=HYPERLINK("http://x")', ""))) == "import.formula"


def test_ten_thousand_rows_are_refused_at_once():
    data = book(*(("Strategy", f"Statement {number}", "") for number in range(10_000)))
    begun = time.perf_counter()
    assert refused(data) == "statements.too_many_rows"
    assert time.perf_counter() - begun < 5
    toml = "".join(f'[[statements]]\ntopic = "strategy"\ntext = "{number}"\n' for number in range(10_000))
    assert refused(toml.encode(), "many.toml") == "statements.too_many_rows"


def test_what_unpacks_to_far_more_is_refused_unread():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (filled.MOST_UNPACKED + 1))
    assert len(out.getvalue()) < filled.MOST_BYTES
    assert refused(out.getvalue()) == "import.unpacks_too_large"


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("official.pdf", b"%PDF", "statements.no_file"),
        ("official.xlsx", b"%PDF", "import.no_workbook"),
        ("official.xlsx", b"", "import.no_workbook"),
        ("official.toml", b"\xff\xfe", "statements.no_toml"),
        ("official.toml", b"statements = 5", "statements.no_toml"),
        ("official.toml", b"[[statements]]\ntopic = [", "statements.no_toml"),
        ("official.toml", b"a = " + b"[" * 100_000, "statements.no_toml"),
        ("official.toml", b"statements = []", "statements.empty"),
        ("official.toml", b"x" * (statements_read.MOST_BYTES + 1), "import.too_large"),
        ("official.xlsx", b"x" * (filled.MOST_BYTES + 1), "import.too_large"),
    ],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(name: str, data: bytes, key: str):
    assert refused(data, name) == key


def test_a_workbook_without_the_headings_or_without_rows_is_refused():
    assert refused(book(("a", "b", "c"), headings=("One", "Two", "Three"))) == "statements.no_headings"
    assert refused(book()) == "statements.empty"


def test_signs_that_nobody_sees_are_taken_out():
    rows = [*WHOLE[1:], ("Leadership", "Leaders\u202e look\u200b at\nfigures", "")]
    found, wrong = taken(book(*rows))
    assert wrong == []
    assert found[-1].text == "Leaders look at figures"
    assert folded(" Legal\n framework ") == "legal framework"
