"""What a `pip install .` brings: the wheel, built with the locked build backend and without the network."""

import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["bot", "handlers", "content", "storage"]


def shipped(pattern: str) -> set[str]:
    """Names of the files of the packages, as git would ship them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *PACKAGES],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return {name for name in listed if Path(name).match(pattern) and (ROOT / name).exists()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "-w",
            out,
            ROOT,
        ],
        check=True,
        capture_output=True,
    )
    (path,) = out.glob("plenary-*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def text(wheel: zipfile.ZipFile, name: str) -> str:
    (path,) = (each for each in wheel.namelist() if each.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode()


@pytest.mark.parametrize("pattern", ["*.py", "*.toml", "*.po", "*.sql", "*.typ", "py.typed"])
def test_the_wheel_holds_every_shipped_file(wheel, pattern):
    assert shipped(pattern) <= set(wheel.namelist())


def test_the_wheel_holds_content_and_migrations(wheel):
    names = wheel.namelist()
    assert any(name.startswith("content/programmes/") and name.endswith(".toml") for name in names)
    assert any(name.startswith("storage/migrations/") and name.endswith(".sql") for name in names)
    assert all(f"{package}/py.typed" in names for package in PACKAGES)


def test_the_wheel_holds_nothing_else(wheel):
    assert {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" not in name} == set(PACKAGES)


def test_the_command_runs_from_the_wheel_alone(wheel, tmp_path):
    assert "plenary = bot.__main__:main" in text(wheel, "entry_points.txt")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "-t", tmp_path, wheel.filename],
        check=True,
        capture_output=True,
    )
    command = [tmp_path / "bin" / "plenary", "--help"]
    told = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, check=True, capture_output=True, text=True
    )
    assert "rehearse" in told.stdout


def test_its_metadata_is_complete(wheel):
    told = Parser().parsestr(text(wheel, "METADATA"))
    assert told["Name"] == "plenary"
    assert told["License-Expression"] == "MIT"
    assert told["Requires-Python"] == ">=3.11"
    for field in ("Version", "Summary", "Author", "Keywords", "Description-Content-Type", "License-File"):
        assert told[field], field
    assert str(told.get_payload()).strip()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locks_pin_everything_with_hashes_and_name_no_place(name):
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock
    entries = lock.replace("\\\n", " ").splitlines()
    pins = [line for line in entries if line and not line.lstrip().startswith("#")]
    assert pins
    assert [line for line in pins if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_development_lock_holds_all_of_the_runtime_lock():
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split(";")[0].rstrip(" \\") for line in lines if "==" in line and not line.startswith(" ")}

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
