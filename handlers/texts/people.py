"""What facilitators read about people, and people about what facilitators did for them."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # The list
    "people.heading": NN_("<b>{title}</b> · {count} person", "<b>{title}</b> · {count} people"),
    "people.line": "{number} {name}",
    "people.line_marked": "{number} {name} ({marks})",
    "people.mark.left": N_("left"),
    "people.mark.removed": N_("taken off"),
    "people.mark.organiser": N_("organiser"),
    "people.mark.facilitator": N_("facilitator"),
    "people.mark.no_phone": N_("no phone"),
    "people.away.blocked": N_("can't be reached: blocked the bot"),
    "people.away.deactivated": N_("can't be reached: account is gone"),
    "people.away.not_started": N_("can't be reached: never started the bot"),
    "people.away.chat_not_found": N_("can't be reached: never started the bot"),
    "people.away.other": N_("can't be reached"),
    "people.enter": N_("Add someone"),
    # A card
    "people.card": "<b>{number} {name}</b>",
    "people.marks": "{marks}",
    "people.group": N_("Group {number} · {title}"),
    "people.you_answer": N_("You answer for them: their group's sheet is in front of you."),
    "people.do.rename": N_("Rename"),
    "people.do.move": N_("Move"),
    "people.do.remove": N_("Remove"),
    "people.do.restore": N_("Take back in"),
    "label.answer_for": N_("Answer for {name}"),
    "label.answer_in": N_("Answer in {id}"),
    "people.do.answer_for": N_("Answer for them"),
    "people.do.stop_answering": N_("Stop answering"),
    "people.do.hand_over": N_("Hand over"),
    "people.enter_another": N_("Add another"),
    "people.organiser_only": N_("Only {name}, who leads the workshop, can do that with a facilitator."),
    # Entering, renaming
    "people.enter_name": N_("Someone without a phone: what is their name?"),
    "people.enter_organisation": N_("Where does {name} work?"),
    "people.rename": N_("What shall {name} be called?"),
    # Removing
    "people.remove": N_(
        "Take {name} off the list? What they wrote stays. They can't come back by the link; you can undo it here."
    ),
    "people.remove_no_phone": N_("Take {name} off the list? What they wrote stays; you can undo it here."),
    "people.remove_yes": N_("Remove"),
    "people.removed": N_("{name} is off the list."),
    "people.undo": N_("Undo"),
    "people.removed_you": N_("A facilitator took you off the list of {title}. Ask them if that was a mistake."),
    "people.restored_you": N_("You are back in {title}, number {number}."),
    "people.not_removed": N_("{name} is on the list."),
    "people.not_in": N_("{name} is not in the workshop any more."),
    "people.keep_organiser": N_("{name} leads the workshop and can't be taken off before handing it over."),
    "people.not_yourself": N_("To go yourself, send /leave."),
    # Moving
    "people.move": N_("Where shall {name} go?"),
    "people.to_group": N_("Group {number}"),
    "people.to_group_of": N_("Group {number} of {groups}"),
    "people.moved": N_("{name} is in Group {number} now and has been told."),
    "people.moved_no_phone": N_("{name} is in Group {number} now. Please tell them."),
    "people.no_groups": N_("Groups aren't formed yet. /groups does that."),
    "people.leads_no_group": N_("{name} leads the workshop and works in no group."),
    # Handing over
    "people.hand_over": N_(
        "Hand {title} over to {name}? They can then close it and hand it on; you stay as a facilitator."
    ),
    "people.hand_over_yes": N_("Hand over"),
    "people.handed_over": N_("{name} leads {title} now. You are still a facilitator."),
    "people.yours_now": N_("{name} handed {title} over to you. You can /close it, and hand it on in /people."),
    "people.heir_leads": N_("{name} has to be a co-facilitator first: give them the link from /invite."),
    # Answering for someone
    "people.answering": N_("You answer for {name} now: what you write on the sheet counts as theirs."),
    "people.stop": N_("Stop answering"),
    "people.stopped": N_("You no longer answer for {name}."),
    "people.has_phone": N_("{name} has a phone, and answers on it."),
    "people.nothing_open": N_("Nothing is open for {name} yet. Try again when their group has an exercise."),
}
