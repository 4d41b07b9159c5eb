"""The page of phones: what it is told, what it may do, and who may ask."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rehearsal import Phone, World, serve
from bot.rehearsal.entities import Entity, fix
from bot.rehearsal.errors import MarkupError
from bot.rehearsal.page_view import to_html
from tests.rehearsal.conftest import Api, buttons


class Page:
    """A browser that shows the page."""

    def __init__(self, url: str, session: aiohttp.ClientSession, clock: Path) -> None:
        self.url = url
        self.session = session
        self.clock = clock

    async def state(self, since: str = "") -> dict[str, Any]:
        async with self.session.get(f"{self.url}/page/phones", params={"since": since}) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def do(self, deed: str, **more: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"{self.url}/page/do", json={"do": deed, **more}) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def page(world: World, tmp_path: Path) -> AsyncIterator[Page]:
    clock = tmp_path / "clock"
    async with serve(world, clock_file=clock) as url, aiohttp.ClientSession() as session:
        yield Page(url, session, clock)


async def test_the_page_needs_nothing_from_elsewhere(page: Page) -> None:
    async with page.session.get(page.url) as answer:
        text = await answer.text()
        assert answer.content_type == "text/html"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<h1>Rehearsal</h1>" in text
    assert not re.search(r"""(?:src|href|url\()\s*=?\s*["']?(?:https?:)?//""", text)
    assert text == resources.files("bot.rehearsal").joinpath("page/phones.html").read_text(encoding="utf-8")


async def test_the_state_of_a_phone(page: Page, world: World, say: Api, ama: Phone) -> None:
    await say(
        '<b>1 &lt; 2</b> until <tg-time unix="1790000000" format="wD">then</tg-time>',
        parse_mode="HTML",
        reply_markup=buttons(["Next"]),
    )
    ama.tap("Next")
    state = await page.state()
    assert (state["version"], state["bot"], state["windable"]) == (world.version, "PlenaryBot", True)
    (phone,) = state["phones"]
    assert (phone["name"], phone["started"], phone["blocked"], phone["pinned"]) == ("Ama Boateng", True, False, None)
    message = phone["messages"][1]
    assert message["html"] == (
        '<b>1 &lt; 2</b> until <time datetime="2026-09-21T14:13:20+00:00" data-format="wD">then</time>'
    )
    assert message["buttons"] == [[{"label": "Next", "kind": "callback_data", "style": "", "value": "Next"}]]
    assert phone["waiting"] == [[message["id"], "Next"]]


async def test_only_what_changed_comes_and_as_soon_as_it_does(page: Page, world: World, ama: Phone) -> None:
    kofi = world.phone(8, "Kofi")
    version = str((await page.state())["version"])
    wait = asyncio.create_task(page.state(version))
    await asyncio.sleep(0.05)
    kofi.start()
    state = await asyncio.wait_for(wait, 2)
    assert [phone["name"] for phone in state["phones"]] == ["Kofi"]
    assert [phone["name"] for phone in (await page.state("999999"))["phones"]] == ["Ama Boateng", "Kofi"]


async def test_what_a_person_does_on_the_page(page: Page, world: World, api: Api, say: Api, ama: Phone) -> None:
    me = {"phone": ama.user.id}
    status, added = await page.do("add", name=" Kofi  Mensah ", language="fr")
    kofi = world.phone(added["phone"])
    assert (status, kofi.user.name, kofi.user.language_code) == (200, "Kofi Mensah", "fr")
    await page.do("start", phone=kofi.user.id, payload="https://t.me/PlenaryBot?start=join_x")
    assert kofi.messages[0].text == "/start join_x"
    await page.do("send", **me, text="frist")
    await page.do("send", **me, text="first", message=ama.messages[-1].message_id)
    await page.do("attach", **me, kind="voice")
    assert [m.text or m.kind for m in ama.messages] == ["/start", "first", "voice"]
    copy = {"text": "Copy", "copy_text": {"text": "to pass on"}}
    sent = await say("x", reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "go"}, copy]]})
    where = {**me, "message": sent["message_id"], "row": 0}
    assert await page.do("tap", **where, column=0) == (200, {})
    assert (await api("getUpdates", offset=-1))[0]["callback_query"]["data"] == "go"
    assert await page.do("tap", **where, column=1) == (200, {"pressed": "to pass on"})
    assert await page.do("tap", **where, column=2) == (409, {"problem": "this button has gone"})
    await say("y", reply_markup={"keyboard": [["Yes"]]})
    await page.do("key", **me, label="Yes")
    assert ama.messages[-1].text == "Yes"
    await say("z", reply_markup={"keyboard": [[{"text": "Pick", "request_users": {"request_id": 3}}]]})
    assert (await page.state())["phones"][0]["keys"] == [[{"label": "Pick", "people": True}]]
    assert (await page.do("key", **me, label="Pick"))[0] == 409
    assert await page.do("key", **me, label="Pick", person=kofi.user.id) == (200, {})
    assert ama.messages[-1].media["users_shared"]["user_ids"] == [kofi.user.id]
    assert (await page.do("key", **me, label="Pick", person=99))[0] == 400
    await page.do("block", **me)
    assert ama.chat.blocked
    assert (await page.do("send", **me, text="hello?"))[0] == 409
    await page.do("block", **me)
    assert not ama.chat.blocked


async def test_a_poll_is_voted_in_and_the_vote_taken_back(page: Page, api: Api, ama: Phone) -> None:
    options = [{"text": "Yes"}, {"text": "No"}]
    sent = await api("sendPoll", chat_id=ama.user.id, question="Go on?", options=options)
    tap = {"phone": ama.user.id, "message": sent["message_id"], "column": 0}
    for row, styles in ((1, ["", "primary"]), (0, ["primary", ""]), (0, ["", ""])):
        assert (await page.do("tap", row=row, **tap))[0] == 200
        (shown,) = (await page.state())["phones"][0]["messages"][-1:]
        assert [(each[0]["label"], each[0]["kind"]) for each in shown["buttons"]] == [("Yes", "vote"), ("No", "vote")]
        assert [each[0]["style"] for each in shown["buttons"]] == styles
    assert (await page.do("tap", row=2, **tap))[0] == 409
    await api("stopPoll", chat_id=ama.user.id, message_id=sent["message_id"])
    assert (await page.state())["phones"][0]["messages"][-1]["buttons"] == []


async def test_the_clock_is_wound_on_for_the_world_and_for_the_bot(page: Page, world: World) -> None:
    before = world.clock()
    for seconds, total in ((900, 900), (86_400, 87_300)):
        assert await page.do("wind", seconds=seconds) == (200, {})
        assert page.clock.read_text(encoding="ascii") == f"{total}\n"
    assert world.clock() == before + 87_300
    assert (await page.state())["wound"] == 87_300
    for wrong in (-1, 1e12, float("nan")):
        assert (await page.do("wind", seconds=wrong))[0] == 409


@pytest.mark.parametrize(
    "asked",
    [{}, {"do": "fly"}, {"do": "send"}, {"do": "send", "phone": 5, "text": "x"}, {"do": "wind", "seconds": "a"}],
)
async def test_what_is_not_understood(page: Page, asked: dict[str, Any]) -> None:
    async with page.session.post(f"{page.url}/page/do", json=asked) as answer:
        assert (answer.status, await answer.json()) == (400, {"problem": "That was not understood."})


async def test_other_sites_are_not_let_in(page: Page, ama: Phone) -> None:
    async with page.session.get(f"{page.url}/page/phones", headers={"Host": "evil.example.org"}) as answer:
        assert answer.status == 403
    form = {"do": "block", "phone": str(ama.user.id)}
    async with page.session.post(f"{page.url}/page/do", data=form) as answer:
        assert answer.status == 404
    assert not ama.chat.blocked


async def test_files_are_shown_or_saved_but_never_run(page: Page, ama: Phone) -> None:
    held = ama.document('pa"ge.html', b"<script>").media["document"]
    async with page.session.get(f"{page.url}/page/file", params={"id": held["file_id"]}) as answer:
        assert answer.headers["Content-Disposition"] == 'attachment; filename="pa_ge.html"'
        assert answer.content_type == "application/octet-stream"
    async with page.session.get(f"{page.url}/page/file", params={"id": "none"}) as answer:
        assert answer.status == 404
    async with page.session.get(
        f"{page.url}/page/file", params={"id": ama.photo().media["photo"][0]["file_id"]}
    ) as answer:
        assert answer.content_type == "image/jpeg"


class Balanced(HTMLParser):
    """Collects the text, and fails where tags don't nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


KINDS = ["bold", "italic", "code", "text_link", "spoiler", "blockquote", "date_time", "url"]
SPANS = st.builds(Entity, st.sampled_from(KINDS), st.integers(0, 8), st.integers(1, 8), url=st.just("http://x.org/"))


@settings(deadline=None)
@given(st.text(alphabet="ab<>&\"'🙂 ", min_size=1, max_size=10), st.lists(SPANS, max_size=5))
def test_html_for_the_page_nests_and_holds_the_text(text: str, spans: list[Entity]) -> None:
    try:
        plain, entities = fix(text, spans)
    except MarkupError:
        return
    parser = Balanced()
    parser.feed(to_html(plain, entities))
    parser.close()
    assert (parser.text, parser.open) == (plain, [])
