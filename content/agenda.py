"""Reads programme.toml: the programme's name, topics, agenda and ways to split the room."""

from __future__ import annotations

from datetime import time

from bot.core.agenda import SessionDef
from bot.core.exercise import WHOLE_ROOM, Grouping, Module, PlanDef, Programme, Ref, Topic
from content.fields import Fields, report_twice
from content.problems import entry_of
from content.reminders import read_reminders

MOST_DAYS = 30
MOST_MINUTES = 480
MOST_GROUPS = 20


def read_programme(name: str, fields: Fields) -> Programme:
    """The programme without its exercises."""
    title, about = fields.text("title"), fields.text("about")
    days = fields.number("days", low=1, high=MOST_DAYS)
    topic_word = fields.text("topic_word", required=False, default="topic")
    topics = _topics(fields)
    if topics and "topic_word" not in fields:
        fields.report("topic_word", "is missing; say what a topic is called here, such as dimension or theme")
    modules = _modules(fields, days if fields.right("days") else MOST_DAYS)
    groupings = _groupings(fields, len(topics))
    plan = _plan(fields, groupings)
    sessions = _sessions(fields, days if fields.right("days") else MOST_DAYS, modules)
    opens, shuts, rules = read_reminders(fields.table("reminders") if "reminders" in fields else None)
    fields.finish()
    return Programme(
        name=name,
        title=title,
        about=about,
        days=days,
        topic_word=topic_word,
        topics=topics,
        modules=modules,
        groupings={grouping.id: grouping for grouping in groupings},
        plan=plan,
        sessions=sessions,
        rules=rules,
        opens=opens,
        shuts=shuts,
    )


def _sessions(fields: Fields, days: int, modules: tuple[Module, ...]) -> tuple[SessionDef, ...]:
    """The half-days of the agenda."""
    found: list[SessionDef] = []
    for entry in fields.tables("sessions"):
        session = SessionDef(
            id=entry.id(),
            day=entry.number("day", low=1, high=days),
            starts=entry.clock("starts", time(9)),
            ends=entry.clock("ends", time(17)),
            title=entry.text("title"),
            modules=entry.words("modules"),
        )
        entry.finish()
        if entry.right("starts", "ends") and session.starts >= session.ends:
            entry.report("ends", f"is {session.ends:%H:%M}, not after starts; a session begins and ends on one day")
        known = {module.id: module.day for module in modules}
        for index, each in enumerate(session.modules):
            if known.get(each) != session.day:
                entry.report(entry_of("modules", index), f'is "{each}", which is no module of day {session.day}')
        before = found[-1] if found else None
        if before and entry.right("day", "starts") and (session.day, session.starts) < (before.day, before.ends):
            entry.report("starts", "is before the session above it has ended; put sessions in the order of the agenda")
        found.append(session)
    _report_ids(fields, "sessions", [session.id for session in found])
    return tuple(found)


def _topics(fields: Fields) -> tuple[Topic, ...]:
    found = []
    for entry in fields.tables("topics"):
        found.append(Topic(id=entry.id(), name=entry.text("name")))
        entry.finish()
    _report_ids(fields, "topics", [topic.id for topic in found])
    return tuple(found)


def _modules(fields: Fields, days: int) -> tuple[Module, ...]:
    found: list[Module] = []
    for entry in fields.tables("modules", required=True):
        module = Module(
            id=entry.id(),
            day=entry.number("day", low=1, high=days),
            title=entry.text("title"),
            minutes=entry.number("minutes", low=0, high=MOST_MINUTES, default=0),
        )
        entry.finish()
        if found and module.day < found[-1].day:
            entry.report("day", f"is {module.day}, after a module of day {found[-1].day}; put modules in order of days")
        found.append(module)
    _report_ids(fields, "modules", [module.id for module in found])
    return tuple(found)


def _groupings(fields: Fields, topics: int) -> tuple[Grouping, ...]:
    found: list[Grouping] = []
    for entry in fields.tables("groupings"):
        grouping = Grouping(
            id=entry.id(),
            title=entry.text("title"),
            groups=entry.number("groups", low=2, high=MOST_GROUPS),
            count_off=entry.number("count_off", low=2, high=MOST_GROUPS),
            topics_per_group=entry.number("topics_per_group", low=1, high=MOST_GROUPS, default=1),
            merge_of=entry.word("merge_of"),
            merges=entry.numbers("merges"),
        )
        entry.finish()
        if grouping.id == WHOLE_ROOM:
            entry.report("id", f'is "{WHOLE_ROOM}", which stands for everybody together; name it otherwise')
        numbers_right = entry.right("groups", "topics_per_group")
        if topics and numbers_right and grouping.groups * grouping.topics_per_group > topics:
            entry.report(
                "topics_per_group",
                f"needs {grouping.groups} × {grouping.topics_per_group} topics, and there are {topics}; lower it",
            )
        if entry.right("groups", "count_off", "merge_of", "merges"):
            _check_split(entry, grouping, found)
        found.append(grouping)
    _report_ids(fields, "groupings", [grouping.id for grouping in found])
    return tuple(found)


def _check_split(entry: Fields, grouping: Grouping, before: list[Grouping]) -> None:
    """Every number that people count off has to lead to exactly one group."""
    if not grouping.merge_of:
        if grouping.merges:
            entry.report("merges", "needs merge_of, the id of the grouping whose groups it merges")
        elif grouping.count_off != grouping.groups:
            entry.report("count_off", f"has to be {grouping.groups}, the number of groups, unless groups are merged")
        return
    merged = next((each for each in before if each.id == grouping.merge_of), None)
    if merged is None:
        entry.report("merge_of", f'names "{grouping.merge_of}", which is no grouping above this one; define it first')
        return
    if "merges" not in entry:
        entry.report("merges", f'is missing; say which groups of "{merged.id}" come together, such as [[1, 2], [3, 4]]')
        return
    numbers = sorted(number for part in grouping.merges for number in part)
    if numbers != list(range(1, merged.groups + 1)):
        entry.report("merges", f'has to name each group of "{merged.id}", 1 to {merged.groups}, exactly once')
    if len(grouping.merges) != grouping.groups:
        entry.report("groups", f"is {grouping.groups}, and merges makes {len(grouping.merges)}; make them equal")
    if grouping.count_off != merged.count_off:
        entry.report(
            "count_off", f'has to be {merged.count_off}, as in "{merged.id}", so that people keep their numbers'
        )


def _plan(fields: Fields, groupings: tuple[Grouping, ...]) -> PlanDef | None:
    """Whose action plans there are, and what they take over from the exercises."""
    entry = fields.table("plan") if "plan" in fields else None
    if entry is None:
        return None
    grouping = entry.word("grouping")
    if grouping not in {each.id for each in groupings} and entry.right("grouping"):
        entry.report("grouping", f'names "{grouping}", which is no grouping of this programme; name one')
    plan = PlanDef(grouping=grouping, goal=_answer(entry, "goal"), audiences=_answer(entry, "audiences"))
    entry.finish()
    return plan


def _answer(fields: Fields, key: str) -> Ref | None:
    written = fields.word(key)
    if not written:
        return None
    try:
        ref = Ref.parse(written, exercise="")
    except ValueError:
        ref = None
    if ref is None or not ref.exercise:
        fields.report(key, f'is "{written}"; write it as exercise#step or exercise#step.column')
        return None
    return ref


def _report_ids(fields: Fields, key: str, ids: list[str]) -> None:
    report_twice([(f"{entry_of(key, index)}.id", each) for index, each in enumerate(ids)], fields.report, "the id")
