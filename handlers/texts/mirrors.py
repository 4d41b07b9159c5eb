"""Group chats: what stands there, and what facilitators are told of them."""

from bot.core.marking import N_

TEXTS: dict[str, str | tuple[str, str]] = {
    # In the chat
    "mirror.greeting": N_(
        "I guide workshops. Once a facilitator has tied this chat to a group, its sheet stands here. For that, somebody"
        " in the workshop sends /tie. I read commands and replies to me, and nothing else."
    ),
    "mirror.asked": N_("I have asked a facilitator to which group this chat belongs."),
    "mirror.who": N_("For that I have to know the workshop. Somebody who is in it sends /tie."),
    "mirror.no_groups_there": N_("Groups aren't formed yet. Send /tie again then."),
    "mirror.tied": N_(
        "This chat shows the sheet of Group {group}, {workshop}. What is personal or anonymous stays between each of"
        " you and me."
    ),
    "mirror.untied": N_("This chat isn't tied to a group any more. In your own chat with me everything goes on."),
    "mirror.stranger": N_(
        "Only people of Group {group} can answer here. To join the workshop, ask its facilitator for the link."
    ),
    "mirror.hidden": N_("I can't see who you are, because you write as the chat. Answer me in your own chat."),
    "mirror.hidden_asks": N_("I can't see who you are, because you write as the chat. Send /tie under your own name."),
    "mirror.not_in": N_("Only people of the workshop can do that."),
    "mirror.until": N_("Until {at}"),
    "mirror.alone": N_("Each of you answers this in their own chat with me, not here."),
    "mirror.tap": N_("Tap a button."),
    "mirror.reply": N_("Reply to this message to answer."),
    "mirror.reply_one": N_("Reply to this message to add one."),
    "mirror.reply_row": N_("Reply to this message to add one: {column}. I ask for the rest in your own chat."),
    "mirror.closed": N_("It is closed for now."),
    "mirror.more": N_("The rest is in your own chat with me: /exercises."),
    "label.own_chat": N_("My own chat"),
    # To somebody who replied there, in their own chat
    "mirror.not_yours": N_("In that chat people of Group {group} answer, and you aren't in it."),
    "mirror.write_to_me": N_("That step isn't answered in front of everybody. Write your answer here instead."),
    # To facilitators
    "mirror.ask": N_("{name} asks to tie the chat “{chat}” to a group of {workshop}. To which?"),
    "mirror.is_tied": N_("“{chat}” shows the sheet of Group {group} now."),
    "mirror.not_tied": N_("“{chat}” isn't tied."),
    "mirror.list": N_(
        "Group chats: tap a group to bring me into its chat, or send /tie there. Then its sheet stands there, too."
    ),
    "mirror.tied_line": N_("Group {group}: “{chat}”"),
    "mirror.paused": N_("Group {group}: “{chat}”, where I can't write right now"),
    "mirror.no_groups": N_("Form groups first: a chat is tied to one of them."),
    "mirror.lost": N_(
        "The chat “{chat}” of Group {group} is gone for me. Its people go on in their own chats; /chats ties another"
        " one."
    ),
    "mirror.silenced": N_("In “{chat}”, the chat of Group {group}, I may not write any more. Ask its admins."),
    "mirror.topic_closed": N_(
        "The topic of Group {group} in “{chat}” was closed. Opened again, it shows how things stand."
    ),
    "mirror.topic_gone": N_("The topic of Group {group} in “{chat}” was deleted. /chats ties another one."),
    "label.chats": N_("Group chats"),
    "label.chat_for": N_("Group {number}"),
    "label.untie": N_("Untie Group {number}"),
    "label.dont_tie": N_("To none"),
    "menu.chats": N_("Group chats that show a sheet"),
}
