"""Starts the bot as `plenary run` does, with the programmes of a folder instead of those shipped: FOLDER [PROFILE].

With a second argument the main thread is watched by cProfile, which writes there when the bot ends.
"""

from __future__ import annotations

import cProfile
import sys
from pathlib import Path

from content import loader


def main(folder: str, profile: str = "") -> None:
    loader.programmes_folder = lambda: Path(folder)
    from bot.__main__ import cli

    sys.argv = ["plenary", "run"]
    if not profile:
        cli()
        return
    watched = cProfile.Profile()
    try:
        watched.runcall(cli)
    finally:
        watched.dump_stats(profile)


if __name__ == "__main__":
    main(*sys.argv[1:])
