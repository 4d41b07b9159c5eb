"""States in which transcripts begin, reached through the conversation itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core import agreement, handover, planning, rating
from bot.core.assessment import SURE
from bot.core.exercise import Step
from bot.core.plan import (
    ActionPlan,
    Barrier,
    Communication,
    Field,
    Frequency,
    Item,
    Kpi,
    Milestone,
    Party,
    Progress,
    Resource,
    ResourceKind,
)
from bot.core.reminder_rules import RuleChange
from bot.core.run import Actor, Entry, Run, open_run
from bot.exports import plan_json
from bot.exports.plan_json import PlanSource
from bot.turn import Turn
from handlers.files.reading import MOST_BYTES
from handlers.plan.desk import plan_of_group
from tests.exports.plans import MEMBERS, NOW, real, real_plan
from tests.exports.test_filled import sheet
from tests.stage import Stage

PEOPLE = ("Esi", "Marco", "Kofi", "Li Na", "Ama", "Jon")


async def opened(on: Stage) -> None:
    """Amina leads a workshop in Accra that begins today."""
    on.restarting = False
    await on.do("Amina", "(start)")
    for what in (
        "/new",
        "Accra June workshop",
        "14 June 2027",
        "[That's right]",
        "Ghana",
        "[That's right]",
        "[Open it]",
    ):
        await on.do("Amina", what)
    on.restarting = True


def link(on: Stage) -> str:
    """The start parameter of the join link."""
    texts = "\n".join(message.text for message in on.phone("Amina").messages)
    found = re.search(r"start=([\w-]+)", texts)
    assert found is not None
    return found[1]


def filled(on: Stage, what: str) -> str:
    """An input with what Amina was given in the place of @link and @code (of the first workshop), @second and @third
    (links of further ones), @once (the newest link for co-facilitators); @hand is the newest link for somebody named in
    a plan, on whosever phone it is, and @hand1, @hand2, … the first ones."""
    if "@" not in what:
        return what
    texts = [message.text for message in on.phone("Amina").messages]
    opened = [text for text in texts if " is open. People join" in text]
    once = [text for text in texts if "It works once" in text]
    links = {f"@{name}": _parameter(text) for name, text in zip(("link", "second", "third"), opened, strict=False)}
    if once:
        links["@once"] = _parameter(once[-1])
    handed = _handed(on)
    links |= {f"@hand{at}": token for at, token in enumerate(handed, 1)}
    links["@hand"] = handed[-1] if handed else ""  # after those with a number: it begins like them
    for name, value in links.items():
        what = what.replace(name, value)
    code = re.search(r"the code ([A-Z2-9]{6})", opened[0])
    return what.replace("@code", code[1] if code else "")


def _handed(on: Stage) -> list[str]:
    """The start parameters of all links that were handed over, the oldest first."""
    found = {
        message.message_id: each
        for phone in on.world.phones.values()
        for message in phone.messages
        if message.from_bot
        for each in re.findall(r"start=(h_[\w-]+)", message.text)
    }
    return list(dict.fromkeys(found[id] for id in sorted(found)))


def _parameter(text: str) -> str:
    found = re.search(r"start=([\w-]+)", text)
    return found[1] if found else ""


async def second_workshop(on: Stage) -> None:
    """Amina leads another one, in Lusaka."""
    await another(on, "Lusaka workshop", "21 June 2027", "Zambia")


async def third_workshop(on: Stage) -> None:
    """Amina leads a third one, by the same name as the first."""
    await another(on, "Accra June workshop", "28 June 2027", "Ghana")


async def another(on: Stage, *answers: str) -> None:
    """Amina leads one more workshop: its title, first day and country."""
    on.restarting = False
    title, day, country = answers
    for what in ("/new", title, day, "[That's right]", country, "[That's right]", "[Open it]"):
        await on.do("Amina", what)
    on.restarting = True


async def joined(on: Stage) -> None:
    """Six people have joined it."""
    await opened(on)
    on.restarting = False
    for name in PEOPLE:
        await on.do(name, f"(start {link(on)})")
        await on.do(name, f"[Join as {name}]")
        await on.do(name, "[Skip]")
    on.restarting = True


async def pair(on: Stage) -> None:
    """Esi and Marco have joined it, and nobody else."""
    await opened(on)
    on.restarting = False
    for name in PEOPLE[:2]:
        for what in (f"(start {link(on)})", f"[Join as {name}]", "[Skip]"):
            await on.do(name, what)
    on.restarting = True


async def abroad(on: Stage) -> None:
    """They meet in Hall 2, and Marco's own zone is that of Kolkata."""
    await pair(on)

    async def work(turn: Turn) -> None:
        workshop, marco = await turn.workshop(1), await turn.person(on.phone("Marco").user.id)
        assert workshop is not None
        assert marco is not None
        turn.put(replace(workshop, place="Hall 2"), replace(marco, zone="Asia/Kolkata"))

    await on.app.intake.act(work)
    await on.app.quiet()


async def three_groups(on: Stage) -> None:
    """They sit in three groups of two: Esi and Marco are Group 1."""
    await joined(on)
    on.restarting = False
    for what in ("/groups", "[Count off by 6]", "/groups", "[Keep numbers: 6 into 3]", "/room"):
        await on.do("Amina", what)
    on.restarting = True


async def group_1_published(on: Stage) -> None:
    """Group 1 has named its starting gap, skipped the rest of 2.4.1.a and published it."""
    on.restarting = False
    await on.do("Esi", "Two offices keep land records")
    await on.do("Esi", "[Next: Event]")
    for _ in range(8):
        await on.do("Esi", "[Skip]")
    await on.do("Esi", "[Publish]")
    on.restarting = True


async def iceberg_published(on: Stage) -> None:
    """Group 1 has published its iceberg and opened 2.4.1.b; Esi holds the pen."""
    await three_groups(on)
    on.restarting = False
    await on.do("Amina", "[Open 2.4.1.a]")
    for step in ("Event", "Patterns", "Trends: five whys", "Structures", "Mental models", "Archetype", "Why this one"):
        if step == "Event":
            await on.do("Esi", "The permit queue grows although we added staff")
        await on.do("Esi", "[Skip]" if step != "Event" else f"[Next: {step}]")
    await on.do("Esi", "[Skip]")
    await on.do("Esi", "One shared list of papers for all ministries")
    for what in ("[Next: Publish]", "[Publish]", "[Open 2.4.1.b]"):
        await on.do("Esi", what)
    on.restarting = True


async def two_planned(on: Stage) -> None:
    """They sit in three groups; Groups 1 and 2 have a plan. On their phones are files to add from."""
    await three_groups(on)

    async def work(turn: Turn) -> None:
        workshop = await turn.workshop(1)
        assert workshop is not None
        for group, actions in ((1, real()[:2]), (2, real()[4:])):
            plan = await plan_of_group(turn, workshop, group)
            plan = planning.set_goal(plan, "Cut the time to a permit from nine weeks to three")
            for action in actions:
                plan = planning.add_action(plan, action.title, by="m2", now=turn.now)
            first = replace(plan.history[1][0], responsible=("m2",), owner="m3", due_on=date(2027, 9, 30))
            turn.put(replace(plan, history={**plan.history, 1: (first,)}))

    await on.app.intake.act(work)
    await on.app.quiet()
    rows = [(each, "Esi\nMinistry of Works", "2027-09-30") for each in ("Open a help desk", "Train counter staff")]
    known = (real()[0].title, "Esi", "")
    wrong = [("Ask the auditors", "Marco", "31 February"), ("Print it", "", "", "web team")]
    on.files = {
        "plan.xlsx": sheet(*rows, known, *wrong),
        "good.xlsx": sheet(*rows),
        "formula.xlsx": sheet(("=1+1",)),
        "notes.txt": b"Notes",
        "huge.xlsx": bytes(MOST_BYTES + 1),
        "broken.xlsx": b"broken",
        "plan.json": plan_json.document([PlanSource(plan=real_plan(), workshop="Elsewhere", members=MEMBERS)], NOW),
    }


async def at_work(on: Stage) -> None:
    """The three groups are at 2.4.1.a."""
    await three_groups(on)
    on.restarting = False
    await on.do("Amina", "[Open 2.4.1.a]")
    on.restarting = True


async def drafting(on: Stage) -> None:
    """The three groups are at 2.5, whatever came of the exercises before it."""
    await three_groups(on)
    on.restarting = False
    await on.do("Amina", "(tap ro:1:0:1:2.5)")
    on.restarting = True


async def one_group(on: Stage) -> None:
    """All six are Group 1, and its plan has three actions; Esi holds the pen."""
    await joined(on)
    on.restarting = False
    for what in ("/groups", "(tap form:1:other:three)", "1", "/room", "(tap ro:1:0:1:2.5)"):
        await on.do("Amina", what)
    await on.do("Esi", "Permits within ten days by June next year")
    for what in ("[Next: One whole action]", "[Next: Two more titles]", "Publish the checklist", "Train the deputies"):
        await on.do("Esi", what)
    for what in ("One permit for digging", "[Next: Publish]", "[Publish]"):
        await on.do("Esi", what)
    on.restarting = True


async def one_dimension(on: Stage) -> None:
    """All six are Group 1, about governance; all but Esi, who holds the pen, have rated its statements alone before."""
    await joined(on)
    on.restarting = False
    for what in ("/groups", "(tap form:1:other:six)", "1", "/room"):
        await on.do("Amina", what)

    async def work(turn: Turn) -> None:
        workshop = await turn.workshop(1)
        assert workshop is not None
        six = workshop.formations["six"]
        group = replace(six.groups[1], topics=("governance",))
        turn.put(replace(workshop, formations={**workshop.formations, "six": six.with_group(group)}))
        alone = turn.programme(workshop).exercises["1.6"]
        for member, numbers in ((3, "1423"), (4, "2413"), (5, "2124"), (6, "22?4"), (7, "13?1")):
            run = open_run(id=turn.runner.next_id("runs"), workshop_id=1, exercise=alone, member=member, now=turn.now)
            turn.put(_rated(run, alone.steps[0], member, numbers, turn.now))

    await on.app.intake.act(work)
    await on.app.quiet()
    on.restarting = True


def _rated(run: Run, step: Step, member: int, numbers: str, now: datetime) -> Run:
    """A run in which somebody has rated the statements on governance."""
    items = [f"0.{each}" for each in ("roles", "standards", "joint", "users_say")]
    actor = Actor(member=member, pen=True)
    for item, given in zip(items, numbers, strict=True):
        number = int(given) if given.isdecimal() else None
        run = rating.rate_item(run, step, actor, items, item, number, base="", now=now)
        if number is not None:
            run = rating.add_to_item(run, step, actor, items, item, SURE, 2, base="", now=now)
    return run


async def statements_sent(on: Stage) -> None:
    """Esi has rated one statement alone, and Marco has only looked; on Amina's phone are files of others."""
    await pair(on)
    on.restarting = False
    for name, whats in (("Esi", ("/assess", "[Rate them]", "[3]", "[Very sure]", "[Close]")), ("Marco", ("/assess",))):
        for what in whats:
            await on.do(name, what)
    on.restarting = True
    names = ("Leadership", "Strategy", "Governance", "Legal framework", "Technology", "Workforce development")
    headings = ("Dimension", "Statement", "Short name")
    official = [(name, f"{name} is as the law wants it", "") for name in names]
    wrong = [("Rockets", "They fly", ""), *official[1:], (names[1], official[1][1], ""), (names[2], "", "Not A Name")]
    on.files = {
        "official.xlsx": sheet(*official, headings=headings),
        "wrong.xlsx": sheet(*wrong, headings=headings),
        "long.xlsx": sheet(*((names[1], f"Statement {each}", "") for each in range(10_000)), headings=headings),
        "formula.xlsx": sheet((names[0], "=1+1", ""), headings=headings),
        "broken.toml": b"[[statements]",
        "notes.txt": b"Notes",
    }


async def reviewing(on: Stage) -> None:
    """Groups 1 and 2 have a plan with an action each, and 4.4 is open for all; Group 3 has nothing yet."""
    await three_groups(on)
    on.restarting = False
    await on.do("Amina", "(tap ro:1:0:1:2.5)")
    for name, goal, title in (
        ("Esi", "Permits within ten days", "Publish the checklist"),
        ("Kofi", "Water in every district", "Drill six wells"),
    ):
        for what in (goal, "[Next: One whole action]", title, "[Save for later]"):
            await on.do(name, what)
    await on.do("Amina", "(tap ro:1:0:1:4.4)")
    on.restarting = True


async def plenary(on: Stage) -> None:
    """Three groups with a few actions each; Amina has opened 5.2 for everyone."""
    await three_groups(on)
    on.restarting = False
    await on.do("Amina", "(tap ro:1:0:1:2.5)")
    for name, titles in (
        ("Esi", ("Publish the checklist", "Train the deputies")),
        ("Kofi", ("Drill six wells", "Put the checklist on the web")),
        ("Ama", ("Pay clerks on time",)),
    ):
        for what in ("[Skip]", "[Next: Two more titles]", *titles):
            await on.do(name, what)
    await on.do("Amina", "(tap ro:1:0:1:5.2)")
    on.restarting = True


# Plans: Amina is member 1, then come Esi (2), Marco (3), Kofi (4), Li Na (5), Ama (6) and Jon (7).


async def plant(on: Stage, *plans: ActionPlan) -> None:
    """Have plans in the database, however they got there."""
    runner = on.app.runner
    turn = runner.begin()
    turn.put(*plans)
    runner.keep(turn)
    on.app.delivery.after_commit(await runner.commit())
    await on.settle()


def an_empty_plan(on: Stage, group: int) -> ActionPlan:
    id = on.app.runner.next_id("plans")
    return planning.open_plan(id=id, workshop_id=1, group=group, now=on.time)


def with_action(
    on: Stage, plan: ActionPlan, title: str, owner: Party, due_on: date | None, *, by: Party = "m2", whole: bool = True
) -> ActionPlan:
    """A plan with one more action: a whole one, or one that is only begun."""
    number, now = plan.next_action, on.time
    plan = planning.add_action(plan, title, by=by, now=now)
    if not whole:
        return plan
    plan = planning.name_party(plan, number, Field.RESPONSIBLE, owner, on=True, by=by, now=now)
    for field, value in ((Field.OWNER, owner), (Field.DUE_ON, due_on)):
        plan = planning.set_field(plan, number, field, value, by=by, now=now)
    items: tuple[tuple[Field, Item], ...] = (
        (Field.AVAILABLE, Resource(what="web team", kind=ResourceKind.HUMAN)),
        (Field.BARRIERS, Barrier(who="Legal office", how="fears claims", answer="ask them early")),
        (
            Field.COMMUNICATIONS,
            Communication(audience="Applicants", channel="Radio", sender=owner, frequency=Frequency.MONTHLY),
        ),
        (Field.KPIS, Kpi(name="Visits to the counter", baseline="900", target="600", unit="a month")),
    )
    for field, item in items:
        plan = planning.add_item(plan, number, field, item, by=by, now=now)
    for field in (Field.SUPPORTERS, Field.MILESTONES, Field.NEEDED):
        plan = planning.pass_over(plan, number, field, by=by, now=now)
    return plan


async def planned(on: Stage) -> None:
    """Groups 1 and 2 have plans: Esi and Marco one of three actions, the last only begun; Kofi and Li Na one of one.
    Esi holds her group's pen."""
    await three_groups(on)
    on.restarting = False
    await on.do("Esi", "[I'll be scribe]")
    on.restarting = True
    one = planning.set_goal(an_empty_plan(on, 1), "Permits in two weeks")
    one = with_action(on, one, "Publish the permit checklist online", "m3", date(2027, 9, 30))
    one = with_action(on, one, "Train the staff of all counters", "m2", date(2027, 8, 31), by="m3")
    one = with_action(on, one, "Ask applicants what they miss", "", None, whole=False)
    two = planning.set_goal(an_empty_plan(on, 2), "One list of papers for all ministries")
    two = with_action(on, two, "Put the permit checklist on the web", "m4", date(2027, 10, 31), by="m5")
    await plant(on, one, two)


async def without(on: Stage, *rules: str) -> None:
    """Have these rules of reminding switched off."""
    runner = on.app.runner
    workshop = await runner.workshop(1)
    assert workshop is not None
    turn = runner.begin()
    turn.put(replace(workshop, rules={each: RuleChange(id=each, on=False) for each in rules}))
    runner.keep(turn)
    on.app.delivery.after_commit(await runner.commit())
    await on.settle()


async def owning(on: Stage) -> None:
    """Group 1 has agreed its plan. Marco answers for all four actions, and Esi does the first; nobody is told,
    nor reminded of sessions."""
    await three_groups(on)
    await without(on, "evening", "minutes")
    plan = planning.set_goal(an_empty_plan(on, 1), "Permits in two weeks")
    for title, month, day in (
        ("Publish the permit checklist online", 9, 2),
        ("Train the staff of all counters", 9, 17),
        ("Agree on one list of papers", 12, 10),
        ("Open a help desk", 11, 30),
    ):
        plan = with_action(on, plan, title, "m3", date(2027, month, day))
    for party, named in (("m2", True), ("m3", False)):
        plan = planning.name_party(plan, 1, Field.RESPONSIBLE, party, on=named, by="m2", now=on.time)
    for action in plan.actions():
        for field in (Field.COMMUNICATIONS, Field.KPIS) if action.number > 1 else (Field.COMMUNICATIONS,):
            for item in action.items(field):
                plan = planning.drop_item(plan, action.number, field, item, by="m2", now=on.time)
    await plant(on, agreement.agree(plan, now=on.time))


async def planned_with_works(on: Stage) -> None:
    """The same, and the Ministry of Works answers for the second action of Group 1: its link was opened, and it agreed.
    Two more are named there, who haven't."""
    await planned(on)
    on.restarting = False
    await on.do("Works", "/id")
    on.restarting = True
    works = on.phone("Works").user.id
    plan = await on.app.runner.plan(1)
    assert plan is not None
    for at, name in enumerate(("Ministry of Works", "Legal office", "Printer"), 1):
        plan, party = handover.add_contact(plan, name, token=f"token {at}", named_by="m2")
        plan = planning.name_party(plan, 2, Field.SUPPORTERS, party, on=True, by="m2", now=on.time)
    plan = planning.set_field(plan, 2, Field.OWNER, "c1", by="m2", now=on.time)
    agreed = replace(plan.contacts[1], user_id=works, agreed=frozenset({2}))
    declined = replace(plan.contacts[3], declined=frozenset({2}))
    await plant(on, replace(plan, contacts={**plan.contacts, 1: agreed, 3: declined}))


async def only(on: Stage, *kept: str) -> None:
    """The workshop reminds of these things alone."""

    async def work(turn: Turn) -> None:
        workshop = await turn.workshop(1)
        assert workshop is not None
        rules = turn.programme(workshop).rules
        turn.put(replace(workshop, rules={each.id: RuleChange(id=each.id, on=each.id in kept) for each in rules}))

    await on.app.intake.act(work)
    await on.settle()


async def reminding(on: Stage) -> None:
    """Two groups have plans, and people are reminded of days alone."""
    await planned(on)
    await only(on, "due", "overdue", "decide", "milestone")


async def over(on: Stage) -> None:
    """The workshop is over: what its days bring isn't written down."""
    on.restarting = False
    await on.wind(datetime(2027, 6, 21, 9, tzinfo=UTC))
    on.restarting = True


async def reminding_works(on: Stage) -> None:
    """The same, and the Ministry of Works answers for the second action of Group 1."""
    await planned_with_works(on)
    await only(on, "due", "overdue", "decide", "milestone")


async def reminding_absent(on: Stage) -> None:
    """Two groups have plans, and two who aren't here carry the second action of Group 1 out. Esi
    reports for the group."""
    await planned(on)
    plan, workshop = await on.app.runner.plan(1), await on.app.runner.workshop(1)
    assert plan is not None
    assert workshop is not None
    for at, name in enumerate(("Legal office", "Printer"), 1):
        plan, party = handover.add_contact(plan, name, token=f"token {at}", named_by="m2")
        plan = planning.name_party(plan, 2, Field.RESPONSIBLE, party, on=True, by="m2", now=on.time)
    plan = planning.name_party(plan, 2, Field.RESPONSIBLE, "m2", on=False, by="m2", now=on.time)
    await plant(on, planning.set_field(plan, 2, Field.OWNER, "m3", by="m2", now=on.time))
    await only(on, "due", "overdue", "decide", "milestone")


async def reminding_several(on: Stage) -> None:
    """The same, and Esi does two things by the end of September, with a milestone before that."""
    await reminding(on)
    plan = await on.app.runner.plan(1)
    assert plan is not None
    for party, named in (("m2", True), ("m3", False)):
        plan = planning.name_party(plan, 1, Field.RESPONSIBLE, party, on=named, by="m3", now=on.time)
    plan = planning.set_field(plan, 2, Field.DUE_ON, date(2027, 9, 30), by="m3", now=on.time)
    reached = Milestone(name="The first counter is trained", due_on=date(2027, 9, 16))
    await plant(on, planning.add_item(plan, 2, Field.MILESTONES, reached, by="m2", now=on.time))


async def nudging(on: Stage) -> None:
    """Two groups have plans, and people are reminded of whom to tell alone."""
    await planned(on)
    await only(on, "tell")


async def telling(on: Stage) -> None:
    """Kofi answers for one action, and Li Na tells its audience each month."""
    await three_groups(on)
    plan = with_action(on, an_empty_plan(on, 2), "Put the permit checklist on the web", "m4", date(2027, 12, 31))
    told = plan.history[1][-1].communications[0]
    await plant(on, planning.set_part(plan, 1, Field.COMMUNICATIONS, told.id, "sender", "m5", by="m4", now=on.time))
    await only(on, "tell", "untold")


async def measuring(on: Stage) -> None:
    """Kofi answers for one action, whose measure is asked for each month, and nobody has to be told of it."""
    await three_groups(on)
    await only(on, "measure")
    plan = with_action(on, an_empty_plan(on, 2), "Put the permit checklist on the web", "m4", date(2027, 12, 31))
    action = plan.history[1][-1]
    plan = planning.drop_item(plan, 1, Field.COMMUNICATIONS, action.communications[0], by="m4", now=on.time)
    kpi, monthly = action.kpis[0].id, Frequency.MONTHLY
    plan = planning.set_part(plan, 1, Field.KPIS, kpi, "frequency", monthly, by="m4", now=on.time)
    await plant(on, plan)
    await only(on, "measure", "due")


async def sixty(on: Stage) -> None:
    """Group 1's plan has sixty actions."""
    await three_groups(on)
    plan = an_empty_plan(on, 1)
    for number in range(1, 61):
        owner, day = ("m2", "m3")[number % 2], date(2027, 7, 1) + timedelta(days=number * 7 % 400)
        plan = with_action(on, plan, f"Open counter number {number}", owner, day)
        if number % 3 == 0:
            progress = list(Progress)[number % 5]
            plan = planning.set_field(plan, number, Field.PROGRESS, progress, by="m2", now=on.time)
    await plant(on, plan)


# The plenary: three maps of 2.4.1.c, of which the third isn't published yet.

MAPS = {
    1: ("A building permit within ten days", ("One list of papers for all", "A counter that travels")),
    2: ("Safe water in every district", ("Meters read by phone", "Repairs asked for by text message")),
    3: ("Wages of clerks paid on time", ("Pay by phone",)),
}


async def maps_published(on: Stage) -> None:
    """Groups 1 and 2 have published their strategic maps, Group 3 still writes. Esi, Kofi and Ama speak for them."""
    await three_groups(on)
    on.restarting = False

    async def work(turn: Turn) -> None:
        workshop = await turn.workshop(1)
        assert workshop is not None
        for group, (objective, innovations) in MAPS.items():
            values = [("objective", objective), *(("innovations", each) for each in innovations)]
            entries = {
                number: Entry(
                    number=number, step=step, author=2 * group, value=value, created_at=turn.now, changed_at=turn.now
                )
                for number, (step, value) in enumerate(values, 1)
            }
            made = Run(
                id=turn.runner.next_id("runs"),
                workshop_id=1,
                exercise="2.4.1.c",
                group=group,
                step="publish",
                opened_at=turn.now,
                active_at=turn.now,
                published_at=turn.now if group < 3 else None,
                next_entry=len(entries) + 1,
                entries=entries,
            )
            turn.put(made)
        three = workshop.formations["three"]
        for group in MAPS:
            three = three.with_group(replace(three.groups[group], reporter=2 * group))
        turn.put(replace(workshop, formations={**workshop.formations, "three": three}))

    await on.app.intake.act(work)
    await on.settle()
    on.restarting = True


async def co_facilitator(on: Stage) -> None:
    """Ben leads beside Amina, and is at work in the workshop."""
    on.restarting = False
    await on.do("Ben", filled(on, "(start @once)"))
    on.restarting = True
