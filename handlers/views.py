"""Rendering for delivery: outbox messages become Bot API calls, people's state becomes living messages."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.broadcast_dialogue import Broadcasts
from bot.core.dialogue import TO_READ, FillRow, Person, RateItems
from bot.core.message import PLAIN_SLOTS, Board, Kind, OutboxMessage, Screen
from bot.core.own_dialogue import Upcoming
from bot.core.plan_dialogue import PlanAsk
from bot.core.plenary_dialogue import PLENARY
from bot.core.room_dialogue import Steering
from bot.exports import card, course, grid, qr
from bot.exports.press import PressError
from bot.runner import Runner
from bot.views import MOVES_AFTER, Request, View
from handlers import menus, pictures, sheet, sheet_plan
from handlers.context import SCREENS
from handlers.desk import desk_for
from handlers.files.documents import Documents
from handlers.mirrors import view as mirrors
from handlers.plan import course as plan_course
from handlers.plenary import polling, stage
from handlers.render import Renderer
from handlers.room import room_screen
from handlers.steering.time import is_timed

logger = logging.getLogger(__name__)

TOAST_LONGEST = 200  # characters, Telegram's
ALERT_FROM = 60  # characters: a longer toast stays until it is put away, since nobody reads it in two seconds
TAKEN_IN = "👌"  # one of the reactions that bots may give


class Views:
    """See `bot.views.Views`. Reads committed state only."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.documents = Documents(runner)

    async def renderer(self, chat_id: int) -> Renderer:
        """Wording for one chat's language and time zone: the person's own, else their workshop's; a group chat has
        those of whoever tied it."""
        if chat_id < 0:
            return await self._renderer_there(chat_id)
        person = await self.runner.person(chat_id)
        workshop = await self.runner.workshop(person.workshop_id) if person and person.workshop_id else None
        name = (person.zone if person else "") or (workshop.zone if workshop else "")
        zone = ZoneInfo(name) if name else None
        return Renderer(self.runner.catalogues, person.language if person else "en", zone)

    async def _renderer_there(self, chat_id: int) -> Renderer:
        tied = next(iter(await self.runner.mirrors_in(chat_id)), None)
        workshop = await self.runner.workshop(tied.workshop_id) if tied else None
        chat = await self.runner.group_chat(chat_id) if tied is None else None
        language = tied.language if tied else chat.language if chat else "en"
        return Renderer(self.runner.catalogues, language, ZoneInfo(workshop.zone) if workshop else None)

    # Messages ----------------------------------------------------------------------------------------------------

    async def request(self, message: OutboxMessage) -> Request | None:
        chat = {"chat_id": message.chat_id}
        match message.kind:
            case Kind.REACT:
                reaction = [{"type": "emoji", "emoji": TAKEN_IN}]
                return Request("setMessageReaction", {**chat, "message_id": message.message_id, "reaction": reaction})
            case Kind.TOAST:
                return await self._toast(message)
            case Kind.MENU:
                return await self._menu(message.chat_id)
            case Kind.POLL:
                return await polling.request(self.runner, message)
            case Kind.STOP_POLL:
                return Request("stopPoll", {**chat, "message_id": message.message_id})
        renderer = await self.renderer(message.chat_id)
        words = _words(renderer, message.screen)
        match message.kind:
            case Kind.EDIT:
                return Request("editMessageText", {**chat, "message_id": message.message_id, **words})
            case Kind.PHOTO | Kind.DOCUMENT if file_id := message.screen.params.get("file_id"):
                return _passed_on(message.kind, str(file_id), {**chat, **_caption(words)})
            case Kind.PHOTO:
                try:
                    picture = await self._picture(renderer, message)
                except PressError as error:
                    logger.error("A picture can't be made: %s", error)
                    return Request("sendMessage", {**chat, **_words(renderer, Screen("plot.failed"))})
                if picture is None:
                    return None
                return Request("sendPhoto", {**chat, **_caption(words)}, {"photo": ("picture.png", picture)})
            case Kind.DOCUMENT:
                return await self._document(message, renderer, {**chat, **_caption(words)})
        if message.kind is Kind.KEYLESS:
            words["reply_markup"] = {"remove_keyboard": True}
        if message.silent:
            words["disable_notification"] = True
        if thread := message.screen.params.get("thread"):
            words["message_thread_id"] = thread
        return Request("sendMessage", {**chat, **words})

    async def _picture(self, renderer: Renderer, message: OutboxMessage) -> bytes | None:
        """What a message shows: a code, or a measure, a product or a grid as it is now; None where there is nothing to
        see any more."""
        params = message.screen.params
        if "qr" in params:
            return qr.png(str(params["qr"]))
        if "kpi" in params:
            person = await self.runner.person(message.chat_id)
            went = await plan_course.course_of(self.runner, renderer, person, params) if person is not None else None
            return await asyncio.to_thread(course.png, went) if went is not None else None
        if "drawn" in params:
            made = await pictures.card_of(self.runner, renderer, message.chat_id, params)
            return await asyncio.to_thread(card.png, made) if made is not None else None
        shown = await pictures.grid_of(self.runner, renderer, message.chat_id, params)
        return await asyncio.to_thread(grid.png, shown) if shown is not None else None

    async def _menu(self, chat_id: int) -> Request:
        """Whoever leads the workshop that they are working in has its facilitators' commands, anybody else the rest."""
        person = await self.runner.person(chat_id)
        workshop = await self.runner.workshop(person.workshop_id) if person and person.workshop_id else None
        member = workshop.active_user(chat_id) if workshop else None
        if member is None or not member.leads:
            return Request("deleteMyCommands", menus.of_chat(chat_id))
        return Request("setMyCommands", menus.for_facilitator(await self.renderer(chat_id), chat_id))

    async def _toast(self, message: OutboxMessage) -> Request:
        payload: dict[str, Any] = {"callback_query_id": message.query_id}
        if message.screen.key:
            renderer = await self.renderer(message.chat_id)
            text = renderer.toast(message.screen)
            payload["text"] = text[:TOAST_LONGEST]
            payload["show_alert"] = len(text) >= ALERT_FROM
        return Request("answerCallbackQuery", payload)

    async def _document(self, message: OutboxMessage, renderer: Renderer, words: dict[str, Any]) -> Request | None:
        try:
            file = await self.documents.make(message.chat_id, message.screen.params, renderer)
        except Exception as error:  # better a word than silence
            # The class alone: the text of an error may repeat what people wrote.
            logger.error("A document can't be made: %s", type(error).__name__)
            sorry = _words(renderer, Screen("export.failed"))
            return Request("sendMessage", {"chat_id": message.chat_id, **sorry})
        return Request("sendDocument", words, {"document": (file.name, file.data)}) if file else None

    # Living messages ---------------------------------------------------------------------------------------------

    async def everyone(self) -> list[int]:
        chats = dict.fromkeys(each.chat_id for each in await self.runner.mirrors())
        return [*await self.runner.people_with_something_on_show(), *chats]

    async def wanted(self, chat_id: int) -> dict[str, str]:
        if chat_id < 0:
            return await self._wanted_there(chat_id)
        person = await self.runner.person(chat_id)
        if person is None:
            return {}
        wanted: dict[str, str] = {}
        if person.sheet_run_id is not None:
            wanted["sheet"] = str(person.sheet_run_id)
        if person.room_id is not None:
            wanted["room"] = str(person.room_id)
        if on := await stage.subject_of(self.runner, person):
            wanted["stage"] = on
        if person.dialogue is not None:
            wanted["question"] = "open"  # always the same: one question follows another in one message
        return wanted

    async def _wanted_there(self, chat_id: int) -> dict[str, str]:
        wanted = {}
        for tied in await self.runner.mirrors_in(chat_id):
            run = await mirrors.run_of(self.runner, tied) if not tied.paused else None
            if run is not None:
                wanted[tied.slot] = str(run.id)
        return wanted

    async def view(self, chat_id: int, slot: str, subject: str) -> View | None:
        if chat_id < 0:
            return await self._mirror(chat_id, slot, int(subject))
        person = await self.runner.person(chat_id)
        if person is None:
            return None
        match slot:
            case "sheet":
                return await self._sheet(person, int(subject))
            case "room":
                return await self._room(person, int(subject))
            case "stage":
                return await self._stage(person)
            case "question":
                return await self._question(person)
        return None

    async def closing(self, board: Board) -> str | None:
        if board.chat_id < 0:
            return await self._closing_there(board)
        if board.slot in PLAIN_SLOTS:
            return ""  # what it says was true, and its buttons are on the newer one
        if board.slot == "question":
            return board.closing or None  # of a question that is over, nothing else tells any more
        person = await self.runner.person(board.chat_id)
        run = await self.runner.run(int(board.subject)) if board.slot == "sheet" else None
        desk = await desk_for(self.runner, person, run) if person else None
        line = sheet.closing(desk, board.part) if desk else None
        return (await self.renderer(board.chat_id)).html(line) if line else None

    async def _mirror(self, chat_id: int, slot: str, run_id: int) -> View | None:
        tied = next((each for each in await self.runner.mirrors_in(chat_id) if each.slot == slot), None)
        run = await self.runner.run(run_id)
        desk = await mirrors.desk_in(self.runner, tied, run) if tied is not None and run is not None else None
        if tied is None or desk is None:
            return None
        renderer = await self.renderer(chat_id)
        shown = mirrors.screen(desk, f"https://t.me/{self.runner.bot_username}")
        return View(
            part=mirrors.part_of(desk),
            text=renderer.text(shown),
            markup=renderer.markup(shown.rows),
            watches=frozenset({f"run:{run_id}", f"runs:{tied.workshop_id}", f"workshop:{tied.workshop_id}"}),
            moves_after=0,
            silent=True,
            thread=tied.thread,
        )

    async def _closing_there(self, board: Board) -> str | None:
        """Of what a group published, all stays; of a step, a line."""
        if board.part == sheet.PUBLISHED:
            return ""
        tied = next((each for each in await self.runner.mirrors_in(board.chat_id) if each.slot == board.slot), None)
        run = await self.runner.run(int(board.subject)) if board.subject.isdecimal() else None
        desk = await mirrors.desk_in(self.runner, tied, run) if tied is not None and run is not None else None
        line = mirrors.closing(desk, board.part) if desk is not None else None
        return (await self.renderer(board.chat_id)).html(line) if line else None

    async def _sheet(self, person: Person, run_id: int) -> View | None:
        run = await self.runner.run(run_id)
        desk = await desk_for(self.runner, person, run)
        if run is None or desk is None:
            return None
        renderer = await self.renderer(person.user_id)
        shown = sheet.screen(desk)
        # Time that runs changes what it says by itself.
        clock = {"clock"} if is_timed(run) else set()
        return View(
            part=sheet.part(desk),
            text=renderer.text(shown),
            markup=renderer.markup(shown.rows),
            watches=frozenset(
                {
                    f"run:{run.id}",
                    f"workshop:{run.workshop_id}",
                    f"room:{run.workshop_id}",
                    f"chat:{person.user_id}",
                    *clock,
                    *sheet_plan.watches(desk),
                }
            ),
            # It doesn't come between questions that follow one another and their answers.
            moves_after=0 if isinstance(person.dialogue, FillRow | RateItems | PlanAsk) else MOVES_AFTER,
        )

    async def _room(self, person: Person, workshop_id: int) -> View | None:
        workshop = await self.runner.workshop(workshop_id)
        member = workshop.active_user(person.user_id) if workshop else None
        if workshop is None or member is None or not member.leads:
            return None
        renderer = await self.renderer(person.user_id)
        shown = await room_screen(self.runner, person, workshop, self.runner.now())
        return View(
            part="",
            text=renderer.text(shown),
            markup=renderer.markup(shown.rows),
            watches=frozenset({*(f"{each}:{workshop_id}" for each in ("runs", "plans", "workshop", "room")), "clock"}),
            moves_after=6,
            pin=True,
            silent=True,
        )

    async def _stage(self, person: Person) -> View | None:
        found = await stage.screen_of(self.runner, person)
        if found is None or person.workshop_id is None:
            return None
        part, shown = found
        renderer, id = await self.renderer(person.user_id), person.workshop_id
        return View(
            part=part,
            text=renderer.text(shown),
            markup=renderer.markup(shown.rows),
            watches=frozenset(
                {f"plenary:{id}", f"workshop:{id}", f"runs:{id}", f"room:{id}", f"chat:{person.user_id}"}
            ),
        )

    async def _question(self, person: Person) -> View | None:
        dialogue = person.dialogue
        shown = await SCREENS[type(dialogue)](self.runner, person, dialogue) if dialogue is not None else None
        if dialogue is None or shown is None:
            return None
        renderer = await self.renderer(person.user_id)
        watches = {f"chat:{person.user_id}"}
        if run_id := getattr(dialogue, "run_id", 0):
            watches.add(f"run:{run_id}")
            desk = await desk_for(self.runner, person, await self.runner.run(run_id))
            watches |= {f"plans:{desk.workshop.id}"} if desk and desk.exercise.about_plans else set()
        if workshop_id := getattr(dialogue, "workshop_id", 0):
            watches |= {f"{each}:{workshop_id}" for each in ("workshop", "runs", "plans", "room")}
            watches |= {f"plenary:{workshop_id}"} if isinstance(dialogue, PLENARY) else set()
        if plan_id := getattr(dialogue, "plan_id", 0):
            watches.add(f"plan:{plan_id}")
        if isinstance(dialogue, Steering):
            watches.add("clock")
        if isinstance(dialogue, Upcoming):
            watches.add(f"fires:{person.user_id}")
        if broadcast_id := getattr(dialogue, "broadcast_id", 0):
            watches.add(f"batch:{broadcast_id}")
        if isinstance(dialogue, Broadcasts):
            watches.add(f"broadcasts:{dialogue.workshop_id}")
        return View(
            part="",
            text=renderer.text(shown),
            markup=renderer.markup(shown.rows),
            watches=frozenset(watches),
            moves_after=1,
            last=not isinstance(dialogue, TO_READ),
            still=isinstance(dialogue, TO_READ),
            closing=renderer.calm(shown.closing) if shown.closing else "",
        )


def _passed_on(kind: Kind, file_id: str, words: dict[str, Any]) -> Request:
    """A picture or a file that somebody sent to the bot, without fetching it: Telegram knows it by its id."""
    if kind is Kind.PHOTO:
        return Request("sendPhoto", {**words, "photo": file_id})
    return Request("sendDocument", {**words, "document": file_id})


def _caption(words: dict[str, Any]) -> dict[str, Any]:
    """The words of a message as those under a picture or a document."""
    caption = {("caption" if name == "text" else name): value for name, value in words.items()}
    caption.pop("link_preview_options")
    return caption


def _words(renderer: Renderer, screen: Screen) -> dict[str, Any]:
    words: dict[str, Any] = {
        "text": renderer.text(screen),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if markup := renderer.markup(screen.rows):
        words["reply_markup"] = markup
    return words
