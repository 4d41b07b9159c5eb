"""Plans to export: a few that look like real ones, and any that there could be."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from operator import ne
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.core.plan import (
    ITEMS,
    Action,
    ActionPlan,
    Barrier,
    Communication,
    Contact,
    Field,
    Frequency,
    Kpi,
    Milestone,
    Party,
    Progress,
    Resource,
    ResourceKind,
)
from bot.core.planning import LONGEST, PARTS
from bot.core.words import clean, clean_line, same
from bot.exports.dictionary import Dictionary
from bot.exports.lines import Words

NOW = datetime(2027, 6, 18, 15, 0, tzinfo=UTC)

ENGLISH = Words(
    columns=(
        "Action step",
        "By whom",
        "By when",
        "Resources and support",
        "Barriers or resistance",
        "Communication plan",
        "Key performance indicators",
        "Owner",
        "Supporters",
        "Milestones",
        "Status",
    ),
    kinds=dict(zip(ResourceKind, ("financial", "human", "political", "other"), strict=True)),
    frequencies=dict(
        zip(
            Frequency,
            ("once", "weekly", "every two weeks", "monthly", "quarterly", "at each milestone"),
            strict=True,
        )
    ),
    progress=dict(zip(Progress, ("Not started", "On track", "At risk", "Blocked", "Done"), strict=True)),
    available="Available",
    needed="Needed",
    by="by",
    through="through",
    until="until",
    unit="unit",
    source="source",
)


def no_day(text: str) -> list[date]:
    return []


DICTIONARY = Dictionary([ENGLISH], no_day)

MEMBERS: dict[Party, str] = {
    "m1": "Amina Diallo",
    "m2": "Esi Owusu",
    "m3": "李娜",
    "m4": "محمد الأمين",
    "m5": "=1+1",
    "m6": "<b>Jon</b>",
    "m7": "Esi Owusu",
}
CONTACTS: dict[Party, str] = {"c1": "Ministry of Works", "c2": "@SUM", "c3": "Amina Diallo", "c4": "Zoë 👩‍🏫; Ops"}

ANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The first text of a run takes Hypothesis a second."""

# Any plan --------------------------------------------------------------------------------------------------------

MARKS: tuple[str, ...] = ("; ", ": ", " → ", "->", "\\", "⏎", "(human)", "=1+1", "@SUM", "'", '"', "<b>", "\n")
MARKS += ("monthly", "by: Esi", "2027-03-31", " #2", "Available: ", "_x0041_", "-2", "+3", "1e5", "http://x.y/z")
MARKS += ("مرحبا", "行动计划", "👩\u200d🏫")
RAW = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=12)), min_size=1, max_size=5).map("".join)


def texts(part: str) -> st.SearchStrategy[str]:
    """What a part of an action may hold."""
    tidy = clean if part in ("how", "answer", "message") else clean_line
    longest = LONGEST[part]
    return RAW.map(lambda text: tidy(tidy(text)[:longest])).filter(bool)


DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
PARTIES = st.sampled_from([*MEMBERS, *CONTACTS])


def items(field: Field) -> st.SearchStrategy[Any]:
    kind = ITEMS[field]
    first, *_ = PARTS[field]
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for part in PARTS[field]:
        match part:
            case "due_on" | "until":
                parts[part] = st.none() | DAYS
            case "kind":
                parts[part] = st.none() | st.sampled_from(ResourceKind)
            case "frequency":
                parts[part] = st.none() | st.sampled_from(Frequency)
            case "sender":
                parts[part] = st.just("") | PARTIES
            case _:
                parts[part] = texts(part) if part == first else st.just("") | texts(part)
    return st.lists(st.builds(kind, **parts), max_size=3, unique=True).map(tuple)


def people() -> st.SearchStrategy[tuple[Party, ...]]:
    return st.lists(PARTIES, max_size=3, unique=True).map(tuple)


ACTIONS = st.builds(
    Action,
    number=st.just(0),
    title=texts("title"),
    responsible=people(),
    owner=st.just("") | PARTIES,
    supporters=people(),
    due_on=st.none() | DAYS,
    progress=st.sampled_from(Progress),
    changed_at=st.just(NOW),
    changed_by=st.just("") | PARTIES,
    why=st.just("") | texts("message"),
    passed=st.frozensets(st.sampled_from(Field), max_size=2),
    settled=st.frozensets(st.sampled_from(["no_owner", "kpi_number:3"]), max_size=2),
    **{field.value: items(field) for field in ITEMS},
)


def unlike(actions: list[Action]) -> list[Action]:
    """Those whose titles are different, with numbers and with ids for their items."""
    kept: list[Action] = []
    for action in actions:
        if not any(same(action.title, other.title) for other in kept):
            kept.append(numbered(action, len(kept) + 1))
    return kept


def numbered(action: Action, number: int) -> Action:
    ids = iter(range(1, 1000))
    lists: dict[str, Any] = {
        field.value: tuple(replace(each, id=next(ids)) for each in action.items(field)) for field in ITEMS
    }
    return replace(action, number=number, **lists, next_item=next(ids))


@st.composite
def plans(draw: st.DrawFn) -> ActionPlan:
    """Any plan: with actions that were changed since they were agreed, or removed, or came later."""
    then = unlike(draw(st.lists(ACTIONS, max_size=3)))
    now = draw(st.sampled_from([True, False])) and then
    history: dict[int, tuple[Action, ...]] = {each.number: (each,) for each in then}
    agreed = {}
    if now:
        agreed = {each.number: 1 for each in then if draw(st.booleans())}
        for number in list(history):
            match draw(st.sampled_from(["same", "changed", "removed"])):
                case "changed":
                    was = history[number][0]
                    day = draw(DAYS.filter(partial(ne, was.due_on)))
                    later = replace(was, version=2, due_on=day, why=draw(texts("message")))
                    history[number] = (*history[number], later)
                case "removed":
                    history[number] = (*history[number], replace(history[number][0], version=2, removed=True))
    return plan(
        history,
        goal=draw(st.just("") | texts("title")),
        agreed=agreed,
        agreed_at=NOW - timedelta(days=1) if now else None,
        agreed_goal="Fewer queues" if now else "",
    )


def plan(history: dict[int, tuple[Action, ...]], **more: Any) -> ActionPlan:
    contacts = {
        number: Contact(number=number, name=name, token=f"secret{number}", user_id=9000 + number)
        for number, name in enumerate(CONTACTS.values(), 1)
    }
    return ActionPlan(
        id=3,
        workshop_id=1,
        group=2,
        history=history,
        contacts=contacts,
        next_action=len(history) + 1,
        next_contact=len(contacts) + 1,
        created_at=NOW - timedelta(days=4),
        **more,
    )


def of_actions(*actions: Action, **more: Any) -> ActionPlan:
    return plan({number: (numbered(each, number),) for number, each in enumerate(actions, 1)}, **more)


def names_of(some: ActionPlan) -> dict[Party, str]:
    return {**MEMBERS, **{f"c{each.number}": each.name for each in some.contacts.values()}}


def bare(action: Action) -> dict[str, Any]:
    """What an action says, without numbers, versions and who made it."""
    without = {"number", "version", "changed_by", "changed_at", "why", "next_item", "passed", "settled", "removed"}
    return {each.name: getattr(action, each.name) for each in fields(action) if each.name not in without}


# A real one ------------------------------------------------------------------------------------------------------


def real() -> list[Action]:
    """Six actions as a group of officials would write them; some long, some hardly filled in."""
    checklist = Action(
        number=0,
        title="Publish the permit checklist online, in all four languages, and keep it up to date at every counter",
        responsible=("m2", "c1"),
        owner="m1",
        supporters=("m3", "m4"),
        due_on=date(2027, 9, 30),
        milestones=(
            Milestone(name="One list agreed by all ministries", due_on=date(2027, 7, 15)),
            Milestone(name="Test with 20 applicants", due_on=date(2027, 8, 31)),
            Milestone(name="Printed copies at the counters"),
        ),
        resources_available=(
            Resource(what="Web team of the ministry", kind=ResourceKind.HUMAN),
            Resource(what="Hosting", kind=ResourceKind.FINANCIAL),
        ),
        resources_needed=(
            Resource(what="Legal check of every wording", kind=ResourceKind.POLITICAL),
            Resource(what="Translators for two weeks", kind=ResourceKind.FINANCIAL),
        ),
        barriers=(
            Barrier(who="Legal office", how="fears claims if the list is wrong", answer="have them sign off each part"),
            Barrier(who="Counter staff", how="each office has its own list"),
        ),
        communications=(
            Communication(
                audience="Permit applicants",
                message="which papers to bring, and that nothing else is needed",
                sender="m2",
                channel="radio and the counter's notice board",
                frequency=Frequency.MONTHLY,
                until=date(2027, 12, 31),
            ),
            Communication(audience="Minister", sender="m1", frequency=Frequency.MILESTONES),
        ),
        kpis=(
            Kpi(
                name="Visits to the counter for one permit",
                unit="visits",
                baseline="3.4",
                target="at most 2",
                source="counter log",
                frequency=Frequency.QUARTERLY,
            ),
            Kpi(name="Complete files at the first visit", unit="%", baseline="will be measured by July", target="80"),
        ),
        progress=Progress.ON_TRACK,
        changed_at=NOW,
    )
    chinese = Action(
        number=0,
        title="建立跨部委的数字政府协调小组，并每月公布进展",
        responsible=("m3",),
        owner="m3",
        due_on=date(2027, 8, 31),
        milestones=(Milestone(name="成员名单", due_on=date(2027, 7, 10)),),
        resources_needed=(Resource(what="部长办公室的支持", kind=ResourceKind.POLITICAL),),
        barriers=(Barrier(who="财政部", how="担心新的预算负担", answer="先做试点"),),
        communications=(
            Communication(audience="各部委", message="工作计划", sender="m3", frequency=Frequency.MONTHLY),
        ),
        kpis=(Kpi(name="共享服务的数量", baseline="0", target="5", source="年度报告"),),
        progress=Progress.AT_RISK,
        changed_at=NOW,
    )
    arabic = Action(
        number=0,
        title="تدريب خمسين موظفاً على تحليل البيانات، مع شهادة (Level 1)",
        responsible=("m4", "m2"),
        owner="m4",
        due_on=date(2027, 11, 15),
        milestones=(Milestone(name="اختيار المدرّبين", due_on=date(2027, 7, 20)),),
        resources_available=(Resource(what="قاعة في المعهد", kind=ResourceKind.OTHER),),
        barriers=(Barrier(who="رؤساء الأقسام", how="لا وقت للتدريب", answer="يوم واحد في الأسبوع"),),
        kpis=(Kpi(name="عدد المتدرّبين", target="50"),),
        changed_at=NOW,
    )
    formula = Action(
        number=0,
        title='=HYPERLINK("http://example.org","A title that is no formula")',
        responsible=("m5", "c2"),
        owner="m6",
        supporters=("c4",),
        due_on=date(2027, 6, 30),
        barriers=(
            Barrier(who="<b>Everyone</b>", how="*not* #strong [x]", answer="$x^2$ `raw` @ref <label> // no comment"),
        ),
        communications=(
            Communication(audience="+233 callers", message="-1", channel="SMS", frequency=Frequency.WEEKLY),
        ),
        kpis=(Kpi(name="@reach", baseline="=0", target="+10%"),),
        progress=Progress.DONE,
        changed_at=NOW,
    )
    russian = Action(
        number=0,
        title="Провести открытый конкурс и опубликовать условия договора на портале закупок",
        responsible=("c1",),
        owner="c3",
        due_on=date(2028, 1, 31),
        resources_needed=(Resource(what="Юрист по закупкам", kind=ResourceKind.HUMAN),),
        communications=(Communication(audience="Поставщики", frequency=Frequency.ONCE, until=date(2027, 7, 1)),),
        progress=Progress.BLOCKED,
        changed_at=NOW,
    )
    hardly = Action(number=0, title="Ask the auditors", changed_at=NOW)
    return [checklist, chinese, arabic, formula, russian, hardly]


GOAL = "Cut the time from application to permit from nine weeks to three by the end of 2027"


def real_plan() -> ActionPlan:
    return of_actions(*real(), goal=GOAL, agreed={1: 1}, agreed_at=NOW, agreed_goal=GOAL)
