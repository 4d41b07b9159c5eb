"""An audience is to be told: whoever promised that gets a text ready to copy. Where nobody told them twice, the owner
hears of it."""

from __future__ import annotations

from typing import Any

from bot.core import hours, planning, reports
from bot.core.cadence import days_to_tell
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Choice, Phrase, Rows, ShortDay
from bot.core.news import News, news, of
from bot.core.plan import Action, Communication, Field, Frequency, ReportKind
from bot.core.words import shortened
from handlers.context import Here, Reader, button
from handlers.days import dates
from handlers.followup import standing
from handlers.followup.later import CHOICES, MENU, later_rows, put_off, put_off_line
from handlers.followup.owned import desk_for, desk_of
from handlers.followup.parts import Part, answer_button, answers, part, settle, show_again
from handlers.followup.taps import FireShow
from handlers.plan import asides
from handlers.plan.desk import PlanDesk
from handlers.plan.list_taps import ShowAction
from handlers.products import length_of
from handlers.render import LONGEST_COPY

TITLE_SHOWN = 120
NAME_SHOWN = 60
OWN_WORDS = 20  # characters of a sentence of ours and of its day, about
ENDS = "end"  # asks whether an audience needn't be told any more


def _found(desk: PlanDesk | None, fire: Fire) -> tuple[PlanDesk, Action, Communication] | None:
    action = desk.plan.action(fire.action) if desk else None
    told = of(action, fire.item) if action else None
    return (desk, action, told) if desk is not None and action is not None and told is not None else None


# To whoever promised it ------------------------------------------------------------------------------------------


@part(FireKind.NUDGE)
async def nudge(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    found = _found(await desk_for(reader, person, fire), fire)
    if found is None:
        return Part(Phrase("nudge.gone"), [Phrase("nudge.gone")]) if fire.done_at else None
    desk, action, told = found
    audience = shortened(told.audience, NAME_SHOWN)
    brief = Phrase("nudge.brief", {"audience": audience})
    card = ((button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card")),),)
    if fire.answer == MENU:
        return Part(brief, [put_off_line(fire, told.audience)], card)
    if (settled := _settled(desk, action, told, fire, person.language)) is not None:
        return Part(brief, [settled], card)
    if fire.answer:
        return Part(brief, [Phrase(f"nudge.said.{fire.answer}", {"audience": audience})], card)
    text = _text(news(desk.plan, action, told, fire.on), action)
    about: dict[str, Any] = {"audience": audience, "title": shortened(action.title, TITLE_SHOWN)}
    mine = not fire.party or fire.party == desk.actor.party
    body: list[Any] = [
        Phrase(f"nudge.{(told.frequency or Frequency.ONCE).value}", about),
        None if mine else Phrase("nudge.in_place", {"name": desk.name(fire.party)}),
        Phrase("nudge.channel", {"channel": told.channel}) if told.channel else None,
        Phrase("nudge.copy", {"text": text}),
    ]
    rows = later_rows(fire) if menu == MENU else _rows(desk, action, fire, text)
    return Part(brief, [each for each in body if each is not None], rows)


def _text(found: News, action: Action) -> Phrase:
    """What to tell them, a sentence a line, in the language of whoever passes it on. What matters least is left out
    where it would be too long for a button to copy."""
    title = {"title": shortened(action.title, TITLE_SHOWN)}
    said: list[Any] = [found.message] if found.message else []
    said.append(_how_it_stands(found, title))
    always = len(said)
    if found.reached:
        said.append(Phrase("news.reached", {"names": list(found.reached)}))
    for kpi, value in found.values:
        key = "news.value_since" if kpi.baseline else "news.value"
        said.append(Phrase(key, {"measure": kpi.name, "value": value.text, "baseline": kpi.baseline}))
    if found.next_milestone is not None and not found.done:
        name, day = found.next_milestone
        said.append(Phrase("news.milestone", {"name": name, "day": ShortDay(day)}))
    while len(said) > always and sum(length_of(each) + OWN_WORDS for each in said) > LONGEST_COPY:
        said.pop()
    return Phrase("lines", {"lines": said})


def _how_it_stands(found: News, title: dict[str, Any]) -> Phrase:
    if found.done:
        return Phrase("news.done", title)
    if found.due_on is None:
        return Phrase("news.at_work", title)
    if found.moved_from is not None:
        return Phrase("news.moved", {**title, "day": found.due_on, "before": ShortDay(found.moved_from)})
    return Phrase("news.uncertain" if found.uncertain else "news.on_way", {**title, "day": found.due_on})


def _rows(desk: PlanDesk, action: Action, fire: Fire, text: Phrase) -> Rows:
    told = answer_button("label.nudge.told", fire, "told", style="primary")
    skipped = answer_button("label.nudge.skip", fire, "skip")
    last = (
        button("label.later.short", FireShow(fire.id, MENU)),
        answer_button("label.remind.else", fire, "else"),
    )
    return ((Choice(Phrase("label.copy"), copy=text),), (told, skipped), last)


def _settled(desk: PlanDesk, action: Action, told: Communication, fire: Fire, language: str) -> Phrase | None:
    """What came of it, whoever saw to it."""
    log = reports.told_log(desk.plan, action.number, told.id)
    found = next((each for each in log if each.on == fire.on), None)
    if found is None:
        return None
    day = dates.short(dates.today_in(found.at, desk.workshop.zone), language, desk.year)
    about = {"audience": shortened(told.audience, NAME_SHOWN), "name": desk.name(found.by), "day": day}
    return Phrase("nudge.done" if found.kind is ReportKind.TOLD else "nudge.skipped", about)


@answers(FireKind.NUDGE)
async def nudge_answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await desk_of(here, fire)
    found = _found(desk, fire)
    if found is None or reports.is_settled(desk.plan, fire.action, fire.item, fire.on):
        await show_again(here, fire, shown=fire.id)
        return
    desk, action, told = found
    if not (desk.actor.plans or desk.actor.takes_part(desk.plan, action)):
        raise Refusal("plan.not_yours")
    match answer:
        case "told" | "skip":
            plan = reports.tell(
                desk.plan,
                action.number,
                told.id,
                fire.on,
                by=desk.actor.party,
                now=here.turn.now,
                needed=answer == "told",
            )
            here.turn.put(plan)
            await settle(here, fire, answer)
        case "else":
            await _someone_else(here, desk, action, told, fire)
        case _ if answer in CHOICES:
            await put_off(here, fire, answer)
        case _:
            raise Refusal("tap.old")


async def _someone_else(here: Here, desk: PlanDesk, action: Action, told: Communication, fire: Fire) -> None:
    if desk.actor.changes(desk.plan, action):
        await asides.ask_who(here, desk.plan.id, action.number, Field.COMMUNICATIONS, told.id)
        await settle(here, fire, "else")
    else:
        standing.ask_line(here, desk, action, "teller", fire)


# To the owner, where it was missed twice -------------------------------------------------------------------------


@part(FireKind.UNTOLD)
async def untold(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    found = _found(await desk_for(reader, person, fire), fire)
    if found is None:
        return Part(Phrase("nudge.gone"), [Phrase("nudge.gone")]) if fire.done_at else None
    desk, action, told = found
    audience = shortened(told.audience, NAME_SHOWN)
    brief = Phrase("untold.brief", {"audience": audience})
    card = ((button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card")),),)
    if fire.answer:
        name = desk.name(told.sender or action.owner)
        return Part(brief, [Phrase(f"untold.said.{fire.answer}", {"audience": audience, "name": name})], card)
    days = missed_days(desk, action, told, hours.day_of(reader.present(), desk.workshop.zone))
    if len(days) < 2:
        return Part(brief, [Phrase("untold.told_since", {"audience": audience})], card) if fire.done_at else None
    about: dict[str, Any] = {
        "audience": audience,
        "title": shortened(action.title, TITLE_SHOWN),
        "days": [ShortDay(each) for each in days[-3:]],
    }
    body: list[Any] = [Phrase("untold.missed", about)]
    if told.sender and told.sender != desk.actor.party:
        body.append(Phrase("untold.sender", {"name": desk.name(told.sender)}))
    if menu == ENDS:
        end = answer_button("label.untold.end_yes", fire, "end", style="danger")
        return Part(brief, [*body, Phrase("untold.end_ask")], ((end, button("label.back", FireShow(fire.id, ""))),))
    return Part(brief, body, _untold_rows(desk, told, fire))


def missed_days(desk: PlanDesk, action: Action, told: Communication, today: Any) -> list[Any]:
    """The days in a row on which an audience wasn't told."""
    begins = hours.day_of(desk.plan.agreed_at, desk.workshop.zone) if desk.plan.agreed_at else desk.last_day
    days = days_to_tell(action, told, begins)
    return reports.missed_in_a_row(desk.plan, action.number, told.id, days, today)


def _untold_rows(desk: PlanDesk, told: Communication, fire: Fire) -> Rows:
    other = answer_button("label.remind.else", fire, "else")
    end = button("label.untold.end", FireShow(fire.id, ENDS))
    if told.sender and told.sender != desk.actor.party:
        name = shortened(desk.name(told.sender), 12)
        return ((answer_button("label.untold.ask", fire, "asked", name=name),), (other, end))
    return ((other, end),)


@answers(FireKind.UNTOLD)
async def untold_answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await desk_of(here, fire)
    found = _found(desk, fire)
    if found is None or fire.answer:
        await show_again(here, fire, shown=fire.id)
        return
    desk, action, told = found
    if not desk.actor.changes(desk.plan, action):
        raise Refusal("plan.not_yours")
    match answer:
        case "asked":
            await _ask_teller(here, desk, action, told)
            await settle(here, fire, answer)
        case "else":
            await asides.ask_who(here, desk.plan.id, action.number, Field.COMMUNICATIONS, told.id)
            await settle(here, fire, answer)
        case "end":
            by = desk.actor.party
            here.turn.put(
                planning.drop_item(desk.plan, action.number, Field.COMMUNICATIONS, told, by=by, now=here.turn.now)
            )
            await settle(here, fire, answer)
        case _:
            raise Refusal("tap.old")


async def _ask_teller(here: Here, desk: PlanDesk, action: Action, told: Communication) -> None:
    """Say to whoever promised it that the owner waits for it."""
    user_id = desk.user_id(desk.asked_instead(told.sender, action.number))
    if user_id is None or user_id == here.user_id:
        return
    card = ((button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card")),),)
    about: dict[str, Any] = {
        "name": desk.name(desk.actor.party),
        "audience": shortened(told.audience, NAME_SHOWN),
        "title": shortened(action.title, TITLE_SHOWN),
    }
    await here.turn.say(user_id, "untold.asks", card, unasked=True, **about)
