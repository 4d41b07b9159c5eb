"""What of a plan goes into a calendar: due days, milestones, and who is to be told when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.cadence import LONGEST, PERIODS, days_to_tell
from bot.core.message import Phrase
from bot.core.plan import Action, Communication, Frequency, Party
from bot.exports.table import Calendar, Entry
from handlers.days import dates
from handlers.files.names import names
from handlers.files.table import title_of
from handlers.plan.desk import PlanDesk
from handlers.render import Renderer


def calendar(renderer: Renderer, desks: Sequence[PlanDesk]) -> Calendar:
    """Plans as calendar entries."""
    found: list[Entry] = []
    for desk in desks:
        diary = _Diary(renderer, desk, names(desk), _key(desk), _begins(desk))
        for action in desk.plan.actions():
            found += diary.entries(action)
    return Calendar(name=title_of(renderer, desks), entries=tuple(found), language=renderer.language)


def _key(desk: PlanDesk) -> str:
    """What is the same in every export of this plan, and in none of another, on whatever bot."""
    plan = desk.plan
    begun = f"{desk.workshop.created_at.isoformat()} {plan.id} {plan.created_at.isoformat()}"
    return hashlib.sha256(begun.encode()).hexdigest()[:16]


def _begins(desk: PlanDesk) -> date:
    """From when on people are told: since the plan was agreed, else since it was begun."""
    return dates.today_in(desk.plan.agreed_at or desk.plan.created_at, desk.workshop.zone)


@dataclass(frozen=True, slots=True)
class _Diary:
    renderer: Renderer
    desk: PlanDesk
    called: dict[Party, str]
    key: str
    begins: date

    def entries(self, action: Action) -> Iterator[Entry]:
        if action.due_on:
            title = self.say("export.event.due", title=action.title)
            yield self.entry(action, "due", title, action.due_on, self.about(action))
        for each in action.milestones:
            if each.due_on:
                title = self.say("export.event.milestone", name=each.name)
                yield self.entry(action, f"m{each.id}", title, each.due_on, self.about(action, of_action=True))
        for told in action.communications:
            yield from self.telling(action, told)

    def telling(self, action: Action, told: Communication) -> Iterator[Entry]:
        """One entry that comes again, or one for each milestone; nothing where no day can be told."""
        title = self.say("export.event.tell", audience=told.audience)
        note, key = self.how(action, told), f"c{told.id}"
        days = days_to_tell(action, told, self.begins)
        if told.frequency is Frequency.MILESTONES:
            for each in action.milestones:
                if each.due_on in days:
                    yield self.entry(action, f"{key}.m{each.id}", title, each.due_on, note)
        elif days:
            every = told.frequency if told.frequency in PERIODS else None
            last = told.until or action.due_on or days[0] + LONGEST
            yield self.entry(action, key, title, days[0], note, every, last if every else None)

    def entry(
        self,
        action: Action,
        key: str,
        title: str,
        on: date,
        note: str,
        every: Frequency | None = None,
        until: date | None = None,
    ) -> Entry:
        return Entry(
            key=f"{self.key}.{action.number}.{key}",
            title=title,
            note=note,
            on=on,
            every=every,
            until=until,
            version=action.version,
            changed_at=action.changed_at,
        )

    def about(self, action: Action, *, of_action: bool = False) -> str:
        lines = [self.say("export.event.action", title=action.title)] if of_action else []
        if action.owner:
            lines.append(self.say("export.owner", name=self.called[action.owner]))
        if action.responsible:
            who = [self.called[each] for each in action.responsible]
            lines.append(self.say("export.event.who", names=who))
        return "\n".join(lines)

    def how(self, action: Action, told: Communication) -> str:
        lines = [told.message] if told.message else []
        if told.channel:
            lines.append(self.say("export.event.channel", channel=told.channel))
        if told.sender:
            lines.append(self.say("export.event.who", names=[self.called[told.sender]]))
        return "\n".join([*lines, self.say("export.event.action", title=action.title)])

    def say(self, key: str, **params: object) -> str:
        return self.renderer.plain(Phrase(key, params))
