"""The bot as a process of its own, as it would run anywhere, pointed at the local server."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV")


class BotProcess:
    """Starts `plenary run` with settings of its own, kills it, starts it again. Its log goes to `folder`/bot.log."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.settings = dict(settings)
        self.process: asyncio.subprocess.Process | None = None
        self.starts = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    async def start(self) -> None:
        """Start it, with nothing of this process's environment but what a program needs to run at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment |= {"DATA_DIR": str(self.data), "PYTHONUNBUFFERED": "1", **self.settings}
        root = Path(__file__).parents[2]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(root), environment.get("PYTHONPATH")]))
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self.folder,  # no .env of the project's is read
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.starts += 1

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def wait(self, seconds: float = 10.0) -> int:
        """Its exit code. Raises TimeoutError when it doesn't end in time."""
        if self.process is None:
            return 0
        return await asyncio.wait_for(self.process.wait(), seconds)

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self.running and self.process is not None:
            self.process.send_signal(signal.SIGKILL)
        if self.process is not None:
            await self.process.wait()

    async def stop(self, seconds: float = 10.0) -> int:
        """Ask it to end, and wait; kill it when it doesn't."""
        if self.process is None:
            return 0
        if self.running:
            self.process.terminate()
        try:
            return await self.wait(seconds)
        except TimeoutError:
            await self.kill()
            raise
