"""The PDF, read by pypdf, and the pictures, opened by pillow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from bot.exports import typeset
from bot.exports.table import Mark, Timeline, TimelineRow
from tests.exports.plans import ENGLISH, NOW, of_actions, plan, real, real_plan
from tests.exports.tables import pages


def many(count: int) -> list:
    return [replace(each, title=f"{at}: {each.title}"[:200]) for at in range(count) for each in [real()[at % 6]]]


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def squeezed(text: str) -> str:
    """Without what a narrow column does to words: breaks, and places to break."""
    return "".join(text.split()).replace("\u200b", "")


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


# PDF -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> PdfReader:
    return read(typeset.pdf([pages(real_plan())], NOW))


def test_everything_that_was_written_is_in_it(made):
    shown = squeezed(made.pages[0].extract_text())
    for words in (
        real()[0].title,
        real()[4].title,
        "财政部",
        "担心新的预算负担",
        "=1+1",
        "@SUM",
        "<b>Jon</b>",
        "*not*#strong[x]→$x^2$`raw`@ref<label>//nocomment",
        '"http://example.org","A title that is no formula"',
        "Goal:Cutthetime",
    ):
        assert squeezed(words) in shown


def test_it_lies_across_on_a4(made):
    box = made.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595)


def test_it_has_a_title_a_language_and_a_structure_for_readers_aloud(made):
    assert made.metadata is not None
    assert made.metadata.title == "Action plan of Group 2"
    assert made.metadata.creation_date == NOW
    assert made.trailer["/Root"]["/Lang"] == "en"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_headings_and_numbers_are_on_every_page():
    whole = read(typeset.pdf([pages(of_actions(*many(30)))], NOW))
    assert len(whole.pages) > 2
    for number, page in enumerate(whole.pages, 1):
        shown = page.extract_text()
        assert all(squeezed(heading) in squeezed(shown) for heading in ENGLISH.columns[:7])
        assert f"Page {number} of {len(whole.pages)}" in shown


def test_each_plan_begins_on_a_page_of_its_own():
    three = [pages(real_plan()), pages(plan({}), title="Action plan of Group 3"), pages(real_plan())]
    whole = read(typeset.pdf(three, NOW))
    assert len(whole.pages) == 3
    assert "Action plan of Group 3" in whole.pages[1].extract_text()
    assert "Nothing is planned yet." in whole.pages[1].extract_text()


def test_the_same_plan_is_the_same_file():
    assert typeset.pdf([pages(real_plan())], NOW) == typeset.pdf([pages(real_plan())], NOW)


# Pictures --------------------------------------------------------------------------------------------------------


def test_a_picture_is_as_wide_as_a_phone_shows_sharply():
    picture = opened(typeset.picture(pages(real_plan())))
    assert picture.width == 1280
    assert 1280 < picture.height < typeset.TALLEST + 1500


def test_many_actions_take_several_pictures_none_too_tall():
    whole = pages(of_actions(*many(40)))
    parts = typeset.pictures(whole)
    assert len(parts) > 2
    assert [row.number for part in parts for row in part.rows] == [row.number for row in whole.rows]
    heights = [opened(typeset.picture(whole, at)).height for at in range(len(parts))]
    assert max(heights) < typeset.TALLEST + 2500
    assert typeset.picture(whole, 99) == typeset.picture(whole, len(parts) - 1)


def test_a_plan_without_actions_is_one_picture():
    assert len(typeset.pictures(pages(plan({})))) == 1
    assert opened(typeset.picture(pages(plan({})))).width == 1280


def drawn(letters: str) -> Image.Image:
    return opened(typeset.picture(replace(pages(plan({})), title=letters, lines=(), empty="")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("行", "动"),
        ("ش", "ق"),
        ("Ж", "Ш"),
        ("א", "ש"),
        ("ห", "ม"),
        ("आ", "क"),
        ("አ", "ማ"),
        ("한", "국"),
        ("か", "ん"),
        ("ğ", "ő"),
        ("👍", "🎉"),
    ],
)
def test_letters_of_every_script_have_a_shape_of_their_own(one, other):
    """A font without them would show the same box for both."""
    assert ImageChops.difference(drawn(one), drawn(other)).getbbox() is not None


def ink(picture: Image.Image) -> int:
    """How wide what is drawn is."""
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box[2] - box[0]


def test_arabic_letters_are_joined_and_run_from_the_right():
    assert ink(drawn("ببب")) < ink(drawn("ب\u200cب\u200cب"))  # kept apart by force, they are wider
    box = ImageChops.invert(drawn("خطة").convert("L")).getbbox()
    assert box is not None
    assert box[0] > 900


# The timeline ----------------------------------------------------------------------------------------------------

DUE, MILESTONE = Mark(on=date(2027, 9, 30), label="30 Sep", due=True), Mark(on=date(2027, 7, 1), label="1 Jul: Draft")


def timeline(*rows: TimelineRow, **more: object) -> Timeline:
    given: dict[str, object] = {
        "title": "Action plan of Group 2",
        "today": date(2027, 6, 1),
        "today_label": "Today",
        "ticks": ((date(2027, 6, 1), "Jun"), (date(2027, 9, 1), "Sep")),
        "due_label": "Due",
        "milestone_label": "Milestone",
        "empty": "Nothing is planned yet.",
    }
    return Timeline(rows=rows, **(given | more))  # type: ignore[arg-type]


def dark(picture: Image.Image) -> list[tuple[int, int]]:
    """Where the blue ink of the marks is, on the lanes only."""
    width, height = picture.size
    pixels = picture.load()
    assert pixels is not None
    return [(x, y) for y in range(330, height) for x in range(0, width, 3) if pixels[x, y] == (20, 61, 102)]


def test_marks_stand_where_their_days_are():
    only = timeline(TimelineRow(title="1. Ask", note="Owner: Esi", marks=(DUE,)))
    later = replace(only, ticks=(*only.ticks, (date(2028, 9, 30), "")))
    near, far = dark(opened(typeset.timeline(later))), dark(opened(typeset.timeline(only)))
    assert max(x for x, _ in far) > 1200  # the last day there is
    assert 300 < max(x for x, _ in near) < 420  # a quarter of the way
    mirrored = dark(opened(typeset.timeline(replace(later, rtl=True))))
    assert 860 < min(x for x, _ in mirrored) < 1000


def test_a_long_timeline_takes_several_pictures():
    rows = [TimelineRow(title=f"{at}. {'x' * 300}", marks=(MILESTONE, DUE)) for at in range(1, 60)]
    whole = timeline(*rows)
    parts = typeset.timelines(whole)
    assert len(parts) > 1
    assert sum(len(part.rows) for part in parts) == 59
    assert all(opened(typeset.timeline(whole, at)).height < typeset.TALLEST + 2500 for at in range(len(parts)))


def test_a_timeline_of_nothing_is_a_picture_all_the_same():
    assert opened(typeset.timeline(timeline(ticks=()))).width == 1280
    assert opened(typeset.timeline(timeline(TimelineRow(title="1. No day")))).width == 1280
