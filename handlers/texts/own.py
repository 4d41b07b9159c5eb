"""What somebody settles for themselves: reminders or none, what will come and when, their own time zone."""

from bot.core.marking import N_

TEXTS: dict[str, str | tuple[str, str]] = {
    # No reminders for a while, or none
    "mute.on": N_(
        "<b>Reminders: on</b>\n"
        "/upcoming shows what will come.\n\n"
        "Muted for a week, what is due is kept and comes in one message on {at}. Never reminded, you get only what you "
        "ask for."
    ),
    "mute.nobody_told": N_("Nobody is told. Whoever answers for an action sees if it goes unanswered."),
    "mute.until": N_(
        "<b>Reminders: muted</b> until {at}\nWhat is due until then is kept, and comes in one message. What you ask "
        "for, you get as ever."
    ),
    "mute.never": N_("<b>Reminders: off</b>\nI write nothing of my own accord. What you ask for, you get as ever."),
    "mute.who_knows": N_("Nobody was told. Whoever answers for an action sees if it goes unanswered."),
    "label.mute.week": N_("Mute a week"),
    "label.mute.never": N_("Never remind me"),
    "label.mute.again": N_("Remind me again"),
    # What will come
    "upcoming.heading": N_("<b>What I will write to you</b>"),
    "upcoming.session": N_("Next session: {title}, {at}"),
    "upcoming.nothing": N_("Nothing else is planned for you in the next two months."),
    "upcoming.line": "{number}. {at} · {text}",
    "upcoming.day": "<b>{at}</b>",
    "upcoming.of_day": "{number}. {text}",
    "upcoming.tap_number": N_("Tap a number to move it or to cancel it."),
    "upcoming.tap": N_("Tap a number, or one of the buttons."),
    "upcoming.one": "<b>{text}</b>\n{at}",
    "upcoming.when": N_("When shall it come?"),
    "upcoming.ask_day": N_("On which day? Write it as you would say it: “30 March”, “in 2 weeks”."),
    "upcoming.no_day": N_("I can't read a day in that. Write it like {example}."),
    "upcoming.day_range": N_("That day is over, or too far off. Send one within the next year."),
    "upcoming.which_day": N_("Is that {one}, or {other}? Write the month as a word."),
    "upcoming.no_use": N_("It is of no use any more on {day}. Choose an earlier day, or cancel it."),
    "upcoming.never": N_("You wished for no reminders, so none come."),
    "upcoming.muted": N_("You muted me until {at}: what is due before then comes then."),
    "upcoming.is_cancelled": N_("You have cancelled that. /upcoming shows what will come."),
    "upcoming.passed": N_("Its time has passed meanwhile, so it doesn't come again."),
    "upcoming.not_planned": N_("The plan has changed meanwhile, and that isn't due any more. /upcoming shows what is."),
    "upcoming.cancelled": N_("Cancelled: it won't come."),
    "upcoming.came": N_("That has come already, or something newer has come in its place."),
    "label.upcoming.day": N_("Other day…"),
    "label.upcoming.undo": N_("Undo"),
    "label.upcoming.cancel": N_("Don't send it"),
    "upcoming.due": N_("How does it stand: {title}"),
    "upcoming.decide": N_("What shall become of: {title}"),
    "upcoming.milestone": N_("Milestone {item}: {title}"),
    "upcoming.check_in": N_("Check-in on what you answer for (Group {group})"),
    "upcoming.review": N_("Is the plan of Group {group} still right?"),
    "upcoming.digest": N_("Your week (Group {group})"),
    "upcoming.nudge": N_("Tell {item}: {title}"),
    "upcoming.untold": N_("{item} weren't told: {title}"),
    "upcoming.measure": N_("How much is it now: {item}"),
    "upcoming.escalate": N_("Is it still stuck: {title}"),
    "upcoming.instead_of": N_("{text} (in place of {name})"),
    "upcoming.erasure": N_("What will be deleted soon"),
    # One's own place
    "place.now": N_("You are taken to be in {country}, at the time of {city}."),
    "place.why": N_("That says at which hours and on which days I write to you, and in which times I speak."),
    "place.ask": N_("In which country are you? Write its name, or a large city with your time."),
    "place.city": N_("Which city has your time? Tap one, or write another."),
    "place.set": N_("{country}, time of {city}: it is {now} there. I keep to its working days and holidays."),
    "place.same": N_("The country and the time of the workshop count for you again."),
    "label.place.same": N_("As the workshop"),
}
