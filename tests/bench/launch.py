"""Starts the bot as `plenary run` does, with the programmes of a folder instead of those shipped: FOLDER [PROFILE].

With a second argument cProfile watches the main thread from SIGUSR1 on and writes there at SIGUSR2.
"""

from __future__ import annotations

import cProfile
import signal
import sys
from pathlib import Path

from content import loader


def main(folder: str, profile: str = "") -> None:
    loader.programmes_folder = lambda: Path(folder)
    from bot.__main__ import cli

    if profile:
        watching = cProfile.Profile()
        signal.signal(signal.SIGUSR1, lambda *_: watching.enable())
        signal.signal(signal.SIGUSR2, lambda *_: watching.dump_stats(profile))  # ends the watching, too
    sys.argv = ["plenary", "run"]
    cli()


if __name__ == "__main__":
    main(*sys.argv[1:])
