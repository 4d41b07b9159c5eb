"""However a programme's files are damaged, loading gives the programme or a ContentError, and nothing else."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.core.exercise import Programme
from content.loader import check, load, programmes_folder
from content.problems import ContentError

SHIPPED = programmes_folder() / "innovation_digital_government"
FILES = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.toml"))
SOURCES = {file: (SHIPPED / file).read_bytes() for file in FILES}

SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FRAGMENTS = [
    b"",
    b"[",
    b"]]",
    b'"',
    b'"""',
    b"=",
    b"\n",
    b"#",
    b"{",
    b".",
    b"\xff",
    b"\x00",
    b"[[steps]]",
    b"true",
    b"99",
]
REFERENCES = [
    "#gap",
    "2.4.1.a#models",
    "2.4.1.c#missing",
    "2.4.1.b#stakeholders.name",
    "#",
    "x#",
    "#x.",
    "2.4.1.b",
    "²",
]
KINDS = ["read", "text", "list", "choice", "rating", "table", "confirm", "each", "scribe", "me", "room", "grid", "rows"]

values = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.sampled_from([-3, 0, 1, 2, 6, 49, 1001])
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(REFERENCES + KINDS)
    | st.just("x" * 500),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title", "label"]), inner),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programmes") / "copy"
    shutil.copytree(SHIPPED, folder)
    return folder


def loads_or_says_why(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)
    try:
        if problems := check(folder):
            with pytest.raises(ContentError) as refusal:
                load(folder)
            assert list(refusal.value.problems) == problems
            assert all(problem.message for problem in problems)
        else:
            assert isinstance(load(folder), Programme)
    finally:
        (folder / file).write_bytes(SOURCES[file])


@SETTINGS
@given(st.data())
def test_damaged_bytes(copy: Path, data: st.DataObject):
    file = data.draw(st.sampled_from(FILES))
    source = SOURCES[file]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(source)))
        length = data.draw(st.integers(0, 40))
        put = data.draw(st.sampled_from(FRAGMENTS) | st.binary(max_size=12))
        source = source[:start] + put + source[start + length :]
    loads_or_says_why(copy, file, source)


def toml(value: Any) -> str:
    """The value as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(each) for each in value) + "]"
    if isinstance(value, float):
        return "nan" if value != value else str(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a document: its container, and its key or index there."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in pairs for place in [(value, key), *nodes(each)]]


@SETTINGS
@given(st.data())
def test_damaged_values(copy: Path, data: st.DataObject):
    file = data.draw(st.sampled_from(FILES))
    document = tomllib.loads(SOURCES[file].decode())
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(nodes(document)))
        match data.draw(st.sampled_from(["change", "drop", "twice", "add"])):
            case "change":
                container[key] = data.draw(values)
            case "drop":
                del container[key]
            case "twice" if isinstance(container, list):
                container.append(container[key])
            case _:
                document[data.draw(st.sampled_from(["after", "grouping", "module", "steps", "x"]))] = data.draw(values)
        if not nodes(document):
            break
    text = "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in document.items())
    assert tomllib.loads(text) is not None
    loads_or_says_why(copy, file, text.encode())


@settings(max_examples=50)
@given(st.text(max_size=40))
@example("²³")
@example("9" * 5000)
def test_ids_of_any_kind_are_put_in_order(tmp_path_factory: pytest.TempPathFactory, name: str):
    folder = tmp_path_factory.mktemp("ids") / "copy"
    shutil.copytree(SHIPPED, folder)
    text = SOURCES["exercises/2.4.1.a.toml"].decode().replace('"2.4.1.a"', json.dumps(name), 1).replace("\x7f", "")
    loads_or_says_why(folder, "exercises/2.4.1.a.toml", text.encode())
