"""The one clock that the bot reads; a rehearsal can wind it on."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Ten years either way: more is a slip, and would soon leave what datetime can hold.
MOST_SECONDS = 10 * 366 * 86400


class WallClock:
    """Tells the time, moved by the number of seconds that `offset_file` holds (absent file: no offset)."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._file = offset_file
        self._offset = timedelta()
        self._seen: tuple[int, int, int] | None = None

    def now(self) -> datetime:
        """Return the present instant: aware, UTC.

        A changed file is read again; where it can't be read or holds no number, the last good offset stays.
        """
        if self._file is not None:
            self._reread(self._file)
        return datetime.now(UTC) + self._offset

    def _reread(self, file: Path) -> None:
        try:
            stat = file.stat()
            # Size and inode too: two writes can fall into one tick of the file system's clock.
            mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if mark == self._seen:
                return
            seconds = float(file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return
        if math.isfinite(seconds) and abs(seconds) <= MOST_SECONDS:
            self._seen = mark
            self._offset = timedelta(seconds=seconds)
