"""What organisers read: claiming the bot, opening a workshop, the ways into it, closing it."""

from bot.core.marking import N_

TEXTS: dict[str, str | tuple[str, str]] = {
    # The first organiser
    "claim.ask": N_("Send the claim code. It was printed where the bot was started."),
    "claim.done": N_("You are the organiser now. /new opens a workshop."),
    "claim.wrong": N_("That is not the claim code. Each start of the bot prints a new one; only the newest counts."),
    "claim.taken": N_("There is an organiser already. Ask them to open the workshop and to make you a co-facilitator."),
    "claim.yours": N_("You are an organiser already. /new opens a workshop."),
    # Opening a workshop
    "new.heading": N_("<b>New workshop</b> · {at} of {of}"),
    "new.programme": N_("Which programme?"),
    "new.title": N_("What is it called? People see this when they join. Tap the programme's title, or write another."),
    "new.title_letters": N_("A title needs words. Write one, such as the topic and the place."),
    "new.first_on": N_("Which day does it begin? Tap one, or write a date, such as {example}."),
    "new.day_near": N_("Which of these days?"),
    "new.day_check": N_("It begins on {day}."),
    "new.day_past": N_("{day} has passed. Keep it as the first day?"),
    "new.keep_day": N_("Keep it"),
    "new.no_day": N_("I can't read a date in that. Write it like this: {example}."),
    "new.day_range": N_("{day} is too far off. The first day can be up to a year ago or three years ahead."),
    "new.country": N_("Which country is it in? Write its name. Public holidays and weekends follow from it."),
    "new.country_near": N_("Which one? Tap it, or write the name again."),
    "new.no_country": N_("I know no country by that name. Write it in another way, or its two letters, such as KE."),
    "new.zone": N_("Which city's time does it follow? Tap one, or write another."),
    "new.zone_write": N_("Which city's time does it follow? Write a large city, or a zone such as Africa/Nairobi."),
    "new.zone_check": N_("It follows the time of {city}, where it is {time} now."),
    "new.other_zone": N_("Another time zone"),
    "new.no_zone": N_(
        "I don't know that place. Write a large city in the same time zone, or a name such as Africa/Nairobi."
    ),
    "new.summary_title": "<b>{title}</b>",
    "new.summary_programme": "{programme}",
    "new.summary_day": N_("Begins {day}"),
    "new.summary_place": N_("{country} · time of {city}, {time} now"),
    "new.holiday": N_("The first day is a public holiday there: {name}."),
    "new.weekend": N_("The first day is on a weekend there."),
    "new.confirm": N_("Open it? Nobody is told yet: you get a link to pass on."),
    "new.open": N_("Open it"),
    "new.change_something": N_("Change…"),
    "new.change": N_("What do you want to change?"),
    "new.change.programme": N_("Programme"),
    "new.change.title": N_("Title"),
    "new.change.first_on": N_("First day"),
    "new.change.country": N_("Country"),
    "new.change.zone": N_("Time zone"),
    # The ways in
    "invite.opened": N_(
        "<b>{title}</b> is open. People join by sending me the code <code>{code}</code>, or by this link:\n"
        "{link}\n\n/room is your board, /people shows who is here."
    ),
    "invite.again": N_(
        "<b>{title}</b>\nPeople join by sending me the code <code>{code}</code>, or by this link:\n{link}"
    ),
    "invite.qr": N_("For the slide: scan it to join {title}, or send the code {code}."),
    "invite.copy": N_("Copy the link"),
    "invite.facilitators": N_("For one co-facilitator of {title}. It works once, for whoever opens it first:\n{link}"),
    "invite.facilitators_new": N_(
        "A new link for one co-facilitator of {title}. It works once; the one before it no longer does:\n{link}"
    ),
    "invite.link_used": N_("The co-facilitator link of {title} has been used. A new one works once, too."),
    "invite.new_link": N_("New link"),
    "invite.closed": N_("{title} is closed, and its links don't work. /reopen opens it again."),
    # Closing
    "close.ask": N_(
        "Close {title}? Until you open it again, nobody can join and no exercise can be opened. Nothing is lost."
    ),
    "close.yes": N_("Close it"),
    "close.done": N_("{title} is closed."),
    "close.already": N_("{title} is closed already. /reopen opens it again."),
    "close.reopen": N_("Open it again"),
    "close.reopened": N_("{title} is open again. The link and the code {code} work as before; /invite shows them."),
    "close.not_closed": N_("{title} is open. /close closes it."),
}
