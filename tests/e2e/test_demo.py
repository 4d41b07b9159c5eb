"""The demo, as `make demo` runs it."""

from __future__ import annotations

import re

from tests.e2e.conftest import Playing

MOST_SECONDS = 120


def test_the_rehearsal_holds(playing: Playing) -> None:
    code = playing.process.wait(MOST_SECONDS)
    output = playing.output.read_text(encoding="utf-8")
    assert code == 0, output[-8000:]
    last = output.rstrip().splitlines()[-1]
    sent, stored = re.findall(r"answers (?:sent|stored) (\d+)", last)
    assert sent == stored, last
    assert last.startswith("people 45 · groups 6 → 3"), last
    assert len(list((playing.folder / "demo-output" / "phones").iterdir())) == 47
    files = {each.suffix for each in (playing.folder / "demo-output" / "files").iterdir()}
    assert files == {".xlsx", ".docx", ".pdf", ".png", ".ics", ".csv", ".json"}
