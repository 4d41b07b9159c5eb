"""The fonts that pages and pictures are set in: the Noto fonts of two Python packages, which between them have nearly
every script in use, and whatever else this machine has.

Where a package isn't installed, the machine's own fonts serve in its place.
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
    """All fonts there are. Looked up once: a desktop has hundreds."""
    import typst

    specs = (find_spec(name) for name in PACKAGES)
    return typst.Fonts(font_paths=[str(Path(spec.origin).parent) for spec in specs if spec and spec.origin])


@cache
def families(language: str) -> tuple[str, ...]:
    """The families to set a language in, the first one first. One of them decides for all of a text's letters that it
    has, so that letters of one script look alike."""
    there = set(fonts().families())
    tag = language.lower()
    cjk = f"Noto Sans CJK {CJK.get(tag) or CJK.get(tag.split('-')[0], 'SC')}"
    scripts = sorted(each for each in there if each.startswith("Noto Sans ") and "CJK" not in each and each not in LAST)
    wanted = ("Noto Sans", *scripts, cjk, *LAST)
    return tuple(each for each in wanted if each in there) or ("Libertinus Serif",)
