"""How the questions of /new look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.dialogue import NewAsks, NewWorkshop, Person
from bot.core.exercise import Programme
from bot.core.message import Choice, ContentText, Phrase, Rows, Screen
from bot.workweek import weekend
from handlers import places
from handlers.callbacks import Close, NewBack, NewPick, pack
from handlers.context import Reader, button, lines, screen
from handlers.days import dates

MONDAYS = 3  # offered as first days


def questions(programmes: Mapping[str, Programme]) -> list[NewAsks]:
    """What is asked, in order; which programme only where there are several."""
    first: list[NewAsks] = ["programme"] if len(programmes) > 1 else []
    return [*first, "title", "first_on", "country", "zone"]


def question_of(asks: NewAsks) -> NewAsks:
    """The question that a check belongs to."""
    match asks:
        case "day_check":
            return "first_on"
        case "zone_check":
            return "zone"
        case _:
            return asks


@screen(NewWorkshop)
async def new_screen(reader: Reader, person: Person, dialogue: NewWorkshop) -> Screen:
    programmes, language = reader.programmes, person.language
    match dialogue.asks:
        case "programme":
            rows = _picks(dialogue, {name: ContentText(name, each.title) for name, each in programmes.items()})
            return _asked(programmes, dialogue, Phrase("new.programme"), rows)
        case "title":
            programme = programmes.get(dialogue.programme)
            own = {"programme": ContentText(programme.name, programme.title)} if programme else {}
            rows = _picks(dialogue, own)
            return _asked(programmes, dialogue, Phrase("new.title"), rows)
        case "first_on":
            return _first_day(programmes, dialogue, language)
        case "day_check":
            past = dialogue.first_on is not None and dates.is_past(dialogue.first_on, dialogue.at)
            prompt = Phrase("new.day_past" if past else "new.day_check", {"day": dialogue.first_on})
            right = button("new.keep_day" if past else "label.right", NewPick("day_check", "yes"), style="primary")
            return _asked(programmes, dialogue, prompt, ((right, button("label.change", NewBack())),), back=False)
        case "country":
            named = dict(zip(dialogue.near, places.named(dialogue.near, language), strict=True))
            prompt = Phrase("new.country_near" if named else "new.country")
            return _asked(programmes, dialogue, prompt, _picks(dialogue, named))
        case "zone":
            return _asked(programmes, dialogue, *_zones(dialogue, language))
        case "zone_check":
            prompt = Phrase("new.zone_check", _place(dialogue, language))
            rows = (
                (button("label.right", NewPick("zone_check", "yes"), style="primary"),),
                (button("new.other_zone", NewPick("zone_check", "other")),),
            )
            return _asked(programmes, dialogue, prompt, rows)
        case "confirm":
            return _summary(programmes, dialogue, language)
        case "change":
            rows = tuple((button(f"new.change.{each}", NewPick("change", each)),) for each in questions(programmes))
            return Screen("new.change", rows=(*rows, (button("label.back", NewBack()),)))


def _asked(
    programmes: Mapping[str, Programme], dialogue: NewWorkshop, prompt: Phrase, rows: Rows, *, back: bool = True
) -> Screen:
    """A question with its place among the others; [Back] and [Cancel] stand last."""
    order = questions(programmes)
    at = order.index(question_of(dialogue.asks)) + 1
    heading = Phrase("new.heading", {"at": at, "of": len(order)})
    last = [button("label.back", NewBack())] if back and (at > 1 or dialogue.again) else []
    last.append(button("label.cancel", Close()))
    return Screen("lines", lines(heading, "", prompt), (*rows, tuple(last)), closing=heading)


def _picks(dialogue: NewWorkshop, labels: Mapping[str, str | ContentText]) -> Rows:
    return tuple((Choice(label, pack(NewPick(dialogue.asks, value))),) for value, label in labels.items())


def _first_day(programmes: Mapping[str, Programme], dialogue: NewWorkshop, language: str) -> Screen:
    near = [date.fromisoformat(day) for day in dialogue.near]
    days = near or dates.next_mondays(dialogue.at, MONDAYS)
    write = dates.without_weekday if near else dates.on_button
    rows = _picks(dialogue, {day.isoformat(): write(day, language) for day in days})
    example = dates.without_weekday(days[0], language)
    prompt = Phrase("new.day_near") if near else Phrase("new.first_on", {"example": example})
    return _asked(programmes, dialogue, prompt, rows)


def _zones(dialogue: NewWorkshop, language: str) -> tuple[Phrase, Rows]:
    labels = {
        zone: f"{places.city(zone, language)} · {dates.clock(dialogue.at, zone, language)}" for zone in dialogue.near
    }
    each = _picks(dialogue, labels)
    pairs = tuple(sum(each[at : at + 2], ()) for at in range(0, len(each), 2))
    return Phrase("new.zone" if labels else "new.zone_write"), pairs


def _place(dialogue: NewWorkshop, language: str) -> dict[str, Any]:
    return {
        "city": places.city(dialogue.zone, language),
        "time": dates.clock(dialogue.at, dialogue.zone, language),
    }


def _summary(programmes: Mapping[str, Programme], dialogue: NewWorkshop, language: str) -> Screen:
    programme = programmes.get(dialogue.programme)
    several = len(programmes) > 1 and programme is not None
    country = places.named([dialogue.country], language)[0]
    text = lines(
        Phrase("new.summary_title", {"title": dialogue.title}),
        Phrase("new.summary_programme", {"programme": ContentText(programme.name, programme.title)})
        if several and programme
        else None,
        Phrase("new.summary_day", {"day": dialogue.first_on}),
        Phrase("new.summary_place", {"country": country, **_place(dialogue, language)}),
        _day_off(dialogue, language),
        "",
        Phrase("new.confirm"),
    )
    rows = (
        (button("new.open", NewPick("confirm", "open"), style="primary"),),
        (button("new.change_something", NewPick("confirm", "change")),),
        (button("label.back", NewBack()), button("label.cancel", Close())),
    )
    return Screen("lines", text, rows)


def _day_off(dialogue: NewWorkshop, language: str) -> Phrase | None:
    """Worth a line before it is too late: nobody works there on the first day."""
    day = dialogue.first_on
    if day is None:
        return None
    if name := places.holiday(day, dialogue.country, language):
        return Phrase("new.holiday", {"name": name})
    return Phrase("new.weekend") if day.weekday() in weekend(dialogue.country) else None
