"""Pictures held against those in `seen`, which somebody has looked at: in grey, and with tolerance, since letters may
be set a little differently elsewhere."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

SEEN = Path(__file__).parent / "seen"
SMALL = (135, 200)  # to which both are made smaller
SHADES, PART = 48, 0.02  # so many shades apart may so much of a picture be


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def looks_as_it_did(name: str, data: bytes) -> bool:
    now, then = opened(data), opened((SEEN / f"{name}.png").read_bytes())
    if now.width != then.width or abs(now.height - then.height) > PART * then.height:
        return False
    apart = ImageChops.difference(now.resize(SMALL), then.resize(SMALL)).histogram()
    return bool(sum(apart[SHADES:]) <= PART * SMALL[0] * SMALL[1])
