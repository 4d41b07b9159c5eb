"""Comments and questions on a report: anybody adds one, a facilitator picks what the room sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core import remarks
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Screen
from bot.core.plenary_dialogue import RemarkAsk, RemarksView
from bot.core.remarks import LONGEST, Remark
from bot.core.workshop import Workshop
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, lines, on_text, page_of, screen, tap
from handlers.plenary.around import save
from handlers.plenary.taps import AddRemark, RemarkDo, ShowRemarks

A_PAGE = 8
STATES = {"new": "remark.line", "picked": "remark.line_picked", "done": "remark.line_done", "put_away": "remark.line"}


@tap(AddRemark)
async def add(here: Here, action: AddRemark) -> None:
    workshop, _ = await here.member(action.workshop)
    await _check_on(here, workshop, action.queue, action.group)
    here.ask_aside(RemarkAsk(workshop_id=workshop.id, queue=action.queue, group=action.group))


async def _check_on(here: Here, workshop: Workshop, number: int, group: int) -> None:
    """Refuses what isn't, and wasn't, reported in a queue that is open."""
    queue = (await here.turn.plenary(workshop.id)).queues.get(number)
    if queue is None or group not in (queue.on, *queue.past) or not group:
        raise Refusal("tap.old")
    if not queue.is_open:
        raise Refusal("report.over")


@screen(RemarkAsk)
async def ask_screen(reader: Reader, person: Person, dialogue: RemarkAsk) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None or workshop.active_user(person.user_id) is None:
        return None
    rows = ((button("label.cancel", Close()),),)
    return Screen("remark.ask", {"group": dialogue.group, "longest": LONGEST}, rows)


@on_text(RemarkAsk)
async def said(here: Here, dialogue: RemarkAsk, text: str) -> None:
    workshop, member = await here.member(dialogue.workshop_id)
    await _check_on(here, workshop, dialogue.queue, dialogue.group)
    plenary = await here.turn.plenary(workshop.id)
    after = remarks.add(plenary.remarks, dialogue.queue, dialogue.group, member.number, text)
    save(here.turn, workshop, plenary, replace(plenary, remarks=after))
    here.acknowledge()
    await here.done("remark.added")


@tap(ShowRemarks)
async def show(here: Here, action: ShowRemarks) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if action.queue not in (await here.turn.plenary(workshop.id)).queues:
        raise Refusal("tap.old")
    view = RemarksView(workshop_id=workshop.id, queue=action.queue, group=action.group, page=action.page)
    here.ask_aside(view)


@tap(RemarkDo)
async def do(here: Here, action: RemarkDo) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    plenary = await here.turn.plenary(workshop.id)
    if action.what not in ("pick", "away"):
        raise Refusal("tap.old")
    change = remarks.pick if action.what == "pick" else remarks.put_away
    save(here.turn, workshop, plenary, replace(plenary, remarks=change(plenary.remarks, action.number)))


@screen(RemarksView)
async def remarks_screen(reader: Reader, person: Person, dialogue: RemarksView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    known: Mapping[int, Remark] = (await reader.plenary(workshop.id)).remarks
    found = remarks.on_report(known, dialogue.queue, dialogue.group)
    close = (button("label.close", Close()),)
    if not found:
        return Screen("remark.none", {"group": dialogue.group}, (close,))
    shown, page, pages = page_of(list(enumerate(found, 1)), dialogue.page, A_PAGE)
    text = [Phrase("remark.heading", {"group": dialogue.group}), ""]
    rows: list[tuple[Choice, ...]] = []
    for at, each in shown:
        author = workshop.members.get(each.author)
        about = {"number": at, "name": author.name if author else "–", "text": each.text}
        text.append(Phrase(STATES[each.state], about))
    picks = [Choice(str(at), pack(RemarkDo(workshop.id, each.number, "pick"))) for at, each in shown]
    rows += [tuple(picks[at : at + 4]) for at in range(0, len(picks), 4)]
    on_show = remarks.picked(known, dialogue.queue)
    if on_show is not None:
        rows.append((button("label.remark.away", RemarkDo(workshop.id, on_show.number, "away")),))
    turn = [_turn(workshop, dialogue, page + by, key) for by, key in _turns(page, pages)]
    return Screen("lines", lines(*text), (*rows, (*turn, *close)))


def _turns(page: int, pages: int) -> list[tuple[int, str]]:
    earlier = [(-1, "label.earlier")] if page > 0 else []
    return earlier + ([(1, "label.more")] if page + 1 < pages else [])


def _turn(workshop: Workshop, dialogue: RemarksView, page: int, key: str) -> Choice:
    return button(key, ShowRemarks(workshop.id, dialogue.queue, dialogue.group, page))
