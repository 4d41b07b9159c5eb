"""What comes unasked: reminders and their answers."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # Several things in one message
    "followup.several": NN_("{count} thing for you:", "{count} things for you:"),
    "followup.line": "{number}. {text}",
    "followup.settled": "{number}. ✓ {text}",
    "followup.put_off": N_("{number}. {text} – later"),
    "followup.number": "{number}",
    "followup.tap": N_("Tap a number to answer."),
    "followup.late": N_("<i>This was meant for {at}: I was away.</i>"),
    "followup.late_several": N_("<i>Some of this was meant for {at} and later: I was away.</i>"),
    "followup.over": N_("This is settled: there is nothing to answer any more."),
    "followup.answered": N_("✓ {title}: {status}"),
    "label.followup.list": N_("Back to the list"),
    # How does an action stand?
    "remind.before": NN_("In {count} day: <b>{title}</b> ({day})", "In {count} days: <b>{title}</b> ({day})"),
    "remind.today": N_("Due today: <b>{title}</b>"),
    "remind.after": NN_("Due {count} day ago: <b>{title}</b> ({day})", "Due {count} days ago: <b>{title}</b> ({day})"),
    "followup.later": N_("“{title}”: I ask again on {at}."),
    "label.later": N_("Not now…"),
    "label.later.tomorrow": N_("Tomorrow"),
    "label.later.monday": N_("Monday"),
    "label.later.week": N_("Next week"),
    "remind.in_place": N_("{name} can't be asked here yet. How does it stand?"),
    "remind.decide": N_("Nothing has helped so far. What shall become of it?"),
    "remind.drop_ask": N_("It leaves the plan then. It can be put back there."),
    "remind.kept_on": N_("“{title}” stays in the plan. I ask you again on {at}."),
    "remind.new_day": N_("“{title}” is due on {day} now."),
    "remind.said.date": N_("“{title}”: the new day is asked for below."),
    "remind.said.else": N_("“{title}”: who does it is asked for below."),
    "remind.said.wish_date": N_("“{title}”: your wish for another day has been passed on."),
    "remind.said.wish_person": N_("“{title}”: your wish for somebody else has been passed on."),
    "remind.said.keep": N_("“{title}” stays in the plan."),
    "remind.said.drop_yes": N_("“{title}” has left the plan."),
    "label.remind.date": N_("New date…"),
    "label.remind.else": N_("Someone else…"),
    "label.remind.drop": N_("Drop it…"),
    "label.remind.drop_yes": N_("Drop it"),
    "label.remind.keep": N_("Keep it, ask later"),
    # What has changed since it was asked
    "since.removed": N_("{name} took “{title}” out of the plan on {day}."),
    "since.done": N_("“{title}” is done: {name} said so on {day}."),
    "since.no_day": N_("“{title}” has no day any more: {name} changed that on {day}."),
    "since.new_day": N_("“{title}” is due on {due} now: {name} changed that on {day}."),
    "since.others": N_("“{title}” is done by {names} now: {name} changed that on {day}."),
    # Somebody can't be reached
    "unreached.about": N_(
        "I can't reach {name} any more, and had something for them about {titles}. Please talk to them. I won't tell "
        "you again."
    ),
    "unreached.told": N_("I can't reach {name} any more. Please talk to them. I won't tell you again."),
    # One line about an action
    "line.heading": "<b>{title}</b>",
    "line.at_risk": N_("What could keep it from being done in time? One line, for the plan's group to see."),
    "line.at_risk_seen": N_(
        "What could keep it from being done in time? One line; {name} and the plan's group see it."
    ),
    "line.blocked": N_("What is in the way? One line, for the plan's group to see."),
    "line.blocked_seen": N_("What is in the way? One line; {name} and the plan's group see it."),
    "line.date": N_("Which day would be right, and why? One line."),
    "line.date_seen": N_("Which day would be right, and why? One line; {name} reads it and decides."),
    "line.person": N_("Who could do it instead? One line."),
    "line.person_seen": N_("Who could do it instead? One line; {name} reads it and decides."),
    "line.teller": N_("Who could tell them instead? One line."),
    "line.teller_seen": N_("Who could tell them instead? One line; {name} reads it and decides."),
    "standing.wish_teller": N_("{name} asks that somebody else tells {audience} about <b>{title}</b>: “{line}”"),
    "standing.told_blocked": N_("<b>{title}</b> is blocked. {name}: “{line}”\nWhat is done about it?"),
    "standing.told_blocked_bare": N_("<b>{title}</b> is blocked, says {name}. What is done about it?"),
    "standing.told_at_risk": N_("<b>{title}</b> is at risk. {name}: “{line}”\nWhat is done about it?"),
    "standing.told_at_risk_bare": N_("<b>{title}</b> is at risk, says {name}. What is done about it?"),
    "standing.corrected": N_("About “{title}”, {name}: “{line}”"),
    "standing.wish_date": N_("{name} asks for another day for <b>{title}</b>: “{line}”"),
    "standing.wish_person": N_("{name} asks for somebody else to do <b>{title}</b>: “{line}”"),
    "label.wish.date": N_("New date…"),
    "label.wish.teller": N_("Someone else…"),
    "label.wish.person": N_("Someone else…"),
    # What a measure has come to
    "measure.heading": N_("<b>{title}</b> · measure {at} of {of}"),
    "measure.ask": N_("{measure}: how much is it now?"),
    "measure.ask_in": N_("{measure}: how much is it now ({unit})?"),
    "measure.baseline": N_("At the start: {value}"),
    "measure.target": N_("Aimed for: {value}"),
    "measure.last": N_("Last: {value} ({day})"),
    "measure.no_number": N_("That has no number in it. Send one, such as 820, or tap [Not known yet]."),
    "label.measure.unknown": N_("Not known yet"),
}
