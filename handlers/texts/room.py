"""What facilitators read on the board of the room."""

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
    "label.people": N_("People"),
    "label.group_at": N_("Group {number}: {id}"),
    "label.room_at": N_("Everyone: {id}"),
    "see.which": N_("Whose sheet of {id} {title}?"),
    "see.nothing": N_("No sheet is open yet."),
}
