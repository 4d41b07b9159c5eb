"""Calls of the Bot API by the method's name, with or without files."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from bot.settings import Settings
from bot.transport import AiohttpRequest, dumps

if TYPE_CHECKING:
    from telegram.request import RequestData

Files = Mapping[str, tuple[str, bytes]]


class _Upload:
    """A multipart body, as the transport reads one from python-telegram-bot's RequestData."""

    contains_files = True

    def __init__(self, payload: Mapping[str, Any], files: Files) -> None:
        self.json_parameters = {
            name: value if isinstance(value, str) else dumps(value).decode() for name, value in payload.items()
        }
        self.multipart_data = {
            field: (name, content, mimetypes.guess_type(name)[0] or "application/octet-stream")
            for field, (name, content) in files.items()
        }


class BotApi:
    """One bot's methods: `await api("sendMessage", {"chat_id": 1, "text": "…"})` gives the answer's `result`."""

    def __init__(self, request: AiohttpRequest, settings: Settings) -> None:
        self._request = request
        self._settings = settings
        self._addresses: dict[str, str] = {}

    async def download(self, file_id: str, most: int) -> bytes | None:
        """A file that somebody sent to the bot; None where it has more than `most` bytes.

        Raises telegram.error types.
        """
        told = await self("getFile", {"file_id": file_id})
        if int(told.get("file_size") or 0) > most:
            return None
        data = await self._request.retrieve(self._settings.file_url(told["file_path"]))
        return data if len(data) <= most else None

    async def __call__(
        self,
        method: str,
        payload: dict[str, Any],
        files: Files | None = None,
        *,
        read_timeout: float | None = None,
    ) -> Any:
        """Call a method; `files` are field → (file name, bytes), `read_timeout` is in seconds.

        Raises telegram.error types, as `AiohttpRequest.call` does.
        """
        address = self._addresses.get(method)
        if address is None:
            address = self._addresses[method] = self._settings.api_url(method)
        if files:
            return await self._request.post(address, cast("RequestData", _Upload(payload, files)))
        return await self._request.call(address, payload, read_timeout=read_timeout)
