"""In every language on offer, the words of a button fit on a narrow phone, and a toast into what Telegram shows."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from bot.core.message import Phrase, Screen
from content.catalogues import Catalogues
from handlers.render import LONGEST_LABEL, Renderer
from handlers.texts import TEXTS
from handlers.views import TOAST_LONGEST

ROOT = Path(__file__).parents[2]
SOURCES = "\n".join(
    path.read_text("utf-8") for each in ("handlers", "bot/core") for path in (ROOT / each).rglob("*.py")
)
PUT_IN = re.compile(r"\{[^{}]*\}")
NUMBERS = {"number": 6, "old": 6, "groups": "6", "count": 2, "id": "2.4.1.a"}
MORE_NUMBERS = {
    "at": 10,
    "of": 12,
    "have": 10,
    "need": 12,
    "most": 60,
    "before": "2.4.1.b",
    "expected": 6,
    "people": 45,
}
NAME = "Ministry of Works and Housing, permits"  # longer than most
CATALOGUES = Catalogues()


def said_by(function: str) -> set[str]:
    """The keys that stand first in calls of a function; what an f-string puts in may be anything."""
    first = re.findall(rf"\b{function}\(\s*([^,)]*\"[^,)]*)", SOURCES)
    written = [each for argument in first for each in re.findall(r'"([a-z_.{}]+)"', PUT_IN.sub("{}", argument))]
    patterns = [re.escape(each).replace(r"\{\}", ".+") for each in written]
    return {key for key in TEXTS if any(re.fullmatch(pattern, key) for pattern in patterns)}


LABELS = sorted({key for key in TEXTS if key.startswith("label.")} | said_by("button") | said_by("_copy"))
TOASTS = sorted(said_by("toast") | said_by("reply") | said_by("Refusal"))


def placeholders(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def params(key: str, given: dict[str, Any], otherwise: str) -> list[dict[str, Any]]:
    """What to put into a sentence, for each of its forms."""
    texts = TEXTS[key]
    forms = [(2, texts)] if isinstance(texts, str) else [(1, texts[0]), (2, texts[1])]
    names = {name for _, text in forms for name in placeholders(text)}
    values = {name: given.get(name, otherwise) for name in names}
    return [values | {"count": count} for count, _ in forms]


def test_labels_and_toasts_were_found():
    assert {"label.next", "label.be_scribe", "people.do.move", "new.change.zone", "join.as", "leave.no"} <= set(LABELS)
    assert {"tap.old", "pen.asked_done", "access.facilitators_only", "sheet.pen_moves", "sheet.full"} <= set(TOASTS)


@pytest.mark.parametrize("language", CATALOGUES.languages())
def test_the_words_of_a_button_fit_on_a_narrow_phone(language: str):
    """Names and what a step is called aside: those are cut where they don't fit."""
    renderer = Renderer(CATALOGUES, language)
    given = NUMBERS | {"group": Phrase("group", {"number": 6})}
    labels = [renderer.plain(Phrase(key, each)) for key in LABELS for each in params(key, given, "")]
    assert [each for each in labels if len(each) > LONGEST_LABEL or "<" in each or "!" in each] == []


@pytest.mark.parametrize("language", CATALOGUES.languages())
def test_what_answers_a_tap_is_not_cut(language: str):
    renderer = Renderer(CATALOGUES, language)
    given = NUMBERS | MORE_NUMBERS | {"groups": ["1", "2", "3"]}
    toasts = [renderer.toast(Screen(key, each)) for key in TOASTS for each in params(key, given, NAME)]
    assert [each for each in toasts if len(each) > TOAST_LONGEST or "!" in each] == []
