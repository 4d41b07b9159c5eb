"""What owners, reporters and those whom a group agreed on are told and asked long after the workshop."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # How many actions stand how
    "standing.blocked": NN_("{count} blocked", "{count} blocked"),
    "standing.at_risk": NN_("{count} at risk", "{count} at risk"),
    "standing.late": NN_("{count} late", "{count} late"),
    "standing.silent": NN_("{count} without an answer", "{count} without an answer"),
    "standing.on_track": NN_("{count} on track", "{count} on track"),
    "standing.not_started": NN_("{count} not started", "{count} not started"),
    "standing.done": NN_("{count} done", "{count} done"),
    # An owner's week
    "digest.heading": N_("<b>Your actions this week</b> · Group {group}"),
    "digest.heading_of": N_("<b>What {name} answers for, this week</b> · Group {group}"),
    "digest.brief": N_("Your actions this week: {counts}"),
    "digest.brief_of": N_("What {name} answers for, this week: {counts}"),
    "digest.stuck": N_("{status}: <b>{title}</b>"),
    "digest.stuck_line": N_("{status}: <b>{title}</b> – “{line}”"),
    "digest.late": NN_("{count} day late: <b>{title}</b>", "{count} days late: <b>{title}</b>"),
    "digest.silent": NN_(
        "No word from {name} for {count} day: {title}", "No word from {name} for {count} days: {title}"
    ),
    "digest.silent_again": NN_(
        "No word from {name} for {count} day: {title} (asked again)",
        "No word from {name} for {count} days: {title} (asked again)",
    ),
    "digest.untold": NN_(
        "{audience} weren't told, {count} time in a row ({title})",
        "{audience} weren't told, {count} times in a row ({title})",
    ),
    "digest.soon": N_("Due {day}: {title}"),
    "digest.more": NN_("and {count} more", "and {count} more"),
    "digest.muted": N_("<i>Nothing more comes by itself until {at}.</i>"),
    "digest.at_risk": N_("<b>What needs you</b>"),
    "digest.done_about": N_("   Being done: {line}"),
    "digest.hand_which": N_("Which one do you hand over?"),
    "digest.asked": N_("{name} is asked again."),
    "digest.asked_today": N_("{name} was asked again today. Try tomorrow, or talk to them."),
    "label.digest.stuck": N_("Show at risk"),
    "label.digest.ask": N_("Ask {name} again"),
    "label.digest.hand": N_("Hand over…"),
    "label.digest.mute": N_("Mute a week"),
    "label.titled": "{number}. {title}",
    # Is the plan still right?
    "review.heading": N_("<b>How the plan of Group {group} stands</b>"),
    "review.brief": N_("The plan of Group {group}: {counts}"),
    "review.bare": NN_("{count} without a day or an owner", "{count} without a day or an owner"),
    "review.ask": N_("Is it still the right plan?"),
    "review.right": N_("✓ The plan of Group {group}: still right."),
    "review.change": N_("What do you want to change?"),
    "label.review.right": N_("It's still right"),
    "label.review.show": N_("Show the plan"),
    "label.review.change": N_("Change…"),
    # What is going to be forgotten
    "erasure.brief": N_("{title} is kept until {day}"),
    "erasure.all": N_(
        "I keep <b>{title}</b> until {day}, as its people were told. Then all of it is deleted: answers, action plans and "
        "their reports, names. Take out what you want to keep."
    ),
    "erasure.plan": N_(
        "I keep <b>{title}</b> until {day}. Then the action plan of Group {group} is deleted, with all that was reported "
        "about it. Take it out if you want to keep it."
    ),
    "erasure.plan_no_file": N_(
        "I keep <b>{title}</b> until {day}. Then the action plan of Group {group} is deleted, with all that was reported "
        "about it. {organiser} can send you a file of it."
    ),
    "label.erasure.file": N_("Take it out as a file"),
}
