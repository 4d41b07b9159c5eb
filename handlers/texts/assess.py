"""The assessment: what is asked about statements, alone and in groups, and what came of it."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # Alone
    "sees.own": N_(
        "Only you see what you give: no facilitator does, and no group. When your group rates them again, you begin "
        "from this, and others see counts from {least} answers on."
    ),
    "sees.own_for": N_("You see it because you write it down for {name}. Nobody else does."),
    "assess.none": N_("Nothing is assessed in this workshop."),
    "assess.participants_only": N_(
        "Participants rate the statements, each alone. /open puts them in front of everybody, /statements shows them."
    ),
    "assess.opened": NN_(
        "{id} is open for one person: they rate alone, and you see how many are done.",
        "{id} is open for {count} people: each rates alone, and you see how many are done.",
    ),
    "assess.left": NN_(
        "One is still open. Go on rating, or tap [Skip] to end here.",
        "{count} are still open. Go on rating, or tap [Skip] to end here.",
    ),
    "assess.how_many": N_("{id}: {begun} of {of} have begun, {done} have finished."),
    "assess.not_begun": N_("{id} {title}: for you alone, about {minutes} minutes"),
    "assess.listed": N_("{id} {title}: {done} of {of} rated"),
    "assess.listed_done": N_("{id} {title}: finished"),
    "assess.finished": N_("<b>{id} {title}</b> · finished"),
    "assess.closing": N_("{id} {title}: finished"),
    "assess.newer": N_("Other statements were brought since. What you gave stays with those that you rated."),
    "assess.keys": N_(
        "Tap a number or type it. Stop whenever you like: what you gave is kept, and /assess brings you back to it."
    ),
    "label.assess.finish": N_("Finish"),
    "label.assess.change": N_("Change something"),
    "label.assess.newest": N_("Rate the new statements"),
    # About a number
    "assess.how_sure": N_("How sure are you?"),
    "assess.basis": N_("You may also write what you base it on; only you see it."),
    "assess.basis_group": N_("You may also write the reason, or the evidence; it goes on the card."),
    "assess.noted": N_("Noted: “{text}”"),
    "assess.sure.low": N_("Hardly sure"),
    "assess.sure.medium": N_("Fairly sure"),
    "assess.sure.high": N_("Very sure"),
    # In the group
    "assess.topics": N_("About: {topics}"),
    "assess.before": N_("You gave before:"),
    "label.assess.keep": N_("These still hold"),
    "label.assess.look": N_("Go through them"),
    "assess.too_few": N_("Fewer than {least} of you have rated, so nothing is shown: it would give somebody away."),
    "assess.too_few_of_it": N_("Too few have rated this one for a count."),
    "assess.statement": "<b>{number}. {text}</b>",
    "assess.spread": "{dots}",
    "assess.spread_unsure": N_("{dots}   don't know {unsure}"),
    "assess.agreed": N_("You agreed on: {text}"),
    "assess.not_agreed": N_("not agreed"),
    "label.assess.apart": N_("We can't agree"),
    "assess.reason": N_("What is the reason, or the evidence? A sentence or two, for the card."),
    "assess.minority": N_("What do those say who see it otherwise? Their reason stays on the card."),
    "assess.recalled": "{score} · {text}",
    # In files
    "assess.column.statement": N_("Statement"),
    "assess.column.views": N_("Views"),
    "assess.column.settled": N_("Agreed"),
    "assess.column.stands_out": N_("Stands out"),
    "assess.column.why": N_("Reason"),
    # What came of it
    "assess.settled": N_("Agreed: {text}"),
    "assess.settled_sure": N_("Agreed: {text} · {sure}"),
    "assess.apart_settled": N_("Not agreed on"),
    "assess.why": N_("“{text}”"),
    "assess.flags": "▸ <b>{flags}</b>",
    "assess.flag.apart": N_("we disagree"),
    "assess.flag.unknown": N_("we don't know"),
    "assess.flag.gap": N_("a clear gap"),
    "assess.gave": "{score} · {text}",
    "assess.gave_sure": N_("{score} · {text} ({sure})"),
}
