"""What is said about groups: forming them, who is in which, roles."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    "group": N_("Group {number}"),
    # Where somebody sits
    "seat.counted": N_("You are a {counted}: <b>Group {group}</b>, {topics}."),
    "seat.counted_plain": N_("You are a {counted}: <b>Group {group}</b>."),
    "seat.moved": N_("You are in <b>Group {group}</b> now, {topics}."),
    "seat.moved_plain": N_("You are in <b>Group {group}</b> now."),
    "seat.with": N_("With you: {names}"),
    "seat.alone": N_("Nobody else is in it yet."),
    "seat.workshop": N_("In {title}:"),
    "more": NN_("{count} more", "{count} more"),
    "label.my_group": N_("Who's in my group"),
    "label.be_reporter": N_("I'll be reporter"),
    "label.be_scribe": N_("I'll be scribe"),
    "label.be_timekeeper": N_("I'll be timekeeper"),
    # A group's card, for its members
    "group.heading": N_("<b>Group {number}</b>, {topics}"),
    "group.heading_plain": N_("<b>Group {number}</b>"),
    "group.member_roles": N_("{name}: {roles}"),
    "group.you": N_("{name} (you)"),
    "group.none": N_("Groups aren't formed yet. You'll be told when they are."),
    "group.others": NN_("and {count} more", "and {count} more"),
    # Roles
    "roles.yours.reporter": N_("You are the reporter of Group {group}."),
    "roles.yours.scribe": N_("You are the scribe of Group {group}, and hold its pen."),
    "roles.yours.timekeeper": N_("You are the timekeeper of Group {group}."),
    "roles.taken.reporter": N_("{name} is the reporter already."),
    "roles.taken.scribe": N_("{name} is the scribe already."),
    "roles.taken.timekeeper": N_("{name} is the timekeeper already."),
    # Forming groups, for facilitators
    "groups.heading": NN_("<b>Groups</b> · {count} participant", "<b>Groups</b> · {count} participants"),
    "groups.formed": N_("{title}: formed, groups of {sizes}"),
    "groups.not_formed": N_("{title}: not formed yet"),
    "groups.none_planned": N_("This workshop doesn't work in groups."),
    "groups.nobody": N_("Nobody has joined yet. /invite shows the link and the code."),
    "groups.too_few": N_("{people} people can't fill {groups} groups. Choose a smaller number."),
    "groups.no_such": N_("There is no Group {number}."),
    "groups.cant_merge": N_("Merging needs {expected} groups, and there are {groups}. Count off again instead."),
    "groups.merge_first": N_("There is nothing to merge yet. Count off instead."),
    "groups.role_taken": N_("{name} has that role already."),
    "groups.at_work": N_("Group {number} has work on its sheets. Choose at least {number} groups."),
    "groups.how_many": NN_(
        "How many groups? There is {count} participant: send a number from 1 to {most}.",
        "How many groups? There are {count} participants: send a number from 1 to {most}.",
    ),
    "groups.again": N_(
        "{title}: formed already. Doing it again can put people into other groups, and everyone gets a message. "
        "People you moved by hand stay where they are. Each sheet stays with its group's number."
    ),
    "label.count_off": N_("Count off by {number}"),
    "label.count_again": N_("Count off again by {number}"),
    "label.merge": N_("Keep numbers: {old} into {number}"),
    "label.other_number": N_("Other than {number}"),
    "label.read_aloud": N_("Read out {number} groups"),
    "label.groups": N_("Groups"),
    "label.do_again": N_("Do it again"),
    "label.keep_groups": N_("Keep the groups"),
    "aloud.heading": N_("<b>{title}</b>"),
    "aloud.group": NN_(
        "<b>Group {number}</b> · {topics} · {count} person", "<b>Group {number}</b> · {topics} · {count} people"
    ),
    "aloud.group_plain": NN_("<b>Group {number}</b> · {count} person", "<b>Group {number}</b> · {count} people"),
    "aloud.no_phone": N_("{name} (no phone)"),
}
