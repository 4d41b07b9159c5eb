"""`plenary export` and `plenary import`, run as a person would, on a folder that a bot has left."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from storage.database import Database
from tests.exports.plans import real
from tests.exports.test_filled import sheet
from tests.stage import stage
from tests.transcripts.setups import second_workshop, two_planned


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a workshop, three groups and two plans."""
    folder = tmp_path_factory.mktemp("left")

    async def play() -> None:
        async with stage(folder) as on:
            await two_planned(on)

    asyncio.run(play())
    return folder


@pytest.fixture
def data(left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for file in left.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), input=typed)


def titles(path: Path) -> list[str]:
    page = openpyxl.load_workbook(path).worksheets[0]
    return [str(row[0]) for row in page.iter_rows(min_row=6, values_only=True) if row[0]]


def test_every_form_of_every_plan_is_written(data, tmp_path):
    done = run("export", "--format", "all", "--to", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "Action plans of Accra June workshop.xlsx",
        "Action plans of Accra June workshop.docx",
        "Action plans of Accra June workshop.pdf",
        "Action plan of Group 1.png",
        "Action plan of Group 2.png",
        "Action plans of Accra June workshop - Timeline.png",
        "Action plans of Accra June workshop.ics",
        "Action plans of Accra June workshop.csv",
        "Action plans of Accra June workshop.json",
    }
    assert done.output.count("Written: ") == 9


def test_one_plan_in_another_language(data, tmp_path):
    done = run("export", "--group", 1, "--format", "xlsx", "--language", "fr", "--to", tmp_path)
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.glob("*.xlsx")
    assert path.name == "Plan d’action du groupe 1.xlsx"
    assert openpyxl.load_workbook(path).worksheets[0]["B5"].value == "Par qui"
    assert titles(path) == [each.title for each in real()[:2]]


def test_a_running_bot_is_no_hindrance_to_export_and_a_backup_will_do(data, tmp_path):
    async def meanwhile() -> None:
        database = await Database.open(data)
        try:
            done = await asyncio.to_thread(run, "export", "--plan", 1, "--format", "json", "--to", tmp_path / "one")
            assert done.exit_code == 0, done.output
            await database.backup(tmp_path / "copy.db")
        finally:
            await database.close()

    asyncio.run(meanwhile())
    done = run("export", "--plan", 1, "--format", "json", "--to", tmp_path / "two", "--database", tmp_path / "copy.db")
    assert done.exit_code == 0, done.output
    one, two = (json.loads(next((tmp_path / name).iterdir()).read_text("utf-8")) for name in ("one", "two"))
    assert one["plans"] == two["plans"]
    assert not (tmp_path / "lock").exists()


def test_what_is_exported_comes_in_again_in_another_group(data, tmp_path):
    assert run("export", "--group", 1, "--format", "json", "--to", tmp_path).exit_code == 0
    (path,) = tmp_path.glob("*.json")
    done = run("import", path, "--group", 3, typed="y\n")
    assert done.exit_code == 0, done.output
    assert "Add 2 actions to the plan of Group 3?" in done.output
    assert "Added to the plan of Group 3: 2 actions." in done.output
    assert run("export", "--group", 3, "--format", "xlsx", "--to", tmp_path).exit_code == 0
    assert titles(tmp_path / "Action plan of Group 3.xlsx") == [each.title for each in real()[:2]]
    again = run("import", path, "--group", 3, "--yes")
    assert again.output == "Nothing was added: there is nothing new in that file.\n"


def test_nothing_is_added_without_a_yes_and_mistakes_are_named(data, tmp_path):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(sheet(("Open a help desk", "Esi"), ("Ask", "", "31 February")))
    done = run("import", file, "--group", 1, typed="n\n")
    assert done.exit_code == 0, done.output
    assert "C3: “31 February” is no day I know. Write it like 2027-03-31." in done.output
    assert "Add 1 actions to the plan of Group 1 without the rows named above?" in done.output
    assert done.output.endswith("Nothing was added.\n")
    assert run("export", "--group", 1, "--format", "xlsx", "--to", tmp_path).exit_code == 0
    assert titles(tmp_path / "Action plan of Group 1.xlsx") == [each.title for each in real()[:2]]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("export", "--format", "pdf", "--to", "x", "--plan", 9), "there are plan 1 of Group 1, plan 2 of Group 2."),
        (("export", "--format", "pdf", "--to", "x", "--workshop", 9), "There is no such workshop."),
        (("export", "--format", "pdf", "--to", "x", "--language", "xx"), "There is no language xx; there are en, fr."),
        (("export", "--format", "pdf", "--to", "x", "--database", "none.db"), "There is no database at none.db."),
        (("import", "none.xlsx", "--group", 1), "There is no file none.xlsx."),
        (("import", "notes.txt", "--group", 1), "I read Excel workbooks (.xlsx) and plans as JSON (.json)."),
        (("import", "broken.xlsx", "--group", 1), "I can't open that as an Excel workbook."),
        (("import", "good.xlsx", "--group", 9), "There is no plan yet: it begins once the groups for it are formed."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(data, tmp_path, arguments, line):
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "broken.xlsx").write_text("x")
    (tmp_path / "good.xlsx").write_bytes(sheet(("Ask",)))
    done = run(*arguments)
    assert done.exit_code == 2
    assert line in done.output
    assert not (tmp_path / "x").exists()


def test_import_wants_the_folder_for_itself(data, tmp_path):
    (tmp_path / "good.xlsx").write_bytes(sheet(("Ask",)))

    async def meanwhile() -> Result:
        database = await Database.open(data)
        try:
            return await asyncio.to_thread(run, "import", "good.xlsx", "--group", 1, "--yes")
        finally:
            await database.close()

    done = asyncio.run(meanwhile())
    assert done.exit_code == 3
    assert "is in use by another instance: stop that one first." in done.output


def test_of_several_workshops_one_has_to_be_named(tmp_path, monkeypatch):
    async def play() -> None:
        async with stage(tmp_path / "data") as on:
            await two_planned(on)
            await second_workshop(on)

    asyncio.run(play())
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    done = run("export", "--format", "csv", "--to", tmp_path / "out")
    assert done.exit_code == 2
    assert "Say which one with --workshop: 1 Accra June workshop; 2 Lusaka workshop." in done.output
    assert run("export", "--format", "csv", "--to", tmp_path / "out", "--workshop", 1).exit_code == 0
    done = run("export", "--format", "csv", "--to", tmp_path / "out", "--workshop", 2)
    assert "There is no action plan yet." in done.output
