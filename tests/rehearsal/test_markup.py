"""The stand-in's parser beside TDLib's, the one that Telegram's server runs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.rehearsal.entities import Entity, fix
from bot.rehearsal.errors import MarkupError
from bot.rehearsal.markup import parse_html
from bot.rehearsal.texts import read_entity, read_text
from tests import oracles

KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "DateTime": "date_time",
    "CustomEmoji": "custom_emoji",
}
PRECISION = ["dateTimePartPrecisionNone", "dateTimePartPrecisionShort", "dateTimePartPrecisionLong"]
Seen = tuple[str, list[tuple[Any, ...]]] | str

TAGS = ["b", "i", "u", "s", "strong", "em", "ins", "strike", "del", "tg-spoiler", "a", "code", "pre", "blockquote"]
OPENINGS = [
    *(f"<{tag}>" for tag in TAGS),
    "<B>",
    '<a href="https://example.org/a b?c=1#d ">',
    "<a href='HTTP://U@EX.org:8080'>",
    '<a href="tg://user?id=42">',
    '<a href="tg:user?id=07">',
    "<a href=example.org>",
    '<a href="http://[::1]/x">',
    '<a href="ton://a.b">',
    '<a href="tonsite://a.b/c">',
    '<a href="http://%zz.org">',
    '<a href="x.org:0">',
    '<a href="http://x.org:65536">',
    '<a href="http://приклад.укр/шлях">',
    '<code class="language-python">',
    "<blockquote expandable>",
    '<span class="tg-spoiler">',
    '<span class="x">',
    '<tg-emoji emoji-id="5368324170671202286">',
    '<tg-emoji emoji-id="05">',
    '<tg-time unix="1790000000">',
    '<tg-time unix="1790000000" format="wDT">',
    '<tg-time unix="1790000000" format="r">',
    '<tg-time unix="1790000000" format="dDtTwW">',
    '<tg-time unix="1790000000" format="x">',
    '<tg-time unix="99999999999">',
    '<tg-time unix="-5">',
    "<b a=b c='d' e>",
    "<b/>",
    "<p>",
    "<i",
    '<a href="',
]
CLOSINGS = [*(f"</{tag}>" for tag in [*TAGS, "span", "tg-time", "tg-emoji"]), "</>", "</b >", "</ b>", "</i"]
REFERENCES = ["&lt;", "&gt", "&amp;", "&quot;", "&nbsp;", "&#65;", "&#x1F600;", "&#xD83D;", "&#0;", "&#1114111;", "&"]
CRUMBS = [
    "x",
    " ",
    "\n",
    "\t",
    "\r",
    "\0",
    "é",
    "𝄞",
    "👩‍👧",
    "مرحبا",
    "\u202e",
    "<",
    ">",
    "/",
    "=",
    '"',
    "'",
    "7",
    "example.org",
]
PIECES = st.sampled_from([*OPENINGS, *CLOSINGS, *REFERENCES, *CRUMBS])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def nested(draw: st.DrawFn) -> str:
    """Texts whose tags mostly close, so that more of them are accepted."""
    inner = draw(st.lists(st.one_of(TEXTS.map(_escaped), st.sampled_from(REFERENCES + CRUMBS[:10])), max_size=4))
    for opening in draw(st.lists(st.sampled_from(OPENINGS), max_size=4)):
        tag = opening.strip("<>").split()[0].lower()
        inner = [
            draw(st.sampled_from(["", "y ", "🙂"])),
            opening,
            *inner,
            f"</{tag}>",
            draw(st.sampled_from(["", "z"])),
        ]
    return "".join(inner)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def theirs(text: str) -> Seen:
    parsed = oracles.parse_html(text)
    if isinstance(parsed, str):
        return parsed
    seen = []
    for entity in parsed[1]:
        kind = entity["type"]
        name = KINDS[kind["@type"].removeprefix("textEntityType")]
        known = (kind.get("url", ""), kind.get("language", ""), kind.get("user_id", 0))
        emoji = str(kind.get("custom_emoji_id", ""))
        when = (kind.get("unix_time", 0), _format(kind.get("formatting_type")))
        seen.append((entity["offset"], entity["length"], name, *known, emoji, *when))
    return parsed[0], sorted(seen)


def _format(kind: dict[str, Any] | None) -> str:
    if kind is None:
        return ""
    if kind["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    day = PRECISION.index(kind["date_precision"]["@type"])
    hour = PRECISION.index(kind["time_precision"]["@type"])
    return ("w" if kind["show_day_of_week"] else "") + ["", "d", "D"][day] + ["", "t", "T"][hour]


def ours(text: str) -> Seen:
    try:
        plain, entities = parse_html(text)
    except MarkupError as error:
        return str(error)
    return plain, sorted(
        (e.offset, e.length, e.type, e.url, e.language, e.user_id, e.custom_emoji_id, e.unix_time, e.date_time_format)
        for e in entities
    )


@settings(max_examples=1500, deadline=None)
@given(st.one_of(nested(), st.lists(PIECES, max_size=9).map("".join), TEXTS))
@example("<b>x<i>y</b></i>")
@example('<pre><code class="language-py">x</code></pre>')
@example('<tg-time unix="1790000000" format="wDT">Tuesday</tg-time> 👩‍👧<b>é</b>')
def test_both_parsers_read_a_text_alike(text: str) -> None:
    assert ours(text) == theirs(text)


SPANS = st.builds(
    Entity,
    st.sampled_from(
        ["bold", "bold", "italic", "underline", "spoiler", "code", "pre", "blockquote", "date_time", "text_link"]
    ),
    st.integers(0, 14),
    st.integers(0, 14),
)
MESSY = st.lists(
    st.sampled_from(["x", "é", "🙂", " ", "\n", "\t", "\r", "\u202a", "\u0333", "\u200f", "\u200e"]), max_size=12
)


@settings(max_examples=1500, deadline=None)
@given(MESSY.map(lambda parts: f"a{''.join(parts)}z"), st.lists(SPANS, max_size=5))
def test_both_repair_a_text_with_entities_alike(text: str, spans: list[Entity]) -> None:
    for span in spans:
        span.url = "http://example.org/" if span.type == "text_link" else ""
        span.unix_time = 1790000000 if span.type == "date_time" else 0
    repaired = oracles.repair(text, [_theirs(span) for span in spans])
    if isinstance(repaired, str):
        with pytest.raises(MarkupError) as caught:
            fix(text, spans)
        assert repaired.partition(" at byte offset")[0] == str(caught.value)
        return
    plain, entities = fix(text, spans)
    names = [(e["offset"], e["length"], KINDS[e["type"]["@type"].removeprefix("textEntityType")]) for e in repaired[1]]
    assert (plain, sorted((e.offset, e.length, e.type) for e in entities)) == (repaired[0], sorted(names))


def _theirs(span: Entity) -> dict[str, Any]:
    kind = {"@type": f"textEntityType{next(name for name, ours_ in KINDS.items() if ours_ == span.type)}"}
    more = {"url": span.url} if span.url else {"unix_time": span.unix_time} if span.unix_time else {}
    return {"@type": "textEntity", "offset": span.offset, "length": span.length, "type": {**kind, **more}}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<b>é</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        (
            "&#xD83D;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_a_refusal_is_worded_as_on_the_server(text: str, complaint: str) -> None:
    assert ours(text) == f"Can't parse entities: {complaint}" == theirs(text)


def test_a_text_is_cleaned_and_trimmed_with_its_entities() -> None:
    text, entities = read_text(" \n<b>a\tb\u202e</b>\r c \n", "HTML", None, limit=4096)
    assert text == "a b c"
    assert [(e.type, e.offset, e.length) for e in entities] == [("bold", 0, 3)]


def test_marks_of_direction_in_a_row_are_thinned_to_one() -> None:
    assert fix("a\u200f\u200e\u200fb", [])[0] == "a\u200c\u200c\u200fb"


def test_a_style_is_cut_at_the_borders_of_a_link_and_dropped_in_code() -> None:
    spans = [Entity("bold", 0, 9), Entity("text_link", 3, 2, url="http://x.org/"), Entity("code", 6, 2)]
    _, entities = fix("aaabbaccd", spans)
    assert [(e.type, e.offset, e.length) for e in entities] == [
        ("bold", 0, 3),
        ("text_link", 3, 2),
        ("bold", 3, 2),
        ("bold", 5, 1),
        ("code", 6, 2),
        ("bold", 8, 1),
    ]


def test_crossing_styles_nest_after_repair() -> None:
    _, entities = fix("abcdef", [Entity("italic", 2, 4), Entity("bold", 0, 4)])
    assert [(e.type, e.offset, e.length) for e in entities] == [("bold", 0, 2), ("italic", 2, 4), ("bold", 2, 2)]


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        (Entity("bold", 1, 1), "Entity begins in a middle of a UTF-16 symbol"),
        (Entity("bold", 0, 1), "Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol"),
        (Entity("bold", 5, 1), "Entity begins after the end of the text at UTF-16 offset 5"),
        (
            Entity("bold", 2, 9),
            "Entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 11",
        ),
        (Entity("bold", -1, 2), "Receive an entity with incorrect offset -1"),
    ],
)
def test_entities_must_lie_within_the_text(entity: Entity, complaint: str) -> None:
    with pytest.raises(MarkupError) as caught:
        fix("🙂x", [entity])
    assert str(caught.value) == complaint


def test_entities_can_be_given_instead_of_markup() -> None:
    given_ = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "date_time", "offset": 3, "length": 3, "unix_time": 1790000000, "date_time_format": "Tw"},
        {"type": "mention", "offset": 7, "length": 2},
    ]
    text, entities = read_text("at now ok", "", given_, limit=4096)
    assert text == "at now ok"
    assert [e.to_dict() for e in entities] == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "date_time", "offset": 3, "length": 3, "unix_time": 1790000000, "date_time_format": "wT"},
    ]
    with pytest.raises(MarkupError, match="Invalid date specified"):
        read_entity({"type": "date_time", "offset": 0, "length": 1, "unix_time": 0})


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2"])
def test_markdown_is_refused_with_a_plain_reason(mode: str) -> None:
    with pytest.raises(MarkupError, match="HTML alone, not Markdown"):
        read_text("*x*", mode, None, limit=4096)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", 0, 6)]),
        ("go /help@PlenaryBot now", [("bot_command", 3, 16)]),
        ("a/b </x> //", []),
        ("🙂 @amina_d see #plan2 or #7", [("mention", 3, 8), ("hashtag", 16, 6)]),
        ("https://example.org/a, then mail x@example.org", [("url", 0, 21), ("email", 33, 13)]),
    ],
)
def test_the_server_finds_commands_and_addresses_by_itself(text: str, found: list[tuple[str, int, int]]) -> None:
    _, entities = read_text(text, "", None, limit=4096)
    assert [(e.type, e.offset, e.length) for e in entities] == found
