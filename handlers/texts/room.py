"""What facilitators read: the board of the room, and how their broadcasts fare."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # The board
    "room.heading": N_("<b>{title}</b>"),
    "room.closed": N_("Closed."),
    "room.joined": NN_("{count} participant", "{count} participants"),
    "room.no_phone": NN_("{count} without a phone", "{count} without a phone"),
    "room.unreachable": NN_("{count} can't be reached", "{count} can't be reached"),
    "room.dot": "{left} · {right}",
    "room.no_groups": N_("Groups aren't formed yet."),
    "room.table": "<pre>{table}</pre>",
    "room.label": "{text:<9}",
    "room.cell": "{text:>6}",
    "room.join": "{left}{right}",
    "room.done": N_("done"),
    "room.shut": N_("closed"),
    "room.all": N_("Everyone"),
    "room.steps": "{done}/{of}",
    "room.not_open": "–",
    "room.stuck": NN_(
        "Group {group} is stuck: nothing for {count} min ({id}).",
        "Group {group} is stuck: nothing for {count} min ({id}).",
    ),
    "label.form_groups": N_("Form groups"),
    "label.open_other": N_("Open another"),
    "label.see_group": N_("See a group"),
    "label.broadcast": N_("Broadcast"),
    "label.people": N_("People"),
    "label.group_at": N_("Group {number}: {id}"),
    "label.room_at": N_("Everyone: {id}"),
    "see.which": N_("Whose sheet of {id} {title}?"),
    "see.nothing": N_("No sheet is open yet."),
    # Broadcasting
    "broadcast.to": N_("To whom?"),
    "broadcast.kept": N_("Your text is kept: “{text}”"),
    "broadcast.text": N_("To {to}. Send the text, up to {longest} characters."),
    "broadcast.text_again": N_("To {to}. Send the new text."),
    "broadcast.preview": N_(
        "To {to} ({facts})\n\n“{text}”\n\nYour name stands above it. Send other words to replace it."
    ),
    "broadcast.people": NN_("{count} person", "{count} people"),
    "broadcast.all": N_("all participants"),
    "broadcast.groups": NN_("Group {groups}", "Groups {groups}"),
    "broadcast.nobody": N_("There is nobody to send it to."),
    "broadcast.message": "<b>{name}</b>\n{text}",
    "broadcast.message_elsewhere": "<b>{name}</b> · {title}\n{text}",
    "label.everyone": N_("All participants"),
    "label.write_to": NN_("Write to Group {groups}", "Write to {count} groups"),
    "label.send": N_("Send"),
    "label.edit": N_("Edit"),
    # How it went
    "sent.delivered": N_("Delivered to {sent} of {all}."),
    "sent.to_come": NN_("{count} is on its way.", "{count} are on their way."),
    "sent.missed": N_("Not reached: {names}. Please tell them."),
    "sent.missed_one": N_("{name} ({reason})"),
    "sent.aloud": N_("Without a phone: {names}. Read it to them."),
    "sent.blocked": N_("blocked the bot"),
    "sent.gone": N_("account is gone"),
    "sent.never": N_("never started the bot"),
    "sent.other": N_("could not be delivered"),
}
