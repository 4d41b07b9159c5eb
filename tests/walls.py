"""Two import-linter contract types: who may import a library, and what a package may import.

The contracts that come with import-linter refuse names of modules that are not there and list what is forbidden; a wall
is stated more safely by what is allowed.
"""

from __future__ import annotations

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def _within(module: str, packages: list[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


class _Wall(Contract):
    """A contract that is broken by single imports, told as `importer -> imported` with their lines."""

    def breaches(self, graph: ImportGraph) -> list[tuple[str, str]]:
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        breaches = sorted(set(self.breaches(graph)))
        lines = [
            f"{importer}:{detail['line_number']} -> {imported}"
            for importer, imported in breaches
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not breaches, metadata={"lines": lines})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["lines"]:
            output.print_error(line, bold=False)


class OnlyImporters(_Wall):
    """`imported` (and what is below it) is imported by `importers` alone."""

    imported: Any = fields.ListField(subfield=fields.StringField())
    importers: Any = fields.ListField(subfield=fields.StringField())

    def breaches(self, graph: ImportGraph) -> list[tuple[str, str]]:
        return [
            (importer, imported)
            for imported in graph.modules
            if _within(imported, self.imported)
            for importer in graph.find_modules_that_directly_import(imported)
            if not _within(importer, self.importers) and not _within(importer, self.imported)
        ]


class ImportsOnly(_Wall):
    """`importer` imports itself, `allowed` and the standard library without `never`; nothing else."""

    importer: Any = fields.StringField()
    allowed: Any = fields.ListField(subfield=fields.StringField())
    never: Any = fields.ListField(subfield=fields.StringField())

    def breaches(self, graph: ImportGraph) -> list[tuple[str, str]]:
        allowed = [self.importer, *self.allowed, *(sys.stdlib_module_names - set(self.never))]
        return [
            (importer, imported)
            for importer in graph.modules
            if _within(importer, [self.importer])
            for imported in graph.find_modules_directly_imported_by(importer)
            if not _within(imported, allowed)
        ]
