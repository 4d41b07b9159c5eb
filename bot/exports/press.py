"""Sets pages and pictures by typst, in a process of its own: `python -m bot.exports.press` reads an order from standard
input, as JSON, and writes the file to standard output.

Typst keeps fonts and all that it has set in memory, which for a full plan is more than the whole bot takes; and
whatever could go wrong in it goes wrong in that process alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.exports.fonts import families, fonts

TEMPLATES = Path(__file__).parent / "templates"
ROOT = Path(__file__).parents[2]  # where the package `bot` is
PIXELS = 72.0  # an inch: a point is a pixel
LONGEST = 60.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A template and what it is filled with. `at` is when the file is made, in seconds; not written into pictures."""

    template: str
    language: str
    data: dict[str, Any]
    form: str  # pdf or png
    at: int = 0


class PressError(Exception):
    """A file couldn't be set."""


def printed(order: Order) -> bytes:
    """Have an order carried out in a process of its own. Raises PressError."""
    command = [sys.executable, "-m", "bot.exports.press"]
    given = json.dumps(asdict(order), ensure_ascii=False).encode()
    try:
        done = subprocess.run(  # noqa: S603 - a command of our own
            command, input=given, capture_output=True, cwd=ROOT, timeout=LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PressError(type(error).__name__) from None
    if done.returncode != 0 or not done.stdout:
        # What it wrote to standard error may repeat what people wrote.
        raise PressError(f"exit code {done.returncode}")
    return done.stdout


def set_in_type(order: Order) -> bytes:
    """Carry out an order in this process. Raises typst.TypstError."""
    import typst

    data = {**order.data, "fonts": families(order.language), "lang": order.language.split("-")[0]}
    compiler = typst.Compiler(
        TEMPLATES / order.template,
        root=TEMPLATES,
        font_paths=fonts(),
        ignore_system_fonts=True,  # those that are wanted are among the fonts
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if order.form == "pdf":
        made = compiler.compile(format="pdf", timestamp=order.at)
    else:
        made = compiler.compile(format="png", ppi=PIXELS)
    return made[0] if isinstance(made, list) else made or b""


def main() -> None:
    order = Order(**json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(set_in_type(order))


if __name__ == "__main__":
    main()
