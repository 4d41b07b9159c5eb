"""What is wrong with whole files and folders, and with several of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.loader import check, load
from content.problems import ContentError, Problem
from tests.content.conftest import Folder

P, A, B = "programme.toml", "exercises/2.1.a.toml", "exercises/2.1.b.toml"


def test_the_small_programme_has_no_problem(folder: Folder):
    assert check(folder.path) == []


def test_all_mistakes_of_all_files_are_found_at_once(folder: Folder):
    folder.replace(P, "days = 2", 'days = "two"')
    folder.replace(P, 'name = "Air"', "")
    folder.replace(A, '"Which gap?"', '""')
    folder.replace(A, 'kind = "list"', 'kind = "poll"')
    folder.replace(B, "#people.name", "#people.nome")
    assert [(problem.file, problem.key) for problem in check(folder.path)] == [
        (P, "days"),
        (P, "topics[1].name"),
        (A, "steps[2].prompt"),
        (A, "steps[3].kind"),
        (B, "steps[2].options_from"),
    ]


def test_loading_refuses_with_every_problem(folder: Folder):
    folder.replace(P, "days = 2", 'days = "two"')
    folder.replace(A, '"Which gap?"', '""')
    with pytest.raises(ContentError) as refusal:
        load(folder.path)
    assert list(refusal.value.problems) == check(folder.path)
    assert "small/programme.toml: days: is a text" in str(refusal.value)
    assert "small/exercises/2.1.a.toml: steps[2].prompt: is empty" in str(refusal.value)


def test_an_exercise_defined_twice_is_named(folder: Folder):
    folder.write("exercises/2.1.c.toml", (folder.path / B).read_text("utf-8"))
    assert [(problem.file, problem.key) for problem in check(folder.path)] == [("exercises/2.1.c.toml", "id")]


def test_exercises_that_wait_for_each_other_are_named(folder: Folder):
    folder.replace(A, 'grouping = "two"', 'grouping = "two"\nafter = "2.1.b"')
    problems = [problem for problem in check(folder.path) if problem.key == "after"]
    assert [problem.file for problem in problems] == [A, B]
    assert "2.1.a, 2.1.b" in problems[0].message


def test_an_exercise_behind_a_circle_is_not_blamed_for_it(folder: Folder):
    folder.replace(A, 'grouping = "two"', 'grouping = "two"\nafter = "2.1.a"')
    assert [problem.file for problem in check(folder.path) if problem.key == "after"] == [A]


def test_options_that_are_hidden_from_others_are_refused(folder: Folder):
    secret = 'kind = "list"\nvisibility = "me"\nwho = "each"'
    folder.replace(A, 'kind = "list"\ntitle = "Ideas"', f'{secret}\ntitle = "Ideas"')
    folder.replace(A, "anonymous = true\n", "")
    folder.replace(A, 'title = "Ideas"\nstep = "ideas"\nlayout = "list"', 'title = "Gap again"\nstep = "gap"')
    folder.replace(A, 'parts = ["gap", "ideas"]', 'parts = ["gap"]')
    folder.replace(B, "2.1.a#people.name", "2.1.a#ideas")
    problems = check(folder.path)
    assert [(problem.file, problem.key) for problem in problems] == [(B, "steps[2].options_from")]
    assert "promised to its author alone" in problems[0].message


def test_too_many_of_anything_is_refused(folder: Folder):
    step = '[[steps]]\nid = "s{0}"\nkind = "read"\ntitle = "T"\nprompt = "P"\n'
    option = f'[[steps.options]]\nid = "o{{0}}"\nlabel = "Label {{0}}"\nnote = "{"x" * 150}"\n'
    column = '[[steps.columns]]\nid = "c{0}"\nlabel = "Label {0}"\nprompt = "P"\n'
    steps, options = "".join(map(step.format, range(31))), "".join(map(option.format, range(20)))
    columns = "".join(map(column.format, range(12)))
    folder.replace(B, '[[steps]]\nid = "aim"', f'{steps}[[steps]]\nid = "aim"')
    folder.replace(A, '[[steps.options]]\nid = "left"', f'{options}[[steps.options]]\nid = "left"')
    folder.replace(A, '[[steps.columns]]\nid = "kind"', f'{columns}[[steps.columns]]\nid = "kind"')
    assert [(problem.file, problem.key) for problem in check(folder.path)] == [
        (A, "steps[5].columns"),
        (A, "steps[6].options"),
        (A, "steps[6].options"),
        (B, "steps"),
    ]


# Files and folders -------------------------------------------------------------------------------------------------


def only_problem(path: Path) -> Problem:
    problems = check(path)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_file_that_is_not_utf8_is_named_with_its_line(folder: Folder):
    (folder.path / A).write_bytes('id = "2.1.a"\ntitle = "Caf\xe9"\n'.encode("latin-1"))
    problem = only_problem(folder.path)
    assert (problem.file, problem.key) == (A, "")
    assert "line 2" in problem.message


def test_what_an_unreadable_file_may_hold_is_not_missed_elsewhere(folder: Folder):
    folder.write(A, "= nothing")
    assert only_problem(folder.path).file == A


def test_a_file_that_nests_too_deeply_is_named(folder: Folder):
    folder.write(P, "x = " + "[" * 100_000)
    assert "nests too deeply" in only_problem(folder.path).message


def test_a_file_that_is_far_too_large_is_named(folder: Folder):
    folder.write(A, "# " + "x" * 1_000_001)
    assert "make it smaller" in only_problem(folder.path).message


def test_a_folder_in_a_file_s_place_is_named(folder: Folder):
    (folder.path / "exercises" / "2.1.c.toml").mkdir()
    assert "can't be read" in only_problem(folder.path).message


def test_a_file_of_another_kind_is_named(folder: Folder):
    folder.write("exercises/notes.txt", "remember the milk")
    assert "is not a .toml file" in only_problem(folder.path).message


def test_a_missing_programme_file_is_named(folder: Folder):
    (folder.path / P).unlink()
    assert (only_problem(folder.path).file, only_problem(folder.path).message) == (P, "is missing; add it")


def test_missing_and_empty_exercises_are_named(folder: Folder):
    for file in (A, B):
        (folder.path / file).unlink()
    assert "is empty; add one" in only_problem(folder.path).message
    (folder.path / "exercises").rmdir()
    assert "make this folder" in only_problem(folder.path).message


def test_no_folder_and_a_folder_with_an_impossible_name_are_named(folder: Folder):
    assert only_problem(folder.path / "elsewhere").message == "is not a folder"
    assert "rename it" in only_problem(folder.path.rename(folder.path.parent / "Two words")).message
    assert (
        "other than plenary"
        in only_problem((folder.path.parent / "Two words").rename(folder.path.parent / "plenary")).message
    )
