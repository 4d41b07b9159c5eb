"""Wording: languages, fallbacks, plurals, and the made-up language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.catalogues import CatalogueError, Catalogues, locale_of, own_name, po_file
from content.pseudo import pseudo

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals={0}; plural={1};\\n"\n\n'
)


def put(locales: Path, language: str, domain: str, body: str, plurals: tuple[int, str] = (2, "n != 1")) -> None:
    path = po_file(locales, language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(*plurals) + body, "utf-8")


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    put(tmp_path, "pt", "plenary", 'msgid "Back"\nmsgstr "Voltar"\n\nmsgid "Bus"\nmsgstr "Autocarro"\n')
    put(tmp_path, "pt_BR", "plenary", 'msgid "Bus"\nmsgstr "Ônibus"\n\n#, fuzzy\nmsgid "Help"\nmsgstr "Socorro"\n')
    people = 'msgid "One person"\nmsgid_plural "{n} people"\n'
    people += "".join(f'msgstr[{index}] "{{n}} {word}"\n' for index, word in enumerate(["osoba", "osoby", "osób"]))
    polish = "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
    put(tmp_path, "pl", "plenary", people, (3, polish))
    return tmp_path


def test_a_language_falls_back_to_the_wider_one_and_then_to_the_source(locales: Path):
    brazilian = Catalogues(locales).translations("plenary", "pt-br")
    assert [brazilian.gettext(each) for each in ("Bus", "Back", "Agenda")] == ["Ônibus", "Voltar", "Agenda"]


def test_the_wider_language_knows_nothing_of_the_narrower(locales: Path):
    catalogues = Catalogues(locales)
    catalogues.translations("plenary", "pt-br")
    assert catalogues.translations("plenary", "pt").gettext("Bus") == "Autocarro"


def test_a_translation_in_doubt_is_not_shown(locales: Path):
    assert Catalogues(locales).translations("plenary", "pt-BR").gettext("Help") == "Help"


@pytest.mark.parametrize("language", ["en", "en-GB", "tlh", "", "-", "x" * 200, "pt_XX_YY_ZZ"])
def test_any_language_gives_something_to_read(locales: Path, language: str):
    translations = Catalogues(locales).translations("plenary", language)
    assert translations.gettext("Agenda") == "Agenda"
    assert translations.ngettext("One person", "{n} people", 2) == "{n} people"


def test_another_domain_has_its_own_sentences(locales: Path):
    assert Catalogues(locales).translations("innovation", "pt").gettext("Bus") == "Bus"


def test_plurals_follow_the_language(locales: Path):
    polish = Catalogues(locales).translations("plenary", "pl")
    forms = [polish.ngettext("One person", "{n} people", n) for n in (1, 2, 5, 22)]
    assert forms == ["{n} osoba", "{n} osoby", "{n} osób", "{n} osoby"]


def test_nothing_stays_nothing(locales: Path):
    for language in ("en", "pt", "pt-BR", "qps"):
        assert Catalogues(locales).translations("plenary", language).gettext("") == ""


def test_languages_on_offer_have_their_own_names(locales: Path):
    catalogues = Catalogues(locales)
    assert catalogues.languages() == ["en", "pl", "pt", "pt-BR"]
    assert [own_name(each) for each in catalogues.languages()] == [
        "English",
        "Polski",
        "Português",
        "Português (Brasil)",
    ]


def test_the_made_up_language_is_not_on_offer(locales: Path):
    assert not {"qps", "en-XA"} & set(Catalogues(locales).languages())


@pytest.mark.parametrize(
    ("language", "nearest"),
    [("pt-br", "pt-BR"), ("pt-PT", "pt"), ("PL", "pl"), ("en-GB", "en"), ("sw", "en"), ("", "en"), ("qps", "en")],
)
def test_somebody_is_offered_the_nearest_language(locales: Path, language: str, nearest: str):
    assert Catalogues(locales).nearest(language) == nearest


@pytest.mark.parametrize(
    ("language", "locale"),
    [("fr", "fr"), ("pt-br", "pt_BR"), ("zh-hans", "zh_Hans"), ("fr-ci", "fr_CI"), ("xx", "en"), ("", "en")],
)
def test_dates_are_written_as_the_language_does(language: str, locale: str):
    assert str(locale_of(language)) == locale


@pytest.mark.parametrize(
    "spoiled",
    [
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "x"\nmsgstr "\xff"\n',
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=morse\\n"\n\nmsgid "x"\nmsgstr "y"\n',
        b'msgid "x"\nmsgstr "y"\nmsgid_plural\n<<<<<<< HEAD\n',
    ],
)
def test_a_file_that_cant_be_read_is_named_at_the_start(locales: Path, spoiled: bytes):
    po_file(locales, "pt", "plenary").write_bytes(spoiled)
    with pytest.raises(CatalogueError, match=r"pt/LC_MESSAGES/plenary\.po can't be read"):
        Catalogues(locales)


def test_the_made_up_language_keeps_what_programs_read():
    assert pseudo("Hi <b>{name}</b>, tap /help & go") == "⟦Ĥî <b>{name}</b>, ţåþ /help & ĝö⟧"
    translations = Catalogues().translations("plenary", "en-XA")
    assert translations.ngettext("one", "{n} many", 2) == "⟦{n} ɱåñý⟧"


@given(st.text())
def test_the_made_up_language_never_loses_a_placeholder(text: str):
    made_up = pseudo(f"{text} {{name}} <b>")
    assert made_up.endswith(" {name} <b>⟧") or "{" in text or "<" in text
    assert len(made_up) == len(text) + len(" {name} <b>") + 2
