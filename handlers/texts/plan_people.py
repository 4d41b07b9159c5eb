"""What is said to and about people who are named in a plan and aren't in its workshop."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # What somebody does in an action
    "handover.part.responsible": N_("you do it"),
    "handover.part.owner": N_("you answer for it"),
    "handover.part.supporters": N_("you help"),
    "handover.part.sender": N_("you tell {audience}"),
    "handover.action": N_("• {title}: {parts}"),
    "handover.action_by": N_("• {title}: {parts}, by {day}"),
    "handover.more_actions": NN_("and {count} more", "and {count} more"),
    "handover.quoted": N_("“{title}”"),
    # The message to pass on
    "handover.link": N_(
        "For {name}\n\n"
        "In <b>{title}</b> we are making an action plan, and it names you:\n"
        "{actions}\n\n"
        "Open this link to see more, and to say yes or no. It works for one person.\n"
        "{link}"
    ),
    "handover.link_taken": N_(
        "{name} takes part already, as {person} on Telegram. If that is the wrong person, a new link ends it."
    ),
    "label.handover.link": N_("Link for {name}"),
    "label.handover.open": N_("Open action {number}"),
    "label.handover.wrong": N_("The wrong person?"),
    "label.handover.copy": N_("Copy the link"),
    "label.handover.renew": N_("Make a new link"),
    "handover.renewed_you": N_(
        "You no longer take part in the action plan of {title}. If that was a mistake, ask {name} for the new link."
    ),
    "handover.gone": N_("The plan doesn't name anybody like that any more."),
    # What is asked
    "handover.title": "<b>{title}</b>",
    "handover.closing": N_("{title}: the action plan of Group {group}"),
    "handover.named": N_("{names} named you in the action plan of Group {group}, as “{name}”:"),
    "handover.means": N_("If you take part, I write to you about this and about nothing else. You can stop any time."),
    "handover.sees": N_(
        "The group and the facilitators see your answer and your name on Telegram. The whole workshop sees “{name}” "
        "once the plan is agreed."
    ),
    "handover.is_it_you": N_("You are in this workshop as {name}. Is it you who is meant?"),
    "label.handover.yes": N_("I'll take part"),
    "label.handover.no": N_("Not me"),
    "label.handover.its_me": N_("That's me"),
    # What came of it
    "handover.in": N_("You take part: {actions}. /plan shows it, and /leave ends it."),
    "handover.in_already": N_("You take part, as “{name}”. /plan shows in what, and /leave ends it."),
    "handover.not_in": N_("All right. {names} will know, so that somebody else can be found."),
    "handover.no_already": N_("You said no to that already. The link brings you back."),
    "handover.is_member": N_("The plan names you as {name} now."),
    "handover.not_member": N_("Nothing has changed. The link still works for whoever is meant."),
    "handover.nothing": N_("The plan doesn't name you any more, so there is nothing to answer."),
    "handover.wrong": N_(
        "That link doesn't work, or no longer does: it is for one person, and a newer one ends it. Ask whoever sent it "
        "to you."
    ),
    "handover.wait": NN_(
        "Too many links that don't work. Try again in {count} minute.",
        "Too many links that don't work. Try again in {count} minutes.",
    ),
    # … told to whoever named them
    "handover.told_yes": N_("{name} takes part now: {actions}."),
    "handover.told_yes_as": N_("{name} takes part now: {actions}. Their name on Telegram is {person}."),
    "handover.told_no": N_(
        "{name} won't take part: {actions}. Name somebody else in /plan; until then I ask {reporter}."
    ),
    "handover.told_no_you": N_("{name} won't take part: {actions}. Name somebody else in /plan; until then I ask you."),
    "handover.told_member": N_("“{name}” is {member}, who is in the workshop. The plan names {member} now."),
    # Stopping
    "handover.stop": N_("Stop taking part in the action plan of {title}? Whoever named you will know."),
    "handover.stop_which": N_("In which action plan do you stop taking part? Whoever named you will know."),
    "label.handover.stop": N_("Stop taking part"),
    "label.handover.stop_in": N_("Stop: {title}"),
    "handover.stopped": N_("You no longer take part in the action plan of {title}. The link brings you back."),
    # About themselves
    "handover.name_ask": N_("What shall the plan call you?"),
    "handover.name_done": N_("The plan calls you {name} now."),
    "handover.name_taken": N_("Somebody in the plan is called {name} already. Send another name."),
    "help.contact": N_(
        "<b>{title}</b>\n"
        "/plan: what you take part in\n"
        "/upcoming: what I will remind you of; /mute, and I don't\n"
        "/name: what the plan calls you\n"
        "/language, /zone, /privacy\n"
        "/leave: stop taking part"
    ),
    "unknown.contact": N_("There is nothing to answer now. /plan shows what you take part in, /help what I can do."),
    "privacy.contact": N_(
        "<b>{title}</b>, the action plan of Group {group}\n"
        "The group and the facilitators see whether you take part, and your name on Telegram. The whole workshop sees "
        "“{name}” once the plan is agreed.\n"
        "What you write to reminders: the group, the facilitators, and those who take part in the action. How it "
        "stands: all who see the plan.\n"
        "Kept until {until}. {organiser} leads the workshop and answers for it. /mute ends reminders, /leave your part."
    ),
    # The phone's own contacts
    "picker.ask": N_("Choose below. Whoever uses this bot is asked at once; for anybody else you get a link."),
    "label.picker.choose": N_("Choose a contact"),
    "label.picker.close": N_("Don't choose"),
    "picker.noted": N_("{name}: noted."),
    "picker.asked_you": N_("{name} uses this bot, and I asked them. Until they agree, I ask you instead."),
    "picker.asked": N_("{name} uses this bot, and I asked them. Until they agree, I ask {reporter} instead."),
    "picker.closed": N_("No contact chosen."),
    "picker.not_asked": N_("I wasn't asking for anybody just now. Open the question in /plan first, then choose."),
    "picker.cant": N_("Your app doesn't show contacts here. Send the name instead."),
}
