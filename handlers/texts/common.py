"""What several conversations say."""

from bot.core.marking import N_

TEXTS: dict[str, str | tuple[str, str]] = {
    "plain": "{text}",
    # Labels: a verb or a name, at most 24 characters
    "label.back": N_("Back"),
    "label.skip": N_("Skip"),
    "label.help": N_("Help"),
    "label.cancel": N_("Cancel"),
    "label.close": N_("Close"),
    "label.earlier": N_("Earlier"),
    "label.more": N_("More"),
    "label.right": N_("That's right"),
    "label.change": N_("Change"),
    "label.language": N_("Language"),
    "page": N_("Page {page} of {pages}"),
    "name_at": "{name} · {organisation}",
    # Who may do what
    "access.not_member": N_("You are not in that workshop. Ask its facilitator for the link or the code."),
    "access.contact": N_("That is for people in the workshop. /plan shows what you take part in."),
    "access.no_workshop": N_("You are not in a workshop yet. Open the link you were given, or send /join."),
    "access.facilitators_only": N_("Only facilitators can do that. Ask one in the room."),
    "access.organiser_only": N_("Only {name}, who leads the workshop, can do that."),
    "access.organisers_only": N_("Only organisers can open a workshop. If you have a claim code, send it here."),
    "tap.old": N_("That button is from an earlier screen. The newest one is below."),
    "tap.nothing": N_("Nothing to change there."),
    # Input that can't be used
    "input.empty": N_("There was nothing to read in that message. Write it in words and send it."),
    "input.too_long": N_("That's {length} characters, and {longest} fit. Send it shorter."),
    "input.number": N_("Send a whole number from {minimum} to {maximum}."),
    "input.choose": N_("Tap one of the buttons, or type its words or its number."),
    "input.nothing_asked": N_("Nothing to write here. The buttons show what comes next."),
    "input.already_there": N_("That is on the sheet already."),
    "input.too_many": N_("At most {most} here. Tap a chosen one again to take it off."),
    "input.words_only": N_("I can only read words. Write it as a message and send it."),
    "input.edited": N_(
        "I don't read edited messages. Send it again as a new one, or tap [Change an entry] on the sheet."
    ),
    "input.forwarded": N_("That was forwarded. If you mean it as your answer, write it yourself and send it."),
    "input.failed": N_(
        "Something went wrong with that message on my side. What you gave before is kept. Please send it again."
    ),
    "cancel.nothing": N_("There is nothing to cancel."),
    "cancel.done": N_("Cancelled. What you gave before is kept."),
    # Help and the unknown
    "help.stranger": N_(
        "I guide workshops. To join one, open the link you were given or send /join and the code.\n"
        "/language changes the language."
    ),
    "help.participant": N_(
        "<b>{title}</b>\n"
        "When a sheet is open, what you write goes on it.\n"
        "/sheet: what your group works on\n"
        "/group: who is in it\n"
        "/exercises: what there is to do\n"
        "/assess: what you rate alone\n"
        "/agenda: when, and where; /cards: concepts in short\n"
        "/park: ask what is to be answered today\n"
        "/plan: your group's action plan\n"
        "/export: a plan as a file\n"
        "/upcoming: what I will remind you of; /mute, and I don't\n"
        "/language, /zone, /name, /privacy, /leave"
    ),
    "help.facilitator": N_(
        "<b>{title}</b>\n"
        "/room: the board, and exercises to open\n"
        "/groups: form groups\n"
        "/people: who is here\n"
        "/plan: the groups' action plans\n"
        "/export, /import: plans as files\n"
        "/broadcast: write to people, now or later\n"
        "/parking: what is to be answered today\n"
        "/plenary: daily close, reports, polls, votes\n"
        "/chats: group chats that show a sheet\n"
        "/invite: the link and the code\n"
        "/agenda: when and where, and to change it\n"
        "/reminders: what people are reminded of\n"
        "/statements: what the assessment asks\n"
        "/language, /upcoming, /mute, /privacy"
    ),
    "help.id": N_("Your Telegram id is <code>{id}</code>."),
    "unknown.stranger": N_("I don't understand that. To join a workshop, open its link or send /join and the code."),
    "unknown.participant": N_(
        "There is nothing to answer now. /exercises shows what there is to do, /help what I can do."
    ),
    "unknown.facilitator": N_("There is nothing to answer now. /room shows the groups, /broadcast writes to them."),
    "unknown.command": N_("I don't know {command}. /help lists what I can do."),
    # Behind Telegram's menu button
    "menu.sheet": N_("What my group works on"),
    "menu.group": N_("Who is in my group"),
    "menu.exercises": N_("What there is to do"),
    "menu.statements": N_("What the assessment asks"),
    "menu.assess": N_("What I rate alone"),
    "menu.plan": N_("The action plan"),
    "menu.export": N_("The action plan as a file"),
    "menu.agenda": N_("When, and where"),
    "menu.park": N_("Ask what is to be answered today"),
    "menu.parking": N_("What is to be answered today"),
    "menu.plenary": N_("Daily close, reports, votes"),
    "menu.cards": N_("Concept cards, to look things up"),
    "menu.upcoming": N_("What I will be reminded of"),
    "menu.mute": N_("No reminders for a while"),
    "menu.zone": N_("My country and time zone"),
    "menu.reminders": N_("What people are reminded of"),
    "menu.workshop": N_("Go to another workshop"),
    "menu.name": N_("Change my name"),
    "menu.language": N_("Change the language"),
    "menu.privacy": N_("Who sees what, and for how long"),
    "menu.help": N_("What I can do"),
    "menu.leave": N_("Leave the workshop"),
    "menu.room": N_("The board: every group at a glance"),
    "menu.groups": N_("Form groups, read them out"),
    "menu.people": N_("Who is here"),
    "menu.broadcast": N_("Write to people, now or later"),
    "menu.invite": N_("The link, the code, the QR picture"),
    # Language
    "language.ask": N_("Which language shall I write in?"),
    "language.set": N_("From now on I write in English."),
}
