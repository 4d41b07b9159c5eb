"""Group chats that show a working group's sheet, for those who want them: the private chats go on without.

`tying` ties a chat to a group, `view` says what stands there, `incoming` takes what comes from there, `ending` says
what becomes of it when the chat goes. What is never sent there, says `bot.core.mirror`.
"""
