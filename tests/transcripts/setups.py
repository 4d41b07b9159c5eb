"""States in which transcripts begin, reached through the conversation itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.core import planning
from bot.exports import plan_json
from bot.exports.plan_json import PlanSource
from bot.runner import Turn
from handlers.plan_desk import plan_of_group
from handlers.plan_reading import MOST_BYTES
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
    (links of further ones), @once (the newest link for co-facilitators)."""
    if "@" not in what:
        return what
    texts = [message.text for message in on.phone("Amina").messages]
    opened = [text for text in texts if " is open. People join" in text]
    once = [text for text in texts if "It works once" in text]
    links = {f"@{name}": _parameter(text) for name, text in zip(("link", "second", "third"), opened, strict=False)}
    if once:
        links["@once"] = _parameter(once[-1])
    for name, value in links.items():
        what = what.replace(name, value)
    code = re.search(r"the code ([A-Z2-9]{6})", opened[0])
    return what.replace("@code", code[1] if code else "")


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
