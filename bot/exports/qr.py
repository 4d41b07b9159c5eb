"""A QR code as a picture: for a slide, to be scanned from the back of the room."""

from __future__ import annotations

from io import BytesIO

import segno

SIDE = 1000  # pixels, at least: sharp on a projector
QUIET = 4  # modules of white around the code, as the standard asks for


def png(text: str) -> bytes:
    """The text's QR code as PNG, black on white. Raises ValueError when the text is too long for one."""
    code = segno.make(text, error="q", micro=False)
    out = BytesIO()
    code.save(out, kind="png", scale=-(-SIDE // code.symbol_size(border=QUIET)[0]), border=QUIET)
    return out.getvalue()
