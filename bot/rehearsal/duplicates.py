"""Messages that stand twice on a phone, as a person would see them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from bot.rehearsal.model import Request
from bot.rehearsal.phone import Phone
from bot.rehearsal.world import World

AROUND_A_KILL = 20.0  # seconds


def visible(world: World, known: Collection[int], kills: Iterable[float]) -> dict[int, str]:
    """What came twice, by the id of the first copy: what the bot knows nothing of, so that it was sent again; and the
    same words with the same buttons, while the first copy still stands as it came, and either nothing was done on that
    phone in between, or the bot was killed in between. `known` are the ids that the bot has written down, `kills` are
    monotonic times.
    """
    found: dict[int, str] = {}
    for phone in world.phones.values():
        acts = [each.at for each in phone.transcript if each.kind in ("sent", "tapped", "opened")]
        earlier: list[Request] = []
        for request in _sends(world, phone.user.id):
            message_id, text = request.result["message_id"], str(request.params.get("text", ""))
            if message_id not in known and not phone.chat.messages[message_id].deleted:
                found[message_id] = f"{phone.user.name}: {text[:60]!r}"
            for before in earlier:
                if _key(before) == _key(request) and _stands(phone, before):
                    quiet = not any(before.at <= at <= request.at for at in acts)
                    killed = any(before.tick <= kill <= request.tick <= before.tick + AROUND_A_KILL for kill in kills)
                    if quiet or killed:
                        found[before.result["message_id"]] = f"{phone.user.name}: {text[:60]!r}"
            earlier.append(request)
    return found


def sent(world: World) -> int:
    """How many messages reached phones, edits not counted."""
    return sum(1 for request in world.requests if _is_send(request))


def _is_send(request: Request) -> bool:
    return request.outcome in ("ok", "dropped after") and request.method in ("sendMessage", "sendPhoto", "sendDocument")


def _sends(world: World, chat_id: int) -> list[Request]:
    return [request for request in world.requests if request.chat_id == chat_id and _is_send(request)]


def _key(request: Request) -> str:
    shown: dict[str, Any] = {name: request.params.get(name) for name in ("text", "caption", "reply_markup")}
    return json.dumps(shown, sort_keys=True, default=str)


def _stands(phone: Phone, request: Request) -> bool:
    message = phone.chat.messages.get(request.result["message_id"])
    return message is not None and not message.deleted and not message.edit_date
