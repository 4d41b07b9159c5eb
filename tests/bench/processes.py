"""The bots as processes, each beside the local server that runs in this one."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import environments
from tests.bench.world import BenchWorld, until

_SCRIPTS = Path(__file__).parent
_TICKS = os.sysconf("SC_CLK_TCK")
HIGH = {
    "PACE_PER_SECOND": "100000",
    "PACE_CHAT_PER_SECOND": "100000",
    "PACE_CHAT_BURST": "1000",
    "PACE_GROUP_CHAT_PER_MINUTE": "1000000",
}


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot's process. `log` is where its standard error goes."""

    name: str
    process: asyncio.subprocess.Process
    log: Path

    def busy(self) -> float:
        """The seconds of processor time it has used so far."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:  # no /proc here: the columns about processors stay empty
            return 0.0
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def alive(self) -> bool:
        return self.process.returncode is None

    async def ready(self, world: BenchWorld, seconds: float = 60.0) -> None:
        """Wait for its first getUpdates. Raises RuntimeError with its last words where it ended instead."""
        await until(lambda: world.polls > 0 or not self.alive(), seconds, f"{self.name} to ask for updates")
        if not self.alive():
            raise RuntimeError(f"{self.name} ended: {self.told()}")

    def told(self) -> str:
        """The end of what it wrote."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])


@asynccontextmanager
async def run(name: str, command: list[str], log: Path, **settings: str) -> AsyncIterator[Bot]:
    """A process while the block runs; then it is asked to stop, and killed where it doesn't within 15 s."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PACE_", "PYTHON"))}
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=out, stderr=out, env={**environment, **settings}
        )
    try:
        yield Bot(name, process, log)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(15):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


def echo(name: str, token: str, address: str, folder: Path):
    """An echo bot: "ptb" or "aiogram"."""
    command = [environments.python(name), str(_SCRIPTS / f"echo_{name}.py"), token, address]
    return run(name, command, folder / f"{name}.log")


def plenary(
    token: str,
    address: str,
    folder: Path,
    programmes: Path,
    settings: Mapping[str, str] | None = None,
    profile: Path | None = None,
):
    """The bot as it is shipped, on the data in `folder`/data, with the programmes of the bench."""
    command = [sys.executable, "-m", "tests.bench.launch", str(programmes), str(profile or "")]
    fixed = {"BOT_TOKEN": token, "BOT_API_URL": address, "DATA_DIR": str(folder / "data"), "HTTP_PORT": "0"}
    fixed |= {"LOG_LEVEL": "WARNING", "PYTHONPATH": str(environments.ROOT), "ORGANISER_IDS": "1001"}
    return run("plenary", command, folder / "plenary.log", **{**fixed, **(settings or {})})
