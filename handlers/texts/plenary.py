"""The plenary: the daily close, reports to the room, votes."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    "stage.heading": N_("<b>Plenary</b> · {title}"),
    "stage.nothing": N_("Nothing is on in the plenary right now."),
    # The daily close
    "wrap.invites": NN_(
        "<b>Before you go</b>\n{count} question, a minute.", "<b>Before you go</b>\n{count} questions, a minute."
    ),
    "wrap.nobody_sees": N_("No names: nobody can see who wrote what, facilitators neither."),
    "wrap.at": N_("<b>Daily close</b> · {at} of {of}"),
    "wrap.prompt": "{text}",
    "wrap.promise": N_(
        "Nobody can see whose answer is whose, facilitators neither. So none can be changed afterwards."
    ),
    "wrap.thanks": N_("Thank you. That was all."),
    "wrap.over": N_("The daily close is over: no more answers are taken."),
    "wrap.once": N_("You answered that already. Nobody can tell which answer is yours, so it can't be changed."),
    "wrap.needed": N_("That one can't be skipped. Tap an answer."),
    "wrap.none": N_("This programme has no daily close."),
    "wrap.opened": N_("Today's close was opened already."),
    "wrap.participants": N_("The daily close asks participants. You see what they answer."),
    "wrap.of_day": N_("<b>Close of Day {day}</b>"),
    "wrap.of_date": N_("<b>Daily close</b> · {date}"),
    "wrap.answered": N_("{answered} of {of} with a phone have answered."),
    "wrap.question": "<b>{title}</b>",
    "wrap.count": "{name}: {count}",
    "wrap.text": "• {text}",
    "wrap.waits": N_("Answers are shown {least} at a time, so that nobody is recognised. More to come: {titles}."),
    "wrap.too_few": N_("Not shown, since fewer than {least} answered: {titles}."),
    "wrap.parked": NN_("<b>In the parking lot: {count} open</b>", "<b>In the parking lot: {count} open</b>"),
    "label.wrap.begin": N_("Begin"),
    "label.wrap.open": N_("Open the daily close"),
    "label.wrap.end": N_("End the close"),
    "label.wrap.result": N_("What the close says"),
}
