"""How a measure went, as a picture: it fits a phone, says all in grey, and anybody's words can stand in it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.core import chart
from bot.exports import course
from bot.exports.became import Bar, Sort
from bot.exports.course import Course

WORDS = (
    ("At the start", "900"),
    ("19 Jul", "about 870"),
    ("19 juil.", "每月约820次"),
    ("19 يوليو", "٨٠٠ زيارة"),
    ("20 Sep", "<b>=1+1 #set text(red)</b> $x$"),
    ("20 Oct", "Wassergebührenbescheidzustellungsverordnung 1 200"),
    ("Aimed for", "600"),
)
INK, GREY, WHITE = (20, 20, 20), (165, 165, 165), (255, 255, 255)


def a_course(*words: tuple[str, str], **more: Any) -> Course:
    sorts = [Sort.START, *(len(words) - 2) * [Sort.VALUE], Sort.AIM]
    spans = chart.spans([value for _, value in words])
    bars = tuple(
        Bar(label=label, value=value, span=span, sort=sort)
        for (label, value), span, sort in zip(words, spans, sorts, strict=True)
    )
    return replace(Course(title="Visits to the counter", note="Publish the list · a month", bars=bars), **more)


def opened(made: bytes) -> Image.Image:
    return Image.open(BytesIO(made)).convert("RGB")


def amount(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    found = picture.getcolors(1 << 24)
    assert found is not None
    return sum(count for count, each in found if each == colour)


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return opened(course.png(a_course(*WORDS)))


def test_it_fits_a_phone_and_says_all_in_grey(picture: Image.Image):
    assert picture.width == 1080
    assert picture.height < 1.5 * picture.width
    found = picture.getcolors(1 << 24)
    assert found is not None
    assert all(len(set(colour)) == 1 for _, colour in found if isinstance(colour, tuple))


def test_everybody_s_words_are_set_as_they_are(picture: Image.Image):
    for at, (label, value) in enumerate(WORDS):
        for other in ((label, "-"), ("-", value)):
            changed = opened(course.png(a_course(*WORDS[:at], other, *WORDS[at + 1 :])))
            assert changed.size != picture.size or changed.tobytes() != picture.tobytes(), WORDS[at]


def test_a_bar_is_as_long_as_its_number():
    few, many = (opened(course.png(a_course(("a", "900"), ("b", each), ("c", "600")))) for each in ("300", "800"))
    assert abs(amount(few, GREY) - amount(many, GREY)) < 10 < amount(many, GREY)
    assert amount(many, INK) - amount(few, INK) > 46 * 500 * (800 - 300) / 900 * 0.9


def test_what_has_no_number_has_no_bar():
    unknown = opened(course.png(a_course(("a", "will be measured"), ("b", "870"), ("c", "600"))))
    known = opened(course.png(a_course(("a", "900"), ("b", "870"), ("c", "600"))))
    assert amount(unknown, GREY) < 200 < amount(known, GREY)


@pytest.mark.parametrize(
    "values", [("-5", "8", "20"), ("0", "0", "0"), ("-5", "-8", "-2"), ("no", "none", ""), ("9" * 60, "1", "2")]
)
@pytest.mark.parametrize("rtl", [False, True])
def test_any_numbers_can_be_drawn(values: tuple[str, ...], rtl: bool):
    made = a_course(*((f"row {at}", each) for at, each in enumerate(values)), rtl=rtl, more="3 earlier ones")
    assert opened(course.png(made)).width == 1080


def test_many_long_values_stay_within_what_telegram_takes():
    values = [(f"{at} September 2027", "somewhat over one thousand two hundred 1 200") for at in range(26)]
    shown = opened(course.png(a_course(*values)))
    assert shown.width + shown.height <= 10_000
    assert shown.height < 20 * shown.width


def test_the_same_course_is_set_once():
    course.png.cache_clear()
    first = course.png(a_course(*WORDS))
    assert course.png(a_course(*WORDS)) is first
