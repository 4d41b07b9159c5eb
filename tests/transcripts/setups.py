"""States in which transcripts begin, reached through the conversation itself."""

from __future__ import annotations

import re

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


async def at_work(on: Stage) -> None:
    """The three groups are at 2.4.1.a."""
    await three_groups(on)
    on.restarting = False
    await on.do("Amina", "[Open 2.4.1.a]")
    on.restarting = True


async def planning(on: Stage) -> None:
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
