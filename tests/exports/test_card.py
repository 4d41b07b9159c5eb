"""Products as pictures: anybody's words can stand on them, and they look as they did when somebody looked at them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.exercise import Drawing
from bot.exports import card
from bot.exports.card import Bar, Card, Plate, Stated
from content.catalogues import Catalogues
from handlers import pictures
from handlers.render import Renderer
from tests.exports.days import a_full_day
from tests.exports.looks import looks_as_it_did, opened

HOSTILE = (
    "=1+1 *not* #strong[x] $y$ @ref <label> // no comment",
    "نشر قائمة الوثائق المطلوبة على الموقع",
    "在网上公布许可清单",
    "Опубликовать список документов",
    '<b>&amp;</b> \\ "quoted" `raw`',
    "🙂 👩‍👩‍👧",
    "Wassergebührenbescheidzustellungsverordnungsentwurfsfassung" * 3,
)
ICEBERG = Card(
    drawing=Drawing.ICEBERG,
    title="Iceberg card",
    note="Group 2 · Digital Government Week, Port Louis",
    above=(Plate(title="Starting gap", lines=("Legal framework: five offices ask for the same certified copies.",)),),
    parts=(
        Plate(title="Event: what we saw", lines=("In May a family in Bel Air waited eleven weeks for water.",)),
        Plate(
            title="Patterns: what keeps coming back",
            lines=("Copies older than three months are refused", "Families with children wait longest", *HOSTILE[1:4]),
            numbered=True,
        ),
        Plate(title="Trends: why, and why again", lines=("A clerk who takes a copy answers for it",), numbered=True),
        Plate(title="Structures: what produces it"),
        Plate(title="Mental models: what lets it go on", lines=("A stamp protects me",), numbered=True),
    ),
    below=(
        Plate(title="Archetype", lines=("Shifting the burden",)),
        Plate(title="Leverage point", lines=("The water board looks up the title in the land register itself.",)),
    ),
)
MAP = replace(
    ICEBERG,
    drawing=Drawing.MAP,
    title="Strategic framework",
    above=(Plate(title="Objective", lines=("Nine in ten new houses get a date for their water within two weeks.",)),),
    parts=(
        Plate(title="Customers", lines=("Families in new houses", "Builders"), numbered=True),
        Plate(title="Partners", lines=("Land registrar – a read-only view of titles",), numbered=True),
        Plate(title="Resources", lines=HOSTILE[1:4], numbered=True),
        Plate(title="Innovations", lines=("A text message with the date of connection",), numbered=True),
    ),
    below=(Plate(title="Still missing", lines=("Somebody has to make up for the registrar's fees.",)),),
)


def bars(given: str, agreed: int = 0) -> tuple[Bar, ...]:
    """How the views lie that stand in `given`, one character each."""
    numbers = [Bar(label=str(at), count=given.count(str(at)), agreed=at == agreed) for at in range(1, 5)]
    return (*numbers, Bar(label="don't know", count=given.count("?"), apart=True))


STATED = (
    Stated(
        text="One body settles the standards that all offices share, and its word counts.",
        bars=bars("1244411"),
        said="Not agreed on",
        flags=(("apart", "we disagree"),),
        why="“Two of us know the standards board only from its letterhead”",
    ),
    Stated(
        text="It is clear what the centre, each ministry and the local level has to do for digital services.",
        bars=bars("1122222", 2),
        said="Agreed: 2 · Fairly sure",
        flags=(("gap", "a clear gap"),),
    ),
    Stated(
        text="A service of several offices can be paid for and run as one.",
        bars=bars("12????"),
        said="Agreed: don't know",
        flags=(("unknown", "we don't know"),),
    ),
    Stated(text=HOSTILE[1], few="Too few have rated this one for a count.", said="Agreed: 3 · Very sure"),
)
RATED = replace(
    ICEBERG,
    drawing=Drawing.RATED,
    title="Dimension card",
    above=(Plate(title="Headline", lines=("We know how to set standards, and nobody yet how to run a service.",)),),
    parts=(Plate(title="Statement by statement", stated=STATED),),
    below=(Plate(title="Gaps", lines=("Nobody answers for a service that two ministries share",), numbered=True),),
)


@pytest.mark.parametrize(("name", "shown"), [("iceberg", ICEBERG), ("map", MAP), ("rated", RATED)])
def test_it_looks_as_it_did(name: str, shown: Card):
    assert looks_as_it_did(name, card.png(shown))


@pytest.mark.parametrize("shown", [ICEBERG, MAP])
def test_anybodys_words_can_stand_on_it(shown: Card):
    plain = opened(card.png(shown))
    full = replace(shown, parts=tuple(replace(each, lines=HOSTILE * 3) for each in shown.parts))
    made = opened(card.png(full))
    assert made.height > plain.height
    assert made.width + made.height <= 10_000  # what Telegram takes as a photo
    edge = made.crop((made.width - 30, 0, made.width, made.height))
    assert min(edge.get_flattened_data() if hasattr(edge, "get_flattened_data") else edge.getdata()) == 255


def test_anybodys_words_can_stand_beside_bars():
    said = [
        Stated(text=text, bars=bars("1234?" * 9), said=text, flags=(("apart", text[:24]),), why=text * 2)
        for text in HOSTILE
    ]
    full = replace(RATED, parts=(Plate(title="T", stated=tuple(said * 5)),))
    made = opened(card.png(full))
    assert made.width + made.height <= 10_000  # what Telegram takes as a photo


def test_levels_get_darker_and_wider():
    made = opened(card.png(ICEBERG))
    rows = [y for y in range(made.height) if made.getpixel((540, y)) == 250]
    deeper = [y for y in range(made.height) if made.getpixel((540, y)) == 250 - 17 * 4]
    assert rows
    assert deeper
    assert max(rows) < min(deeper)


@pytest.mark.parametrize("drawing", [each for each in Drawing if each is not Drawing.NONE])
def test_a_full_day_fits_on_pictures(drawing: Drawing):
    found = a_full_day()
    exercise, run = next(each for each in found.runs if each[0].product.drawing is drawing)
    made = opened(card.png(pictures.card(Renderer(Catalogues(), "fr"), found.around, exercise, run)))
    assert made.width + made.height <= 10_000
    assert made.height <= 20 * made.width  # what Telegram takes as a photo
