"""What the demo finds wrong with three months: what was said on a night or a day off, or not moved by a holiday."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from bot.rehearsal import timeline
from bot.rehearsal.months import Months
from bot.rehearsal.months_script import Line, Script, is_off, load

PORT_LOUIS = ZoneInfo("Indian/Mauritius")


@dataclass
class Somebody:
    name: str


@dataclass
class Lived:
    """Months in which only what is given was said."""

    lines: list[Line]
    script: Script = field(default_factory=lambda: replace(load(), reactions=[]))
    disturbed: list[str] = field(default_factory=list)
    players: dict[str, Any] = field(
        default_factory=lambda: {"grace": Somebody("Grace Azor"), "devi": Somebody("Devi Luchmun")}
    )


def said(month: int, day: int, hour: int, text: str = "In 13 days: Place pupils", name: str = "Grace Azor") -> Line:
    return Line(datetime(2027, month, day, hour, tzinfo=PORT_LOUIS), name, "←", text)


def wrong(*lines: Line) -> list[str]:
    return list(timeline.wrong(cast(Months, Lived(list(lines)))))


def test_what_came_on_the_working_day_after_is_right() -> None:
    assert wrong(said(7, 15, 10)) == []


@pytest.mark.parametrize("lines", [[], [said(7, 14, 10)], [said(7, 14, 10), said(7, 15, 10)], [said(7, 16, 10)]])
def test_what_came_on_the_holiday_or_never_is_wrong(lines: list[Line]) -> None:
    assert any("was to be told" in each for each in wrong(*lines))


@pytest.mark.parametrize("first", [date(2027, 7, 13), date(2027, 11, 1)])
def test_a_day_that_is_no_holiday_or_one_for_everybody_shows_nothing(first: date) -> None:
    lived = Lived([said(7, 15, 10)])
    put_off = [replace(each, first=first) for each in lived.script.put_off]
    lived.script = replace(lived.script, put_off=put_off)
    assert len(list(timeline.wrong(cast(Months, lived)))) == 1


@pytest.mark.parametrize(
    ("line", "off"),
    [
        (said(7, 14, 10), True),  # a holiday where she is
        (said(7, 19, 9), True),  # seven in the morning there
        (said(7, 19, 19), False),  # five in the afternoon there
        (said(7, 17, 12), True),
        (said(6, 18, 9), False),  # before she said that she lives elsewhere
        (said(7, 14, 10, name="Devi Luchmun"), False),
        (said(7, 19, 19, name="Devi Luchmun"), True),
        (said(9, 6, 7, name="Devi Luchmun"), True),
    ],
)
def test_a_day_off_is_one_where_somebody_is(line: Line, off: bool) -> None:
    key = "grace" if line.name == "Grace Azor" else "devi"
    assert is_off(load(), key, line.at) is off
    other = replace(line, text="Something else")
    assert any("was written to" in each for each in wrong(said(7, 15, 10), other)) is off


def test_who_asks_is_answered_at_any_hour() -> None:
    asked = replace(said(7, 17, 12), sign="→", text="/plan")
    answer = said(7, 17, 12, "Action plan")
    answer = replace(answer, at=answer.at + timedelta(seconds=20))
    assert wrong(said(7, 15, 10), asked, answer) == []


def test_the_holiday_stands_in_the_timeline() -> None:
    shown = timeline.timeline(cast(Months, Lived([said(7, 15, 10)])))
    assert "Wednesday 14 July 2027\n         Grace Azor · National Day (FR): nothing is said" in shown
    assert "Thursday 15 July 2027\n  10:00  Grace Azor ← In 13 days: Place pupils" in shown
