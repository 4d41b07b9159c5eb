"""Reads programmes: a folder with programme.toml, exercises/*.toml and (if they are there) cards.toml, close.toml and
statements.toml becomes definitions of the core.

Every mistake is found at once, and each names its file, its key and how to mend it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.core.exercise import Programme
from content.agenda import read_programme
from content.cards import read_cards
from content.day_close import read_close
from content.exercises import read_exercise
from content.fields import Fields, report_twice
from content.problems import ContentError, Problem
from content.references import References, Source, in_order
from content.statements import STATEMENTS_FILE, read_statements

PROGRAMME_FILE = "programme.toml"
CARDS_FILE = "cards.toml"
CLOSE_FILE = "close.toml"
EXERCISES_FOLDER = "exercises"
NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")
RESERVED = {"plenary"}  # the domain of the code's own sentences
LARGEST_FILE = 1_000_000


def load(folder: Path) -> Programme:
    """The programme in `folder`. Raises ContentError with all problems when there is any."""
    programme, problems = _read(folder)
    if problems:
        raise ContentError(folder, problems)
    return programme


def check(folder: Path) -> list[Problem]:
    """Every mistake in `folder`, by file; empty when the programme can be used."""
    return _read(folder)[1]


def programmes_folder() -> Path:
    """Where the programmes that come with the project are, installed or not."""
    return Path(str(files("content") / "programmes"))


def load_all(folder: Path | None = None) -> dict[str, Programme]:
    """All programmes of `folder` (by default those that come with the project), by name."""
    parts = sorted(part for part in (folder or programmes_folder()).iterdir() if (part / PROGRAMME_FILE).exists())
    return {part.name: load(part) for part in parts}


def _read(folder: Path) -> tuple[Programme, list[Problem]]:
    problems: list[Problem] = []

    def fields_of(file: str, shape: str, values: dict[str, Any]) -> Fields:
        return Fields(values, lambda key, message: problems.append(Problem(file, key, message)), shape=shape)

    name = folder.resolve().name
    if not folder.is_dir():
        return Programme(name=name, title="", about="", days=1), [Problem(str(folder), "", "is not a folder")]
    if not NAME.fullmatch(name) or name in RESERVED:
        message = f'the folder is named "{name}"; rename it with up to 48 of a-z, 0-9 and _, beginning with a letter'
        problems.append(Problem(".", "", f"{message}, and other than {', '.join(RESERVED)}"))
    programme = Programme(name=name, title="", about="", days=1)
    values = _toml(folder, PROGRAMME_FILE, problems)
    complete = values is not None
    if values is not None:
        programme = read_programme(name, fields_of(PROGRAMME_FILE, "programme", values))
    if (folder / STATEMENTS_FILE).exists():
        values = _toml(folder, STATEMENTS_FILE, problems)
        complete = complete and values is not None
        if values is not None:
            fields = fields_of(STATEMENTS_FILE, "statements", values)
            programme = replace(programme, statements=read_statements(fields, programme.topics))
    if (folder / CARDS_FILE).exists() and (values := _toml(folder, CARDS_FILE, problems)) is not None:
        programme = replace(programme, cards=read_cards(fields_of(CARDS_FILE, "cards", values)))
    if (folder / CLOSE_FILE).exists() and (values := _toml(folder, CLOSE_FILE, problems)) is not None:
        programme = replace(programme, close=read_close(fields_of(CLOSE_FILE, "close", values)))
    sources = []
    for file in _exercise_files(folder, problems):
        values = _toml(folder, file, problems)
        complete = complete and values is not None
        if values is not None:
            sources.append(Source(file, *read_exercise(fields_of(file, "exercise", values))))
    ordered, circle = in_order(sources, programme)
    references = References(programme, ordered, complete=complete)
    for source in ordered:
        references.check(source)
    references.check_plan(PROGRAMME_FILE)
    problems += references.problems
    problems += _between(sources, circle)
    programme = replace(programme, exercises={source.exercise.id: source.exercise for source in ordered})
    return programme, sorted(
        dict.fromkeys(problems), key=lambda problem: (problem.file != PROGRAMME_FILE, problem.file)
    )


def _between(sources: list[Source], circle: list[Source]) -> list[Problem]:
    """Exercises with one id, and exercises that wait for each other."""
    problems = []
    ids = [(source.file, source.exercise.id) for source in sources]
    report_twice(ids, lambda file, message: problems.append(Problem(file, "id", message)), "the id")
    names = ", ".join(sorted(source.exercise.id for source in circle))
    message = f"leads back to this exercise (in a circle: {names}), so none could begin; remove one"
    return problems + [Problem(source.file, "after", message) for source in circle]


def _exercise_files(folder: Path, problems: list[Problem]) -> list[str]:
    """The exercises' files, relative to the programme's folder."""
    try:
        found = sorted(path for path in (folder / EXERCISES_FOLDER).iterdir() if not path.name.startswith("."))
    except OSError:
        problems.append(
            Problem(EXERCISES_FOLDER, "", "is not there; make this folder, with one .toml file an exercise")
        )
        return []
    names = [f"{EXERCISES_FOLDER}/{path.name}" for path in found]
    other = [name for name in names if not name.endswith(".toml")]
    problems += [Problem(name, "", "is not a .toml file; rename or remove it") for name in other]
    if not names:
        problems.append(Problem(EXERCISES_FOLDER, "", "is empty; add one .toml file for each exercise"))
    return [name for name in names if name not in other]


def _toml(folder: Path, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    """What the file says, or None after taking down why it can't be read."""
    try:
        raw = (folder / file).read_bytes()
    except FileNotFoundError:
        problems.append(Problem(file, "", "is missing; add it"))
        return None
    except OSError as error:
        problems.append(Problem(file, "", f"can't be read: {error.strerror}"))
        return None
    if len(raw) > LARGEST_FILE:
        problems.append(Problem(file, "", f"has {len(raw)} bytes, and {LARGEST_FILE} fit; make it smaller"))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, "", f"is not UTF-8 (line {line}); save it in that encoding"))
        return None
    try:
        return tomllib.loads(text)
    except RecursionError:
        problems.append(Problem(file, "", "nests too deeply to be read; make it flatter"))
    except ValueError as error:  # beside malformed TOML, a date or a number that can't be
        problems.append(Problem(file, "", f"is not TOML: {error}"))
    return None
