"""Every state in which somebody can be when they do something that isn't asked for: questions, and steps of a sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any, NamedTuple

from bot.core import dialogue as asked
from bot.core.agenda import SessionChange
from bot.core.agenda_dialogue import AgendaChange, AgendaView, CardView, RulesView
from bot.core.broadcast import Attachment
from bot.core.broadcast_dialogue import Broadcasting, BroadcastResult, Broadcasts, BroadcastTime
from bot.core.followup_dialogue import AskLine, AskMeasure
from bot.core.mirror_dialogue import Chats
from bot.core.own_dialogue import Muting, OwnZone, Upcoming
from bot.core.owners_dialogue import Correcting, Escalating
from bot.core.plan import Field
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
from tests.e2e.two_workshops import (
    BARRIER,
    CARD,
    DIGEST,
    GONE,
    KPI,
    MAP,
    OTHER_CARD,
    OURS,
    PLAN,
    PROGRAMME,
    RATED,
    READ,
    SECRET,
    SENT,
    TABLE,
    TOKENS,
    TWIN,
    WAITS,
    WHOLE,
    Role,
)
from tests.stage import START

LEAD, HOLDER, MEMBER, SOLO = Role.ORGANISER, Role.HOLDER, Role.MEMBER, Role.STRANGER
ONE = Role.MEMBER.number


class State(NamedTuple):
    """Who is in it, the open question, and the run in front of them with the step that it is at."""

    role: Role
    question: asked.Dialogue | None = None
    run: int = 0
    step: str = ""

    def __str__(self) -> str:
        asks = getattr(self.question, "asks", "")
        return f"{self.role.name} {self.question.kind if self.question else ''} {asks} {self.step}"


def _new(asks: asked.NewAsks, **known: object) -> asked.NewWorkshop:
    return asked.NewWorkshop(asks=asks, at=START, programme=PROGRAMME, title="Моё", **known)  # type: ignore[arg-type]


_PLACED = {"first_on": date(2027, 6, 14), "country": "GH", "zone": "Africa/Accra"}

_CELL: Any = {"run_id": TABLE, "step": "stakeholders", "entry": 3}
_WHOLE: Any = {"plan_id": PLAN, "action": WHOLE}
_RATING = asked.RateItems(run_id=RATED, step="doable", item="+1.1")
_REWORDING = asked.Entries(run_id=CARD, step="patterns", entry=2, version=1, rewording=True)

_TAKES_PART = HandOver(plan_id=PLAN, contact=2, token=TOKENS[1], actions=(2,))

_NOTHING = '{"people": {}, "actions": []}'

_SESSION = AgendaChange(workshop_id=OURS, session="1am", asks="what")
_STANDS = SessionChange(id="1am", on=START.date(), starts=time(9), ends=time(12))

STATES: list[State] = [
    State(SOLO),
    State(SOLO, asked.AskCode()),
    State(SOLO, asked.Languages()),
    State(SOLO, asked.Joining(workshop_id=OURS)),
    State(SOLO, asked.Joining(workshop_id=OURS, asks="name")),
    State(Role.OTHER_GROUP, asked.Joining(workshop_id=OURS, asks="organisation")),
    State(Role.OTHER_GROUP),
    State(Role.OTHER_GROUP, asked.Naming(workshop_id=OURS)),
    State(Role.OTHER_GROUP, asked.Leaving(workshop_id=OURS)),
    State(Role.OTHER_GROUP, asked.WhichWorkshop(workshops=(OURS,))),
    # Named in a plan, from outside
    State(Role.NAMED),
    State(Role.NAMED, _TAKES_PART),
    State(Role.NAMED, asked.Naming(workshop_id=0)),
    State(Role.NAMED, Stopping(plans=(PLAN,))),
    State(SOLO, _TAKES_PART),
    # The facilitator's questions
    State(LEAD),
    State(LEAD, _new("title")),
    State(LEAD, _new("first_on")),
    State(LEAD, _new("day_check", first_on=_PLACED["first_on"])),
    State(LEAD, _new("country", first_on=_PLACED["first_on"])),
    State(LEAD, _new("zone", first_on=_PLACED["first_on"], country="US", near=("America/Chicago",))),
    State(LEAD, _new("zone_check", **_PLACED)),
    State(LEAD, _new("confirm", **_PLACED)),
    State(LEAD, _new("change", **_PLACED)),
    State(LEAD, asked.Closing(workshop_id=OURS)),
    State(LEAD, asked.People(workshop_id=OURS)),
    State(LEAD, asked.People(workshop_id=OURS, member=ONE)),
    State(LEAD, asked.People(workshop_id=OURS, member=ONE, asks="rename")),
    State(LEAD, asked.People(workshop_id=OURS, member=ONE, asks="remove")),
    State(LEAD, asked.People(workshop_id=OURS, member=ONE, asks="move")),
    State(LEAD, asked.People(workshop_id=OURS, member=2, asks="hand_over")),
    State(LEAD, asked.People(workshop_id=OURS, asks="enter_name")),
    State(LEAD, asked.People(workshop_id=OURS, asks="enter_organisation", name="Павел")),
    State(LEAD, asked.Groups(workshop_id=OURS)),
    State(LEAD, asked.Groups(workshop_id=OURS, asks="number", grouping="six")),
    State(LEAD, asked.Groups(workshop_id=OURS, asks="again", grouping="three")),
    State(LEAD, asked.Groups(workshop_id=OURS, asks="aloud", grouping="three")),
    State(LEAD, asked.OpenExercise(workshop_id=OURS)),
    State(LEAD, asked.OpenExercise(workshop_id=OURS, exercise="2.4.1.b")),
    State(LEAD, asked.SeeGroup(workshop_id=OURS)),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="text")),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="preview", text="Обед")),
    State(LEAD, Broadcasting(workshop_id=OURS, text="Обед")),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="role")),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="step")),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="step", nudge=True)),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="away")),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="time", text="Обед")),
    State(LEAD, Broadcasting(workshop_id=OURS, asks="preview", attachment=Attachment("f", name="Обед"))),
    State(LEAD, BroadcastResult(workshop_id=OURS, broadcast_id=SENT)),
    State(LEAD, BroadcastResult(workshop_id=OURS, broadcast_id=WAITS)),
    State(LEAD, BroadcastTime(workshop_id=OURS, broadcast_id=WAITS)),
    State(LEAD, Broadcasts(workshop_id=OURS)),
    State(LEAD, Chats(workshop_id=OURS)),
    # The agenda, and the rules of reminding
    State(LEAD, AgendaView(workshop_id=OURS)),
    State(MEMBER, AgendaView(workshop_id=OURS, page=4)),
    State(MEMBER, CardView(workshop_id=OURS)),
    State(LEAD, CardView(workshop_id=OURS, card="archetypes")),
    State(LEAD, AgendaChange(workshop_id=OURS)),
    State(LEAD, _SESSION),
    State(LEAD, replace(_SESSION, asks="time")),
    State(LEAD, replace(_SESSION, asks="day")),
    State(LEAD, replace(_SESSION, asks="place")),
    State(LEAD, AgendaChange(workshop_id=OURS, asks="place_for_all")),
    State(LEAD, replace(_SESSION, asks="preview", seen=(_STANDS,), becomes=(replace(_STANDS, cancelled=True),))),
    State(LEAD, AgendaChange(workshop_id=OURS, asks="preview", place_seen="", place="Зал")),
    State(LEAD, RulesView(workshop_id=OURS)),
    State(LEAD, RulesView(workshop_id=OURS, rule="overdue")),
    State(LEAD, RulesView(workshop_id=OURS, rule="minutes", asks="days")),
    State(LEAD, RulesView(workshop_id=OURS, rule="digest", asks="days")),
    State(LEAD, RulesView(workshop_id=OURS, rule="due", asks="hour")),
    # On a sheet
    State(Role.OTHER_GROUP, None, OTHER_CARD, "gap"),
    State(HOLDER, None, CARD, "patterns"),
    State(HOLDER, None, CARD, "archetype"),
    State(HOLDER, None, CARD, "publish"),
    State(HOLDER, None, TABLE, "stakeholders"),
    State(HOLDER, None, TABLE, "engage"),
    State(HOLDER, None, MAP, "objective"),
    State(MEMBER, None, MAP, "objective"),
    State(MEMBER, None, CARD, "patterns"),
    State(HOLDER, None, RATED, "doable"),
    State(HOLDER, None, RATED, "grid"),
    State(HOLDER, None, RATED, "doable_settled"),
    State(HOLDER, None, RATED, "five"),
    State(HOLDER, None, READ, "rows"),
    State(HOLDER, None, READ, "open"),
    State(MEMBER, None, READ, "advice"),
    State(MEMBER, _RATING, RATED, "doable"),
    State(MEMBER, asked.Reading(what="plan", run_id=READ, step="verdict"), READ, "verdict"),
    State(MEMBER, asked.Entries(run_id=CARD, step="patterns"), CARD, "patterns"),
    State(MEMBER, asked.Entries(run_id=CARD, step="patterns", entry=2, version=1), CARD, "patterns"),
    State(MEMBER, _REWORDING, CARD, "patterns"),
    State(MEMBER, asked.FillRow(**_CELL, column="kind"), TABLE, "stakeholders"),
    State(MEMBER, asked.FillRow(**_CELL, column="result"), TABLE, "stakeholders"),
    State(MEMBER, asked.FillRow(**_CELL, column="impact"), TABLE, "stakeholders"),
    State(MEMBER, asked.Conflict(run_id=CARD, step="patterns", entry=2, version=1, mine="Моё"), CARD, "patterns"),
    State(MEMBER, asked.TooLong(run_id=CARD, step="patterns", text="Закономерность. " * 30), CARD, "patterns"),
    State(MEMBER, asked.Reading(what="help", run_id=CARD, step="patterns"), CARD, "patterns"),
    State(MEMBER, asked.Reading(what="exercises", workshop_id=OURS), CARD, "patterns"),
    State(MEMBER, asked.Reading(what="group", workshop_id=OURS), CARD, "patterns"),
    # A plan
    State(LEAD, PlanView(workshop_id=OURS)),
    State(LEAD, PlanView(workshop_id=OURS, view="people")),
    State(LEAD, PlanView(workshop_id=OURS, view="check")),
    State(HOLDER, PlanView(workshop_id=OURS, plan_id=PLAN, view="publish")),
    State(MEMBER, PlanView(workshop_id=OURS, plan_id=PLAN)),
    State(MEMBER, PlanView(workshop_id=OURS, plan_id=PLAN, view="check")),
    State(MEMBER, PlanView(workshop_id=OURS, plan_id=PLAN, view="date")),
    State(MEMBER, PlanView(workshop_id=OURS, plan_id=PLAN, view="status")),
    State(MEMBER, PlanView(workshop_id=OURS, plan_id=PLAN, view="removed")),
    State(MEMBER, PlanView(workshop_id=OURS, view="mine")),
    State(MEMBER, PlanView(workshop_id=OURS, view="person")),
    State(LEAD, PlanExport(workshop_id=OURS)),
    State(LEAD, PlanExport(workshop_id=OURS, all=True)),
    State(LEAD, PlanExport(workshop_id=OURS, day=2)),
    State(MEMBER, PlanExport(workshop_id=OURS, plan_id=PLAN)),
    State(LEAD, PlanImport(workshop_id=OURS)),
    State(MEMBER, PlanImport(workshop_id=OURS, group=1)),
    State(MEMBER, PlanImport(workshop_id=OURS, group=1, file="x", problem='{"$phrase":["import.no_workbook",{}]}')),
    State(MEMBER, PlanImport(workshop_id=OURS, group=1, asks="reading", file_id="gone", file="план")),
    State(MEMBER, PlanImport(workshop_id=OURS, group=1, asks="yes", file="план", found=_NOTHING, mistakes="[]")),
    State(MEMBER, ActionView(**_WHOLE)),
    State(MEMBER, ActionView(**_WHOLE, view="fields")),
    State(MEMBER, ActionView(**_WHOLE, view="progress")),
    State(MEMBER, ActionView(**_WHOLE, view="items", field=Field.BARRIERS)),
    State(MEMBER, ActionView(**_WHOLE, view="item", field=Field.BARRIERS, item=BARRIER)),
    State(MEMBER, ActionView(**_WHOLE, view="merge")),
    State(MEMBER, ActionView(**_WHOLE, view="which", other_plan=PLAN, other=TWIN)),
    State(MEMBER, ActionView(plan_id=PLAN, action=GONE)),
    State(MEMBER, PlanGoal(plan_id=PLAN)),
    State(MEMBER, PlanGoal(plan_id=PLAN, mine="Моё")),
    State(MEMBER, PlanReason(**_WHOLE, version=2, field=Field.OWNER)),
    State(MEMBER, Escalating(plan_id=PLAN)),
    State(MEMBER, Escalating(plan_id=PLAN, to=f"m{ONE}")),
    State(MEMBER, Correcting(**_WHOLE)),
    State(MEMBER, AskLine(**_WHOLE, asks="blocked")),
    State(MEMBER, AskLine(**_WHOLE, asks="date")),
    State(MEMBER, AskMeasure(**_WHOLE, kpis=(KPI,))),
    State(MEMBER, AgendaView(workshop_id=OURS)),
    State(LEAD, AgendaView(workshop_id=OURS, page=1)),
    State(LEAD, AgendaChange(workshop_id=OURS, session="1am", asks="what")),
    State(LEAD, AgendaChange(workshop_id=OURS, session="1am", asks="time")),
    State(LEAD, AgendaChange(workshop_id=OURS, session="1am", asks="day")),
    State(LEAD, RulesView(workshop_id=OURS, rule="due")),
    State(LEAD, RulesView(workshop_id=OURS, rule="due", asks="days")),
    State(MEMBER, Muting(workshop_id=OURS)),
    State(MEMBER, OwnZone(workshop_id=OURS)),
    State(MEMBER, OwnZone(workshop_id=OURS, country="GH")),
    State(MEMBER, Upcoming(workshop_id=OURS)),
    State(MEMBER, Upcoming(workshop_id=OURS, fire=DIGEST)),
    State(MEMBER, ActionView(**_WHOLE, view="history")),
    State(MEMBER, PlanAsk(plan_id=PLAN)),
    State(MEMBER, PlanAsk(**_WHOLE, field=Field.RESPONSIBLE)),
    State(MEMBER, PlanAsk(**_WHOLE, field=Field.DUE_ON)),
    State(MEMBER, PlanAsk(**_WHOLE, field=Field.KPIS)),
    State(MEMBER, PlanConflict(**_WHOLE, field=Field.TITLE, mine="Моё")),
]

# Words that don't fit what is asked: where, what is written, and the key of the sentence that answers it.
MISFITS: list[tuple[State, str, str]] = [
    (State(SOLO, asked.AskCode()), "hello", "join.malformed"),
    (State(SOLO, asked.AskCode()), "ABC-I0", "join.malformed"),
    (State(SOLO, asked.Joining(workshop_id=OURS)), "Мэлори", "input.choose"),
    (State(SOLO, asked.Joining(workshop_id=OURS)), "7", "input.choose"),
    (State(SOLO, asked.Joining(workshop_id=OURS, asks="name")), "123", "name.letters"),
    (State(SOLO, asked.Joining(workshop_id=OURS, asks="name")), "ж" * 61, "input.too_long"),
    (State(Role.OTHER_GROUP, asked.Naming(workshop_id=OURS)), "!?", "name.letters"),
    (State(Role.OTHER_GROUP, asked.Joining(workshop_id=OURS, asks="organisation")), "ж" * 81, "input.too_long"),
    (State(SOLO, _TAKES_PART), "perhaps", "input.choose"),
    (State(Role.NAMED, asked.Naming(workshop_id=0)), "42", "name.letters"),
    (State(LEAD, _new("title")), "ж" * 101, "input.too_long"),
    (State(LEAD, _new("title")), "2027", "new.title_letters"),
    (State(LEAD, _new("first_on")), "some day", "new.no_day"),
    (State(LEAD, _new("first_on")), "1 January 1990", "new.day_range"),
    (State(LEAD, _new("country", first_on=_PLACED["first_on"])), "Qwertyuiop", "new.no_country"),
    (State(LEAD, _new("zone", first_on=_PLACED["first_on"], country="US")), "Qwertyuiop", "new.no_zone"),
    (State(LEAD, _new("confirm", **_PLACED)), "maybe", "input.choose"),
    (State(LEAD, _new("confirm", **_PLACED)), "9", "input.choose"),
    (State(LEAD, asked.People(workshop_id=OURS, member=ONE, asks="rename")), "42", "name.letters"),
    (State(LEAD, asked.Groups(workshop_id=OURS, asks="number", grouping="six")), "0", "input.number"),
    (State(LEAD, asked.Groups(workshop_id=OURS, asks="number", grouping="six")), "1000", "input.number"),
    (State(LEAD, asked.Groups(workshop_id=OURS, asks="number", grouping="six")), "three or so", "input.number"),
    (State(LEAD, Broadcasting(workshop_id=OURS, asks="text")), "ж" * 3001, "input.too_long"),
    (State(LEAD, Broadcasting(workshop_id=OURS, asks="time", text="Обед")), "soon", "broadcast.no_time"),
    (State(LEAD, Broadcasting(workshop_id=OURS, asks="time", text="Обед")), "today 0:01", "broadcast.time_passed"),
    (State(LEAD, Broadcasting(workshop_id=OURS, asks="step")), "the first", "input.choose"),
    (State(LEAD, BroadcastTime(workshop_id=OURS, broadcast_id=WAITS)), "soon", "broadcast.no_time"),
    (State(LEAD, BroadcastTime(workshop_id=OURS, broadcast_id=WAITS)), "1 March 2031 9:00", "broadcast.time_far"),
    (State(LEAD, Broadcasting(workshop_id=OURS, asks="preview", text="Обед")), "ж" * 3001, "input.too_long"),
    (State(LEAD, AgendaChange(workshop_id=OURS)), "the first", "agenda.tap_one"),
    (State(LEAD, _SESSION), "earlier", "agenda.tap_one"),
    (State(LEAD, replace(_SESSION, asks="time")), "at noon", "agenda.no_time"),
    (State(LEAD, replace(_SESSION, asks="time")), "12 – 9", "agenda.ends_first"),
    (State(LEAD, replace(_SESSION, asks="time")), "23:00", "agenda.too_far"),
    (State(LEAD, replace(_SESSION, asks="day")), "some day", "agenda.no_day"),
    (State(LEAD, replace(_SESSION, asks="day")), "1 January 1990", "agenda.no_day"),
    (State(LEAD, replace(_SESSION, asks="place")), "ж" * 201, "input.too_long"),
    (State(LEAD, AgendaChange(workshop_id=OURS, asks="place_for_all")), "ж" * 201, "input.too_long"),
    (State(LEAD, RulesView(workshop_id=OURS, rule="minutes", asks="days")), "0", "rules.no_minutes"),
    (State(LEAD, RulesView(workshop_id=OURS, rule="digest", asks="days")), "daily", "rules.no_weekday"),
    (State(LEAD, RulesView(workshop_id=OURS, rule="due", asks="days")), "often", "rules.not_numbers"),
    (State(LEAD, RulesView(workshop_id=OURS, rule="due", asks="days")), "401", "rules.bad_days"),
    (State(LEAD, RulesView(workshop_id=OURS, rule="due", asks="hour")), "midnight", "agenda.no_time"),
    (State(LEAD, RulesView(workshop_id=OURS, rule="due", asks="hour")), "23:00", "rules.bad_hour"),
    (State(Role.OTHER_GROUP, None, OTHER_CARD, "gap"), "ж" * 251, "input.too_long"),
    (State(HOLDER, None, CARD, "patterns"), f"{SECRET.upper()} 2", "input.already_there"),
    (State(HOLDER, None, CARD, "archetype"), "whatever", "input.choose"),
    (State(HOLDER, None, CARD, "archetype"), "99", "input.choose"),
    (State(HOLDER, None, TABLE, "engage"), "everybody", "input.choose"),
    (State(HOLDER, None, CARD, "publish"), "publish it now", "input.nothing_asked"),
    (State(HOLDER, None, RATED, "grid"), "high up", "input.nothing_asked"),
    (State(HOLDER, None, RATED, "five"), "all of them", "input.choose"),
    (State(MEMBER, _RATING, RATED, "doable"), "6", "input.number"),
    (State(MEMBER, _RATING, RATED, "doable"), "much", "input.number"),
    (State(HOLDER, None, READ, "rows"), "ж" * 201, "input.too_long"),
    (State(MEMBER, None, MAP, "objective"), "Моё", "sheet.pen_only"),
    (State(MEMBER, asked.FillRow(**_CELL, column="kind"), TABLE, "stakeholders"), "a friend", "input.choose"),
    (State(MEMBER, asked.FillRow(**_CELL, column="impact"), TABLE, "stakeholders"), "3", "input.number"),
    (State(MEMBER, asked.FillRow(**_CELL, column="impact"), TABLE, "stakeholders"), "-3", "input.number"),
    (State(MEMBER, asked.FillRow(**_CELL, column="impact"), TABLE, "stakeholders"), "1.5", "input.number"),
    (State(MEMBER, asked.FillRow(**_CELL, column="impact"), TABLE, "stakeholders"), "much", "input.number"),
    (State(MEMBER, asked.FillRow(**_CELL, column="result"), TABLE, "stakeholders"), "ж" * 161, "input.too_long"),
    (State(MEMBER, _REWORDING, CARD, "patterns"), "ж" * 161, "input.too_long"),
    (State(MEMBER, PlanGoal(plan_id=PLAN)), "ж" * 401, "input.too_long"),
    (State(MEMBER, PlanGoal(plan_id=PLAN, mine="Моё")), "maybe", "input.choose"),
    (State(MEMBER, PlanReason(**_WHOLE, version=2, field=Field.OWNER)), "ж" * 141, "input.too_long"),
    (State(MEMBER, Escalating(plan_id=PLAN)), "the boss", "input.choose"),
    (State(MEMBER, Escalating(plan_id=PLAN, to=f"m{ONE}")), "soon", "escalation.days_range"),
    (State(MEMBER, Correcting(**_WHOLE)), "ж" * 201, "input.too_long"),
    (State(MEMBER, AskLine(**_WHOLE, asks="blocked")), "ж" * 201, "input.too_long"),
    (State(MEMBER, AskMeasure(**_WHOLE, kpis=(KPI,))), "much", "measure.no_number"),
    (State(LEAD, AgendaChange(workshop_id=OURS, session="1am", asks="time")), "soon", "agenda.no_time"),
    (State(LEAD, RulesView(workshop_id=OURS, rule="due", asks="days")), "soon", "rules.not_numbers"),
    (State(MEMBER, OwnZone(workshop_id=OURS)), "Xyzzyland", "new.no_country"),
    (State(MEMBER, OwnZone(workshop_id=OURS, country="GH")), "Xyzzyville", "new.no_zone"),
    (State(MEMBER, PlanAsk(plan_id=PLAN)), "ж" * 201, "input.too_long"),
    (State(MEMBER, PlanAsk(plan_id=PLAN)), f"{SECRET.upper()} 24", "plan.already_there"),
    (State(MEMBER, PlanAsk(**_WHOLE, field=Field.DUE_ON)), "some day", "plan.no_day"),
]
