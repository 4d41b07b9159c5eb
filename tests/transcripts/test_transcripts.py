"""Plays each conversation and compares all that the phones show with what is written in its file."""

from __future__ import annotations

import os
from datetime import timedelta
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
            await getattr(setups, line[2:].strip())(on)
            on.news()
        elif line.startswith("+ "):
            on.time += timedelta(seconds=float(line[2:]))
        else:
            name, _, what = line.partition(": ")
            await on.do(name, setups.filled(on, what).replace("\\n", "\n"))
            made += on.news()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
async def test_conversation_reads_as_written(path: Path, tmp_path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    made: list[str] = []
    try:
        async with stage(tmp_path) as on:
            await play(script, on, made)
            on.check()
    finally:
        played = "\n".join(made) + "\n"
        if UPDATE:
            path.write_text(played, encoding="utf-8")
    assert played == script
