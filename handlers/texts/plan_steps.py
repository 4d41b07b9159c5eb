"""What sheets say of plans, of ratings item by item, and of votes."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # The group's plan on a sheet
    "draft.goal": N_("Goal: {text}"),
    "draft.line": "{number}. {title}",
    "draft.line_by": N_("{number}. {title} – by {day}"),
    "draft.whole": N_("{number}. {text} – complete"),
    "draft.hidden": NN_("… and {count} more", "… and {count} more"),
    "draft.asked": N_("So far {have} of at least {minimum} actions."),
    "draft.asked_whole": N_("So far {have} of at least {minimum} actions, and {done} of {whole} complete."),
    "draft.empty": N_("There is no action in your plan yet."),
    "draft.blanks": N_("{number}. {text} – open: {fields}"),
    "draft.closing": NN_("{id} · {step}: one action in the plan", "{id} · {step}: {count} actions in the plan"),
    # Another group's
    "draft.next": N_("The plan of Group {group}:"),
    "draft.next_empty": N_("There is nothing in the plan of Group {group} yet."),
    "draft.no_other": N_("There is no other group whose plan you could read."),
    "draft.readers": N_("Group {group} about your plan · {title}: {text}"),
    "how.plan": N_("Send what is to be done to add an action."),
    "sees.next": N_("Group {group} sees this, and so do the facilitators."),
    "label.draft.read": N_("Read all of it"),
    # Ratings item by item
    "items.heading": N_("<b>{step}</b> · {at} of {of}"),
    "items.of_group": N_("{text} (Group {group})"),
    "items.yours": N_("You gave: {text}"),
    "items.so_far": N_("You have rated {done} of {of}."),
    "items.all_rated": N_("You have rated all {of}."),
    "items.have_rated": N_("{have} of {need} have rated all."),
    "items.score": "{number}. {text}: {score}",
    "items.settled": N_("You see these alike. Go on."),
    "items.none": N_("There is nothing here yet: it comes from the action plans."),
    "items.nothing": N_("There is nothing to rate yet."),
    "items.gone": N_("That isn't in the plan any more. The sheet shows what is."),
    "items.closing": NN_("{id} · {step}: one has answered", "{id} · {step}: {count} have answered"),
    "items.unplaced": N_("Rated by fewer than {least}, for the group to settle: {names}"),
    "grid.disputed": N_("{name} (you differ)"),
    "sees.counted": N_("Your own stays yours. The result is shown once {least} have answered."),
    "label.items.rate": N_("Rate them"),
    "label.items.go_on": N_("Go on rating"),
    "label.items.again": N_("Look at them again"),
    "label.picture": N_("Picture"),
    # Votes by number
    "items.line": "{number}. {text}",
    "items.chosen": "✓ {number}. {text}",
    "items.more": NN_("… and {count} more", "… and {count} more"),
    "items.have_voted": N_("{have} of {need} have voted."),
    "votes.line": NN_("{text} – one vote", "{text} – {count} votes"),
    "how.choose_numbers": NN_("Tap a number, or send it.", "Tap up to {count} numbers, or send one."),
    # The whole room
    "pen.room": N_("A facilitator leads through this."),
    "sheet.room_leads": N_("A facilitator leads the room through this one, and writes where one has to write."),
}
