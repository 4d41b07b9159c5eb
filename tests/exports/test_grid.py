"""Grids as pictures: where the points are drawn, and that anybody's words can stand below them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.exports import grid
from bot.exports.grid import Axis, Grid, Point

NAMES = (
    "Publish the permit checklist online",
    "نشر قائمة الوثائق المطلوبة على الموقع",
    "在网上公布许可清单",
    "<b>=1+1 #set text(red)</b>",
    'A "quoted" \\backslash $math$ @label _under_ *star* // comment',
    "Wassergebührenbescheidzustellungsverordnungsentwurfsfassung" * 3,
    "A name that goes on " * 12,
    "🙂",
)
SCORES = st.sampled_from([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])
POINTS = st.lists(st.builds(Point, name=st.just("x"), across=SCORES, up=SCORES), min_size=1, max_size=16)
PLAIN = Grid(
    title="Where our actions stand",
    note="Group 1 · Accra June workshop",
    across=Axis(label="Do-able", lowest=1, highest=5),
    up=Axis(label="How much it matters", lowest=1, highest=5),
    middle=4,
    fields=("Leave for now", "Do when it fits", "Prepare first", "Do first"),
    points=tuple(Point(name=name, across=1 + at % 5, up=5 - at % 4, apart=at == 2) for at, name in enumerate(NAMES)),
    apart="White: you differ on where it stands.",
)


def opened(made: bytes) -> Image.Image:
    return Image.open(BytesIO(made)).convert("RGB")


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    found = picture.getcolors(1 << 24)
    assert found is not None
    return {(colour[0], colour[1], colour[2]) for _, colour in found if isinstance(colour, tuple)}


# Places ----------------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(POINTS)
def test_every_point_is_in_the_field_in_which_it_stands(points: list[Point]):
    size = grid._size(len(points))
    shown = replace(PLAIN, points=tuple(points))
    line = grid._border(PLAIN.across, PLAIN.middle)
    for point, place in zip(points, grid._places(shown, size), strict=True):
        for stands, drawn in zip((point.across, point.up), place, strict=True):
            assert (stands >= PLAIN.middle) == (drawn > line)
            assert size / 2 <= drawn <= 1 - size / 2


@settings(max_examples=200, deadline=None)
@given(POINTS)
def test_points_do_not_hide_each_other(points: list[Point]):
    size = grid._size(len(points))
    places = grid._places(replace(PLAIN, points=tuple(points)), size)
    for at, (x, y) in enumerate(places):
        assert all(hypot(x - a, y - b) >= size - 1e-9 for a, b in places[:at])


def test_what_lies_halfway_to_the_middle_is_low():
    (x, y), *_ = grid._places(replace(PLAIN, points=(Point(name="x", across=3.5, up=3.5),)), 0.085)
    line = grid._border(PLAIN.across, 4)
    assert x < line
    assert y < line


# The picture -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return opened(grid.png(PLAIN))


def test_it_fits_a_phone_and_telegram(picture: Image.Image):
    assert picture.width == 1080
    assert picture.width + picture.height <= 10_000
    assert picture.height < 2.6 * picture.width


def test_it_says_all_in_grey(picture: Image.Image):
    assert all(red == green == blue for red, green, blue in colours(picture))
    assert {(20, 20, 20), (255, 255, 255), (212, 212, 212)} <= colours(picture)


def test_everybody_s_words_are_set_as_they_are(picture: Image.Image):
    """A name that was taken for markup would change the colours, or fail; one that is left out would change nothing."""
    for at in range(len(NAMES)):
        without = tuple(replace(point, name="-") if at == index else point for index, point in enumerate(PLAIN.points))
        other = opened(grid.png(replace(PLAIN, points=without)))
        assert other.size != picture.size or other.tobytes() != picture.tobytes(), NAMES[at]


def test_many_points_go_into_two_columns_and_stay_within_what_telegram_takes():
    many = tuple(Point(name=f"{at}: {NAMES[0]}", across=1 + at % 5, up=1 + at % 4) for at in range(grid.MOST_POINTS))
    shown = opened(grid.png(replace(PLAIN, points=many, more="… and 3 more")))
    assert shown.width == 1080
    assert shown.width + shown.height <= 10_000


def test_a_grid_may_be_empty_and_its_scales_may_go_below_zero():
    below = replace(
        PLAIN,
        points=(),
        across=Axis(label="Impact", lowest=-2, highest=2),
        middle=1,
        unplaced=("Nobody", "نشر"),
        unplaced_heading="Not rated:",
    )
    assert opened(grid.png(below)).width == 1080


def test_the_same_grid_is_set_once():
    grid.png.cache_clear()
    first = grid.png(PLAIN)
    assert grid.png(replace(PLAIN)) is first
    assert grid.png.cache_info().misses == 1
