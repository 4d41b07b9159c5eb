"""Calls about the bot itself: who it is, how updates reach it, its commands, files that it fetches."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.rehearsal.calls import Handler
from bot.rehearsal.errors import bad_request
from bot.rehearsal.params import Params, flag, integer, structure, text
from bot.rehearsal.updates import Webhook

if TYPE_CHECKING:
    from bot.rehearsal.world import World

_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "supports_guest_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
}
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_MOST_COMMANDS = 100


def get_me(world: World, _params: Params, _files: Mapping[str, bytes]) -> Any:
    """getMe."""
    return {**world.bot.to_dict(), **_ABILITIES}


async def get_updates(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """getUpdates."""
    return await world.updates.get(params)


def set_webhook(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """setWebhook: to an address on this machine alone; "" deletes it."""
    url = text(params, "url").strip()
    if not url:
        return delete_webhook(world, params, {})
    secret = text(params, "secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if not is_loopback(urlsplit(url).hostname or ""):
        raise bad_request("bad webhook: a rehearsal calls back to this machine alone")
    if flag(params, "drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(params)
    world.updates.hook(Webhook(url, secret, integer(params, "max_connections", 40, 1, 100)))
    return True


def delete_webhook(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """deleteWebhook."""
    if flag(params, "drop_pending_updates"):
        world.updates.clear()
    world.updates.hook(None)
    return True


def webhook_info(world: World, _params: Params, _files: Mapping[str, bytes]) -> Any:
    """getWebhookInfo."""
    hook = world.updates.webhook
    made: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending()),
    }
    if hook:
        made["max_connections"] = hook.max_connections
        made["ip_address"] = "127.0.0.1"
        if hook.last_error:
            made["last_error_date"] = hook.last_error_date
            made["last_error_message"] = hook.last_error
    if world.updates.allowed:
        made["allowed_updates"] = sorted(world.updates.allowed)
    return made


def set_commands(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """setMyCommands, per scope and language."""
    value = structure(params, "commands", "commands")
    if value is None:
        value = []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(value) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[_scope(world, params), _language(params)] = [_command(entry) for entry in value]
    return True


def delete_commands(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """deleteMyCommands."""
    world.commands.pop((_scope(world, params), _language(params)), None)
    return True


def get_commands(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """getMyCommands: exactly those of the scope and language."""
    return world.commands.get((_scope(world, params), _language(params)), [])


def get_file(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """getFile."""
    return world.files.describe(text(params, "file_id"))


METHODS: dict[str, Handler] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "setmycommands": set_commands,
    "deletemycommands": delete_commands,
    "getmycommands": get_commands,
    "getfile": get_file,
}


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _command(entry: Any) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(entry.get(field), str):
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{field}\"")
    name, description = entry["command"].removeprefix("/"), entry["description"].strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > 32:
        raise bad_request("Command length must not exceed 32")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _scope(world: World, params: Params) -> str:
    scope = structure(params, "scope", "BotCommandScope")
    if scope is None:
        return "default"
    if not isinstance(scope, dict):
        raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in _SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    chat_id = integer(scope, "chat_id")
    if chat_id not in world.chats:
        raise bad_request("chat not found")
    if kind == "chat_member" and integer(scope, "user_id") <= 0:
        raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
    if kind != "chat" and chat_id > 0:
        raise bad_request("can't use specified scope type in private chats")
    user_id = f"/{integer(scope, 'user_id')}" if kind == "chat_member" else ""
    return f"{kind}/{chat_id}{user_id}"


def _language(params: Params) -> str:
    code = text(params, "language_code")
    if not re.fullmatch(r"(?:[a-z]{2})?", code):
        raise bad_request("Invalid language code specified")
    return code
