"""`plenary export` and `plenary import`: plans as files, without Telegram."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.core import plan_import as rules
from bot.core.errors import Refusal
from bot.core.message import Phrase
from bot.core.plan import ActionPlan, member_party
from bot.core.plan_access import PlanActor
from bot.core.workshop import Workshop
from bot.runner import Runner
from bot.settings import SettingsError, load_settings
from bot.wallclock import WallClock
from content import loader
from content.catalogues import Catalogues
from handlers.files import making as plan_files
from handlers.files import reading as plan_reading
from handlers.plan.desk import PlanDesk, plan_of_group
from handlers.plan.taking_over import owners_named
from handlers.render import Renderer
from storage import workshops
from storage.database import FILE, Database, StorageError, copy_of


class Form(StrEnum):
    """What can be asked for: one of `plan_files.FORMS`, or all of them."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    PNG = "png"
    TIMELINE = "timeline"
    ICS = "ics"
    CSV = "csv"
    JSON = "json"
    ALL = "all"


OfWorkshop = Annotated[int | None, typer.Option("--workshop", help="The workshop's number, where there are several.")]
OfGroup = Annotated[int | None, typer.Option("--group", help="The number of the group whose plan it is.")]
InLanguage = Annotated[str, typer.Option("--language", help="The language of headings and dates, such as fr.")]


class Failed(Exception):
    """What was asked for can't be done; `str()` is one line for whoever asked."""


# Commands --------------------------------------------------------------------------------------------------------


def export(
    to: Annotated[Path, typer.Option("--to", help="The folder to write into; files of the same name are replaced.")],
    form: Annotated[Form, typer.Option("--format", help="What to write.")],
    workshop: OfWorkshop = None,
    plan: Annotated[int | None, typer.Option(help="The plan's number; all of the workshop's by default.")] = None,
    group: OfGroup = None,
    language: InLanguage = "en",
    database: Annotated[
        Path | None, typer.Option(help="A backup to read from; by default what stands in DATA_DIR now.")
    ] = None,
) -> None:
    """Write action plans as files. Reads a copy: the bot may go on running."""

    async def work() -> list[Path]:
        async with _copied(_database_file(database)) as runner:
            renderer = _renderer(runner, language)
            chosen = await _workshop(runner, workshop)
            desks = await _desks(runner, chosen, plan, group)
            what = await plan_files.planned(runner, desks)
            forms = plan_files.FORMS if form is Form.ALL else (form.value,)
            renderer = Renderer(renderer.catalogues, renderer.language, ZoneInfo(chosen.zone))
            return [path for each in forms for path in _write(to, each, what, renderer, runner)]

    with _told():
        for path in asyncio.run(work()):
            typer.echo(f"Written: {path}")


def import_(
    file: Annotated[Path, typer.Argument(help="An Excel workbook of the form that export writes, or a plan as JSON.")],
    group: Annotated[int, typer.Option("--group", help="The number of the group whose plan it goes into.")],
    workshop: OfWorkshop = None,
    language: InLanguage = "en",
    yes: Annotated[bool, typer.Option("--yes", help="Add what was found without asking.")] = False,
) -> None:
    """Add the actions of a file to a group's plan; what is in the plan already stays. The bot has to be stopped."""

    async def work(data: bytes) -> str:
        async with _opened() as runner:
            renderer = _renderer(runner, language)
            chosen = await _workshop(runner, workshop)
            found = await _read(runner, renderer, chosen, group, file.name, data)
            for mistake in found.mistakes:
                typer.echo(renderer.plain(mistake), err=True)
            return await _add(runner, chosen, group, found, sure=yes)

    with _told():
        typer.echo(asyncio.run(work(_data(file))))


@contextmanager
def _told() -> Iterator[None]:
    """Tell in a line what went wrong, where somebody at a command line can mend it."""
    try:
        yield
        return
    except (Failed, SettingsError) as error:
        code, line = 2, str(error)
    except (StorageError, OSError) as error:
        code, line = 3, str(error)
    typer.echo(line, err=True)
    raise typer.Exit(code)


# The database ----------------------------------------------------------------------------------------------------


def _database_file(given: Path | None) -> Path:
    path = given or load_settings(need_token=False).data_dir / FILE
    if not path.is_file():
        raise Failed(f"There is no database at {path}.")
    return path


@asynccontextmanager
async def _copied(path: Path) -> AsyncIterator[Runner]:
    """A copy of a database, which may be in use or from an older release."""
    with tempfile.TemporaryDirectory(prefix="plenary-") as folder:
        await copy_of(path, Path(folder) / FILE)
        async with _runner(Path(folder)) as runner:
            yield runner


@asynccontextmanager
async def _opened() -> AsyncIterator[Runner]:
    """The bot's own database, for as long as nothing else uses it."""
    folder = load_settings(need_token=False).data_dir
    _database_file(folder / FILE)
    async with _runner(folder) as runner:
        yield runner


@asynccontextmanager
async def _runner(folder: Path) -> AsyncIterator[Runner]:
    database = await Database.open(folder)
    try:
        runner = Runner(database, loader.load_all(), WallClock(None).now, catalogues=Catalogues())
        await runner.start()
        yield runner
    finally:
        await database.close()


async def _workshop(runner: Runner, number: int | None) -> Workshop:
    """The workshop that is meant: by its number, or the only one."""
    found = [each for id in await workshops.ids(runner.database) if (each := await runner.workshop(id))]
    if number is None and len(found) > 1:
        listed = "; ".join(f"{each.id} {each.title}" for each in found)
        raise Failed(f"There are several workshops. Say which one with --workshop: {listed}.")
    chosen = next((each for each in found if number in (None, each.id)), None)
    if chosen is None:
        raise Failed("There is no such workshop." if found else "There is no workshop yet.")
    return chosen


def _renderer(runner: Runner, language: str) -> Renderer:
    there = runner.catalogues.languages()
    if language not in there:
        raise Failed(f"There is no language {language}; there are {', '.join(there)}.")
    return Renderer(runner.catalogues, language)


# Out -------------------------------------------------------------------------------------------------------------


async def _desks(runner: Runner, workshop: Workshop, plan: int | None, group: int | None) -> list[PlanDesk]:
    """The plans that are meant, as a facilitator has them in front of them."""
    plans = sorted(await runner.plans_of(workshop.id), key=lambda each: each.group)
    wanted = [each for each in plans if plan in (None, each.id) and group in (None, each.group)]
    if not wanted:
        there = ", ".join(f"plan {each.id} of Group {each.group}" for each in plans)
        raise Failed(f"There is no such plan; there are {there}." if plans else "There is no action plan yet.")
    return [_desk(runner, workshop, each) for each in wanted]


def _desk(runner: Runner, workshop: Workshop, plan: ActionPlan) -> PlanDesk:
    actor = PlanActor(party="", leads=True, member=True)
    return PlanDesk(workshop=workshop, programme=runner.programme(workshop), plan=plan, actor=actor)


def _write(folder: Path, form: str, what: plan_files.Planned, renderer: Renderer, runner: Runner) -> list[Path]:
    """A form's files: one of all plans, if they fit into one."""
    if len(what.desks) > 1 and form not in plan_files.OF_SEVERAL:
        single = [plan_files.Planned((desk,), (goal,)) for desk, goal in zip(what.desks, what.goals, strict=True)]
        return [path for each in single for path in _write(folder, form, each, renderer, runner)]
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for part in range(plan_files.parts(form, what, renderer, runner.now())):
        file = plan_files.make(form, what, renderer, runner.now(), part)
        (folder / file.name).write_bytes(file.data)
        written.append(folder / file.name)
    return written


# In --------------------------------------------------------------------------------------------------------------


def _data(file: Path) -> bytes:
    """What is in a file, if that isn't too much."""
    if not file.is_file():
        raise Failed(f"There is no file {file}.")
    with file.open("rb") as opened:
        return opened.read(plan_reading.MOST_BYTES + 1)  # one more than may be read: reading then refuses it


async def _read(
    runner: Runner, renderer: Renderer, workshop: Workshop, group: int, name: str, data: bytes
) -> plan_reading.Found:
    plan = next((each for each in await runner.plans_of(workshop.id) if each.group == group), None)
    known = plan_reading.names_in(workshop, plan)
    try:
        return plan_reading.read(name, data, known, runner.catalogues, renderer.language, runner.now())
    except Refusal as refusal:
        raise Failed(_said(renderer, refusal)) from None


async def _add(runner: Runner, workshop: Workshop, group: int, found: plan_reading.Found, *, sure: bool) -> str:
    """Add what was found, after a yes; returns what came of it."""
    turn = runner.begin()
    try:
        before = await plan_of_group(turn, workshop, group)
        plan, added = rules.take_in(
            before,
            found.incoming,
            plan_reading.names_in(workshop, None),
            token=runner.token,
            by=member_party(workshop.organiser.number),
            now=turn.now,
        )
    except Refusal as refusal:
        raise Failed(_said(Renderer(runner.catalogues, "en"), refusal)) from None
    left_out = " without the rows named above" if found.mistakes else ""
    if not added:
        return "Nothing was added: there is nothing new in that file."
    if not sure and not typer.confirm(f"Add {added} actions to the plan of Group {group}{left_out}?"):
        return "Nothing was added."
    turn.put(plan)
    by = PlanActor(party=member_party(workshop.organiser.number), leads=True, member=True)
    desk = PlanDesk(workshop=workshop, programme=runner.programme(workshop), plan=before, actor=by)
    await owners_named(turn, desk, replace(desk, plan=plan), "added")
    runner.keep(turn)
    await runner.commit()
    return f"Added to the plan of Group {group}: {added} actions."


def _said(renderer: Renderer, refusal: Refusal) -> str:
    return renderer.plain(Phrase(refusal.key, refusal.params))
