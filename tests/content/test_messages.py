"""Catalogues follow the sentences: new ones come in, old ones go, doubtful ones are marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.marking import N_, NN_
from content.catalogues import Catalogues
from content.messages import LOCALES, extract, faults, main, read, strings, untranslated, update

ROOT = Path(__file__).parents[2]
CODE = 'BACK = N_("Go back to {place}")\nPEOPLE = NN_("One person", "{n} people")  # counted\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one module and one programme."""
    (tmp_path / "babel.cfg").write_text((ROOT / "babel.cfg").read_text("utf-8"), "utf-8")
    (tmp_path / "handlers").mkdir()
    (tmp_path / "handlers" / "texts.py").write_text(f"# Translators: a place is a room\n{CODE}", "utf-8")
    programme = tmp_path / "content" / "programmes" / "small"
    (programme / "exercises").mkdir(parents=True)
    (programme / "programme.toml").write_text('title = "Small"\nid = "hidden"\n', "utf-8")
    (programme / "exercises" / "a.toml").write_text('[[steps]]\nid = "hidden"\ntitle = "Gap"\n', "utf-8")
    return tmp_path


def translate(root: Path, language: str, domain: str, source: str, *texts: str) -> None:
    path = root / LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
    before = f'msgid "{source}"\nmsgstr ""\n'
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, f'msgid "{source}"\nmsgstr "{texts[0]}"\n'), "utf-8")


def test_code_and_programmes_have_domains_of_their_own(root: Path):
    found = {domain: [each.id for each in catalogue if each.id] for domain, catalogue in extract(root).items()}
    assert found == {"plenary": ["Go back to {place}", ("One person", "{n} people")], "small": ["Small", "Gap"]}


def test_translators_read_the_notes_made_for_them(root: Path):
    templates = extract(root)
    notes = {each.id: each.auto_comments for catalogue in templates.values() for each in catalogue if each.id}
    assert notes["Go back to {place}"] == ["a place is a room"]
    assert notes["Gap"] == ["a.toml, steps[1].title: at most 24 characters"]


def test_a_new_language_is_begun_with_every_sentence(root: Path):
    lines = list(update(root, ["sw"]))
    assert lines == ["sw/plenary: 2 sentences, 2 to translate", "sw/small: 2 sentences, 2 to translate"]
    assert Catalogues(root / LOCALES).languages() == ["en", "sw"]


def test_a_second_update_changes_nothing(root: Path):
    list(update(root, ["sw"]))
    before = {path: path.read_bytes() for path in root.rglob("*.po")}
    list(update(root, []))
    assert {path: path.read_bytes() for path in root.rglob("*.po")} == before
    assert len(before) == 2


def test_a_sentence_that_is_no_longer_used_goes_and_the_others_keep_their_translations(root: Path):
    list(update(root, ["sw"]))
    translate(root, "sw", "small", "Gap", "Pengo")
    (root / "content/programmes/small/programme.toml").write_text('title = "Quite different words"\n', "utf-8")
    list(update(root, []))
    catalogue = read(root / LOCALES, "sw", "small")
    assert {each.id: each.string for each in catalogue if each.id} == {"Quite different words": "", "Gap": "Pengo"}
    assert "Small" not in (root / LOCALES / "sw/LC_MESSAGES/small.po").read_text("utf-8")


def test_a_reworded_sentence_is_in_doubt_until_a_translator_has_looked_at_it(root: Path):
    list(update(root, ["sw"]))
    translate(root, "sw", "plenary", "Go back to {place}", "Rudi {place}")
    texts = root / "handlers" / "texts.py"
    texts.write_text(texts.read_text("utf-8").replace("Go back to {place}", "Go back to {place} now"), "utf-8")
    assert "sw/plenary: 2 sentences, 2 to translate" in list(update(root, []))
    doubtful = read(root / LOCALES, "sw", "plenary")["Go back to {place} now"]
    assert doubtful is not None
    assert doubtful.fuzzy
    assert doubtful.string == "Rudi {place}"
    assert Catalogues(root / LOCALES).translations("plenary", "sw").gettext("Go back to {place} now")[:2] == "Go"


@pytest.mark.parametrize(
    "before",
    ["Go back to {place}", 'Go "back" to {place},\nand then by and by ' + "to where you had been before that, " * 4],
)
def test_what_a_sentence_was_stands_above_it_until_a_translator_has_looked_at_it(root: Path, before: str):
    texts, path = root / "handlers" / "texts.py", root / LOCALES / "sw/LC_MESSAGES/plenary.po"
    texts.write_text(f"N_({before!r})\n", "utf-8")
    list(update(root, ["sw"]))
    path.write_text(path.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "Rudi {place}"\n\n'), "utf-8")
    texts.write_text(f"N_({before + ' now'!r})\n", "utf-8")
    list(update(root, []))
    noted = path.read_bytes()
    assert b"\n#| msgid" in noted
    list(update(root, []))
    assert path.read_bytes() == noted
    path.write_text(path.read_text("utf-8").replace("#, fuzzy, ", "#, "), "utf-8")
    list(update(root, []))
    assert "| msgid" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("domain", "source", "translation", "fault"),
    [
        ("plenary", "Go back to {place}", "Rudi {mahali}", "other placeholders"),
        ("plenary", "Go back to {place}", "Rudi", "other placeholders"),
        ("plenary", "Go back to {place}", "<b>Rudi</b> {place}", "other placeholders or tags"),
        ("small", "Gap", "Pengo\\nkubwa", "another number of lines"),
        ("small", "Gap", "P" * 25, "25 characters, and 24 fit"),
    ],
)
def test_a_translation_that_would_break_a_screen_is_named(root: Path, domain, source, translation, fault):
    list(update(root, ["sw"]))
    translate(root, "sw", domain, source, translation)
    (found,) = faults(read(root / LOCALES, "sw", domain))
    assert fault in found


def test_plural_forms_may_name_the_number_or_leave_it_out_as_the_source_does(root: Path):
    list(update(root, ["sw"]))
    path = root / LOCALES / "sw/LC_MESSAGES/plenary.po"
    text = path.read_text("utf-8").replace('msgstr[0] ""', 'msgstr[0] "Mtu {n}"')
    path.write_text(text.replace('msgstr[1] ""', 'msgstr[1] "Watu {n}"'), "utf-8")
    catalogue = read(root / LOCALES, "sw", "plenary")
    assert faults(catalogue) == []
    assert [strings(each.id)[0] for each in untranslated(catalogue)] == ["Go back to {place}"]


@pytest.mark.parametrize("language", ["klingon", "en", "../x"])
def test_a_language_that_cant_be_begun_is_refused(root: Path, monkeypatch, capsys, language: str):
    monkeypatch.chdir(root)
    assert main([language]) == 2
    assert language in capsys.readouterr().err
    assert not (root / LOCALES).exists()


def test_the_command_says_what_is_left_to_do(root: Path, monkeypatch, capsys):
    monkeypatch.chdir(root)
    assert main(["sw"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "sw/small: 2 sentences, 2 to translate"


def test_marking_gives_back_what_it_marks():
    assert N_("Back") == "Back"
    assert NN_("one", "many") == ("one", "many")
