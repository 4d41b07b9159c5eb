"""The aggregates that the bot works on, as one layer of changes over another."""

from __future__ import annotations

from bot.core.broadcast import Broadcast
from bot.core.dialogue import Person
from bot.core.fires import Fire
from bot.core.merging import MergeProposal
from bot.core.mirror import GroupChat, Mirror
from bot.core.plan import ActionPlan
from bot.core.plenary import Plenary
from bot.core.room import Room
from bot.core.run import Run
from bot.core.workshop import Workshop

ORGANISERS = "organisers"  # who claimed the bot: user ids with spaces between them
CLAIM = "claim"  # the digest of the code for claiming it; empty once it has been used


class State:
    """The aggregates as one layer of changes over another."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.workshops: dict[int, Workshop] = {}
        self.runs: dict[int, Run] = {}
        self.plans: dict[int, ActionPlan] = {}
        self.proposals: dict[int, MergeProposal] = {}
        self.fires: dict[int, Fire] = {}
        self.broadcasts: dict[int, Broadcast] = {}
        self.rooms: dict[int, Room] = {}  # by workshop
        self.mirrors: dict[tuple[int, int], Mirror] = {}  # by chat and topic
        self.group_chats: dict[int, GroupChat] = {}
        self.plenaries: dict[int, Plenary] = {}  # by workshop
        self.poll_votes: dict[str, tuple[int, ...]] = {}  # by Telegram's number of a poll
        self.settings: dict[str, str] = {}

    def absorb(self, above: State) -> None:
        self.people |= above.people
        self.workshops |= above.workshops
        self.runs |= above.runs
        self.plans |= above.plans
        self.proposals |= above.proposals
        self.fires |= above.fires
        self.broadcasts |= above.broadcasts
        self.rooms |= above.rooms
        self.mirrors |= above.mirrors
        self.group_chats |= above.group_chats
        self.plenaries |= above.plenaries
        self.poll_votes |= above.poll_votes
        self.settings |= above.settings
