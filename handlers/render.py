"""Meaning to words: phrases and screens become text and keyboards in one reader's language.

The only place where people's words are put into Telegram's HTML, and so the only one that escapes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from gettext import NullTranslations
from html import escape, unescape
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list

from bot.core.message import Choice, ContentText, Moment, Phrase, Rows, Screen, ShortDay
from bot.core.words import clean, shortened
from content.catalogues import Catalogues, locale_of
from handlers.texts import TEXTS

LONGEST_LABEL = 24  # characters: what fits on a narrow phone
LONGEST_PHRASE = 40  # the same for words of ours around somebody's
LONGEST_COPY = 256  # characters that a button can have copied
RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_SHOWN = {"time": "t", "day": "wd", "both": "wdt"}  # Telegram's letters for what a phone shows of a moment
_TAG = re.compile(r"<[^<>]*>")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_APOSTROPHES = re.compile("['’‘ʼ]")
_NOT_COMPARED = re.compile(r"[+-](?!\d)|[^\w+-]|_")
_STOPPED = re.compile(r"\{(\w+)\}(?:</\w+>)?\.(?!\.)")  # a parameter at the end of a sentence
_LAST_STOP = re.compile(r"(?<!\.)\.((?:</[\w-]+>)?\u2069?)$")  # of a shortened month, or of somebody's own sentence
_FIRST_STRONG, _POP = "\u2068", "\u2069"


def _is_mixed(text: str, *, rtl: bool) -> bool:
    """Whether a line has letters that run against the direction of the sentences around it."""
    return any(unicodedata.bidirectional(char) == "L" for char in text) if rtl else _RTL.search(text) is not None


@lru_cache(maxsize=512)
def _translations(catalogues: Catalogues, domain: str, language: str) -> NullTranslations:
    """What looks up sentences, kept: it is asked for each of the dozens of phrases on a sheet."""
    return catalogues.translations(domain, language)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Wording for one language and time zone. `language` is one of the catalogues' own."""

    catalogues: Catalogues
    language: str
    zone: ZoneInfo | None = None

    # Plain words (labels, toasts) ------------------------------------------------------------------------------

    def plain(self, value: Any) -> str:
        """A parameter as plain words, without HTML."""
        return self._words(value, html=False)

    def html(self, value: Any) -> str:
        """A parameter as HTML."""
        return self._words(value, html=True)

    def _words(self, value: Any, *, html: bool) -> str:
        match value:
            case str():  # people's own words
                text = self._fenced(value)
                return escape(text, quote=False) if html else text
            case Phrase():
                return self._phrase(value.key, value.params, html=html)
            case ContentText():
                text = self._fenced(_translations(self.catalogues, value.domain, self.language).gettext(value.text))
                return escape(text, quote=False) if html else text
            case datetime():
                local = value.astimezone(self.zone) if self.zone else value
                return str(format_datetime(local, "short", locale=self._locale()))
            case int():
                return str(value).replace("-", "\u2212")
            case date():
                return str(format_date(value, "full", locale=self._locale()))
            case Moment():
                return self._moment(value, html=html)
            case ShortDay():
                return str(format_date(value.on, "medium", locale=self._locale()))
            case list() | tuple():
                return str(format_list([self._words(each, html=html) for each in value], locale=self._locale()))
            case _:
                return self._words(str(value), html=html)

    def _moment(self, moment: Moment, *, html: bool) -> str:
        """An instant in the reader's own zone as far as we know it; their phone shows it in the one that it has."""
        local = moment.at.astimezone(self.zone or UTC)
        clock = str(format_time(local, "short", locale=self._locale()))
        day = str(format_skeleton("MMMEd", local, locale=self._locale()))
        both = str(get_datetime_format("medium", locale=self._locale())).replace("'", "").format(clock, day)
        words = {"time": clock, "day": day}.get(moment.shows, both)
        if not html:
            return words
        return f'<tg-time unix="{int(moment.at.timestamp())}" format="{_SHOWN[moment.shows]}">{escape(words)}</tg-time>'

    def _fenced(self, text: str) -> str:
        """Words that run the other way, fenced off so that they don't reorder the sentence around them; line by line,
        since no fence holds beyond its line."""
        rtl = self.language.split("-")[0] in RTL_LANGUAGES
        if not rtl and text.isascii():
            return text
        lines = text.split("\n")
        return "\n".join(f"{_FIRST_STRONG}{line}{_POP}" if _is_mixed(line, rtl=rtl) else line for line in lines)

    def _locale(self) -> Locale:
        return locale_of(self.language)

    def _phrase(self, key: str, params: Mapping[str, Any], *, html: bool) -> str:
        if key == "lines":
            return "\n".join(self._words(each, html=html) if each != "" else "" for each in params["lines"])
        template = TEXTS[key]
        translations = _translations(self.catalogues, "plenary", self.language)
        if isinstance(template, tuple):
            text = translations.ngettext(*template, params["count"])
        else:
            text = translations.gettext(template) if template else ""
        if not params:
            return text
        said = {name: self._words(each, html=html) for name, each in params.items()}
        for name in _STOPPED.findall(text):
            said[name] = _LAST_STOP.sub(r"\1", said[name])
        return text.format_map(said)

    # Screens -----------------------------------------------------------------------------------------------------

    def text(self, screen: Screen) -> str:
        """A screen's words as Telegram's HTML."""
        return self._phrase(screen.key, screen.params, html=True)

    def calm(self, phrase: Phrase) -> str:
        """A phrase as HTML without emphasis: what is over doesn't stand out."""
        return _TAG.sub("", self.html(phrase))

    def toast(self, screen: Screen) -> str:
        """A line on top of the screen, without HTML."""
        return unescape(_TAG.sub("", self._phrase(screen.key, screen.params, html=True)))

    def label(self, choice: Choice) -> str:
        """A button's words, cut to what fits."""
        if isinstance(choice.label, str):
            return self.plain(shortened(choice.label, LONGEST_LABEL))
        label = shortened(self.plain(choice.label), LONGEST_PHRASE)
        return label + _POP * (label.count(_FIRST_STRONG) - label.count(_POP))

    def markup(self, rows: Rows) -> dict[str, Any] | None:
        """An inline keyboard, or keys, as the Bot API takes them; None without buttons."""
        if not rows:
            return None
        if any(choice.key for row in rows for choice in row):
            keys = [[self._key(choice) for choice in row] for row in rows if row]
            return {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}
        keyboard = [[self._button(choice) for choice in row if self._fits(choice)] for row in rows]
        return {"inline_keyboard": [row for row in keyboard if row]}

    def _fits(self, choice: Choice) -> bool:
        """Whether a button can be made: what is to be copied may be too long for one."""
        return not choice.copy or len(self.plain(choice.copy)) <= LONGEST_COPY

    def _button(self, choice: Choice) -> dict[str, Any]:
        made: dict[str, Any] = {"text": self.label(choice)}
        if choice.url:
            made["url"] = choice.url
        elif choice.copy:
            made["copy_text"] = {"text": self.plain(choice.copy)}
        else:
            made["callback_data"] = choice.action
        if choice.style:
            made["style"] = choice.style
        return made

    def _key(self, choice: Choice) -> dict[str, Any]:
        made: dict[str, Any] = {"text": self.label(choice)}
        if choice.key > 0:
            one_person = {"user_is_bot": False, "max_quantity": 1, "request_name": True}
            made["request_users"] = {"request_id": choice.key, **one_person}
        if choice.style:
            made["style"] = choice.style
        return made


_LATIN_ACCENTS = re.compile("([A-Za-z])[\u0300-\u036f]+")


def says(typed: str, label: str) -> bool:
    """Whether typed words mean the button with this label: its words, letter case, brackets and marks aside."""
    return bool(bare := _bare(typed)) and bare == _bare(label)


def _bare(text: str) -> str:
    """What of a text is compared: letters, digits and the sign before a number; all of it where it has none.

    Accents of Latin letters don't count: many an old phone makes them hard to type.
    """
    text = _LATIN_ACCENTS.sub(r"\1", unicodedata.normalize("NFD", text))
    folded = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold().replace("\u2212", "-"))
    kept = _NOT_COMPARED.sub(lambda found: found[0] if unicodedata.category(found[0])[0] == "M" else " ", folded)
    return " ".join(kept.split()) or "".join(clean(text).split())
