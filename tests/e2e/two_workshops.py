"""Two workshops with everybody who can stand in some relation to the first, made from the core's own values.

All that people wrote and are called is in another alphabet, so that it can be told from the bot's own words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Any

from bot.app import App
from bot.core import dot_vote, handover, membership, planning, quick_poll, remarks, report_back
from bot.core.audience import Audience
from bot.core.broadcast import Broadcast
from bot.core.calls import Call
from bot.core.day_close import DayClose
from bot.core.dialogue import Dialogue, Joining, Person
from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.grouping import Formation, Group, Seat
from bot.core.merging import MergeProposal, Place
from bot.core.mirror import GroupChat, Mirror
from bot.core.parking import Parked
from bot.core.plan import ActionPlan, Barrier, Communication, Field, Item, Kpi, member_party
from bot.core.plenary import Plenary
from bot.core.room import Room
from bot.core.run import Entry, Run
from bot.core.workshop import Membership, Workshop, open_workshop
from tests.stage import START, Stage

OURS, THEIRS = 1, 2  # workshops
SENT, WAITS, THEIR_CAST = 1, 2, 3  # broadcasts
OUR_CHAT, ASKING = -5001, -5002  # group chats
CARD, TABLE, MAP, OTHER_CARD, THEIR_CARD = 1, 2, 3, 4, 5  # runs: three of our Group 1, our Group 2's, and theirs
RATED, READ = 6, 7  # more runs of our Group 1: it rates its actions, and reads the next group's plan
ASSESSED, BEFORE, OWN = 8, 9, 10  # of our six groups' first, of their second (published), and somebody's own
PLAN, THEIR_PLAN = 1, 2  # our Group 1's, and theirs
TOKENS = ("token-of-named-1", "token-of-named-2")  # of its contacts: the first has agreed to one of two actions
WHOLE, TWIN, GONE, SPARE = 4, 5, 6, 7  # actions behind theirs: a whole one, one that may go into it, a removed one, …
BARRIER = 1  # an item of the whole one
DIGEST, CHECK_IN, REVIEW, ESCALATE, ERASURE = 9001, 9002, 9003, 9004, 9005  # what was said: to those in `SAID_TO`
PROPOSAL = 1  # to make one of WHOLE and TWIN: Человек 3 is asked about the first, Человек 4 about the second
KPI = 3  # another item of it
STATEMENT = "0.sponsor"  # one of those on leadership
TOPICS = {1: ("leadership",), 2: ("strategy",), 3: ("legal",)}  # of our groups
SECRET = "Пустельга"  # stands in everything that Group 1 wrote
PROGRAMME = "innovation_digital_government"
VOTE, POLL = 1, 1
QUEUE = 1  # of groups that report
YESTERDAY = START.date() - timedelta(days=1)
PAPER = 8  # the number of somebody without a phone


class Role(Enum):
    """What somebody is to the first workshop, with their Telegram id; organisers first."""

    ORGANISER = 1001
    FACILITATOR = 1002
    HOLDER = 1003  # of Group 1's pen
    MEMBER = 1004  # of Group 1
    OTHER_GROUP = 1005
    REMOVED = 1006
    LEFT = 1007
    THEIR_ORGANISER = 1008
    THEIR_FACILITATOR = 1009
    THEIR_PARTICIPANT = 1010
    STRANGER = 1011
    NAMED = 1012  # in our Group 1's plan, from outside

    @property
    def called(self) -> str:
        return f"Человек {self.number}"

    @property
    def number(self) -> int:
        """Their number in the first workshop, where they have one."""
        return self.value - 1000


OUTSIDERS = frozenset(role for role in Role if role.value > Role.OTHER_GROUP.value)


SAID_TO = {
    DIGEST: (FireKind.DIGEST, Role.MEMBER),
    CHECK_IN: (FireKind.CHECK_IN, Role.MEMBER),
    REVIEW: (FireKind.REVIEW, Role.HOLDER),
    ESCALATE: (FireKind.ESCALATE, Role.ORGANISER),
    ERASURE: (FireKind.ERASURE, Role.ORGANISER),
}


@dataclass(slots=True)
class Scene:
    """The bot with both workshops. `natural` is everybody as they are when nothing was planted."""

    on: Stage
    app: App
    natural: dict[Role, Person]

    async def plant(self, people: Iterable[Person], *runs: Run) -> None:
        """Have people and runs be so in the database, whatever led to it."""
        runner = self.app.runner
        turn = runner.begin()
        turn.put(*people, *runs)
        runner.keep(turn)
        self.app.delivery.after_commit(await runner.commit())
        await self.on.settle()

    def astray(self, role: Role, dialogue: Dialogue | None) -> Person:
        """Somebody who works in the first workshop as far as their own row says, whether they may or not."""
        sheet = None if isinstance(dialogue, Joining) else CARD
        return replace(self.natural[role], workshop_id=OURS, sheet_run_id=sheet, dialogue=dialogue)

    def content(self, actors: Iterable[Role]) -> dict[str, list[Any]]:
        """All tables but what may change by asking: updates, messages, the actors' own rows and living messages."""
        own = {role.value for role in actors}
        with closing(sqlite3.connect(self.on.folder / "plenary.db")) as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        for gone in ("handled_updates", "outbox"):
            del found[gone]
        for name in ("people", "boards"):  # both begin with a Telegram id
            found[name] = [row for row in found[name] if row[0] not in own]
        return {name: sorted(rows, key=repr) for name, rows in found.items()}

    def hold(self, actors: Iterable[Role]) -> dict[Role, Any]:
        """What each of them has in hand, according to their own row."""
        with closing(sqlite3.connect(self.on.folder / "plenary.db")) as database:
            sql = "SELECT workshop_id, sheet_run_id, acting_for, room_id FROM people WHERE user_id = ?"
            return {role: database.execute(sql, (role.value,)).fetchone() for role in actors}


async def build(on: Stage, language: str = "en") -> Scene:
    """Both workshops and their people, who read this language."""
    await on.open()
    for role in Role:
        on.world.phone(role.value, role.called).chat.started = True
    natural = {
        role: Person(user_id=role.value, name=role.called, language=language, language_chosen=True) for role in Role
    }
    for role in (Role.ORGANISER, Role.FACILITATOR, Role.HOLDER, Role.MEMBER, Role.OTHER_GROUP):
        natural[role] = replace(natural[role], workshop_id=OURS)
    for role in (Role.THEIR_ORGANISER, Role.THEIR_FACILITATOR, Role.THEIR_PARTICIPANT):
        natural[role] = replace(natural[role], workshop_id=THEIRS)
    for role, run in ((Role.HOLDER, CARD), (Role.MEMBER, CARD), (Role.OTHER_GROUP, OTHER_CARD)):
        natural[role] = replace(natural[role], sheet_run_id=run)
    runner = on.app.runner
    assert [runner.next_id("workshops") for _ in (OURS, THEIRS)] == [OURS, THEIRS]
    ids = [CARD, TABLE, MAP, OTHER_CARD, THEIR_CARD, RATED, READ, ASSESSED, BEFORE, OWN]
    assert [runner.next_id("runs") for _ in ids] == ids
    turn = runner.begin()
    assert [runner.next_id("plans") for _ in (PLAN, THEIR_PLAN)] == [PLAN, THEIR_PLAN]
    assert runner.next_id("merge_proposals") == PROPOSAL
    assert [runner.next_id("broadcasts") for _ in (SENT, WAITS, THEIR_CAST)] == [SENT, WAITS, THEIR_CAST]
    turn.put(*natural.values(), _ours(on), _theirs(on), *_runs(on), *_plans(on), _proposal(on), *_said(on))
    turn.put(*_broadcasts(on), *_chats(on), _plenary(on), _room())
    runner.keep(turn)
    on.app.delivery.after_commit(await runner.commit())
    await on.settle()
    return Scene(on, on.app, natural)


def _opened(on: Stage, id: int, organiser: Role, code: str) -> Workshop:
    return open_workshop(
        id=id,
        programme=PROGRAMME,
        title=f"Семинар {id}",
        first_on=on.time.date(),
        country="GH",
        zone="Africa/Accra",
        code=code,
        link_token=f"link-of-workshop-{id}",
        facilitator_token=f"lead-workshop-{id}",
        organiser_id=organiser.value,
        organiser_name=organiser.called,
        now=on.time,
    )


def _ours(on: Stage) -> Workshop:
    workshop = _opened(on, OURS, Role.ORGANISER, "AAAAAA")
    workshop = _leading(workshop, on, Role.FACILITATOR)
    for role in (Role.HOLDER, Role.MEMBER, Role.OTHER_GROUP, Role.REMOVED, Role.LEFT):
        workshop = _joined(workshop, on, role)
    workshop, _ = membership.enter(workshop, name="Бумага", now=on.time)
    for role, status in ((Role.REMOVED, Membership.REMOVED), (Role.LEFT, Membership.LEFT)):
        member = replace(workshop.members[role.number], status=status)
        workshop = replace(workshop, members={**workshop.members, role.number: member})
    seated = {Role.HOLDER.number: 1, Role.MEMBER.number: 1, PAPER: 1, Role.OTHER_GROUP.number: 2}
    pens = {1: Role.HOLDER.number, 2: Role.OTHER_GROUP.number}
    return _formed(workshop, on, seated, pens)


def _theirs(on: Stage) -> Workshop:
    workshop = _leading(_opened(on, THEIRS, Role.THEIR_ORGANISER, "BBBBBB"), on, Role.THEIR_FACILITATOR)
    workshop = _joined(workshop, on, Role.THEIR_PARTICIPANT)
    number = max(workshop.members)
    return _formed(workshop, on, {number: 1}, {1: number})


def _leading(workshop: Workshop, on: Stage, role: Role) -> Workshop:
    name = role.called
    workshop, _ = membership.join_as_facilitator(workshop, user_id=role.value, name=name, now=on.time)
    return replace(workshop, facilitator_token=f"lead-workshop-{workshop.id}")


def _joined(workshop: Workshop, on: Stage, role: Role) -> Workshop:
    name = role.called
    return membership.join(workshop, user_id=role.value, name=name, organisation="", now=on.time)[0]


def _formed(workshop: Workshop, on: Stage, seated: dict[int, int], pens: dict[int, int]) -> Workshop:
    three = Formation(
        grouping="three",
        formed_at=on.time,
        groups={
            number: Group(
                number=number, topics=TOPICS[number], scribe=pens.get(number), pen=pens.get(number), pen_at=on.time
            )
            for number in (1, 2, 3)
        },
        seats={member: Seat(member=member, group=group, counted=group) for member, group in seated.items()},
    )
    return replace(workshop, formations={"three": three, "six": replace(three, grouping="six")})


def _room() -> Room:
    """Group 2 has called, and one of it has asked something."""
    caller = Role.OTHER_GROUP.number
    call = Call(number=1, grouping="three", group=2, run_id=OTHER_CARD, member=caller, called_at=START)
    parked = Parked(number=1, text="Кто платит?", author=caller, parked_on=START.date())
    return Room(workshop_id=OURS, calls={1: call}, parked={1: parked})


def _runs(on: Stage) -> list[Run]:
    holder, member = Role.HOLDER.number, Role.MEMBER.number
    row = {"name": f"{SECRET} 6", "kind": "customer", "result": SECRET, "impact": 1, "support": 4, "importance": 5}
    card = [
        ("gap", holder, f"{SECRET} 1"),
        ("patterns", holder, f"{SECRET} 2"),
        ("patterns", member, f"{SECRET} 8"),
    ]
    card += [("models", None, f"{SECRET} 3"), ("patterns", member, f"{SECRET} 4")]  # type: ignore[list-item]
    table: list[Any] = [("service", holder, f"{SECRET} 5"), ("stakeholders", member, row)]
    table += [("stakeholders", member, {"name": f"{SECRET} 7"})]
    gone = {5}  # of the card's entries
    gaps: list[Any] = [("gaps", Role.OTHER_GROUP.number, "Пробел")]
    rated: list[Any] = [("view", member, {STATEMENT: 3, f"{STATEMENT}/why": f"{SECRET} 9"})]
    return [
        _run(on, CARD, OURS, "2.4.1.a", 1, "publish", card, gone),
        _run(on, TABLE, OURS, "2.4.1.b", 1, "engage", table, set()),
        _run(on, MAP, OURS, "2.4.1.c", 1, "objective", [], set()),
        _run(on, OTHER_CARD, OURS, "2.4.1.a", 2, "gap", [], set()),
        _run(on, THEIR_CARD, THEIRS, "2.4.1.a", 1, "gap", [], set()),
        _run(on, RATED, OURS, "4.3", 1, "doable", [], set()),
        _run(on, READ, OURS, "4.4", 1, "verdict", [], set()),
        _run(on, ASSESSED, OURS, "2.3", 1, "own", [("own", member, {STATEMENT: 3})], set()),
        replace(_run(on, BEFORE, OURS, "2.3", 2, "publish", gaps, set()), published_at=on.time),
        replace(_run(on, OWN, OURS, "1.6", 0, "view", rated, set()), member=member),
    ]


def _run(
    on: Stage, id: int, workshop: int, exercise: str, group: int, step: str, written: list[Any], gone: set[int]
) -> Run:
    entries = {
        number: Entry(
            number=number,
            step=each,
            author=author,
            value=value,
            created_at=on.time,
            changed_at=on.time,
            removed_at=on.time if number in gone else None,
        )
        for number, (each, author, value) in enumerate(written, 1)
    }
    return Run(
        id=id,
        workshop_id=workshop,
        exercise=exercise,
        group=group,
        step=step,
        opened_at=on.time,
        active_at=on.time,
        next_entry=len(entries) + 1,
        entries=entries,
    )


def _chats(on: Stage) -> list[Mirror | GroupChat]:
    """A chat of our Group 1, and one that asks to be tied. (On the server neither is there: what is sent fails.)"""
    tied = Mirror(
        chat_id=OUR_CHAT, workshop_id=OURS, grouping="three", group=1, language="en", tied_by=1, tied_at=on.time
    )
    chats = [GroupChat(chat_id=chat_id, title="Чат", language="en") for chat_id in (OUR_CHAT, ASKING)]
    return [replace(tied, paused="no_rights"), chats[0], replace(chats[1], asked_workshop=OURS)]


def _broadcasts(on: Stage) -> list[Broadcast]:
    """One that went, one that waits, and one of the other workshop's that waits."""
    made = Broadcast(id=SENT, workshop_id=OURS, sender=1, audience=Audience(), text=f"{SECRET} 9")
    waits = replace(made, due_at=on.time + timedelta(days=1))
    return [
        replace(made, sent_at=on.time, aloud=(PAPER,)),
        replace(waits, id=WAITS),
        replace(waits, id=THEIR_CAST, workshop_id=THEIRS),
    ]


def _plans(on: Stage) -> list[ActionPlan]:
    """Our Group 1's plan, which isn't agreed yet, and one of the other workshop."""
    plan = _named(on, planning.open_plan(id=PLAN, workshop_id=OURS, group=1, now=on.time))
    plan = planning.set_goal(_worked_out(on, plan), f"{SECRET} 20")
    theirs = planning.open_plan(id=THEIR_PLAN, workshop_id=THEIRS, group=1, now=on.time)
    return [plan, planning.add_action(theirs, "Чужое", by="m3", now=on.time)]


def _named(on: Stage, plan: ActionPlan) -> ActionPlan:
    """With actions of people from outside."""
    by = member_party(Role.MEMBER.number)
    for number, contact in ((1, 1), (2, 2), (3, 1)):
        plan = planning.add_action(plan, f"{SECRET} {number}", by=by, now=on.time)
        name, token = f"{SECRET} {contact}", TOKENS[contact - 1]
        plan, party = handover.add_contact(plan, name, token=token, named_by=by)
        plan = planning.set_field(plan, number, Field.OWNER, party, by=by, now=on.time)
        plan = handover.note_asked(plan, contact, (number,))
    return handover.agree(plan, 1, Role.NAMED.value, (1,), now=on.time)


def _worked_out(on: Stage, plan: ActionPlan) -> ActionPlan:
    """With actions of the group's own."""
    holder, member, now = member_party(Role.HOLDER.number), member_party(Role.MEMBER.number), on.time
    for number, by in ((WHOLE, holder), (TWIN, member), (GONE, holder), (SPARE, member)):
        plan = planning.add_action(plan, f"{SECRET} {number + 20}", by=by, now=now)
        plan = planning.set_field(plan, number, Field.OWNER, member, by=by, now=now)
    plan = planning.name_party(plan, WHOLE, Field.RESPONSIBLE, holder, on=True, by=holder, now=now)
    items: tuple[tuple[Field, Item], ...] = (
        (Field.BARRIERS, Barrier(who=f"{SECRET} 28")),
        (Field.COMMUNICATIONS, Communication(audience=f"{SECRET} 29", sender=member)),
        (Field.KPIS, Kpi(name=f"{SECRET} 30", baseline="900", target="600")),
    )
    for field, item in items:
        plan = planning.add_item(plan, WHOLE, field, item, by=holder, now=now)
    for field in (Field.SUPPORTERS, Field.DUE_ON, Field.MILESTONES, Field.AVAILABLE, Field.NEEDED):
        plan = planning.pass_over(plan, WHOLE, field, by=holder, now=now)
    return planning.remove(plan, GONE, 2, by=holder, now=now)


def _said(on: Stage) -> list[Fire]:
    """What came to some of them unasked, about our Group 1's plan; its answers are theirs alone."""
    return [
        Fire(
            id=id,
            key=f"said.{id}",
            version="1",
            kind=kind,
            subject=f"said.{id}",
            series=f"said.{id}",
            workshop_id=OURS,
            plan_id=0 if kind is FireKind.ERASURE else PLAN,
            action=WHOLE if kind is FireKind.ESCALATE else 0,
            party=member_party(role.number),
            user_id=role.value,
            on=on.time.date(),
            due_at=on.time,
            status=FireStatus.DONE,
            done_at=on.time,
            batch=id,
        )
        for id, (kind, role) in SAID_TO.items()
    ]


def _plenary(on: Stage) -> Plenary:
    """Our workshop's: yesterday's close was left open, and Group 1 speaks."""
    queue = report_back.advance(report_back.begin(QUEUE, "2.4.1.a", [1, 2], on.time), on.time)
    return Plenary(
        workshop_id=OURS,
        closes={YESTERDAY: DayClose(on=YESTERDAY, opened_at=on.time)},
        queues={QUEUE: queue},
        votes={VOTE: dot_vote.begin(VOTE, "2.4.1.c", "innovations", [(1, "а"), (1, "б"), (2, "в")], 2, on.time)},
        polls={POLL: quick_poll.begin(POLL, "Дальше?", ("Да", "Нет"), on.time)},
        remarks=remarks.add({}, QUEUE, 1, Role.OTHER_GROUP.number, SECRET),
    )


def _proposal(on: Stage) -> MergeProposal:
    holder, member = member_party(Role.HOLDER.number), member_party(Role.MEMBER.number)
    return MergeProposal(
        id=PROPOSAL,
        workshop_id=OURS,
        kept=Place(plan=PLAN, action=WHOLE),
        other=Place(plan=PLAN, action=TWIN),
        proposed_by=Role.FACILITATOR.number,
        asked={"kept": (holder,), "other": (member,)},
        created_at=on.time,
    )
