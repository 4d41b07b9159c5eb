"""Who may do what in a workshop, to be read by people: one row for each tap, command and answer.

Every row is tried by every role that isn't in it, with the first workshop's ids, twice: as they are, and with their own
row led astray (working in the first workshop, its sheet and the row's question in front of them).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import NamedTuple

from bot.core import dialogue as asked
from bot.core.agenda import SessionChange
from bot.core.agenda_dialogue import AgendaChange, RulesView, WhereChange
from bot.core.assess_dialogue import StatementsView
from bot.core.broadcast_dialogue import Broadcasting, BroadcastTime
from bot.core.followup_dialogue import AskLine, AskMeasure
from bot.core.own_dialogue import OwnZone, Upcoming
from bot.core.owners_dialogue import Correcting, Escalating
from bot.core.plan import Field
from bot.core.plan_dialogue import (
    ActionView,
    HandOver,
    PlanAsk,
    PlanConflict,
    PlanGoal,
    PlanImport,
    PlanReason,
    PlanView,
    Stopping,
)
from bot.core.plenary_dialogue import CloseAsk, PollAsk, RemarkAsk, VoteAsk, VoteView
from bot.core.room_dialogue import ParkAsk, ParkingLot
from handlers import callbacks as to
from handlers import item_taps as items
from handlers.agenda import taps as agenda
from handlers.assess import taps as assess
from handlers.broadcasts import taps as cast
from handlers.days.taps import Blank
from handlers.files.taps import ExportAll, ExportDay, ExportPlan, ExportWhich, ImportPlan, ImportYes
from handlers.followup import taps as unasked
from handlers.mirrors import taps as chats
from handlers.own import taps as own
from handlers.plan import escalation_taps as stuck
from handlers.plan import list_taps as look
from handlers.plan import people_taps as people
from handlers.plan import report_taps as past
from handlers.plan import taps as plan_taps
from handlers.plenary import taps as room
from handlers.steering import taps as steer
from tests.e2e.two_workshops import (
    ASKING,
    ASSESSED,
    BARRIER,
    BEFORE,
    CARD,
    CHECK_IN,
    DIGEST,
    ERASURE,
    ESCALATE,
    GONE,
    KPI,
    MAP,
    OTHER_CARD,
    OUR_CHAT,
    OURS,
    OWN,
    PAPER,
    PLAN,
    POLL,
    PROGRAMME,
    PROPOSAL,
    QUEUE,
    RATED,
    READ,
    REVIEW,
    SENT,
    SPARE,
    STATEMENT,
    TABLE,
    THEIR_CAST,
    THEIRS,
    TOKENS,
    TWIN,
    VOTE,
    WAITS,
    WHOLE,
    YESTERDAY,
    Role,
)
from tests.stage import START

EVERYONE = frozenset(Role)  # it touches nothing but what is their own
NOBODY: frozenset[Role] = frozenset()
ORGANISER = frozenset({Role.ORGANISER})
LEADS = ORGANISER | {Role.FACILITATOR}
PEN = LEADS | {Role.HOLDER}
GROUP = PEN | {Role.MEMBER}
MEMBERS = GROUP | {Role.OTHER_GROUP}
SEATED = MEMBERS - LEADS
NAMED = frozenset({Role.NAMED})
AT_THE_DOOR = NAMED | {
    Role.STRANGER,
    Role.LEFT,
    Role.THEIR_ORGANISER,
    Role.THEIR_FACILITATOR,
    Role.THEIR_PARTICIPANT,
}

MEMBER, FACILITATOR, REMOVED = Role.MEMBER.number, Role.FACILITATOR.number, Role.REMOVED.number
FIRST = Role.ORGANISER.number


class Row(NamedTuple):
    """What is done, who may, and the question that has to be open for it."""

    does: to.Action
    may: frozenset[Role]
    question: asked.Dialogue | None = None


_NEW = asked.NewWorkshop(
    asks="confirm",
    at=START,
    programme=PROGRAMME,
    title="Моё",
    first_on=date(2027, 6, 14),
    country="GH",
    zone="Africa/Accra",
)
_DOOR = asked.Joining(workshop_id=OURS)
_SEND = Broadcasting(workshop_id=OURS, asks="preview", text="Обед")
_ROW = asked.FillRow(run_id=TABLE, step="stakeholders", entry=3, column="kind")
_CLASH = asked.Conflict(run_id=CARD, step="patterns", entry=2, version=1, mine="Моё")
_LONG = asked.TooLong(run_id=CARD, step="patterns", text="Закономерность. " * 12)
_ENTER = asked.People(workshop_id=OURS, asks="enter_organisation", name="Павел")
_AGAIN = asked.Groups(workshop_id=OURS, asks="again", grouping="three", how="count", number=2)
_WHO = PlanAsk(plan_id=PLAN, action=WHOLE, field=Field.RESPONSIBLE)
_FIELD = (PLAN, WHOLE, 0, Field.RESPONSIBLE.value, "")
_BOTH = PlanConflict(plan_id=PLAN, action=WHOLE, field=Field.TITLE, mine="Моё")
_FOUND = PlanImport(
    workshop_id=OURS, group=1, asks="yes", file="план", found='{"people": {}, "actions": []}', mistakes="[]"
)
_GOAL = PlanGoal(plan_id=PLAN, base="", mine="Моё")
_WHY = PlanReason(plan_id=PLAN, action=WHOLE, version=2, field=Field.OWNER)
_STUCK = Escalating(plan_id=PLAN, to=f"m{MEMBER}")
_LINE = AskLine(plan_id=PLAN, action=WHOLE, asks="blocked")
_VALUE = AskMeasure(plan_id=PLAN, action=WHOLE, kpis=(KPI,))
_SESSION = AgendaChange(workshop_id=OURS, session="1am", asks="what")
_STANDS = SessionChange(id="1am", on=START.date(), starts=time(9), ends=time(12))
_LATER = SessionChange(id="1am", on=START.date(), starts=time(10), ends=time(13))
_TELL = AgendaChange(workshop_id=OURS, session="1am", asks="preview", seen=(_STANDS,), becomes=(_LATER,))
_WHERE = WhereChange(workshop_id=OURS, country="KE")
_MOVES = WhereChange(workshop_id=OURS, country="KE", zone="Africa/Nairobi", seen=("GH", "Africa/Accra"))
_DAY = YESTERDAY.isoformat()
_POLL = PollAsk(workshop_id=OURS, asks="answers", question="Дальше?")
_TAKES_PART = HandOver(plan_id=PLAN, contact=1, token=TOKENS[0], actions=(3,))

_BROUGHT = StatementsView(workshop_id=OURS, asks="yes", file="x.toml", found='[["s1", "legal", "Моё"]]')

TAPS: list[Row] = [
    # What is everybody's own
    Row(to.Close(), EVERYONE),
    Row(to.ShowLanguages(), EVERYONE),
    Row(to.PickLanguage("en"), EVERYONE),
    Row(Blank(), EVERYONE),
    # Coming and going
    Row(to.PickWorkshop(OURS), MEMBERS),
    Row(to.Join(OURS), AT_THE_DOOR, _DOOR),
    Row(to.Join(OURS), NOBODY),  # only a link or a code leads to the door
    Row(to.JoinOtherName(OURS), EVERYONE, _DOOR),
    Row(to.JoinOtherName(OURS), NOBODY),
    Row(to.JoinBack(OURS), EVERYONE, asked.Joining(workshop_id=OURS, asks="name")),
    Row(to.JoinBack(OURS), NOBODY),
    Row(to.JoinSkip(OURS), MEMBERS, asked.Joining(workshop_id=OURS, asks="organisation")),
    Row(to.Leave(OURS), MEMBERS - ORGANISER, asked.Leaving(workshop_id=OURS)),
    Row(to.Leave(OURS), NOBODY),
    # Opening one
    Row(to.NewPick("confirm", "open"), ORGANISER, _NEW),
    Row(to.NewPick("confirm", "open"), NOBODY),
    Row(to.NewBack(), ORGANISER, _NEW),
    Row(to.WorkshopDo(OURS, "invite"), LEADS),
    Row(to.WorkshopDo(OURS, "facilitator_link"), ORGANISER),
    Row(to.WorkshopDo(OURS, "close"), ORGANISER),
    Row(to.WorkshopDo(OURS, "close_yes"), ORGANISER),
    Row(to.WorkshopDo(OURS, "reopen"), ORGANISER),
    # People
    Row(to.ShowPeople(OURS, 0), LEADS),
    Row(to.ShowMember(OURS, MEMBER), LEADS),
    Row(to.MemberDo(OURS, MEMBER, "rename"), LEADS),
    Row(to.MemberDo(OURS, MEMBER, "move"), LEADS),
    Row(to.MemberDo(OURS, MEMBER, "remove"), LEADS),
    Row(to.MemberDo(OURS, MEMBER, "remove_yes"), LEADS),
    Row(to.MemberDo(OURS, REMOVED, "restore"), LEADS),
    Row(to.MemberDo(OURS, PAPER, "answer_for"), LEADS),
    Row(to.MemberDo(OURS, PAPER, "stop_answering"), LEADS),
    Row(to.MemberDo(OURS, FIRST, "rename"), ORGANISER),
    Row(to.MemberDo(OURS, FACILITATOR, "remove_yes"), ORGANISER),
    Row(to.MemberDo(OURS, FACILITATOR, "hand_over"), ORGANISER),
    Row(to.MemberDo(OURS, FACILITATOR, "hand_over_yes"), ORGANISER),
    Row(to.MoveTo(OURS, MEMBER, 2, "three"), LEADS),
    Row(to.EnterPerson(OURS), LEADS),
    Row(to.EnterSkip(OURS), LEADS, _ENTER),
    # Groups
    Row(to.ShowGroups(OURS), LEADS),
    Row(to.FormGroups(OURS, "count", "six"), LEADS),
    Row(to.FormGroups(OURS, "merge", "three"), LEADS),
    Row(to.FormGroups(OURS, "other", "six"), LEADS),
    Row(to.FormGroups(OURS, "yes", "three"), LEADS, _AGAIN),
    Row(to.FormGroups(OURS, "no", "three"), LEADS, _AGAIN),
    Row(to.ReadAloud(OURS, 0, "three"), LEADS),
    Row(to.MyGroup(OURS, "three"), MEMBERS),
    Row(to.Volunteer(OURS, "reporter", "three"), SEATED),
    # The sheet
    Row(to.Next(TABLE, "engage"), PEN),
    Row(to.Skip(TABLE, "engage"), PEN),
    Row(to.Back(TABLE, "engage"), PEN),
    Row(to.Publish(CARD, "publish"), PEN),
    Row(to.Pick(TABLE, 0, "engage", "=2"), PEN),
    Row(to.Rate(TABLE, 0, "engage", "1"), PEN),
    Row(to.TakePrefill(MAP, "objective"), PEN),
    Row(to.Split(CARD), GROUP, _LONG),
    Row(to.Split(CARD), NOBODY),
    Row(to.Show(CARD, "help", "gap"), GROUP),
    Row(to.ShowSheet(CARD), GROUP),
    Row(to.ShowEntries(CARD, 0, "patterns"), GROUP),
    Row(to.ShowEntry(CARD, 2), GROUP),
    Row(to.ChangeEntry(CARD, 2, 1, ""), GROUP),
    Row(to.RemoveEntry(CARD, 2, 1), GROUP),
    Row(to.RemoveEntry(CARD, 1, 1), PEN),  # the gap, which whoever holds the pen writes
    Row(to.PutBack(CARD, 5), GROUP),
    Row(to.FillIn(TABLE, 3, "stakeholders"), GROUP),
    Row(to.ColumnValue(TABLE, 3, "kind", "customer"), GROUP, _ROW),
    Row(to.ColumnValue(TABLE, 3, "kind", "customer"), NOBODY),
    Row(to.ColumnSkip(TABLE, 3, "kind"), GROUP, _ROW),
    Row(to.ColumnBack(TABLE, 3, "kind"), GROUP, _ROW),
    Row(to.Settle(CARD, 2, 1), GROUP, _CLASH),
    Row(to.Settle(CARD, 2, 0), EVERYONE, _CLASH),  # gives up what is one's own
    Row(to.Settle(CARD, 2, 1), NOBODY),
    Row(to.AskPen(CARD), frozenset({Role.MEMBER})),
    Row(to.GivePen(CARD, MEMBER), PEN),
    Row(to.GivePen(CARD, 0), PEN),
    Row(to.ShowProduct(CARD, 0), GROUP),
    # What is rated one by one, and shown of plans
    Row(items.RateStart(RATED, "doable"), GROUP - LEADS),  # who leads has no say
    Row(items.RateItem(RATED, "doable", "+1.1", "", "4"), GROUP - LEADS),
    Row(items.RateMove(RATED, "doable", "+1.1", "skip"), GROUP - LEADS),
    Row(assess.Carry(ASSESSED, "own", "keep"), GROUP - LEADS),
    Row(assess.ItemSure(ASSESSED, 0, 3, "own", STATEMENT), GROUP - LEADS),
    Row(items.RateItem(ASSESSED, "own", STATEMENT, "3", "4"), GROUP - LEADS),
    Row(items.TakeOffered(OTHER_CARD, "gap", f"{BEFORE}=1"), LEADS | {Role.OTHER_GROUP}),
    # What somebody does alone is nobody else's, whoever they are
    Row(assess.OwnOpen(OURS, "1.6"), SEATED),
    Row(assess.OwnDo(OWN, "reopen"), frozenset({Role.MEMBER})),
    Row(assess.ShowStatements(OURS, 1), LEADS),
    Row(assess.StatementsDo(OURS, "form"), LEADS),
    Row(assess.StatementsDo(OURS, "bring"), ORGANISER),
    Row(assess.StatementsDo(OURS, "use"), ORGANISER, _BROUGHT),
    Row(assess.StatementsDo(OURS, "use"), NOBODY),
    Row(items.RateStart(OWN, "view"), frozenset({Role.MEMBER})),
    Row(items.RateItem(OWN, "view", STATEMENT, "3", "4"), frozenset({Role.MEMBER})),
    Row(assess.ItemSure(OWN, 0, 3, "view", STATEMENT), frozenset({Role.MEMBER})),
    Row(to.ShowSheet(OWN), frozenset({Role.MEMBER})),
    Row(to.ShowProduct(OWN, 0), frozenset({Role.MEMBER})),
    Row(to.Show(OWN, "help", "view"), frozenset({Role.MEMBER})),
    Row(items.ReadPlan(READ, 0, "verdict"), GROUP),
    Row(items.Picture(TABLE, "stakeholders"), GROUP),
    Row(items.Drawn(CARD), GROUP),
    # Exercises and the room
    Row(to.ShowExercises(OURS), MEMBERS),
    Row(to.OpenNext(OURS, 2, "2.4.1.b"), frozenset({Role.OTHER_GROUP})),
    Row(to.ShowRoom(OURS), LEADS),
    Row(to.RoomOpen(OURS, 0, 0, ""), LEADS),
    Row(to.RoomOpen(OURS, 2, 1, "2.4.1.b"), LEADS),
    Row(to.RoomGroup(OURS, "2.4.1.a"), LEADS),
    Row(steer.ShowSteering(OURS, 0, ""), LEADS),
    Row(steer.Steer(OURS, 0, "start", 20, "2.4.1.a"), LEADS),
    Row(steer.Steer(OURS, 1, "close", 0, "2.4.1.a"), LEADS),
    Row(steer.Steer(OURS, 1, "hold", 0, "2.4.1.a"), LEADS),
    Row(steer.TakeBack(OURS, 1), LEADS),
    Row(steer.CallFor(CARD, 0), GROUP - LEADS),
    Row(steer.CallDo(OURS, 1, "take"), LEADS),
    Row(steer.CallDo(OURS, 1, "end"), LEADS),
    Row(steer.AnswerIn(OURS, PAPER, CARD), LEADS),
    Row(steer.LeadTo(OURS, 0), LEADS),
    Row(steer.LeadTo(OURS, 2), ORGANISER),
    Row(steer.LeadDo(OURS, "accept"), NOBODY),
    Row(steer.ParkIt(OURS, 1), MEMBERS, ParkAsk(workshop_id=OURS, text="Почему?")),
    Row(steer.ShowLot(OURS, 0, 0), LEADS),
    Row(steer.LotDo(OURS, 1, "tick"), LEADS),
    Row(steer.LotDo(OURS, 1, "to_room"), LEADS, ParkingLot(workshop_id=OURS, item=1, asks="whom", text="Да")),
    Row(cast.Announce(OURS), LEADS),
    Row(cast.BroadcastTo(OURS, 0, ""), LEADS, _SEND),
    Row(cast.BroadcastDo(OURS, "send"), LEADS, _SEND),
    Row(cast.BroadcastDo(OURS, "cancel"), LEADS, _SEND),
    Row(cast.BroadcastDo(OURS, "send"), NOBODY),
    Row(cast.Nudge(OURS), LEADS),
    Row(cast.BroadcastRole(OURS, "scribe"), LEADS, replace(_SEND, asks="role")),
    Row(cast.BroadcastStep(OURS, "2.4.1.a", "gap"), LEADS, replace(_SEND, asks="step", nudge=True)),
    Row(cast.BroadcastAway(OURS, 10), LEADS, replace(_SEND, asks="away")),
    Row(cast.BroadcastIn(OURS, 10), LEADS, BroadcastTime(workshop_id=OURS, broadcast_id=WAITS)),
    Row(cast.BroadcastShow(OURS, SENT, -1), LEADS),
    Row(cast.BroadcastShow(OURS, THEIR_CAST, -1), NOBODY),
    Row(cast.BroadcastChange(OURS, WAITS, "now"), LEADS),
    Row(cast.BroadcastChange(OURS, WAITS, "stop"), LEADS),
    Row(cast.BroadcastChange(OURS, WAITS, "time"), LEADS),
    Row(cast.BroadcastChange(OURS, THEIR_CAST, "now"), NOBODY),
    Row(cast.ShowBroadcasts(OURS, 0), LEADS),
    Row(chats.ShowChats(OURS), LEADS),
    Row(chats.TieChat(OURS, ASKING, 0, 1, "three"), LEADS),
    Row(chats.TieChat(OURS, ASKING, 0, 0, ""), LEADS),
    Row(chats.TieChat(OURS, OUR_CHAT, 0, 2, "three"), NOBODY),
    Row(chats.TieChat(THEIRS, ASKING, 0, 1, "three"), NOBODY),
    Row(chats.UntieChat(OURS, OUR_CHAT, 0), LEADS),
    Row(chats.UntieChat(THEIRS, OUR_CHAT, 0), NOBODY),
    # The agenda, and the rules of reminding
    Row(agenda.ShowAgenda(OURS, 0), MEMBERS),
    Row(agenda.ShowCard(OURS, 0, ""), MEMBERS),
    Row(agenda.ShowCard(OURS, 0, "systems"), MEMBERS),
    Row(agenda.ChangeAgenda(OURS, 0, ""), LEADS),
    Row(agenda.ChangeAgenda(OURS, 0, "1am"), LEADS),
    Row(agenda.AgendaDo(OURS, "", "behind15"), LEADS),
    Row(agenda.AgendaDo(OURS, "1am", "later15"), LEADS, _SESSION),
    Row(agenda.AgendaDo(OURS, "1am", "cancel"), LEADS, _SESSION),
    Row(agenda.AgendaDo(OURS, "1am", "cancel"), NOBODY),
    Row(agenda.AgendaDo(OURS, "1am", "send"), LEADS, _TELL),
    Row(agenda.AgendaDo(OURS, "1am", "send"), NOBODY),
    Row(agenda.AgendaDay(OURS, 1, "1am"), LEADS, _SESSION),
    Row(agenda.AgendaDay(OURS, 1, "1am"), NOBODY),
    Row(agenda.ChangeWhere(OURS, 0), LEADS),
    Row(agenda.WhereCountry(OURS, "KE"), LEADS, WhereChange(workshop_id=OURS, near=("KE",))),
    Row(agenda.WhereCountry(OURS, "KE"), NOBODY),
    Row(agenda.WhereZone(OURS, "Africa/Nairobi"), LEADS, _WHERE),
    Row(agenda.WhereZone(OURS, "Africa/Nairobi"), NOBODY),
    Row(agenda.WhereDo(OURS), LEADS, _MOVES),
    Row(agenda.WhereDo(OURS), NOBODY),
    Row(agenda.ShowRule(OURS, "", ""), LEADS),
    Row(agenda.ShowRule(OURS, "due", "days"), LEADS),
    Row(agenda.RuleDo(OURS, "due", "off"), LEADS),
    # The plenary
    Row(room.ShowPlenary(OURS), MEMBERS),
    Row(room.CloseDo(OURS, START.date().isoformat(), "open"), LEADS),
    Row(room.CloseDo(OURS, _DAY, "begin"), SEATED),
    Row(room.CloseDo(OURS, _DAY, "end"), LEADS),
    Row(room.CloseAnswerWith(OURS, 0, _DAY, "4"), SEATED),
    Row(room.ShowClose(OURS, 0, _DAY), LEADS),
    Row(room.ReportOn(OURS, ""), LEADS),
    Row(room.ReportDo(OURS, QUEUE, 1, "next"), LEADS),
    Row(room.ReportDo(OURS, QUEUE, 1, "end"), LEADS),
    Row(room.AddRemark(OURS, QUEUE, 1), MEMBERS),
    Row(room.ShowRemarks(OURS, QUEUE, 1, 0), LEADS),
    Row(room.RemarkDo(OURS, 1, "pick"), LEADS),
    Row(room.PollDo(OURS, "new"), LEADS),
    Row(room.PollDo(OURS, "yes_no"), LEADS, _POLL),
    Row(room.PollDo(OURS, "yes_no"), NOBODY),
    Row(room.PollDo(OURS, "send"), LEADS, replace(_POLL, asks="preview", answers=("Да", "Нет"))),
    Row(room.EndPoll(OURS, POLL), LEADS),
    Row(room.VoteOn(OURS, 0, "", ""), LEADS),
    Row(room.VoteOn(OURS, 2, "2.4.1.c", "innovations"), LEADS),
    Row(room.ShowVote(OURS, VOTE, 0), MEMBERS),
    Row(room.PlaceDot(OURS, VOTE, 1), SEATED),
    Row(room.VoteFor(OURS, VOTE, PAPER), LEADS),
    Row(room.EndVote(OURS, VOTE), LEADS),
    Row(room.RemarkDo(OURS, 1, "away"), LEADS),
    # A plan: what is asked about an action
    Row(plan_taps.PlanAdd(PLAN), GROUP),
    Row(plan_taps.PlanResume(PLAN, TWIN), GROUP),
    Row(plan_taps.PlanAnswer(*_FIELD, f"+m{MEMBER}"), GROUP, _WHO),
    Row(plan_taps.PlanAnswer(*_FIELD, f"+m{MEMBER}"), NOBODY),
    Row(plan_taps.PlanMove(*_FIELD, 0, "next"), GROUP, _WHO),
    Row(plan_taps.PlanSettle(PLAN, WHOLE, 1), GROUP, _BOTH),
    Row(plan_taps.PlanSettle(PLAN, WHOLE, 1), NOBODY),
    # … and what is on show of it
    Row(look.ShowPlan(OURS, PLAN, 0, "list", ""), GROUP | NAMED),  # as much of it as is theirs
    Row(look.ShowPlan(OURS, PLAN, 0, "check", ""), GROUP),
    Row(look.ShowPlan(OURS, PLAN, 0, "removed", ""), GROUP),
    Row(look.ShowPlan(OURS, PLAN, 0, "person", f"m{MEMBER}"), GROUP | NAMED),
    Row(look.ShowPlan(OURS, PLAN, 0, "publish", ""), PEN),
    Row(look.ShowPlan(OURS, 0, 0, "list", ""), MEMBERS | NAMED),
    Row(look.ShowPlan(OURS, 0, 0, "mine", ""), MEMBERS | NAMED),
    Row(look.ShowGroupPlan(OURS, 2), LEADS),
    Row(look.ShowAction(PLAN, WHOLE, 0, "card"), GROUP),
    Row(look.ShowAction(PLAN, GONE, 0, "card"), GROUP),
    Row(look.ShowAction(PLAN, WHOLE, 0, "fields"), GROUP),
    Row(look.ShowAction(PLAN, WHOLE, 0, "progress"), GROUP),
    Row(look.ShowAction(PLAN, WHOLE, 0, "merge"), GROUP),
    Row(look.ShowItems(PLAN, WHOLE, 0, "barriers"), GROUP),
    Row(look.ShowItems(PLAN, WHOLE, BARRIER, "barriers"), GROUP),
    Row(look.AskField(PLAN, WHOLE, "due_on"), GROUP),
    Row(look.AskPart(PLAN, WHOLE, BARRIER, "barriers", "answer"), GROUP),
    Row(look.DropItem(PLAN, WHOLE, BARRIER, 9, "barriers"), GROUP),
    Row(look.CallFine(PLAN, WHOLE, "no_date"), GROUP),
    Row(look.SetProgress(PLAN, WHOLE, "not_started", "on_track"), GROUP),
    Row(look.ActionDo(PLAN, WHOLE, 11, "undo"), GROUP),
    Row(look.ActionDo(PLAN, TWIN, 2, "remove"), GROUP),
    Row(look.ActionDo(PLAN, GONE, 3, "put_back"), GROUP),
    Row(look.ChangeGoal(PLAN), GROUP),
    Row(ExportWhich(OURS), GROUP),
    Row(ExportPlan(PLAN, ""), GROUP),
    Row(ExportPlan(PLAN, "xlsx"), GROUP),
    Row(ExportAll(OURS, "csv"), GROUP),  # of what they may have
    Row(ExportDay(OURS, 2, ""), LEADS),
    Row(ExportDay(OURS, 2, "docx"), LEADS),
    Row(ImportPlan(OURS, 0), MEMBERS),
    Row(ImportPlan(OURS, 1), GROUP),
    Row(ImportYes(OURS, 1), GROUP, _FOUND),
    Row(ImportYes(OURS, 1), NOBODY),
    Row(look.SettleGoal(PLAN, 1), GROUP, _GOAL),
    Row(look.SettleGoal(PLAN, 1), NOBODY),
    Row(look.AgreePlan(PLAN), PEN),
    Row(look.SkipReason(PLAN, WHOLE), GROUP, _WHY),
    Row(look.SkipReason(PLAN, WHOLE), NOBODY),
    Row(look.MergeWith(PLAN, WHOLE, PLAN, TWIN), GROUP),
    Row(look.ProposeMerge(PLAN, SPARE, PLAN, TWIN), GROUP),
    Row(look.ProposeMerge(PLAN, WHOLE, PLAN, TWIN), NOBODY),  # that has been proposed already
    Row(look.AnswerMerge(PROPOSAL, 1), frozenset({Role.HOLDER, Role.MEMBER})),
    Row(look.AnswerMerge(PROPOSAL, 0), frozenset({Role.HOLDER, Role.MEMBER})),
    # If it gets stuck
    Row(stuck.AskStuck(PLAN), GROUP),
    Row(stuck.StuckTo(PLAN, f"m{MEMBER}"), GROUP),
    Row(stuck.StuckTo(PLAN, ""), GROUP),
    Row(stuck.StuckAfter(PLAN, 7), GROUP, _STUCK),
    Row(stuck.StuckAfter(PLAN, 7), NOBODY),
    Row(stuck.SayDone(PLAN, WHOLE), GROUP),
    # What will come to one of them, and what is everybody's own
    Row(own.ShowUpcoming(0, DIGEST, ""), frozenset({Role.MEMBER})),
    Row(own.MoveFire(DIGEST, "week"), frozenset({Role.MEMBER})),
    Row(own.CancelFire(DIGEST, 0), frozenset({Role.MEMBER})),
    Row(own.CancelFire(DIGEST, 1), frozenset({Role.MEMBER})),
    Row(own.SetMute("week"), EVERYONE),
    Row(own.PickCountry(""), EVERYONE, OwnZone()),
    Row(own.PickZone("Europe/Paris"), NOBODY, OwnZone()),  # without a country there is none to choose
    Row(past.ShowHistory(PLAN, WHOLE, 0), GROUP),
    Row(past.ShowChart(PLAN, WHOLE, 3), GROUP),
    Row(unasked.WishDo(DIGEST, "grant"), NOBODY),  # nothing was wished
    Row(unasked.WishDo(CHECK_IN, "keep"), NOBODY),
    # What came unasked, and was said to one of them
    Row(unasked.FireShow(DIGEST, ""), frozenset({Role.MEMBER})),
    Row(unasked.FireDo(DIGEST, f"card.{WHOLE}"), frozenset({Role.MEMBER})),
    Row(unasked.FireDo(DIGEST, f"hand.{WHOLE}"), frozenset({Role.MEMBER})),
    Row(unasked.FireDo(DIGEST, "mute"), frozenset({Role.MEMBER})),
    Row(unasked.FireDo(CHECK_IN, f"{WHOLE}.on_track"), frozenset({Role.MEMBER})),
    Row(unasked.SkipLine(PLAN, WHOLE), GROUP, _LINE),
    Row(unasked.SkipLine(PLAN, WHOLE), NOBODY),
    Row(unasked.SkipMeasure(PLAN, WHOLE, KPI), EVERYONE, _VALUE),  # it says nothing
    Row(unasked.SkipMeasure(PLAN, WHOLE, KPI), NOBODY),
    Row(unasked.FireDo(REVIEW, "right"), frozenset({Role.HOLDER})),
    Row(unasked.FireDo(REVIEW, "show"), frozenset({Role.HOLDER})),
    Row(unasked.FireDo(REVIEW, f"fields.{WHOLE}"), frozenset({Role.HOLDER})),
    Row(unasked.FireDo(ESCALATE, "seen"), ORGANISER),
    Row(unasked.FireDo(ESCALATE, "asked"), ORGANISER),
    Row(unasked.FireDo(ERASURE, "file"), ORGANISER),
    # Whoever is named in a plan, and its group
    Row(people.HandOverAnswer(TOKENS[0], 3, 1), NAMED),
    Row(people.HandOverAnswer(TOKENS[0], 3, 0), NAMED),
    Row(people.HandOverAnswer(TOKENS[0], 0, 1), NAMED, _TAKES_PART),
    Row(people.HandOverAnswer(TOKENS[0], 0, 1), NOBODY),  # only a link leads to all of them
    Row(people.HandOverAnswer("token-of-nobody-", 3, 1), NOBODY),
    Row(people.ContactLink(PLAN, 2), GROUP),
    Row(people.ContactLink(PLAN, 1), GROUP | NAMED),  # who changes an action that names them
    Row(people.RenewLink(PLAN, 2), GROUP),
    Row(people.RenewLink(PLAN, 1), GROUP),
    Row(people.StopPart(PLAN), NAMED, Stopping(plans=(PLAN,))),
    Row(people.StopPart(PLAN), NOBODY),
    Row(people.TakeOver(PLAN, WHOLE, f"m{MEMBER}"), GROUP),
    Row(people.CantOwn(PLAN, WHOLE), frozenset({Role.MEMBER})),  # who answers for it
    Row(people.PickContact(), EVERYONE),
    Row(people.ClosePicker(), EVERYONE),
]

# Commands work in the workshop that somebody is working in: the first one, for all who are tried here.
COMMANDS: dict[str, frozenset[Role]] = {
    **dict.fromkeys(["/start", "/help", "/id", "/cancel", "/stop", "/language", "/privacy", "/join"], EVERYONE),
    **dict.fromkeys(["/workshop", "/workshops", "/claim", "/claim ABCD-EFGH"], EVERYONE),
    "/new": ORGANISER,
    **dict.fromkeys(
        [
            "/exercises",
            "/group",
            "/groups",
            "/agenda",
            "/cards",
            "/cards iceberg",
            "/plenary",
            "/park",
            "/park Почему?",
        ],
        MEMBERS,
    ),
    **dict.fromkeys(["/name", "/name Мэлори"], MEMBERS | NAMED),
    "/sheet": EVERYONE,  # brings down what is in front of them, if there is something
    **dict.fromkeys(["/plan", "/plan mine", "/plan 1"], MEMBERS | NAMED),
    "/export": GROUP,
    "/assess": SEATED,
    "/statements": LEADS,
    **dict.fromkeys(["/upcoming", "/mute", "/zone", "/zone Atlantis"], EVERYONE),
    "/import": MEMBERS,
    "/leave": (MEMBERS - ORGANISER) | NAMED,
    **dict.fromkeys(
        ["/people", "/open", "/room", "/parking", "/chats", "/invite", "/broadcast", "/broadcast Обед"], LEADS
    ),
    "/reminders": LEADS,
    **dict.fromkeys(["/close", "/reopen"], ORGANISER),
    f"/start link-of-workshop-{OURS}": AT_THE_DOOR | MEMBERS,
    **dict.fromkeys([f"/start h_{token}" for token in TOKENS], EVERYONE),  # it only asks
    f"/start lead-workshop-{OURS}": EVERYONE - {Role.REMOVED},  # whoever has that link leads
}

# What is written while a question is open: by whom, and what.
ANSWERS: list[tuple[asked.Dialogue | None, str, frozenset[Role]]] = [
    (asked.AskCode(), "AAAAAA", AT_THE_DOOR | MEMBERS),
    (asked.Claiming(), "ABCD-EFGH", EVERYONE),
    (asked.Joining(workshop_id=OURS, asks="name"), "Мэлори", AT_THE_DOOR),
    (asked.Joining(workshop_id=OURS, asks="organisation"), "Министерство", MEMBERS),
    (asked.Naming(workshop_id=OURS), "Мэлори", MEMBERS),
    (asked.Naming(workshop_id=0), "Мэлори", NAMED),
    (_TAKES_PART, "1", NAMED),
    (Broadcasting(workshop_id=OURS, asks="text"), "Обед", LEADS),
    (BroadcastTime(workshop_id=OURS, broadcast_id=WAITS), "14:30", LEADS),
    (ParkAsk(workshop_id=OURS), "Почему?", MEMBERS),
    (ParkingLot(workshop_id=OURS, item=1, asks="answer"), "Никто", LEADS),
    (BroadcastTime(workshop_id=OURS, broadcast_id=THEIR_CAST), "14:30", NOBODY),
    (asked.Groups(workshop_id=OURS, asks="number", grouping="six"), "2", LEADS),
    (asked.People(workshop_id=OURS, member=MEMBER, asks="rename"), "Мэлори", LEADS),
    (asked.People(workshop_id=OURS, member=FIRST, asks="rename"), "Мэлори", ORGANISER),
    (asked.People(workshop_id=OURS, asks="enter_name"), "Павел", LEADS),
    (_ENTER, "Министерство", LEADS),
    (_NEW, "1", ORGANISER),
    (asked.Entries(run_id=CARD, step="patterns", entry=2, version=1, rewording=True), "Другие слова", GROUP),
    (_ROW, "1", GROUP),
    (asked.RateItems(run_id=RATED, step="doable", item="+1.1"), "4", GROUP - LEADS),
    (StatementsView(workshop_id=OURS, asks="file"), "Моё", NOBODY),
    (asked.RateItems(run_id=OWN, step="view", item=STATEMENT), "4", frozenset({Role.MEMBER})),
    (asked.RateItems(run_id=OWN, step="view", item=STATEMENT, asks="why"), "Моё", frozenset({Role.MEMBER})),
    (replace(_SESSION, asks="time"), "10:00", LEADS),
    (replace(_SESSION, asks="place"), "Зал", LEADS),
    (AgendaChange(workshop_id=OURS, asks="place_for_all"), "Зал", LEADS),
    (WhereChange(workshop_id=OURS), "Kenya", LEADS),
    (RulesView(workshop_id=OURS, rule="due", asks="days"), "7", LEADS),
    (RulesView(workshop_id=OURS, rule="due", asks="hour"), "10", LEADS),
    (PlanAsk(plan_id=PLAN), "Новое дело", GROUP),
    (PlanAsk(plan_id=PLAN, action=WHOLE, field=Field.TITLE, base="", only=True), "Иначе", GROUP),
    (PlanView(workshop_id=OURS, plan_id=PLAN), str(WHOLE), GROUP),
    (ActionView(plan_id=PLAN, action=WHOLE, view="item"), str(WHOLE), NOBODY),  # there is nothing with that number
    (ActionView(plan_id=PLAN, action=WHOLE), str(WHOLE), GROUP),
    (PlanImport(workshop_id=OURS, group=1), "Слова", NOBODY),
    (PlanGoal(plan_id=PLAN, base=""), "Другая цель", GROUP),
    (_WHY, "Потому что", GROUP),
    (Escalating(plan_id=PLAN), Role.MEMBER.called, GROUP),
    (_STUCK, "5", GROUP),
    (Correcting(plan_id=PLAN, action=WHOLE), "Ищем замену", GROUP),
    (_LINE, "Нет денег", GROUP),
    (_VALUE, "850", GROUP),
    (CloseAsk(workshop_id=OURS, on=YESTERDAY, at=0), "4", SEATED),
    (_POLL, "Да\nНет", LEADS),
    (VoteAsk(workshop_id=OURS, exercise="2.4.1.c", step="innovations"), "2", LEADS),
    (VoteView(workshop_id=OURS, number=VOTE), "2", SEATED),
    (RemarkAsk(workshop_id=OURS, queue=QUEUE, group=1), "Кто платит?", MEMBERS),
    (OwnZone(), "Atlantis", EVERYONE),
    (Upcoming(workshop_id=OURS, fire=DIGEST, asks="day"), "30 June", frozenset({Role.MEMBER})),
    (None, "Слова", LEADS),  # nothing can be written on its last step
]

__all__ = ["ANSWERS", "COMMANDS", "OTHER_CARD", "TAPS", "Row"]
