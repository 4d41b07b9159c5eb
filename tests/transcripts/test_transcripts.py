"""Plays each conversation and compares all that the phones show with what is written in its file."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.stage import Stage, stage
from tests.transcripts import setups

FOLDER = Path(__file__).parent
UPDATE = bool(os.environ.get("UPDATE_TRANSCRIPTS"))


async def play(script: str, on: Stage, made: list[str]) -> None:
    """Write the transcript of a script: its inputs, each with what the phones showed then."""
    for line in script.splitlines():
        if line.startswith("    "):
            continue  # what was shown last time
        made.append(line)
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("= "):
            setup, *weeks_later = line[2:].split()
            await getattr(setups, setup)(on)
            if weeks_later:
                await setups.over(on)
            on.news()
        elif line.startswith("! "):
            name, _, language = line[2:].rpartition(" ")
            on.phone(name, language)
        elif line.startswith("@ "):
            away = line.endswith(" away")
            to = datetime.fromisoformat(line[2:].removesuffix(" away").strip()).replace(tzinfo=UTC)
            made += await on.wind(to, away=away)
        elif line.startswith("+ "):
            on.time += timedelta(seconds=float(line[2:]))
        else:
            name, _, what = line.partition(": ")
            await on.do(name, setups.filled(on, what).replace("\\n", "\n"))
            made += on.news()


async def played(script: str, folder: Path, made: list[str]) -> None:
    """Play a script on a stage of its own; `made` holds what came of it, whatever goes wrong."""
    async with stage(folder) as on:
        await play(script, on, made)
        on.check()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_conversation_reads_as_written(path: Path, tmp_path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    made: list[str] = []
    try:
        asyncio.run(played(script, tmp_path, made))
    finally:
        written = "\n".join(made) + "\n"
        if UPDATE:
            path.write_text(written, encoding="utf-8")
    assert written == script
