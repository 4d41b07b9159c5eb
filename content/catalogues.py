"""Wording in everyone's language: gettext catalogues, read from their .po files when the bot starts.

A domain is a set of sentences: "plenary" for the code's own, and one for each programme, by its name. The source is
English; what a language lacks is looked up in the wider language (pt for pt-BR), and is English in the end.
Languages are written as Telegram writes them: "fr", "pt-br", "zh-hans".
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from content.pseudo import PSEUDO, PseudoTranslations

SOURCE = "en"
CODE_DOMAIN = "plenary"


class CatalogueError(Exception):
    """A .po file that can't be read."""


def locales_folder() -> Path:
    """Where the catalogues are, installed or not."""
    return Path(str(files("content") / "locales"))


def po_file(locales: Path, language: str, domain: str) -> Path:
    return locales / language / "LC_MESSAGES" / f"{domain}.po"


@cache
def locale_of(language: str) -> Locale:
    """How a language writes dates and numbers, and what it calls itself; the source's when it is unknown."""
    for each in _chain(language):
        try:
            return Locale.parse(each, sep="_")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(SOURCE)


def own_name(language: str) -> str:
    """The language's name for itself, as on a button: Français."""
    name = locale_of(language).get_display_name() or language
    return name[:1].upper() + name[1:]


class Catalogues:
    """All translations; the files are read once, here."""

    def __init__(self, locales: Path | None = None) -> None:
        self._compiled: dict[tuple[str, str], bytes] = {}  # by domain and language
        self._tags: dict[str, str] = {_normal(SOURCE): SOURCE}  # languages on offer, as they are written
        self._chained: dict[tuple[str, str], NullTranslations] = {}
        self._source = NullTranslations()
        self._pseudo = PseudoTranslations()
        for path in sorted((locales or locales_folder()).glob("*/LC_MESSAGES/*.po")):
            language = path.parent.parent.name
            self._tags[_normal(language)] = language.replace("_", "-")
            self._compiled[path.stem, _normal(language)] = _compile(path)

    def languages(self) -> list[str]:
        """The languages on offer: the source first, then the others in order of their own names."""
        return sorted(self._tags.values(), key=lambda tag: (tag != SOURCE, own_name(tag).casefold()))

    def nearest(self, language: str) -> str:
        """The language on offer that serves somebody who reads `language`; the source when none does."""
        return next((self._tags[each] for each in _chain(language) if each in self._tags), SOURCE)

    def translations(self, domain: str, language: str) -> NullTranslations:
        """What looks up the sentences of `domain` in `language`."""
        if language in PSEUDO:
            return self._pseudo
        there = [each for each in _chain(language) if (domain, each) in self._compiled]
        if not there:
            return self._source
        if (domain, there[0]) not in self._chained:
            first, *wider = (_Translations(BytesIO(self._compiled[domain, each])) for each in there)
            for each in wider:
                first.add_fallback(each)
            self._chained[domain, there[0]] = first
        return self._chained[domain, there[0]]


class _Translations(GNUTranslations):
    """A catalogue in which nothing stays nothing; in gettext's own it stands for the catalogue's header."""

    def gettext(self, message: str) -> str:
        return super().gettext(message) if message else ""


def _normal(language: str) -> str:
    return language.replace("-", "_").casefold()


def _chain(language: str) -> list[str]:
    """A language and those that are wider, in normal form: pt_br, pt."""
    parts = _normal(language).split("_")
    return ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _compile(path: Path) -> bytes:
    """What gettext reads, made from the file that translators write; doubtful ("fuzzy") entries are left out."""
    compiled = BytesIO()
    try:
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=path.parents[1].name, abort_invalid=True))
    except (PoFileError, LookupError, ValueError) as error:
        raise CatalogueError(f"{path} can't be read: {error}") from error
    return compiled.getvalue()
