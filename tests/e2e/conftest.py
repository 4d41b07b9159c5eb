"""The demo plays while the other tests run: it mostly waits, as people do, and takes as long as a minute."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Playing:
    """The demo as a process, in an empty folder of its own."""

    process: subprocess.Popen[str]
    folder: Path
    output: Path


_PLAYING = pytest.StashKey[Playing]()


def _play(folder: Path) -> Playing:
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment |= {"HOME": str(folder / "nobody"), "PYTHONPATH": str(ROOT)}
    output = folder / "output"
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.rehearsal.demo"],
            cwd=folder,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return Playing(process, folder, output)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where the demo is asked for, it begins now, and what came of it is looked at last."""
    mine = [item for item in items if "playing" in getattr(item, "fixturenames", ())]
    if not mine or config.option.collectonly:
        return
    if hasattr(config, "workerinput"):  # one of several processes: which of them gets it isn't known yet
        items[:] = [*mine, *(item for item in items if item not in mine)]
        return
    items[:] = [*(item for item in items if item not in mine), *mine]
    _begin(config)


def _begin(config: pytest.Config) -> Playing:
    playing = config.stash[_PLAYING] = _play(Path(tempfile.mkdtemp(prefix="plenary-played-")))
    return playing


@pytest.fixture
def playing(pytestconfig: pytest.Config) -> Playing:
    """The demo, which has begun when the tests were collected, or begins now."""
    return pytestconfig.stash.get(_PLAYING, None) or _begin(pytestconfig)


def pytest_unconfigure(config: pytest.Config) -> None:
    playing = config.stash.get(_PLAYING, None)
    if playing is None:
        return
    if playing.process.poll() is None:  # the tests ended early
        playing.process.terminate()
        try:
            playing.process.wait(10)
        except subprocess.TimeoutExpired:
            playing.process.kill()
    shutil.rmtree(playing.folder, ignore_errors=True)
