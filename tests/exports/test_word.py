"""The Word document, opened again by docx2txt and as the XML that it is."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element

import docx2txt
import pytest
from defusedxml import ElementTree

from bot.exports import word
from tests.exports.plans import ENGLISH, NOW, plan, real, real_plan
from tests.exports.tables import pages

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text(data: bytes) -> str:
    return str(docx2txt.process(BytesIO(data)))


def body(data: bytes, part: str = "word/document.xml") -> Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        found: Element = ElementTree.fromstring(archive.read(part))
    return found


@pytest.fixture(scope="module")
def made():
    return word.document([pages(real_plan())], NOW)


def test_everything_that_was_written_is_in_it(made):
    shown = text(made)
    for action in real():
        assert action.title in shown
    for words in (
        "财政部",
        "لا وقت للتدريب",
        "=1+1",
        "@SUM",
        "<b>Jon</b>",
        "Zoë 👩‍🏫; Ops",
        "$x^2$ `raw` @ref <label>",
    ):
        assert words in shown
    assert "Goal: Cut the time" in shown
    assert "\u2068" not in shown


def test_the_table_has_the_slides_columns_and_repeats_them(made):
    rows = body(made).findall(f".//{W}tbl/{W}tr")
    assert len(rows) == 7
    heading = ["".join(cell.itertext()) for cell in rows[0].findall(f"{W}tc")]
    assert heading == list(ENGLISH.columns[:7])
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
    assert all(len(row.findall(f"{W}tc")) == 7 for row in rows)


def test_the_page_lies_across_and_its_title_is_a_heading(made):
    size = body(made).find(f".//{W}sectPr/{W}pgSz")
    assert size is not None
    assert size.get(f"{W}orient") == "landscape"
    assert int(size.get(f"{W}w", 0)) > int(size.get(f"{W}h", 0))
    first = body(made).find(f".//{W}p")
    assert first is not None
    style = first.find(f"{W}pPr/{W}pStyle")
    assert style is not None
    assert style.get(f"{W}val") == "Heading1"


def test_it_says_its_language():
    data = word.document([pages(real_plan(), language="fr")], NOW)
    languages = [each.get(f"{W}val") for each in body(data, "word/styles.xml").iter(f"{W}lang")]
    assert "fr" in languages


def test_pages_are_numbered(made):
    with zipfile.ZipFile(BytesIO(made)) as archive:
        footers = [archive.read(name).decode() for name in archive.namelist() if "footer" in name]
    assert any('instr="PAGE"' in each and 'instr="NUMPAGES"' in each for each in footers)


def test_right_to_left_runs_from_the_right():
    found = body(word.document([pages(real_plan(), rtl=True, language="ar")], NOW))
    assert found.find(f".//{W}tbl/{W}tblPr/{W}bidiVisual") is not None
    paragraphs = {"".join(each.itertext()): each for each in found.iter(f"{W}p")}
    arabic = next(each for text, each in paragraphs.items() if text.startswith("3. تدريب"))
    english = next(each for text, each in paragraphs.items() if text.startswith("1. Publish"))
    assert arabic.find(f"{W}pPr/{W}bidi") is not None
    assert arabic.find(f"{W}r/{W}rPr/{W}rtl") is not None
    assert english.find(f"{W}pPr/{W}bidi") is None


def test_several_plans_and_one_without_actions():
    shown = text(word.document([pages(real_plan()), pages(plan({}), title="Action plan of Group 3")], NOW))
    assert "Action plan of Group 3" in shown
    assert "Nothing is planned yet." in shown
