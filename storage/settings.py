"""settings: single values by name, such as the digest of the claim code."""

from __future__ import annotations

from collections.abc import Mapping

from storage.database import Database, Write

_UPSERT = "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


async def load(database: Database) -> dict[str, str]:
    return {row["name"]: row["value"] for row in await database.read("SELECT name, value FROM settings")}


def changes(values: Mapping[str, str]) -> list[Write]:
    return [(_UPSERT, list(values.items()))] if values else []
