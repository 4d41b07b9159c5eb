"""The demo, as `make demo` runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 120


def test_the_rehearsal_holds(tmp_path):
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment |= {"HOME": str(tmp_path / "nobody"), "PYTHONPATH": str(ROOT)}
    played = subprocess.run(
        [sys.executable, "-m", "bot.rehearsal.demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=MOST_SECONDS,
        check=False,
    )

    assert played.returncode == 0, played.stdout[-6000:] + played.stderr[-2000:]
    last = played.stdout.rstrip().splitlines()[-1]
    sent, stored = re.findall(r"answers (?:sent|stored) (\d+)", last)
    assert sent == stored, last
    assert last.startswith("people 24 · groups 6 → 3"), last
    assert len(list((tmp_path / "demo-output" / "phones").iterdir())) == 26
    files = {each.suffix for each in (tmp_path / "demo-output" / "plans").iterdir()}
    assert files == {".xlsx", ".docx", ".pdf", ".png", ".ics", ".csv", ".json"}
