"""States in which transcripts begin, reached through the conversation itself."""

from __future__ import annotations

import re

from tests.stage import Stage

PEOPLE = ("Esi", "Marco", "Kofi", "Li Na", "Ama", "Jon")


async def opened(on: Stage) -> None:
    """Amina leads a workshop in Accra that begins today."""
    on.restarting = False
    await on.do("Amina", "(start)")
    for what in ("/new", "Accra June workshop", "14 June 2027", "[That's right]", "Ghana", "[That's right]", "[Open it]"):
        await on.do("Amina", what)
    on.restarting = True


def link(on: Stage) -> str:
    """The start parameter of the join link."""
    texts = "\n".join(message.text for message in on.phone("Amina").messages)
    found = re.search(r"start=([\w-]+)", texts)
    assert found is not None
    return found[1]


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


async def zita_at_the_door(on: Stage) -> None:
    """Somebody who comes later has opened the link."""
    on.restarting = False
    await on.do("Zita", f"(start {link(on)})")
    on.restarting = True
