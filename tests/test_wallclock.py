import os
from datetime import UTC, datetime, timedelta

import pytest

from bot.wallclock import WallClock


def ahead(clock: WallClock) -> float:
    """Seconds that `clock` is ahead of the machine's, rounded."""
    return round((clock.now() - datetime.now(UTC)) / timedelta(seconds=1))


def test_without_a_file_it_is_the_time_in_utc():
    now = WallClock().now()
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=1)


def test_the_file_moves_it_and_may_come_later_and_change(tmp_path):
    file = tmp_path / "offset"
    clock = WallClock(file)
    assert ahead(clock) == 0
    file.write_text("86400\n")
    assert ahead(clock) == 86400
    file.write_text("-3600.5")
    assert abs(ahead(clock) + 3600) <= 1
    file.write_text("99999")
    assert ahead(clock) == 99999


def test_a_file_put_in_its_place_counts_though_it_is_as_old_and_as_long(tmp_path):
    file, new = tmp_path / "offset", tmp_path / "new"
    file.write_text("100")
    clock = WallClock(file)
    assert ahead(clock) == 100
    new.write_text("200")
    seen = file.stat()
    os.utime(new, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    new.replace(file)
    assert ahead(clock) == 200


@pytest.mark.parametrize("broken", [b"", b"tomorrow", b"\xff", b"nan", b"inf", b"1e300", b"12 34"])
def test_what_cannot_be_read_leaves_the_last_good_offset(tmp_path, broken):
    file = tmp_path / "offset"
    file.write_text("500")
    clock = WallClock(file)
    assert ahead(clock) == 500
    file.write_bytes(broken)
    assert ahead(clock) == 500
    file.unlink()
    assert ahead(clock) == 500
    file.write_text("600")
    assert ahead(clock) == 600
