"""/plenary: what the room does together, what is on, and what facilitators can begin."""

from __future__ import annotations

from bot.core.access import may_see_product
from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Screen
from bot.core.plenary import Plenary
from bot.core.plenary_dialogue import PlenaryView
from bot.core.run import Run
from bot.core.workshop import Member, Workshop
from handlers.callbacks import Close, ShowProduct
from handlers.context import Here, Reader, button, command, lines, screen, tap
from handlers.plenary import reporting, stage, vote_opening
from handlers.plenary.around import today
from handlers.plenary.taps import CloseDo, EndPoll, PollDo, ReportOn, ShowClose, ShowPlenary, ShowVote, VoteOn

MOST_READ = 12  # buttons


@command("plenary")
async def plenary_(here: Here, rest: str) -> None:
    workshop, member = await here.current_workshop()
    if not member.leads and await stage.subject_of(here.turn, here.person):
        here.turn.lower(here.user_id, "stage")
        return
    here.ask(PlenaryView(workshop_id=workshop.id))


@tap(ShowPlenary)
async def show_plenary(here: Here, action: ShowPlenary) -> None:
    workshop, _ = await here.member(action.workshop)
    here.ask(PlenaryView(workshop_id=workshop.id))


@screen(PlenaryView)
async def plenary_screen(reader: Reader, person: Person, dialogue: PlenaryView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None:
        return None
    close: tuple[Choice, ...] = (button("label.close", Close()),)
    if not member.leads:
        read = await published(reader, workshop, member) + _last_vote(workshop, await reader.plenary(workshop.id))
        if not read:
            return Screen("stage.nothing", rows=(close,))
        return Screen("stage.published", rows=(*((each,) for each in read), close))
    plenary = await reader.plenary(workshop.id)
    rows = [(each,) for each in _offers(reader, workshop, plenary, await reader.runs_of(workshop.id))]
    return Screen("lines", lines(Phrase("stage.heading", {"title": workshop.title})), (*rows, close))


def _offers(reader: Reader, workshop: Workshop, plenary: Plenary, runs: list[Run]) -> list[Choice]:
    """What facilitators can begin, or look at."""
    found: list[Choice] = []
    day = today(reader, workshop)
    if reader.programme(workshop).close is not None and day not in plenary.closes:
        found.append(button("label.wrap.open", CloseDo(workshop.id, day.isoformat(), "open")))
    newest = max(plenary.closes, default=None)
    if newest is not None:
        found.append(button("label.wrap.result", ShowClose(workshop.id, 0, newest.isoformat())))
    if plenary.queue is None and reporting.reportable(reader, workshop, runs):
        found.append(button("label.report.begin", ReportOn(workshop.id, "")))
    if plenary.vote is None and vote_opening.votable(reader, workshop, runs):
        found.append(button("label.dots.open", VoteOn(workshop.id, 0, "", "")))
    found += _last_vote(workshop, plenary)
    if plenary.poll is None:
        found.append(button("label.quick.open", PollDo(workshop.id, "new")))
    else:
        found.append(button("label.quick.end", EndPoll(workshop.id, plenary.poll.number)))
    return found


def _last_vote(workshop: Workshop, plenary: Plenary) -> list[Choice]:
    """What came of the newest vote that is over."""
    over = [number for number, each in plenary.votes.items() if not each.is_open]
    return [button("label.dots.result", ShowVote(workshop.id, max(over), 0))] if over else []


async def published(reader: Reader, workshop: Workshop, member: Member) -> list[Choice]:
    """What groups have published and somebody may read, the newest first."""
    programme, found = reader.programme(workshop), []
    for run in await reader.runs_of(workshop.id):
        exercise = programme.exercises.get(run.exercise)
        if exercise and run.group and run.published_at and may_see_product(workshop, exercise, run, member):
            found.append((run.published_at, run, exercise))
    found.sort(key=lambda each: each[0], reverse=True)
    return [
        button("label.room_at", ShowProduct(run.id, 0), id=exercise.id)
        if exercise.whole_room
        else button("label.group_at", ShowProduct(run.id, 0), number=run.group, id=exercise.id)
        for _, run, exercise in found[:MOST_READ]
    ]
