"""The picture for the slide."""

from __future__ import annotations

import struct

import pytest
import segno

from bot.exports import qr

LINK = "https://t.me/PlenaryBot?start=JMuHbEL31IeL2HPc"


def test_the_picture_is_a_square_that_stays_sharp_on_a_projector():
    picture = qr.png(LINK)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    assert width == height
    assert qr.SIDE <= width < 2 * qr.SIDE
    assert len(picture) < 20_000


def test_a_quarter_of_it_may_be_hidden():
    assert segno.make(LINK, error="q", micro=False).error in ("Q", "H")


def test_the_same_link_is_always_the_same_picture_and_another_is_not():
    assert qr.png(LINK) == qr.png(LINK)
    assert qr.png(LINK) != qr.png(LINK[:-1])


def test_what_no_code_holds_is_refused():
    with pytest.raises(segno.DataOverflowError):
        qr.png("x" * 5000)
