"""An environment of its own for each echo bot, made once under .bench/ from a file with pinned hashes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".bench"
LIBRARIES = {"ptb": "python-telegram-bot", "aiogram": "aiogram"}
_LOCK = [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--upgrade",
    "--custom-compile-command",
]


def requirements(name: str) -> Path:
    return Path(__file__).with_name(f"requirements-{name}.txt")


def python(name: str) -> str:
    """The interpreter of an environment, which is made where it isn't there or was made from another file."""
    folder = CACHE / name
    mark = hashlib.sha256(requirements(name).read_bytes()).hexdigest()
    stamp = folder / "made-from"
    found = folder / "bin" / "python"
    if not (stamp.exists() and stamp.read_text() == mark and found.exists()):
        print(f"Installing {requirements(name).name} into {folder.relative_to(ROOT)}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(found), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--require-hashes"]
        subprocess.run([*pip, "-r", str(requirements(name))], check=True)
        stamp.write_text(mark)
    return str(found)


def lock() -> None:
    """Write the requirement files anew, with the versions that the project itself has."""
    uv = ROOT / ".venv-lock" / "bin" / "uv"
    subprocess.run(["make", str(uv.relative_to(ROOT))], check=True, cwd=ROOT)
    for name, library in LIBRARIES.items():
        command = [str(uv), *_LOCK, "python -m tests.bench lock", "-c", "requirements-dev.txt"]
        command += ["-o", str(requirements(name)), "-"]
        subprocess.run(command, check=True, cwd=ROOT, input=library, text=True)
