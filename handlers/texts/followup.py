"""What comes unasked: reminders and their answers."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # Several things in one message
    "followup.several": NN_("{count} thing for you:", "{count} things for you:"),
    "followup.line": "{number}. {text}",
    "followup.settled": "{number}. ✓ {text}",
    "followup.number": "{number}",
    "followup.tap": N_("Tap a number to answer."),
    "followup.late": N_("<i>This was meant for {at}: I was away.</i>"),
    "followup.over": N_("This is settled: there is nothing to answer any more."),
    "followup.answered": N_("✓ {title}: {status}"),
    "label.followup.list": N_("Back to the list"),
    # How does an action stand?
    "remind.before": NN_("In {count} day: <b>{title}</b> ({day})", "In {count} days: <b>{title}</b> ({day})"),
    "remind.today": N_("Due today: <b>{title}</b>"),
    "remind.after": NN_("Due {count} day ago: <b>{title}</b> ({day})", "Due {count} days ago: <b>{title}</b> ({day})"),
}
