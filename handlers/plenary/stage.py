"""What is on in the plenary, on everybody's phone: a living message beside the sheet and the open question."""

from __future__ import annotations

from bot.core.dialogue import Person
from bot.core.message import Screen
from handlers.context import Reader
from handlers.plenary import close_results, polling, reporting, voting
from handlers.plenary.around import day_of, on_stage


async def subject_of(reader: Reader, person: Person) -> str:
    """What is on for somebody in the workshop that they are working in: "workshop:kind:which"; "" for nothing."""
    workshop = await reader.workshop(person.workshop_id) if person.workshop_id is not None else None
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or workshop.programme not in reader.programmes:
        return ""
    subject = on_stage(reader, workshop, member, await reader.plenary(workshop.id))
    return f"{workshop.id}:{subject}" if subject else ""


async def screen_of(reader: Reader, person: Person) -> tuple[str, Screen] | None:
    """The part of it that somebody has in front of them, and how that looks."""
    subject = await subject_of(reader, person)
    if not subject:
        return None
    workshop_id, kind, which = subject.split(":", 2)
    workshop = await reader.workshop(int(workshop_id))
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None:
        return None
    shown = None
    if kind == "close":
        shown = await close_results.stage_screen(reader, workshop, day_of(which), leads=member.leads)
    if kind == "vote":
        shown = await voting.stage_screen(reader, workshop, member)
    if kind == "poll" and member.leads:
        shown = await polling.stage_screen(reader, workshop)
    if kind == "queue":
        return await reporting.stage_part(reader, workshop, member)
    return (f"{kind}:{which}", shown) if shown is not None else None
