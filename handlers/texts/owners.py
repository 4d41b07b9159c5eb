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
    "digest.heading_own": N_("<b>Your actions this week</b> · Group {group}"),
    "digest.heading_of": N_("<b>What {name} answers for, this week</b> · Group {group}"),
    "digest.brief_own": N_("Your actions this week: {counts}"),
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
        "I keep <b>{title}</b> until {day}, as its people were told. Then all of it is deleted: answers, action plans "
        "and their reports, names. Take out what you want to keep."
    ),
    "erasure.plan": N_(
        "I keep <b>{title}</b> until {day}. Then the action plan of Group {group} is deleted, with all that was "
        "reported about it. Take it out if you want to keep it."
    ),
    "erasure.plan_no_file": N_(
        "I keep <b>{title}</b> until {day}. Then the action plan of Group {group} is deleted, with all that was "
        "reported about it. {organiser} can send you a file of it."
    ),
    "label.erasure.file": N_("Take it out as a file"),
    # If it gets stuck: what a group agrees on
    "label.escalation.open": N_("If it gets stuck…"),
    "label.escalation.days": NN_("{count} day", "{count} days"),
    "label.escalation.nobody": N_("Nobody"),
    "escalation.heading": N_("<b>If it gets stuck</b> · Group {group}"),
    "escalation.line": NN_(
        "<i>Blocked or late for {count} day: {name} is told.</i>",
        "<i>Blocked or late for {count} days: {name} is told.</i>",
    ),
    "escalation.who": N_("Who is told when an action is blocked, or late, for some days? Nobody unless you choose."),
    "escalation.sees": N_("They are told which action, since when, what is in the way, and who answers for it."),
    "escalation.after": N_("After how many days is {name} told? Tap, or send a number."),
    "escalation.days_range": N_("Send a number of days, from 1 to {most}."),
    "escalation.told": NN_(
        "{name} chose you for Group {group}: when an action of its plan has been blocked or late for {count} day, I "
        "tell you.",
        "{name} chose you for Group {group}: when an action of its plan has been blocked or late for {count} days, I "
        "tell you.",
    ),
    # … and what whoever was chosen is told
    "escalate.blocked": NN_(
        "Blocked since {day} ({count} day): <b>{title}</b>", "Blocked since {day} ({count} days): <b>{title}</b>"
    ),
    "escalate.late": NN_(
        "Was due on {day}, {count} day ago: <b>{title}</b>", "Was due on {day}, {count} days ago: <b>{title}</b>"
    ),
    "escalate.line": N_("In the way: “{line}”"),
    "escalate.being_done": N_("Being done, says {name}: “{line}”"),
    "escalate.nothing_said": N_("{name} answers for it, and hasn't said yet what is being done."),
    "escalate.no_owner": N_("Nobody answers for it yet."),
    "escalate.agreed": N_("<i>Group {group} agreed that you are told.</i>"),
    "escalate.seen": N_("✓ Seen"),
    "escalate.asked": N_("✓ {name} is asked what is being done. The answer comes here."),
    "label.escalate.ask": N_("Ask {name}"),
    "label.escalate.seen": N_("Seen"),
    "label.escalate.say": N_("Say what is done"),
    "escalate.ask_owner": N_("{name} asks what is being done about <b>{title}</b>."),
    "correct.ask": N_("What is being done about <b>{title}</b>? One line."),
    "correct.sees": N_("<i>The group, the facilitators and whoever said that it is stuck see it.</i>"),
    "correct.done": N_("Noted for “{title}”: {line}"),
    "correct.told": N_("{name} about <b>{title}</b>: “{line}”"),
    # Somebody else takes over
    "taking.left": N_(
        "{name} has left. In the plan of Group {group}, {name} {parts}. Until somebody else does, I ask you. Who takes "
        "over?"
    ),
    "taking.removed": N_(
        "{name} is no longer in the workshop. In the plan of Group {group}, {name} {parts}. Until somebody else "
        "does, I ask you. Who takes over?"
    ),
    "taking.owner": NN_("answers for {count} action", "answers for {count} actions"),
    "taking.responsible": NN_("carries out {count} action", "carries out {count} actions"),
    "taking.communications": NN_("tells {count} audience", "tells {count} audiences"),
    "taking.over": N_("{name} has nothing to do in “{title}” any more: somebody else does it."),
    "card.left": N_("{name} (left)"),
    "label.taking.all": N_("All of them"),
    "taking.yours_named": N_("You answer for <b>{title}</b> now: {name} named you."),
    "taking.yours_undone": N_("You answer for <b>{title}</b> again: {name} undid a change."),
    "taking.yours_merged": N_("You answer for <b>{title}</b> now: two actions became one."),
    "taking.yours_added": N_("You answer for <b>{title}</b> now: {name} added it from a file."),
    "taking.several": NN_(
        "You answer for {count} action of Group {group} now: {name} added it from a file.",
        "You answer for {count} actions of Group {group} now: {name} added them from a file.",
    ),
    "taking.yours_handed": N_("You answer for <b>{title}</b> now: {name} handed it over to you."),
    "taking.yours_by": N_("{told} It is due on {day}."),
    "label.taking.cant": N_("I can't"),
    "taking.cant": N_(
        "{name} will know that you can't answer for “{title}”. Until somebody else is named, I go on asking you."
    ),
    "taking.cant_told": N_("{name} can't answer for <b>{title}</b>. Who does?"),
    "taking.yourself": N_("Nobody else can name an owner for “{title}”. /plan has it: choose somebody there."),
    "label.taking.choose": N_("Choose somebody"),
    # Check-ins
    "check_in.heading_own": N_("<b>How do your actions stand?</b> · Group {group}"),
    "check_in.heading_of": N_("<b>How does what {name} answers for stand?</b> · Group {group}"),
    "check_in.brief_own": NN_("How does your action stand? {title}", "How do your {count} actions stand?"),
    "check_in.brief_of": NN_(
        "How does what {name} answers for stand? {title}", "How do the {count} actions of {name} stand?"
    ),
    "check_in.so_far": N_("{count} of {all}"),
    "check_in.in_place": N_("<i>{name} isn't here yet, so I ask you.</i>"),
    "check_in.all": N_("All answered."),
    "check_in.line": "{number}. {title}",
    "check_in.line_day": N_("{number}. {title} (by {day})"),
    "check_in.ticked": N_("✓ {number}. {title}: {status}"),
    "check_in.one": N_("<b>{title}</b>\nHow does it stand?"),
    "check_in.one_day": N_("<b>{title}</b> (by {day})\nHow does it stand?"),
}
