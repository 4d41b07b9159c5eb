"""What a rehearsal leaves to read: a phone, the products, a last line; and every conversation as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.rehearsal.group_walk import Walk
from bot.rehearsal.phone_view import WIDTH, show_phone, show_transcript, wrap
from bot.rehearsal.player import Player, plain

FOLDER = Path("demo-output")
_TAIL = 25  # lines of the bot's log


def heading(text: str) -> str:
    return f"\n══ {text} {'═' * max(2, 76 - len(text))}\n"


def product_text(pages: Iterable[str]) -> str:
    """A product's pages as one text: the heading once, without page numbers."""
    first, *others = [plain(page).split("\n") for page in pages]
    lines = list(first)
    for page in others:
        lines += page[1:]
    kept = [line for line in lines if not line.startswith("Page ")]
    return "\n".join(part for line in kept for part in wrap(line, WIDTH * 2)) + "\n"


def write_files(folder: Path, players: Sequence[Player], walks: Sequence[Walk]) -> None:
    """All conversations, as they stand now and as they went, and all products."""
    for name in ("phones", "transcripts", "products"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for old in (folder / name).glob("*.txt"):
            old.unlink()
    for player in players:
        name = f"{player.key}.txt"
        (folder / "phones" / name).write_text(show_phone(player.phone), encoding="utf-8")
        (folder / "transcripts" / name).write_text(show_transcript(player.phone), encoding="utf-8")
    for walk in walks:
        for exercise, pages in walk.products.items():
            path = folder / "products" / f"group{walk.script.group}-{exercise}.txt"
            path.write_text(product_text(pages), encoding="utf-8")


def last_line(figures: Mapping[str, object]) -> str:
    return " · ".join(f"{name} {value}" for name, value in figures.items())


def tail(log: Path) -> str:
    """The end of the bot's log."""
    if not log.exists():
        return "(there is no log)"
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL:]) or "(the log is empty)"
