"""The fonts that pages and pictures are set in: the Noto fonts of two Python packages, which between them have nearly
every script in use.

Where one of them isn't installed, the machine's own fonts are taken, too.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")  # nothing but fonts
CJK = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK"}  # else SC: Simplified Chinese
LAST = ("DejaVu Sans", "Liberation Sans", "Arial", "Noto Sans Symbols", "Noto Emoji", "Noto Color Emoji")


@cache
def fonts() -> typst.Fonts:
    """All fonts that may be used."""
    import typst

    specs = [find_spec(name) for name in PACKAGES]
    folders = [str(Path(spec.origin).parent) for spec in specs if spec and spec.origin]
    return typst.Fonts(include_system_fonts=len(folders) < len(PACKAGES), font_paths=folders)


@cache
def families(language: str) -> tuple[str, ...]:
    """The families to set a language in: the first one that has a letter sets it."""
    there = set(fonts().families())
    tag = language.lower()
    cjk = f"Noto Sans CJK {CJK.get(tag) or CJK.get(tag.split('-')[0], 'SC')}"
    scripts = sorted(each for each in there if each.startswith("Noto Sans ") and "CJK" not in each and each not in LAST)
    wanted = ("Noto Sans", *scripts, cjk, *LAST)
    return tuple(each for each in wanted if each in there) or ("Libertinus Serif",)
