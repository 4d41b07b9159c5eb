"""Files that were sent, in either direction, with their identifiers and contents."""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal.errors import bad_request

_MOST_TO_FETCH = 20 << 20  # bytes
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `path` is what getFile answers."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    data: bytes

    def to_dict(self) -> dict[str, Any]:
        """A File object."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


@dataclass(slots=True)
class Files:
    """All files by identifier and by path."""

    _by_id: dict[str, StoredFile] = field(default_factory=dict)
    _by_path: dict[str, StoredFile] = field(default_factory=dict)

    def add(self, folder: str, name: str, data: bytes, mime_type: str = "application/octet-stream") -> StoredFile:
        """Keep a file in a folder such as documents or photos."""
        number = len(self._by_id)
        seed = hashlib.sha256(f"{number}/{name}".encode()).digest()
        file_id = base64.urlsafe_b64encode(seed + bytes(10)).decode().rstrip("=")
        unique_id = "AQAD" + base64.urlsafe_b64encode(seed[:9]).decode()
        ending = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(file_id, unique_id, f"{folder}/file_{number}.{ending}", name, mime_type, data)
        self._by_id[file_id] = self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """The file with this identifier."""
        return self._by_id.get(file_id)

    def fetch(self, path: str) -> StoredFile | None:
        """The file at this path, small enough to be downloaded."""
        return self._by_path.get(path)

    def describe(self, file_id: str) -> dict[str, Any]:
        """What getFile answers. Raises ApiError for an unknown or too big a file."""
        if not file_id:
            raise bad_request("file_id not specified")
        stored = self.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.data) > _MOST_TO_FETCH:
            raise bad_request("file is too big")
        return {**stored.to_dict(), "file_path": stored.path}


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels (a guess where it isn't PNG). Raises ApiError for what isn't a picture."""
    if not data.startswith(_MAGIC):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if data.startswith(_MAGIC[0]) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        if not width or not height or width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return width, height
    return 800, 600
