"""Every sentence the bot says, by key: English source text for the catalogues.

`{name}` stands for a parameter. Sentences may hold Telegram's HTML (<b>, <i>); parameters are escaped when they
are put in. A pair of sentences is one for a `count` of one and one for more.
"""

from handlers.texts import (
    common,
    exercises,
    export,
    groups,
    importing,
    joining,
    new_workshop,
    people,
    plan,
    room,
    sheet,
)

TEXTS: dict[str, str | tuple[str, str]] = {
    **common.TEXTS,
    **new_workshop.TEXTS,
    **joining.TEXTS,
    **people.TEXTS,
    **groups.TEXTS,
    **exercises.TEXTS,
    **sheet.TEXTS,
    **room.TEXTS,
    **plan.TEXTS,
    **export.TEXTS,
    **importing.TEXTS,
}
