"""What somebody is being asked in private, as values: one class per conversation, one field per thing known so far.

A dialogue is stored with each answer, so it survives a restart and waits as long as it takes. How it reads on a
phone is worked out from the value alone (handlers/), which is also how typed words are matched with its buttons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.core.agenda_dialogue import AgendaChange, AgendaView, CardView, RulesView, WhereChange
from bot.core.assess_dialogue import StatementsView
from bot.core.broadcast_dialogue import Broadcasting, BroadcastResult, Broadcasts, BroadcastTime
from bot.core.followup_dialogue import AskLine, AskMeasure
from bot.core.message import Choice
from bot.core.mirror_dialogue import Chats
from bot.core.own_dialogue import Muting, OwnZone, Upcoming
from bot.core.owners_dialogue import Correcting, Escalating
from bot.core.plan_dialogue import (
    ActionView,
    HandOver,
    PlanAsk,
    PlanConflict,
    PlanExport,
    PlanGoal,
    PlanImport,
    PlanReason,
    PlanView,
    Stopping,
)
from bot.core.plenary_dialogue import (
    CloseAsk,
    CloseView,
    PlenaryView,
    PollAsk,
    RemarkAsk,
    RemarksView,
    ReportAsk,
    VoteAsk,
    VoteView,
)
from bot.core.room_dialogue import HandRoom, ParkAsk, ParkingLot, Steering
from bot.core.run import Value

NewAsks: TypeAlias = Literal[
    "programme", "title", "first_on", "day_check", "country", "zone", "zone_check", "confirm", "change"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkshop:
    """/new. `asks` is the question on show, and `at` when it was put; `near` are the answers that a typed one may
    have meant (days, countries or zones). `again`: an answer is being changed, and the summary comes next.
    """

    kind: Literal["new"] = "new"
    asks: NewAsks = "programme"
    at: datetime
    programme: str = ""
    title: str = ""
    first_on: date | None = None
    country: str = ""
    zone: str = ""
    near: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCode:
    """/join without a code."""

    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claiming:
    """The first organiser, asked for the claim code that was printed at the start."""

    kind: Literal["claim"] = "claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Someone at a workshop's door. The organisation is asked for when they are in already, and `back` then says
    that they had been before.
    """

    kind: Literal["join"] = "join"
    workshop_id: int
    asks: Literal["welcome", "name", "organisation"] = "welcome"
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """/name: how somebody wants to be called in a workshop, or (0) in the plans that name them from outside."""

    kind: Literal["name"] = "name"
    workshop_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """/close, before it is done."""

    kind: Literal["close"] = "close"
    workshop_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """/language. `joining` is the workshop at whose door it was asked, `handover` the question of a plan's link and
    `asked` the one about an action, to go back to."""

    kind: Literal["languages"] = "languages"
    joining: int = 0
    handover: HandOver | None = None
    asked: PlanAsk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichWorkshop:
    """Somebody in several workshops picks the one to work in. `then` is the command that waits for it, if any."""

    kind: Literal["which"] = "which"
    workshops: tuple[int, ...]
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """/leave. `plans` are those of other workshops that the person takes part in, from outside."""

    kind: Literal["leave"] = "leave"
    workshop_id: int
    plans: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A facilitator's list of people; `member` opens one person's card, `asks` a question about them. `seats` are
    those of someone just removed (grouping, group, counted, moved), for taking it back.
    """

    kind: Literal["people"] = "people"
    workshop_id: int
    page: int = 0
    member: int = 0
    asks: Literal["", "rename", "enter_name", "enter_organisation", "remove", "removed", "move", "hand_over"] = ""
    name: str = ""
    seats: tuple[tuple[str, int, int, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """A facilitator's view of the groups: how to split the room, how many groups, whether to do it again, the list to
    read aloud. `how` and `number` are what waits for a yes."""

    kind: Literal["groups"] = "groups"
    workshop_id: int
    asks: Literal["", "number", "again", "aloud"] = ""
    grouping: str = ""
    how: Literal["count", "merge"] = "count"
    number: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExercise:
    """A facilitator opens an exercise: which and for whom, or (with an `exercise`) whether for a `group`, or for all
    (0), before what it builds on is published."""

    kind: Literal["open"] = "open"
    workshop_id: int
    exercise: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeGroup:
    """A facilitator chooses whose sheet of an exercise to look at."""

    kind: Literal["see"] = "see"
    workshop_id: int
    exercise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Changing what stands on a sheet: the list of a step's entries, one of them (`entry`), or its new wording."""

    kind: Literal["entries"] = "entries"
    run_id: int
    step: str
    page: int = 0
    entry: int = 0
    version: int = 0  # of the entry, when its changer began
    rewording: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRow:
    """Somebody fills in a table's row, one column after another, or changes `only` one. `base` is what stood in the
    column when it was asked for."""

    kind: Literal["row"] = "row"
    run_id: int
    step: str
    entry: int
    column: str
    base: str | int | None = None
    only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody else changed the entry in between: both are shown, and one is chosen. `version` is that of theirs."""

    kind: Literal["conflict"] = "conflict"
    run_id: int
    step: str
    entry: int
    version: int
    mine: Value
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLong:
    """A text that didn't fit, kept so that it can be split or sent shorter."""

    kind: Literal["too_long"] = "too_long"
    run_id: int
    step: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateItems:
    """Somebody rates many things one by one; `item` is the one on show. After its number they may be asked how sure
    they are of it and why: `base` is what stood there as the reason, and `then` the item that follows."""

    kind: Literal["rate_items"] = "rate_items"
    run_id: int
    step: str
    item: str
    asks: Literal["number", "sure", "why"] = "number"
    base: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A longer text on show, page by page: a product, an example, a list, another group's plan."""

    kind: Literal["reading"] = "reading"
    what: Literal["example", "options", "help", "product", "exercises", "group", "plan"]
    run_id: int = 0
    step: str = ""
    workshop_id: int = 0
    grouping: str = ""
    page: int = 0


Dialogue: TypeAlias = (
    NewWorkshop
    | AskCode
    | Claiming
    | Joining
    | Naming
    | Closing
    | Languages
    | WhichWorkshop
    | Leaving
    | People
    | Groups
    | OpenExercise
    | SeeGroup
    | Broadcasting
    | BroadcastResult
    | BroadcastTime
    | Broadcasts
    | Chats
    | Entries
    | FillRow
    | Conflict
    | TooLong
    | RateItems
    | StatementsView
    | Reading
    | PlanAsk
    | PlanConflict
    | PlanView
    | ActionView
    | PlanGoal
    | PlanReason
    | HandOver
    | Stopping
    | PlanExport
    | PlanImport
    | AskLine
    | AskMeasure
    | AgendaView
    | CardView
    | AgendaChange
    | WhereChange
    | RulesView
    | Muting
    | OwnZone
    | Upcoming
    | PlenaryView
    | CloseAsk
    | CloseView
    | ReportAsk
    | RemarkAsk
    | RemarksView
    | VoteAsk
    | VoteView
    | PollAsk
    | Escalating
    | Correcting
    | Steering
    | HandRoom
    | ParkAsk
    | ParkingLot
)

TO_READ = (  # in these nothing is asked
    AgendaView,
    CardView,
    PlenaryView,
    CloseView,
    RemarksView,
    VoteView,
    BroadcastResult,
    Broadcasts,
    Chats,
    Reading,
    PlanView,
    ActionView,
    Upcoming,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wrote to the bot. `workshop_id` is the workshop they are working in, `sheet_run_id` the run whose
    sheet is in front of them, `acting_for` the member without a phone whom a facilitator answers for there, `room_id`
    the workshop whose board is open on their phone.
    `offers` are the choices last sent to them in a plain message; `unreachable` says why messages can't reach them.
    `laid_aside` is an open question that comes back once the one that a reminder led to is answered.
    `zone` and `country` are their own where they aren't the workshop's; until `muted_until` they are reminded of
    nothing, and never where they `opted_out`. `seen_at` is when they last did something, give or take a minute.
    """

    user_id: int
    name: str
    language: str
    language_chosen: bool = False
    workshop_id: int | None = None
    sheet_run_id: int | None = None
    acting_for: int | None = None
    room_id: int | None = None
    dialogue: Dialogue | None = None
    offers: tuple[Choice, ...] = ()
    unreachable: str = ""
    wrong_codes: tuple[datetime, ...] = field(default=())
    laid_aside: Dialogue | None = None
    zone: str = ""
    country: str = ""
    muted_until: datetime | None = None
    opted_out: bool = False
    seen_at: datetime | None = None
