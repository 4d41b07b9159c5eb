"""Words that break what isn't ready for them: markup, format strings, other directions, marks, pictures."""

from __future__ import annotations

from bot.core.words import clean
from bot.rehearsal.entities import clean as as_kept
from bot.rehearsal.player import plain

MARKS = "\u0300\u0316\u0321\u0334\u0345"

# Each is distinct, fits into 110 characters, and has letters, so that it may be a name as well.
WORDS = (
    "<b>bold</b> and <i>more",
    "</i>&amp;<a href='tg://user?id=1'>&lt;link</a>",
    "_*[`]under* `tick` [text](https://example.org)",
    "{name} {0} {0.__class__} {{}} {",
    "%s %(name)s 100%d &#39;quoted&#x27;",
    "override \u202edrawkcab\u202c isolate \u2067open",
    "\u2066left \u2068first \u2069\u2069\u2069popped",
    "وزارة الصحة والخدمات العامة",
    "שלום abc 123 (שתיים) עולם",
    "公共服务创新：数字政府，「开放」",
    "family 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇬🇭 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ❤️",
    f"za{MARKS}l{MARKS}g{MARKS}o speaks",
    "zero\u200bwidth\u200c\u200dspaces\u2060 and\ufeff bom\u00ad",
    "nul\x00 tab\t vertical\x0b line\u2028 para\u2029 end",
    "https://example.org/?a=1&b=2 @someone #tag $USD /start",
)
NAMES = (
    "<b>Ama</b> & {0}",
    "ملك الأحمد",
    "_Dao*[`",
    "\u202eEve\u2067",
    "👩‍👩‍👧‍👦",
    "\u200b\u2060",  # nothing to see
)
TITLE = "</b>{title} & <i>_*[` 👩‍👩‍👧‍👦 ورشة %s"
FACILITATOR = "<u>Amina</u> {1}"
INVISIBLE = ("\u200b", "\u2060\u200d", "\u00ad", "\u2800", "\u3164", "\u115f\u1160", "\ufe0f", "\u034f", "\U000e0020")


def bare(text: str) -> str:
    """A text as it can be compared: as Telegram's server and the bot keep it, on one line, without the marks that
    fence off a direction."""
    return " ".join(plain(as_kept(clean(as_kept(text)))).split())
