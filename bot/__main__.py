"""The command line: `plenary run`, `check`, `rehearse`, `backup`, `export`, `import`."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import loop, paperwork
from bot.app import Stopped, run_bot
from bot.settings import Settings, SettingsError, load_settings
from bot.transport import RedactToken
from content import loader
from storage.database import Database, StorageError

cli = typer.Typer(
    help="A Telegram bot that facilitates action-planning workshops.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _fail(line: str, code: int = 2) -> typer.Exit:
    typer.echo(line, err=True)
    return typer.Exit(code)


def _settings(*, need_token: bool = True) -> Settings:
    try:
        return load_settings(need_token=need_token)
    except SettingsError as error:
        raise _fail(str(error)) from None


def set_up_logging(level: str) -> None:
    """Log to standard error, never a token."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(RedactToken())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("apscheduler", "aiosqlite", "telegram", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))


@cli.command()
def run() -> None:
    """Run the bot until it is told to stop. Settings come from the environment and .env (see .env.example)."""
    settings = _settings()
    set_up_logging(settings.log_level)
    try:
        loop.run(run_bot(settings, typer.echo))
    except Stopped as stopped:
        if stopped.exit_code:
            raise _fail(stopped.line, stopped.exit_code) from None
    except StorageError as error:
        raise _fail(str(error), 3) from None


@cli.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A programme's folder; by default all that are shipped.")
    ] = None,
) -> None:
    """Check content: name every mistake with its file and key."""
    folders = [folder] if folder else sorted(each for each in loader.programmes_folder().iterdir() if each.is_dir())
    problems = 0
    for each in folders:
        found = loader.check(each)
        for problem in found:
            typer.echo(str(problem))
        problems += len(found)
        if not found:
            typer.echo(f"{each.name}: no mistakes")
    if problems:
        raise typer.Exit(1)


@cli.command()
def rehearse(
    port: Annotated[int, typer.Option(help="Where the page of phones is served, on this machine only.")] = 8081,
) -> None:
    """Try the bot without Telegram: phones on a web page, a clock that can be wound on."""
    from bot.rehearsal import stage  # only here: the bot itself knows nothing of rehearsals

    try:
        asyncio.run(stage.rehearse(port))
    except KeyboardInterrupt:
        typer.echo("The rehearsal is over.")


@cli.command()
def backup(target: Annotated[Path, typer.Argument(help="The file to write; must not exist yet.")]) -> None:
    """Write a consistent copy of the database. The bot has to be stopped; a running one makes its own every night."""
    settings = _settings(need_token=False)
    if target.exists():
        raise _fail(f"{target} exists already.")
    if not (settings.data_dir / "plenary.db").exists():
        raise _fail(f"There is no database in {settings.data_dir}.")

    async def copy() -> None:
        database = await Database.open(settings.data_dir)
        try:
            await database.backup(target)
        finally:
            await database.close()

    try:
        asyncio.run(copy())
    except (StorageError, OSError) as error:
        raise _fail(str(error), 3) from None
    typer.echo(f"Written: {target}")


cli.command("export")(paperwork.export)
cli.command("import")(paperwork.import_)


def main() -> None:
    """The `plenary` command."""
    cli(prog_name="plenary" if Path(sys.argv[0]).name == "__main__.py" else None)


if __name__ == "__main__":
    main()
