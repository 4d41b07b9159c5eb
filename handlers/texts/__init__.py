"""Every sentence the bot says, by key: English source text for the catalogues.

`{name}` stands for a parameter. Sentences may hold Telegram's HTML (<b>, <i>); parameters are escaped when they
are put in. A pair of sentences is one for a `count` of one and one for more.
"""

from handlers.texts import (
    agenda,
    broadcasts,
    common,
    due,
    exercises,
    export,
    followup,
    groups,
    importing,
    joining,
    mirrors,
    new_workshop,
    own,
    owners,
    people,
    plan,
    plan_lists,
    plan_people,
    plan_steps,
    room,
    sheet,
    telling,
)

TEXTS: dict[str, str | tuple[str, str]] = {
    **agenda.TEXTS,
    **broadcasts.TEXTS,
    **common.TEXTS,
    **due.TEXTS,
    **exercises.TEXTS,
    **followup.TEXTS,
    **groups.TEXTS,
    **joining.TEXTS,
    **mirrors.TEXTS,
    **new_workshop.TEXTS,
    **own.TEXTS,
    **owners.TEXTS,
    **people.TEXTS,
    **plan.TEXTS,
    **plan_steps.TEXTS,
    **plan_people.TEXTS,
    **plan_lists.TEXTS,
    **room.TEXTS,
    **sheet.TEXTS,
    **telling.TEXTS,
    **plan.TEXTS,
    **export.TEXTS,
    **importing.TEXTS,
}
