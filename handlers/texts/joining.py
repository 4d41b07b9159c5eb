"""What people read at a workshop's door, when they leave, and about themselves."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # Without a link
    "start.stranger": N_(
        "I guide workshops. To join one, open the link you were given, or send me its six-character code."
    ),
    "start.unclaimed": N_(
        "I guide workshops, and nobody organises them here yet. If you started me, send the claim code that was "
        "printed then."
    ),
    "start.organiser": N_("You can open a workshop: /new. To join one, open its link or send me its code."),
    "join.ask_code": N_("Which code is on the slide? It has six letters and digits."),
    "join.malformed": N_(
        "A code has six letters and digits, without I, L, O, 0 and 1. Send it as it stands on the slide."
    ),
    "join.wrong": N_("That link or code doesn't work, or no longer does. Ask your facilitator for the current one."),
    "join.wrong_but_in": N_(
        "That link or code doesn't work, or no longer does. You are in {title}; /help shows what you can do there."
    ),
    "join.wait": NN_(
        "Too many codes that don't work. Try again in {count} minute, or open the link.",
        "Too many codes that don't work. Try again in {count} minutes, or open the link.",
    ),
    "join.closed": N_("{title} is closed and takes no more people. Ask whoever leads it."),
    "join.removed": N_("A facilitator took you off the list of {title}. Ask them if that was a mistake."),
    "join.already": N_("You are in {title} already, number {number}."),
    "join.already_now": N_(
        "You are in {title} already, number {number}. It is now the one you work in; /workshop switches back."
    ),
    # At the door
    "welcome.title": "<b>{title}</b>",
    "welcome.where": N_("{where}, {days} · led by {name}"),
    "welcome.back": N_("You were here before, as number {number}."),
    "welcome.who_sees": N_(
        "Your group and the facilitators see what you write in group exercises. Your own ratings stay yours."
    ),
    "welcome.kept": N_("Kept until {until}; /privacy has the rest."),
    "join.as": N_("Join as {name}"),
    "join.other_name": N_("Other name"),
    "join.name": N_("What shall your group call you?"),
    "name.letters": N_("A name needs letters. Write it as the others should see it."),
    "join.organisation": N_("You're in, number {number}. One more thing: where do you work? Your group sees it."),
    "join.organisation_back": N_(
        "Welcome back, number {number}. One more thing: where do you work? Your group sees it."
    ),
    "join.in": N_("You're in, number {number}."),
    "join.back": N_("Welcome back, number {number}."),
    "join.not_yet": N_("It begins on {day}. Nothing to do until then."),
    "join.wait_for_it": N_("Nothing to do until a facilitator opens an exercise. It will come up here."),
    "join.at_work": N_("Your group is at work; its sheet is below."),
    "join.now_here": N_("You work in {title} now. /workshop switches."),
    "join.lead": N_("You lead {title} with {name}, as number {number}. /room shows the groups, /people who is here."),
    "join.lead_told": N_("{name} used your link and leads {title} with you. It won't work again."),
    # Several workshops
    "which.ask": NN_("You are in {count} workshop.", "You are in {count} workshops. Which one is it now?"),
    "which.line": N_("{at}. {title} · {where}, {days}"),
    "which.line_now": N_("{at}. <b>{title}</b> · {where}, {days} (now)"),
    "which.set": N_("You work in {title} now, as number {number}."),
    "which.only": N_("You are in {title}, number {number}."),
    # One's name
    "name.ask": N_("You are {name} here. What shall the others call you?"),
    "name.done": N_("You are {name} in {title} now."),
    # Leaving
    "leave.ask": N_("Leave {title}? What you wrote stays with your group. The link brings you back, with your number."),
    "leave.yes": N_("Leave"),
    "leave.no": N_("Stay"),
    "leave.done": N_("You have left {title}. Its link brings you back, as number {number}."),
    "leave.now": N_("You work in {title} now."),
    "leave.organiser": N_(
        "You lead {title}, so hand it over first: open a facilitator's card in /people and tap [Hand over]."
    ),
    # Who sees what
    "privacy.stranger": N_(
        "I keep your name and your language, to answer you. Before you join a workshop, its first screen says who "
        "sees what you write, and how long it is kept."
    ),
    "privacy.member": N_(
        "<b>{title}</b>\n"
        "Your name and where you work: your group and the facilitators.\n"
        "What you write in a group exercise: your group and the facilitators; the room, where the sheet says so.\n"
        "Your own ratings: only you.\n"
        "Anonymous steps: nobody learns who wrote what.\n"
        "What you write to reminders of the plan: your group, the facilitators, and those who take part in the action. "
        "How an action stands: all who see the plan. /mute ends reminders.\n"
        "Kept until {until}. {name} leads the workshop and answers for it."
    ),
}
