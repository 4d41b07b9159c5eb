"""The walls between packages stand where they should: each contract type lets through and stops what it says."""

import pytest
from grimp import ImportGraph

from tests.walls import ImportsOnly, OnlyImporters


def graph(*imports: tuple[str, str]) -> ImportGraph:
    built = ImportGraph()
    for number, (importer, imported) in enumerate(imports, start=1):
        built.add_import(importer=importer, imported=imported, line_number=number, line_contents="")
    return built


def stopped(
    kind: type[OnlyImporters | ImportsOnly], options: dict[str, object], *imports: tuple[str, str]
) -> list[str]:
    check = kind(name="wall", session_options={}, contract_options=options).check(graph(*imports), verbose=False)
    lines: list[str] = check.metadata["lines"]
    assert check.kept is not bool(lines)
    return lines


TELEGRAM: dict[str, object] = {"imported": ["telegram"], "importers": ["handlers", "bot.app"]}
CORE: dict[str, object] = {"importer": "bot.core", "allowed": ["dateutil"], "never": ["random", "time"]}


@pytest.mark.parametrize("importer", ["handlers", "handlers.join", "bot.app", "telegram.ext"])
def test_a_named_importer_passes(importer):
    assert stopped(OnlyImporters, TELEGRAM, (importer, "telegram.error")) == []


@pytest.mark.parametrize("importer", ["bot.runner", "bot.application", "storage"])
def test_any_other_importer_is_stopped(importer):
    assert stopped(OnlyImporters, TELEGRAM, (importer, "telegram")) == [f"{importer}:1 -> telegram"]


@pytest.mark.parametrize("imported", ["bot.core.run", "dateutil.rrule", "datetime", "collections.abc"])
def test_the_core_may_use_the_standard_library_and_itself(imported):
    assert stopped(ImportsOnly, CORE, ("bot.core.plan", imported)) == []


@pytest.mark.parametrize("imported", ["random", "time", "bot.settings", "bot", "pydantic", "storage"])
def test_the_core_may_use_nothing_else(imported):
    assert stopped(ImportsOnly, CORE, ("bot.core.plan", imported)) == [f"bot.core.plan:1 -> {imported}"]


def test_others_may_import_what_the_core_may_not():
    assert stopped(ImportsOnly, CORE, ("bot.runner", "random"), ("bot.corelike", "time")) == []
