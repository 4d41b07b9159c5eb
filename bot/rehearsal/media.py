"""What people send besides text, as the fields of a Message object, and other shapes that a phone needs."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from bot.rehearsal.entities import utf16_length
from bot.rehearsal.files import Files
from bot.rehearsal.model import Chat, User

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_SILENCE = b"OggS" + bytes(60)


def sticker(files: Files, emoji: str) -> dict[str, Any]:
    """A static sticker for an emoji."""
    stored = files.add("stickers", "sticker.webp", b"RIFF" + bytes(40), "image/webp")
    kind = {"type": "regular", "is_animated": False, "is_video": False, "width": 512, "height": 512}
    return {"sticker": {**stored.to_dict(), **kind, "emoji": emoji, "set_name": "Rehearsal"}}


def voice(files: Files, seconds: int) -> dict[str, Any]:
    """A voice note of a length in seconds."""
    stored = files.add("voice", "voice.oga", _SILENCE, "audio/ogg")
    return {"voice": {**stored.to_dict(), "duration": seconds, "mime_type": "audio/ogg"}}


def photo(files: Files) -> dict[str, Any]:
    """A picture in two sizes."""
    sizes = [(90, 67), (800, 600)]
    stored = [files.add("photos", "photo.jpg", _PIXEL, "image/jpeg") for _ in sizes]
    return {
        "photo": [
            {**f.to_dict(), "width": width, "height": height} for f, (width, height) in zip(stored, sizes, strict=True)
        ]
    }


def document(files: Files, name: str, data: bytes) -> dict[str, Any]:
    """A file of any kind."""
    stored = files.add("documents", name, data)
    return {"document": {**stored.to_dict(), "file_name": name, "mime_type": stored.mime_type}}


def contact(user: User, phone_number: str) -> dict[str, Any]:
    """A person's card."""
    card: dict[str, Any] = {"phone_number": phone_number, "first_name": user.first_name, "user_id": user.id}
    if user.last_name:
        card["last_name"] = user.last_name
    return {"contact": card}


def users_shared(request_id: int, users: Sequence[User], *, names: bool, usernames: bool) -> dict[str, Any]:
    """People picked behind a request_users button; what they are called only where the button asked for it."""
    shown = []
    for user in users:
        made: dict[str, Any] = {"user_id": user.id}
        if names:
            made["first_name"] = user.first_name
            if user.last_name:
                made["last_name"] = user.last_name
        if usernames and user.username:
            made["username"] = user.username
        shown.append(made)
    ids = [user.id for user in users]
    return {"users_shared": {"request_id": request_id, "user_ids": ids, "users": shown}}


def hidden_origin(name: str, date: int) -> dict[str, Any]:
    """Where a forwarded message came from, when its author hides their account."""
    return {"type": "hidden_user", "sender_user_name": name, "date": date}


def membership(chat: Chat, user: User, bot: User, date: int, *, blocked: bool) -> dict[str, Any]:
    """A ChatMemberUpdated object about the bot in a private chat: blocked or unblocked."""
    out: dict[str, Any] = {"user": bot.to_dict(), "status": "kicked", "until_date": 0}
    inside: dict[str, Any] = {"user": bot.to_dict(), "status": "member"}
    old, new = (inside, out) if blocked else (out, inside)
    made = {"chat": chat.to_dict(), "from": user.to_dict(), "date": date}
    return {**made, "old_chat_member": old, "new_chat_member": new}


def member(user: User, status: str, **more: Any) -> dict[str, Any]:
    """A ChatMember object: of somebody who isn't restricted in anything."""
    made: dict[str, Any] = {"user": user.to_dict(), "status": status}
    match status:
        case "kicked":
            made["until_date"] = 0
        case "administrator":
            made |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(_ADMIN_RIGHTS, True)}
        case "restricted":
            made |= {"is_member": True, "until_date": 0, **dict.fromkeys(_MEMBER_RIGHTS, False)}
    return made | more


_ADMIN_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_topics",
    "can_send_welcome_messages",
]
_MEMBER_RIGHTS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]


def group_membership(chat: Chat, by: User, bot: User, date: int, old: str, new: str) -> dict[str, Any]:
    """A ChatMemberUpdated object about the bot in a group chat: from one status to another."""
    made = {"chat": chat.to_dict(), "from": by.to_dict(), "date": date}
    return {**made, "old_chat_member": member(bot, old), "new_chat_member": member(bot, new)}


def split(text: str, most: int) -> tuple[str, str]:
    """The first part of a text, at most so many UTF-16 code units and ended at a line or a word, and the rest."""
    end, size = 0, 0
    while end < len(text) and size + (2 if text[end] > "\uffff" else 1) <= most:
        size += utf16_length(text[end])
        end += 1
    for gap in ("\n", " "):
        at = text.rfind(gap, end // 2, end)
        if at > 0:
            return text[:at].rstrip(" \n"), text[at:].lstrip(" \n")
    return text[:end], text[end:]
