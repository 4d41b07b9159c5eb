"""Lines of a plan that say several things at once, taken apart: a measure, a barrier, an audience.

Nothing that was typed is lost: what has no place of its own stays in the name. What was taken apart can be written
again (`kpi_text`, `pair_text`), and reads the same then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.words import clean_line

# A number as people write it: 1 200, 1,200.5, −3, < 5, 45 %, $900, 10–15. After a letter it is part of a name: CO2.
_DIGITS = r"(?:\d{1,3}(?:[\s'’]\d{3})++(?!\d)|\d++(?:[.,:/]\d++)*+)"
_AMOUNT = rf"(?<!\w)(?:[<>≤≥~±]\s?|[+−-])?[$€£¥₦₵]?{_DIGITS}(?:\s?[-–]\s?{_DIGITS})?(?:\s?[%‰€£¥₦₵])?(?!\w)"
_FIRST = re.compile(_AMOUNT)
_LAST = re.compile(rf"{_AMOUNT}$")
_ARROW = re.compile(r"\s*(?:[-=]+>|[→⇒➔➜⟶])\s*")
_COLON = re.compile(r"\s*：\s*|\s*:(?!//)(?!(?<=\d:)\d)\s*")
_BETWEEN = re.compile(_COLON.pattern + r"|\s+[-–—]\s+")
_AROUND_NAME = " :：,;–—-"
_BEFORE_UNIT = re.compile(r"^[,;]\s*(?=[^\W\d])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The parts of a measure that a line gave; empty where it gave none."""

    name: str
    baseline: str = ""
    target: str = ""
    unit: str = ""


# Measures --------------------------------------------------------------------------------------------------------


def kpi_line(text: str, *, begins: Iterable[str] = ("from",), ends: Iterable[str] = ("to",)) -> Measure:
    """A measure from one line: "visits to the counter: 900 → 600 a month", "visits from 900 to 600 a month".

    `begins` and `ends` stand before the two numbers in the writer's language; what is counted may stand behind both:
    "from 9 weeks to 2 weeks". One number behind a colon is the target.
    Other numbers belong to the name.
    """
    text = clean_line(text)
    if _ARROW.search(text):
        return _with_arrow(text, begins) or Measure(name=text)
    return _with_words(text, begins, ends) or _with_colon(text) or Measure(name=text)


def kpi_text(measure: Measure) -> str:
    """A measure as one line, to be changed and read again."""
    if not (measure.baseline or measure.target):
        return measure.name
    return clean_line(f"{measure.name}: {measure.baseline} → {measure.target} {measure.unit}")


def _with_arrow(text: str, begins: Iterable[str]) -> Measure | None:
    *_, arrow = _ARROW.finditer(text)
    before, after = text[: arrow.start()], text[arrow.end() :]
    colons = list(_COLON.finditer(before))
    if colons:
        name, baseline = before[: colons[-1].start()], before[colons[-1].end() :]
        if (found := _without(baseline, begins, at_end=False)) and _FIRST.match(found):
            baseline = found
    elif amount := _LAST.search(before):
        name, baseline = before[: amount.start()], amount[0]
        name = _without(name, begins, at_end=True)
    else:
        name, baseline = before, ""
    return _measure(name, baseline, after)


def _with_words(text: str, begins: Iterable[str], ends: Iterable[str]) -> Measure | None:
    between = "|".join(map(re.escape, ends))
    first = rf"(?P<first>{_AMOUNT}(?P<unit>\s[^\W\d]+)?)"
    last = rf"(?P<last>{_AMOUNT})(?(unit)(?P=unit)(?!\w))"
    found = list(re.finditer(rf"{first}\s+(?:{between})\s+{last}", text, re.IGNORECASE))
    if not found:
        return None
    name = _without(text[: found[-1].start()], begins, at_end=True)
    return _measure(name, found[-1]["first"], text[found[-1].start("last") :])


def _with_colon(text: str) -> Measure | None:
    colons = list(_COLON.finditer(text))
    return _measure(text[: colons[-1].start()], "", text[colons[-1].end() :]) if colons else None


def _without(text: str, words: Iterable[str], *, at_end: bool) -> str:
    """A text without a word at its end or its start."""
    either = "|".join(map(re.escape, words))
    pattern = rf"(?:^|\s)(?:{either})\s*$" if at_end else rf"^(?:{either})\s+"
    return re.sub(pattern, "", text, count=1, flags=re.IGNORECASE)


def _measure(name: str, baseline: str, after: str) -> Measure | None:
    """The measure whose target, with its unit, is what stands last; None where no number says how much."""
    name, baseline = name.strip(_AROUND_NAME), baseline.strip()
    amount = _FIRST.match(after)
    target = amount[0] if amount else after.strip()
    unit = _BEFORE_UNIT.sub("", after[amount.end() :].strip()).rstrip(" .,;") if amount else ""
    if not name:
        name, unit = unit.strip(_AROUND_NAME), ""
    if not name or not (has_number(baseline) or has_number(target)):
        return None
    return Measure(name=name, baseline=baseline, target=target, unit=unit)


def has_number(text: str) -> bool:
    """Whether there is a digit in it, of any script."""
    return any(unicodedata.category(char)[0] == "N" for char in text)


# Pairs -----------------------------------------------------------------------------------------------------------


def barrier_line(text: str) -> tuple[str, str]:
    """ "Legal office: fears claims": who, how."""
    return _pair(text)


def audience_line(text: str) -> tuple[str, str]:
    """ "Permit applicants: what changes for them": audience, message."""
    return _pair(text)


def pair_text(first: str, second: str) -> str:
    """A barrier or an audience as one line, to be changed and read again."""
    return f"{first}: {second}" if second else first


def _pair(text: str) -> tuple[str, str]:
    """What stands before and behind the first colon or dash; all of the text first, where one side would be empty."""
    text = clean_line(text)
    between = _BETWEEN.search(text)
    first, second = (text[: between.start()], text[between.end() :]) if between else (text, "")
    return (first, second) if first and second else (text.rstrip(_AROUND_NAME) or text, "")
