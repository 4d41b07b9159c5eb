"""The three months after the rehearsal's workshop, to read, and what has to hold of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.rehearsal.months import Months
from bot.rehearsal.months_script import OPENS, Line, PutOff, holidays_in, is_off

OFF = "·"


def timeline(months: Months) -> str:
    """Everything that was said and done, day by day; what many were told at once stands there once."""
    made: list[str] = []
    day = None
    told: dict[tuple[datetime, str, str], list[str]] = {}
    for line in sorted([*months.lines, *_days_off(months)], key=lambda each: each.at):
        told.setdefault((line.at.replace(second=0, microsecond=0), line.sign, line.text), []).append(line.name)
    for (at, sign, text), names in told.items():
        if at.date() != day:
            day = at.date()
            made += ["", f"{day:%A %d %B %Y}"]
        first, *rest = text.split("\n")
        hour = f"{at:%H:%M}" if sign != OFF else "     "
        made.append(f"  {hour}  {names[0] if len(names) == 1 else f'{len(names)} people'} {sign} {first}")
        made += [f"           {each}" for each in rest]
    return "\n".join(made).strip() + "\n"


def _days_off(months: Months) -> Iterator[Line]:
    """For which holidays of people who are elsewhere something was put off."""
    for each in months.script.put_off:
        place, player = months.script.elsewhere[each.who], months.players[each.who]
        name = holidays_in(place.country, each.first.year).get(each.first, "a working day")
        at = datetime.combine(each.first, OPENS, months.script.zone)
        yield Line(at, player.name, OFF, f"{name} ({place.country}): nothing is said")


def wrong(months: Months) -> Iterator[str]:
    """What was said when nothing may be, and what was never said."""
    yield from (f"said in a quiet moment: {each}" for each in months.disturbed)
    script = months.script
    for key, player in months.players.items():
        mine = [each for each in months.lines if each.name == player.name]
        acted = {each.at.replace(second=0, microsecond=0) for each in mine if each.sign == "→"}
        for line in mine:
            asked = line.at.replace(second=0, microsecond=0) in acted
            if line.sign == "←" and not asked and is_off(script, key, line.at):
                yield f"{player.name} was written to on {line.at:%a %d %b, %H:%M}: {line.text[:60]!r}"
    for each in script.put_off:
        yield from _not_put_off(months, each)
    for reaction in script.reactions:
        if reaction.used < reaction.times:
            yield (f"{reaction.who} waited in vain to be told: {reaction.sees!r} ({reaction.used} of {reaction.times})")


def _not_put_off(months: Months, each: PutOff) -> Iterator[str]:
    """What is wrong with something that a holiday was to put off: it has to be one where its reader is, and
    only there."""
    script, name = months.script, months.players[each.who].name
    place = script.elsewhere[each.who]
    if each.first not in holidays_in(place.country, each.first.year):
        yield f"{each.first} is no holiday in {place.country}"
    if each.first in holidays_in(script.country, each.first.year):
        yield f"{each.first} is a holiday in {script.country}, too: it would have been put off for everybody"
    told = [line for line in months.lines if line.name == name and line.sign == "←" and each.sees in line.text]
    days = [line.at.astimezone(place.zone).date() for line in told]
    if days != [each.then]:
        yield f"{name} was to be told {each.sees!r} on {each.then}, not on {each.first}: found {days}"
