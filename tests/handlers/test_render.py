"""Meaning to words: escaping, direction, plurals, dates, buttons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.words import clean
from content.catalogues import Catalogues, po_file
from handlers.render import LONGEST_LABEL, LONGEST_PHRASE, Renderer
from handlers.texts import TEXTS

CATALOGUES = Catalogues()
ENGLISH, ARABIC, MADE_UP = (Renderer(CATALOGUES, language) for language in ("en", "ar", "qps"))
NASTY = ["<b>", "</i>&", "&amp;", "_*[`~", "\"quotes'", "{name}", "{0.__class__}", "{", "}}{{", "%s %(x)d", "\\n", "#"]
FIRST_STRONG, POP = "\u2068", "\u2069"


SENTENCES: dict[str, str | tuple[str, str]] = {
    "t.entry": "{number}. {text} ({name})",
    "t.bold": "<b>{text}</b>",
    "t.title": "{title}: {text}",
    "t.open": "Still open: {steps}.",
    "t.gaps": ("{text} – one field open", "{text} – {count} fields open"),
    "t.you": "You: {text}",
    "t.next": "Next: {step}",
    "t.yes": "Yes",
    "t.told": "{name} told them on {day}.",
    "t.bold_end": "It is <b>{day}</b>.",
    "t.open_end": "{text}...",
}


@pytest.fixture(scope="module", autouse=True)
def sentences() -> Iterator[None]:
    """Sentences of these tests' own, so that the bot's may be reworded."""
    with pytest.MonkeyPatch.context() as patch:
        for key, text in SENTENCES.items():
            patch.setitem(TEXTS, key, text)
        yield


def fenced(text: str) -> str:
    return f"{FIRST_STRONG}{text}{POP}"


class Reading(HTMLParser):
    """What a reader of Telegram's HTML sees, and which tags are in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags = "", list[str]()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


# Escaping ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [*NASTY, "".join(NASTY)])
def test_peoples_words_are_words_and_nothing_else(words):
    screen = Screen("t.entry", {"number": 1, "text": words, "name": words})
    assert Reading(ENGLISH.text(screen)).words == f"1. {words} ({words})"
    assert Reading(ENGLISH.text(screen)).tags == []
    assert ENGLISH.toast(screen) == f"1. {words} ({words})"
    assert ENGLISH.plain(words) == words


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=5)), max_size=6).map("".join).map(clean))
def test_whatever_people_write_a_screen_shows_just_that(words):
    screen = Screen("lines", {"lines": [Phrase("t.bold", {"text": words}), "", words]})
    seen = Reading(ENGLISH.text(screen))
    assert seen.words.replace(FIRST_STRONG, "").replace(POP, "") == f"{words}\n\n{words}"
    assert seen.tags == ["b"]
    assert ENGLISH.toast(screen).replace(FIRST_STRONG, "").replace(POP, "") == f"{words}\n\n{words}"


def test_words_of_the_programme_are_escaped_and_never_filled_in():
    text = ContentText("small", "Q&A <now> {text}")
    assert ENGLISH.text(Screen("t.bold", {"text": text})) == "<b>Q&amp;A &lt;now&gt; {text}</b>"
    assert ENGLISH.calm(Phrase("t.bold", {"text": text})) == "Q&amp;A &lt;now&gt; {text}"
    assert ENGLISH.plain(text) == "Q&A <now> {text}"


def test_a_message_inside_a_message_is_escaped_once():
    inner = Phrase("t.entry", {"number": 2, "text": "a < b", "name": "&"})
    assert ENGLISH.text(Screen("t.title", {"title": "T", "text": inner})) == "T: 2. a &lt; b (&amp;)"


def test_a_list_is_joined_as_the_language_does():
    screen = Screen("t.open", {"steps": ["<i>", ContentText("small", "Gap"), Phrase("t.yes")]})
    assert ENGLISH.text(screen) == "Still open: &lt;i&gt;, Gap, and Yes."
    assert Renderer(CATALOGUES, "fr").plain(["a", "b", "c"]) == "a, b et c"
    assert ENGLISH.plain([]) == ""
    assert ENGLISH.plain(("a", "b")) == "a and b"


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("t.told", "19 juil.", "Li told them on 19 juil."),
        ("t.told", "19 July", "Li told them on 19 July."),
        ("t.told", "a day to come...", "Li told them on a day to come...."),
        ("t.bold_end", "19 juil.", "It is <b>19 juil</b>."),
        ("t.open_end", "Wait.", "Wait...."),
    ],
)
def test_a_sentence_that_ends_in_a_stop_gets_no_second_one(key, words, said):
    assert ENGLISH.html(Phrase(key, {"name": "Li", "day": words, "text": words})) == said


def test_numbers_come_as_they_are():
    assert ENGLISH.plain(0) == "0"
    assert ENGLISH.text(Screen("lines", {"lines": [Phrase("t.you", {"text": 3}), 7]})) == "You: 3\n7"


# Direction -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "ޝަކުވާ", "abc שלום", "1. שלום!", "🙂 مرحبا", "\U0001e900\U0001e901"])
def test_words_that_run_to_the_left_are_fenced_off(text):
    assert ENGLISH.plain(text) == fenced(text)
    assert ENGLISH.text(Screen("t.title", {"title": 1, "text": text})) == f"1: {fenced(text)}"


@pytest.mark.parametrize("text", ["Hello", "Ελλάδα", "漢字", "12:30", "🙂", "", "é…"])
def test_words_that_run_to_the_right_are_left_alone_among_their_like(text):
    assert ENGLISH.plain(text) == text


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur", "ar-EG", "fa-af"])
def test_a_reader_from_right_to_left_has_it_the_other_way_round(language):
    renderer = Renderer(CATALOGUES, language)
    assert renderer.plain("Hello") == fenced("Hello")
    assert renderer.plain(ContentText("small", "Gap")) == fenced("Gap")
    assert [renderer.plain(text) for text in ("مرحبا", "12:30", "🙂")] == ["مرحبا", "12:30", "🙂"]


def test_each_line_has_a_fence_of_its_own():
    assert ENGLISH.plain("one\nשתיים\n\nשלוש") == f"one\n{fenced('שתיים')}\n\n{fenced('שלוש')}"


# Plurals, dates, the made-up language --------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "words"), [(1, "one field open"), (2, "2 fields open"), (0, "0 fields open")])
def test_a_count_chooses_the_form(count, words):
    text = ENGLISH.text(Screen("t.gaps", {"text": "Midwives", "count": count}))
    assert text == f"Midwives – {words}"


def test_a_language_with_other_plurals_has_its_own(tmp_path: Path):
    path = po_file(tmp_path, "pl", "plenary")
    path.parent.mkdir(parents=True)
    plurals = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    forms = ["jedno pole", "{count} pola", "{count} pól"]
    path.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: {plurals}\\n"\n\n'
        'msgid "{text} – one field open"\nmsgid_plural "{text} – {count} fields open"\n'
        + "".join(f'msgstr[{at}] "{{text}}: {form}"\n' for at, form in enumerate(forms)),
        "utf-8",
    )
    polish = Renderer(Catalogues(tmp_path), "pl")
    counts = {1: "jedno pole", 2: "2 pola", 5: "5 pól", 22: "22 pola", 112: "112 pól"}
    for count, words in counts.items():
        assert polish.text(Screen("t.gaps", {"text": "A", "count": count})) == f"A: {words}"


def test_an_instant_is_told_in_the_workshops_zone_and_a_day_in_the_readers_language():
    at = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
    assert Renderer(CATALOGUES, "en", ZoneInfo("Africa/Nairobi")).plain(at).startswith("3/3/26, 12:30")
    assert Renderer(CATALOGUES, "en", ZoneInfo("America/New_York")).plain(at).startswith("3/2/26, 4:30")
    assert ENGLISH.plain(date(2026, 3, 2)) == "Monday, March 2, 2026"
    assert Renderer(CATALOGUES, "fr").plain(date(2026, 3, 2)) == "lundi 2 mars 2026"
    assert MADE_UP.plain(date(2026, 3, 2)) == "Monday, March 2, 2026"


def test_peoples_words_are_not_translated():
    assert MADE_UP.text(Screen("t.you", {"text": "Back"})) == "⟦Ýöû: Back⟧"


# Buttons -------------------------------------------------------------------------------------------------------------


def test_a_button_carries_its_action_a_link_or_a_text_to_copy():
    rows = (
        (Choice(Phrase("t.yes"), "y", style="primary"), Choice(ContentText("small", "Gap & co"), "g")),
        (),
        (Choice("<b>", url="https://t.me/x"), Choice("code", copy="ABC")),
    )
    assert ENGLISH.markup(rows) == {
        "inline_keyboard": [
            [
                {"text": "Yes", "callback_data": "y", "style": "primary"},
                {"text": "Gap & co", "callback_data": "g"},
            ],
            [{"text": "<b>", "url": "https://t.me/x"}, {"text": "code", "copy_text": {"text": "ABC"}}],
        ]
    }
    assert ENGLISH.markup(()) is None


def test_keys_stand_in_the_place_of_the_keyboard_and_one_asks_for_a_contact():
    rows = ((Choice("Kofi?", "pick", key=7),), (Choice(Phrase("t.yes"), "yes", key=-1, style="primary"),))
    one_person = {"request_id": 7, "user_is_bot": False, "max_quantity": 1, "request_name": True}
    assert ENGLISH.markup(rows) == {
        "keyboard": [
            [{"text": "Kofi?", "request_users": one_person}],
            [{"text": "Yes", "style": "primary"}],
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def seen(label: str) -> str:
    return label.replace(FIRST_STRONG, "").replace(POP, "")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60).map(clean), st.sampled_from([ENGLISH, ARABIC]))
def test_a_label_fits_and_its_fences_are_closed(words, renderer):
    own = renderer.label(Choice(words, "a"))
    around = renderer.label(Choice(Phrase("t.next", {"step": words}), "a"))
    assert len(seen(own)) <= LONGEST_LABEL
    assert len(seen(around)) <= LONGEST_PHRASE
    for label in (own, around):
        assert label.count(FIRST_STRONG) == label.count(POP)


def test_a_long_label_of_somebodys_is_cut_at_a_word():
    assert ENGLISH.label(Choice("Midwives of the northern districts", "a")) == "Midwives of the…"
    assert ENGLISH.label(Choice("מיילדות של מחוזות הצפון הרחוק", "a")) == fenced("מיילדות של מחוזות…")
