"""An owner's week: what is at risk, late, unanswered, untold and due soon of the actions that they answer for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.core import digest, hours, muting
from bot.core.dialogue import Person
from bot.core.digest import Digest, Standing, Unanswered
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Choice, Moment, Phrase, Rows
from bot.core.plan import Action, ActionPlan, Party, Progress
from bot.core.words import shortened
from bot.planner import hours_of
from handlers.context import Here, Reader, button, joined
from handlers.days import dates
from handlers.followup.owned import MOST_LISTED, desk_for, desk_of, numbered, owned
from handlers.followup.parts import Part, answer_button, answers, part, show_again
from handlers.followup.taps import FireShow
from handlers.plan.asides import ask_who, open_card
from handlers.plan.desk import PlanDesk

MOST_LINES = 5  # of news in one message
MOST_ASKED = 2  # people with a button to ask them again
TITLE_SHOWN = 60
LINE_SHOWN = 100
NAME_SHOWN = 14
BUTTON_SHOWN = 22
AHEAD = timedelta(days=14)  # in which somebody who was asked again is going to hear of it


@dataclass(frozen=True, slots=True)
class _Week:
    desk: PlanDesk
    today: date
    digest: Digest
    again: frozenset[tuple[Party, int]]  # who was asked again today, about which action


async def _week(reader: Reader, person: Person, fire: Fire) -> _Week | None:
    desk = await desk_for(reader, person, fire)
    if desk is None:
        return None
    now, zone = reader.present(), desk.workshop.zone
    said = await reader.said_about(desk.plan.id)
    found = digest.of_owner(
        desk.plan,
        owned(desk, fire),
        [each for each in said if each.party in _asked(desk, each.action)],
        owner=fire.party,
        reader=person.user_id,
        begins=hours.day_of(desk.plan.agreed_at, zone) if desk.plan.agreed_at is not None else desk.last_day,
        zone=zone,
        now=now,
    )
    today = hours.day_of(now, zone)
    waits = [each for one in found.unanswered for each in await reader.upcoming(one.fire.user_id, now + AHEAD)]
    again = {(each.party, each.action) for each in (*said, *waits) if _is_again(each, desk.plan, today)}
    return _Week(desk, today, found, frozenset(again))


def _asked(desk: PlanDesk, number: int) -> tuple[Party, ...]:
    """Who is to say how an action stands."""
    action = desk.plan.action(number)
    return (action.responsible or (action.owner,)) if action is not None else ()


def _is_again(fire: Fire, plan: ActionPlan, today: date) -> bool:
    return fire.plan_id == plan.id and fire.subject.endswith(".again") and fire.version == today.isoformat()


# How it looks ----------------------------------------------------------------------------------------------------


@part(FireKind.DIGEST)
async def owners_week(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    week = await _week(reader, person, fire)
    if week is None or not week.digest.is_noteworthy:
        return None
    desk, counts = week.desk, counted(week.digest.tally, len(week.digest.unanswered))
    whose = "own" if fire.party == desk.actor.party else "of"  # who isn't here has somebody who hears of it instead
    about: dict[str, Any] = {"group": desk.plan.group, "counts": counts, "name": desk.name(fire.party)}
    brief = Phrase(f"digest.brief_{whose}", about)
    found = [*week.digest.stuck, *week.digest.late]
    if menu == "stuck" and found:
        return Part(brief, [Phrase("digest.at_risk"), "", *_in_full(week, found)], _numbers(fire, found))
    if menu == "hand":
        mine = [each for each in owned(desk, fire) if each.progress is not Progress.DONE]
        return Part(brief, [Phrase("digest.hand_which")], titled(fire, "hand", mine))
    news = list(_news(week, person.language))
    more = len(news) - MOST_LINES
    muted = muting.is_muted(person, reader.present())
    body = [
        Phrase(f"digest.heading_{whose}", about),
        counts,
        "",
        *news[:MOST_LINES],
        Phrase("digest.more", {"count": more}) if more > 0 else None,
        Phrase("digest.muted", {"at": Moment(person.muted_until)}) if muted and person.muted_until else None,
    ]
    return Part(brief, [each for each in body if each is not None], _rows(week, fire, muted=muted))


def counted(tally: Mapping[Standing, int], silent: int = 0) -> Phrase:
    """How many actions stand how, on one line; those of which nobody says anything behind what needs somebody."""
    counts = [Phrase(f"standing.{each.value}", {"count": number}) for each, number in tally.items()]
    urgent = sum(each in (*digest.STUCK, Standing.LATE) for each in tally)
    if silent:
        counts.insert(urgent, Phrase("standing.silent", {"count": silent}))
    return joined("room.dot", counts)


def _news(week: _Week, language: str) -> Iterable[Phrase]:
    plan, found = week.desk.plan, week.digest
    for action in found.stuck:
        yield stuck_line(plan, action, week.today)
    for action in found.late:
        yield stuck_line(plan, action, week.today)
    for one in found.unanswered:
        about = {"name": _name(week.desk, one), "title": _short(one.action), "count": one.days}
        yield Phrase("digest.silent_again" if _is_asked(week, one) else "digest.silent", about)
    for missed in found.untold:
        told = {"audience": shortened(missed.told.audience, TITLE_SHOWN), "title": _short(missed.action)}
        yield Phrase("digest.untold", {**told, "count": missed.times})
    for action in found.soon:
        if action.due_on is not None:
            day = dates.short(action.due_on, language, week.today.year)
            yield Phrase("digest.soon", {"title": _short(action), "day": day})


def _name(desk: PlanDesk, one: Unanswered) -> str:
    """Whoever was asked in the end."""
    return desk.name(desk.asked_instead(one.fire.party, one.action.number))


def _short(action: Action) -> str:
    return shortened(action.title, TITLE_SHOWN)


def _is_asked(week: _Week, one: Unanswered) -> bool:
    return (one.fire.party, one.action.number) in week.again


def stuck_line(plan: ActionPlan, action: Action, today: date) -> Phrase:
    """An action that needs somebody, with what is in the way where that was said."""
    stands = digest.standing(action, today)
    if stands is Standing.LATE and action.due_on is not None:
        return Phrase("digest.late", {"title": _short(action), "count": (today - action.due_on).days})
    status = Phrase(f"plan.progress.{action.progress.value}")
    line = shortened(digest.line_of(plan, action), LINE_SHOWN)
    about = {"status": status, "title": _short(action), "line": line}
    return Phrase("digest.stuck_line" if line else "digest.stuck", about)


def _in_full(week: _Week, found: Sequence[Action]) -> list[Any]:
    listed: list[Any] = []
    for action in found[:MOST_LISTED]:
        listed.append(
            Phrase("followup.line", {"number": action.number, "text": stuck_line(week.desk.plan, action, week.today)})
        )
        done = digest.done_about(week.desk.plan, action)
        if done is not None:
            listed.append(Phrase("digest.done_about", {"line": done.text}))
    more = len(found) - MOST_LISTED
    return [*listed, Phrase("digest.more", {"count": more})] if more > 0 else listed


# Its buttons -----------------------------------------------------------------------------------------------------


def _rows(week: _Week, fire: Fire, *, muted: bool) -> Rows:
    rows: list[tuple[Choice, ...]] = []
    if week.digest.stuck or week.digest.late:
        rows.append((button("label.digest.stuck", FireShow(fire.id, "stuck"), style="primary"),))
    silent = {one.fire.party: _name(week.desk, one) for one in week.digest.unanswered if not _is_asked(week, one)}
    rows += [
        (answer_button("label.digest.ask", fire, f"ask.{party}", name=shortened(name, NAME_SHOWN)),)
        for party, name in list(silent.items())[:MOST_ASKED]
    ]
    last = [button("label.digest.hand", FireShow(fire.id, "hand"))]
    if not muted:
        last.append(answer_button("label.digest.mute", fire, "mute"))
    return (*rows, tuple(last))


def _numbers(fire: Fire, actions: Sequence[Action]) -> Rows:
    """The numbers of actions, to open their cards; and the way back."""
    numbers = tuple(
        answer_button("followup.number", fire, f"card.{each.number}", number=each.number)
        for each in actions[:MOST_LISTED]
    )
    return (numbers, (button("label.back", FireShow(fire.id, "")),))


def titled(fire: Fire, what: str, actions: Sequence[Action]) -> Rows:
    """Actions by their titles, to choose one; and the way back."""
    rows = tuple(
        (answer_button("label.titled", fire, f"{what}.{each.number}", number=each.number, title=title),)
        for each in actions[:MOST_LISTED]
        if (title := shortened(each.title, BUTTON_SHOWN))
    )
    return (*rows, (button("label.back", FireShow(fire.id, "")),))


@answers(FireKind.DIGEST)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await desk_of(here, fire)
    what, _, which = answer.partition(".")
    match what:
        case "card":
            await open_card(here, desk.plan.id, numbered(which))
        case "hand":
            await ask_who(here, desk.plan.id, numbered(which))
        case "ask":
            await _ask_again(here, fire, which)
        case "mute":
            here.become(muting.mute(here.person, _in_a_week(here, desk)))
            await show_again(here, fire, shown=fire.id)
        case _:
            raise Refusal("tap.old")


def _in_a_week(here: Here, desk: PlanDesk) -> Any:
    return muting.in_a_week(here.turn.now, hours_of(here.turn, desk.workshop, here.person))


async def _ask_again(here: Here, fire: Fire, party: Party) -> None:
    """Remind somebody at once of what they haven't answered; once a day of each action."""
    week = await _week(here.turn, here.person, fire)
    if week is None:
        raise Refusal("plan.not_yours")
    silent = [one for one in week.digest.unanswered if one.fire.party == party]
    fresh = [one for one in silent if not _is_asked(week, one)]
    if not silent:
        raise Refusal("tap.nothing")
    name = _name(week.desk, silent[0])
    if not fresh:
        raise Refusal("digest.asked_today", name=name)
    for one in fresh:
        user_id = week.desk.user_id(week.desk.asked_instead(party, one.action.number))
        if user_id is not None:
            id, now = here.turn.runner.next_id("fires"), here.turn.now
            here.turn.put(digest.asked_again(one.fire, id=id, user_id=user_id, now=now, today=week.today))
    here.toast("digest.asked", name=name)
    await show_again(here, fire, shown=fire.id)
