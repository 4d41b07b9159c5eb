"""Every sentence has a key that is used, every key that is used has a sentence, and each survives translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest

from bot.core.message import Phrase, Screen
from content.catalogues import Catalogues
from handlers.render import LONGEST_LABEL, LONGEST_PHRASE, Renderer
from handlers.texts import TEXTS

ROOT = Path(__file__).parents[2]
SAYING = {"Phrase", "Refusal", "Screen", "button", "say", "done", "toast", "reply"}
KEY = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")
FAMILIES = {key.split(".")[0] for key in TEXTS if "." in key}
# With names that rules don't know, by whoever asked them
COMPLETED = {"sheet.pen_only", "sheet.pen_moves", "sheet.moved_on", "groups.role_taken", "calls.taken"}
NO_SENTENCE = {"", "lines"}  # "lines" is a list of others
TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote"}


def sources() -> dict[str, ast.Module]:
    folders = (ROOT / "bot" / "core", ROOT / "bot" / "exports", ROOT / "bot")
    files = [path for folder in folders for path in folder.glob("*.py")]
    files += [path for path in (ROOT / "handlers").rglob("*.py") if path.parent.name != "texts"]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in sorted(files)}


SOURCES = sources()


def literals(node: ast.AST) -> Iterator[str]:
    """The strings that an expression may come to; an f-string as a pattern."""
    match node:
        case ast.Constant(value=str() as text):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)


def form(key: str, count: int) -> str:
    text = TEXTS[key]
    return text if isinstance(text, str) else text[count != 1]


def placeholders(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else str(getattr(call.func, "id", ""))


def unescaped(pattern: str) -> str:
    return pattern.replace("\\", "")


def said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The keys that a module hands to what says something, as patterns, each with its line."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if called(node) in SAYING:
            for argument in node.args[:2]:
                found = list(literals(argument))
                yield from ((node.lineno, pattern) for pattern in found)
                if found:
                    break  # what follows is a parameter


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """All strings of a module, with their lines."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in parts:
            yield from ((node.lineno, pattern) for pattern in literals(node))


def test_every_key_that_is_said_has_a_sentence():
    missing = [
        f"{file}:{line}: {pattern}"
        for file, tree in SOURCES.items()
        for line, pattern in said(tree)
        if pattern not in NO_SENTENCE and not any(re.fullmatch(pattern, key) for key in TEXTS)
    ]
    assert not missing, missing


def test_every_string_that_looks_like_a_key_is_one():
    unknown = [
        f"{file}:{line}: {text}"
        for file, tree in SOURCES.items()
        for line, pattern in strings(tree)
        if KEY.fullmatch(text := unescaped(pattern)) and text.split(".")[0] in FAMILIES and text not in TEXTS
    ]
    assert not unknown, unknown


def test_every_sentence_is_said_somewhere():
    patterns = {pattern for tree in SOURCES.values() for _, pattern in strings(tree)}
    exact = set(map(unescaped, patterns))
    families = [re.compile(each) for each in patterns if ".+" in each and len(each.replace(".+", "")) > 3]
    unsaid = [key for key in TEXTS if key not in exact and not any(each.fullmatch(key) for each in families)]
    assert not unsaid, unsaid


def parameters(call: ast.Call, name: str) -> set[str] | None:
    """The parameters that a call gives to its sentence; None where they aren't written out."""
    if name in ("Phrase", "Screen"):
        match call.args[1:2]:
            case []:
                return None if call.keywords else set()
            case [ast.Dict(keys=keys)] if all(isinstance(key, ast.Constant) for key in keys):
                return {str(key.value) for key in keys if isinstance(key, ast.Constant)}
        return None
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else {name for name in names if name}


def test_every_sentence_is_given_what_it_speaks_of():
    lacking = []
    for file, tree in SOURCES.items():
        for node, name in ((node, called(node)) for node in ast.walk(tree) if isinstance(node, ast.Call)):
            given = parameters(node, name) if name in SAYING else None
            keys = {text for argument in node.args[:2] for text in map(unescaped, literals(argument)) if text in TEXTS}
            for key in keys - (COMPLETED if name == "Refusal" else set()):
                wanted = {each for count in (1, 2) for each in placeholders(form(key, count))}
                if given is not None and not wanted <= given:
                    lacking.append(f"{file}:{node.lineno}: {key} lacks {sorted(wanted - given)}")
    assert not lacking, lacking


# The sentences themselves --------------------------------------------------------------------------------------------

CATALOGUES = Catalogues()
ENGLISH, MADE_UP = Renderer(CATALOGUES, "en"), Renderer(CATALOGUES, "qps")
BOTH_FORMS = [(key, count) for key, text in TEXTS.items() for count in ((1, 2) if isinstance(text, tuple) else (2,))]


def filled(key: str, count: int) -> dict[str, object]:
    return {name: f"‹{name}›" for name in placeholders(form(key, count))} | {"count": count}


def test_the_made_up_language_keeps_every_placeholder():
    for key, count in BOTH_FORMS:
        params = filled(key, count)
        text = MADE_UP.text(Screen(key, params))
        assert text.startswith("⟦"), key
        assert text.endswith("⟧"), key
        assert [name for name in placeholders(form(key, count)) if str(params[name]) not in text] == [], key


def test_placeholders_are_plain_names():
    names = {name for key, count in BOTH_FORMS for name in placeholders(form(key, count))}
    assert [name for name in names if not re.fullmatch(r"[a-z_]+", name)] == []


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.wrong = list[str](), list[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.wrong += [tag] if tag not in TAGS or attrs else []

    def handle_endtag(self, tag: str) -> None:
        self.wrong += [] if self.open and self.open.pop() == tag else [tag]


def test_tags_are_telegrams_and_closed():
    for key, count in BOTH_FORMS:
        tags = Tags(form(key, count))
        assert (tags.open, tags.wrong) == ([], []), key
        assert not re.search(r"&(?!lt;|gt;|amp;|quot;)", form(key, count)), key


@pytest.mark.parametrize("language", CATALOGUES.languages())
def test_the_words_of_a_label_fit_on_a_button(language):
    renderer, longest = Renderer(CATALOGUES, language), LONGEST_LABEL if language == "en" else LONGEST_PHRASE
    for key, count in BOTH_FORMS:
        if key.startswith("label."):
            nothing = dict.fromkeys(placeholders(form(key, count)), "")
            label = renderer.plain(Phrase(key, {**nothing, "count": count}))
            assert "<" not in label, key
            assert len(label) <= longest, key
