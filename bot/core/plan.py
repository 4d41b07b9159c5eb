"""An action plan as values: actions with their people, dates, means, barriers, communications and measures.

For the rules that change a plan see `planning`. Nothing here is changed in place: a plan keeps every version of each
action, so that what was agreed can be compared with what stands now, and any change can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

Party: TypeAlias = str
"""Somebody named in a plan: "m12" is member 12 of the workshop, "c3" is contact 3 of the plan, "" is nobody."""


def member_party(number: int) -> Party:
    return f"m{number}"


def contact_party(number: int) -> Party:
    return f"c{number}"


def member_of(party: Party) -> int | None:
    """The member's number, where the party is one."""
    return int(party[1:]) if party[:1] == "m" and party[1:].isdecimal() else None


def contact_of(party: Party) -> int | None:
    """The contact's number, where the party is one."""
    return int(party[1:]) if party[:1] == "c" and party[1:].isdecimal() else None


class ResourceKind(StrEnum):
    FINANCIAL = "financial"
    HUMAN = "human"
    POLITICAL = "political"
    OTHER = "other"


class Frequency(StrEnum):
    """How often something is told or measured."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    MILESTONES = "milestones"  # at each milestone


class Progress(StrEnum):
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BLOCKED = "blocked"
    DONE = "done"


# What an action lists. `id` is an item's own within its action and says nothing about it: items are compared without.


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    name: str
    due_on: date | None = None
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    what: str
    kind: ResourceKind | None = None
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """Who could stand in the way, how, and what is done about it."""

    who: str
    how: str = ""
    answer: str = ""
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Communication:
    """Who tells whom what, through which channel, how often, until when."""

    audience: str
    message: str = ""
    sender: Party = ""
    channel: str = ""
    frequency: Frequency | None = None
    until: date | None = None
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A measure. `baseline` and `target` are people's own words with a number in them; a baseline that isn't known
    says how it will be: "will be measured by …"."""

    name: str
    unit: str = ""
    baseline: str = ""
    target: str = ""
    source: str = ""
    frequency: Frequency | None = None
    id: int = field(default=0, compare=False)


Item: TypeAlias = Milestone | Resource | Barrier | Communication | Kpi


class Field(StrEnum):
    """What an action consists of, in the order in which it is asked for."""

    TITLE = "title"
    RESPONSIBLE = "responsible"
    OWNER = "owner"
    SUPPORTERS = "supporters"
    DUE_ON = "due_on"
    MILESTONES = "milestones"
    AVAILABLE = "resources_available"
    NEEDED = "resources_needed"
    BARRIERS = "barriers"
    COMMUNICATIONS = "communications"
    KPIS = "kpis"
    PROGRESS = "progress"  # not asked while an action is planned


ITEMS: Mapping[Field, type[Item]] = {
    Field.MILESTONES: Milestone,
    Field.AVAILABLE: Resource,
    Field.NEEDED: Resource,
    Field.BARRIERS: Barrier,
    Field.COMMUNICATIONS: Communication,
    Field.KPIS: Kpi,
}
"""The fields that are lists, and of what."""

Value: TypeAlias = str | date | Progress | tuple[Party, ...] | tuple[Item, ...] | None
"""What a field holds."""


def written(value: Value | ResourceKind | Frequency) -> str:
    """A single value as text, to remember what stood somewhere; empty for nothing."""
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case str():
            return str(value)
    raise TypeError(type(value).__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One line of a plan in one version. `owner` answers for it in the end, `responsible` do it, `supporters` help.

    `passed` are the fields that were asked for and left open; `settled` the findings of a check that were called
    fine. `changed_by` made this version, and `why` is their reason where they gave one.
    """

    number: int
    title: str
    responsible: tuple[Party, ...] = ()
    owner: Party = ""
    supporters: tuple[Party, ...] = ()
    due_on: date | None = None
    milestones: tuple[Milestone, ...] = ()
    resources_available: tuple[Resource, ...] = ()
    resources_needed: tuple[Resource, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    communications: tuple[Communication, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    progress: Progress = Progress.NOT_STARTED
    passed: frozenset[Field] = frozenset()
    settled: frozenset[str] = frozenset()
    version: int = 1
    changed_by: Party = ""
    changed_at: datetime
    why: str = ""
    removed: bool = False
    next_item: int = 1

    def get(self, field: Field) -> Value:
        """What a field holds."""
        value: Value = getattr(self, field.value)
        return value

    def items(self, field: Field) -> tuple[Item, ...]:
        """What a list holds; nothing for a field that is no list."""
        found: tuple[Item, ...] = getattr(self, field.value) if field in ITEMS else ()
        return found

    def item(self, field: Field, id: int) -> Item | None:
        return next((each for each in self.items(field) if each.id == id), None)

    def parties(self) -> frozenset[Party]:
        """Everyone named in it."""
        senders = [each.sender for each in self.communications]
        return frozenset({*self.responsible, self.owner, *self.supporters, *senders} - {""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody named in a plan who isn't in the workshop. `token` is the secret of the link that is passed on to them;
    `user_id` is their account, once it is known. `asked` are the actions that they were asked to take part in, by that
    link or by a message; of these they `agreed` to some and `declined` others. `named_by` asked for them. `became` is
    who they turned out to be: a member, or another contact of the plan."""

    number: int
    name: str
    token: str
    named_by: Party = ""
    user_id: int | None = None
    asked: frozenset[int] = frozenset()
    agreed: frozenset[int] = frozenset()
    declined: frozenset[int] = frozenset()
    became: Party = ""


class ReportKind(StrEnum):
    PROGRESS = "progress"  # how an action stands
    CORRECTIVE = "corrective"  # what is done about one that is at risk or blocked
    REACHED = "reached"  # a milestone
    VALUE = "value"  # what a measure has come to
    TOLD = "told"  # an audience was told
    SKIPPED = "skipped"  # it needn't be told this time


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody said of an action, a measure or a communication (`item`) after it was planned. `on` is the day
    for which an audience was told; `text` people's own words."""

    number: int = 0
    kind: ReportKind
    action: int
    item: int = 0
    by: Party
    at: datetime
    progress: Progress | None = None
    text: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """What the group agreed: `to` is told where an action has been blocked, or late without an end in sight, for
    `after` days."""

    to: Party
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """A group's plan. `history` has all versions of each action, the newest last. `agreed` is what was frozen when
    the plan was published: the version of each action; `agreed_goal` the goal then. `reports` are what became of it."""

    id: int
    workshop_id: int
    group: int
    goal: str = ""
    history: Mapping[int, tuple[Action, ...]] = field(default_factory=dict)
    contacts: Mapping[int, Contact] = field(default_factory=dict)
    next_action: int = 1
    next_contact: int = 1
    agreed_at: datetime | None = None
    agreed_goal: str = ""
    agreed: Mapping[int, int] = field(default_factory=dict)
    escalation: Escalation | None = None
    reports: tuple[Report, ...] = ()
    created_at: datetime

    def action(self, number: int) -> Action | None:
        """An action as it stands; None when there is none, or it was removed."""
        versions = self.history.get(number)
        return versions[-1] if versions and not versions[-1].removed else None

    def actions(self) -> list[Action]:
        """The actions as they stand, in the order in which they were added."""
        return [versions[-1] for versions in self.history.values() if not versions[-1].removed]

    def version(self, number: int, version: int) -> Action | None:
        """An action as it was."""
        return next((each for each in self.history.get(number, ()) if each.version == version), None)

    def since(self, number: int, fact: Callable[[Action], object]) -> Action:
        """The version of an action that made something about it what it is: by whom, and when."""
        versions = self.history[number]
        found = versions[-1]
        for version in reversed(versions):
            if fact(version) != fact(found):
                break
            found = version
        return found

    def contact(self, party: Party) -> Contact | None:
        number = contact_of(party)
        return self.contacts.get(number) if number is not None else None

    def who(self, party: Party) -> Party:
        """Who somebody is by now: a contact may have turned out to be a member, or another contact."""
        contact = self.contact(party)
        return self.who(contact.became) if contact is not None and contact.became else party

    def outside(self) -> list[Contact]:
        """The contacts as they stand, without those who turned out to be somebody else."""
        return [each for each in self.contacts.values() if not each.became]
