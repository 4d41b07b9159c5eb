"""/new: an organiser opens a workshop, one question after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, get_args

from bot.core import naming
from bot.core import workshop as rules
from bot.core.dialogue import NewAsks, NewWorkshop
from bot.core.errors import Refusal
from handlers import inviting, places
from handlers.callbacks import NewBack, NewPick
from handlers.context import Here, command, on_text, tap
from handlers.days import dates
from handlers.new_screens import question_of, questions
from handlers.typed import by_number


@command("new")
async def new(here: Here, rest: str) -> None:
    _check_organiser(here)
    programmes = here.turn.programmes
    only = next(iter(programmes)) if len(programmes) == 1 else ""
    here.ask(NewWorkshop(asks=questions(programmes)[0], at=here.turn.now, programme=only))


def _check_organiser(here: Here) -> None:
    if not here.turn.is_organiser(here.user_id):
        raise Refusal("access.organisers_only")


def _open(here: Here) -> NewWorkshop:
    """The conversation that a tap or words belong to. Refuses when there is none."""
    _check_organiser(here)
    if not isinstance(here.person.dialogue, NewWorkshop):
        raise Refusal("tap.old")
    return here.person.dialogue


def _ask(here: Here, dialogue: NewWorkshop, asks: NewAsks, **known: Any) -> None:
    again = dialogue.again and asks != "confirm"
    here.ask(replace(dialogue, asks=asks, at=here.turn.now, **{"near": (), "again": again, **known}))


def _answered(here: Here, dialogue: NewWorkshop, **known: Any) -> None:
    """Go on: to the next question or, where one answer was being changed, back to the summary."""
    order: list[NewAsks] = [*questions(here.turn.programmes), "confirm"]
    following = "confirm" if dialogue.again else order[order.index(question_of(dialogue.asks)) + 1]
    _ask(here, dialogue, following, **known)


# Answers ---------------------------------------------------------------------------------------------------------


def _take_day(here: Here, dialogue: NewWorkshop, day: date) -> None:
    """A day that was picked among days written in full needs no check, unless it is over."""
    if dates.is_past(day, here.turn.now):
        _ask(here, dialogue, "day_check", first_on=day)
    else:
        _answered(here, dialogue, first_on=day)


def _read_day(here: Here, dialogue: NewWorkshop, text: str) -> None:
    language, now = here.person.language, here.turn.now
    found = dates.read(text, language, now)
    if not found:
        raise Refusal("new.no_day", example=dates.without_weekday(dates.next_mondays(now, 1)[0], language))
    near = [day for day in found if dates.is_near(day, now)]
    if not near:
        raise Refusal("new.day_range", day=found[0])
    if len(near) > 1:
        _ask(here, dialogue, "first_on", near=tuple(day.isoformat() for day in near))
    else:
        _ask(here, dialogue, "day_check", first_on=near[0])


def _take_country(here: Here, dialogue: NewWorkshop, code: str) -> None:
    """The country says what the time zone may be."""
    zones = places.zones_of(code, here.turn.now.year)
    if len(zones) == 1:
        _ask(here, dialogue, "zone_check", country=code, zone=zones[0])
    else:
        _ask(here, dialogue, "zone", country=code, zone="", near=tuple(zones))


def _read_country(here: Here, dialogue: NewWorkshop, text: str) -> None:
    code = places.find_country(text, here.person.language)
    if code:
        _take_country(here, dialogue, code)
        return
    near = places.near_countries(text, here.person.language)
    if not near:
        raise Refusal("new.no_country")
    _ask(here, dialogue, "country", near=tuple(near))


def _ask_zone(here: Here, dialogue: NewWorkshop) -> None:
    """Which of the country's zones; just which city where there is only the one that was turned down."""
    zones = places.zones_of(dialogue.country, here.turn.now.year)
    _ask(here, dialogue, "zone", near=tuple(zones) if len(zones) > 1 else ())


def _read_zone(here: Here, dialogue: NewWorkshop, text: str) -> None:
    zone = places.find_zone(text, here.person.language)
    if zone:
        _ask(here, dialogue, "zone_check", zone=zone)
        return
    near = places.near_zones(text, here.person.language)
    if not near:
        raise Refusal("new.no_zone")
    _ask(here, dialogue, "zone", near=tuple(near))


# Words and taps --------------------------------------------------------------------------------------------------


@on_text(NewWorkshop)
async def new_text(here: Here, dialogue: NewWorkshop, text: str) -> None:
    _check_organiser(here)
    if await by_number(here, text):
        return
    match question_of(dialogue.asks):
        case "title":
            _answered(here, dialogue, title=naming.checked_title(text))
        case "first_on":
            _read_day(here, dialogue, text)
        case "country":
            _read_country(here, dialogue, text)
        case "zone":
            _read_zone(here, dialogue, text)
        case _:
            raise Refusal("input.choose")


@tap(NewPick)
async def new_pick(here: Here, action: NewPick) -> None:
    dialogue = _open(here)
    if dialogue.asks != action.asks:
        raise Refusal("tap.old")
    value = action.value
    match dialogue.asks:
        case "programme" if value in here.turn.programmes:
            _answered(here, dialogue, programme=value)
        case "title" if dialogue.programme in here.turn.programmes:
            _answered(here, dialogue, title=_own_title(here, dialogue.programme))
        case "first_on" if (day := _day(value)) is not None and dates.is_near(day, here.turn.now):
            _take_day(here, dialogue, day)
        case "country" if places.is_country(value):
            _take_country(here, dialogue, value)
        case "zone" if places.is_zone(value):
            _answered(here, dialogue, zone=value)
        case "day_check" if dialogue.first_on is not None:
            _answered(here, dialogue)
        case "zone_check" if dialogue.zone:
            if value == "other":
                _ask_zone(here, dialogue)
            else:
                _answered(here, dialogue)
        case "confirm" if value == "change":
            _ask(here, dialogue, "change")
        case "confirm" if value == "open":
            await _opened(here, dialogue)
        case "change" if value in questions(here.turn.programmes):
            _ask(here, dialogue, next(each for each in get_args(NewAsks) if each == value), again=True)
        case _:
            raise Refusal("tap.old")


def _own_title(here: Here, programme: str) -> str:
    """The programme's title, in the organiser's language: the room's, most likely."""
    translated = here.turn.runner.catalogues.translations(programme, here.person.language)
    return translated.gettext(here.turn.programmes[programme].title)[: naming.LONGEST_TITLE]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@tap(NewBack)
async def new_back(here: Here, action: NewBack) -> None:
    dialogue = _open(here)
    order = questions(here.turn.programmes)
    asks = question_of(dialogue.asks)
    if dialogue.asks == "zone_check":
        _ask_zone(here, dialogue)
    elif dialogue.asks != asks or (dialogue.near and asks != "zone"):
        _ask(here, dialogue, asks)  # from a check or a choice of near answers to the question itself
    elif asks == "change" or dialogue.again:
        _ask(here, dialogue, "confirm")
    elif asks == "confirm":
        _ask_zone(here, dialogue)
    elif order.index(asks) > 0:
        _ask(here, dialogue, order[order.index(asks) - 1])


# Opening ---------------------------------------------------------------------------------------------------------


async def _opened(here: Here, dialogue: NewWorkshop) -> None:
    turn, runner = here.turn, here.turn.runner
    if dialogue.programme not in turn.programmes or dialogue.first_on is None:
        raise Refusal("tap.old")
    code = runner.code()
    while await turn.find_workshop("code", code) is not None:
        code = runner.code()
    workshop = rules.open_workshop(
        id=runner.next_id("workshops"),
        programme=dialogue.programme,
        title=dialogue.title,
        first_on=dialogue.first_on,
        country=dialogue.country,
        zone=dialogue.zone,
        code=code,
        link_token=runner.token(),
        facilitator_token=runner.token(),
        organiser_id=here.user_id,
        organiser_name=here.person.name,
        now=turn.now,
    )
    turn.put(workshop)
    here.change(workshop_id=workshop.id, sheet_run_id=None, acting_for=None, room_id=None)
    await inviting.tell_ways_in(here, workshop, opened=True)
    await inviting.tell_facilitator_link(here, workshop)
