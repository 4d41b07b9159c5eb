"""A file that somebody sent, read as a plan; beside the event loop, since that takes a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.message import Phrase
from bot.core.plan import ActionPlan, Party, contact_party, member_party
from bot.core.plan_import import Incoming, told_apart
from bot.core.workshop import Workshop
from bot.exports import filled, plan_json_read
from bot.exports.lines import folded
from content.catalogues import Catalogues
from handlers.files.words import dictionary

MOST_BYTES = filled.MOST_BYTES


@dataclass(frozen=True, slots=True)
class Found:
    """What a file has, and its mistakes."""

    incoming: Incoming
    mistakes: tuple[Phrase, ...] = ()


def names_in(workshop: Workshop, plan: ActionPlan | None) -> dict[Party, str]:
    """Everyone who is known where a file comes in, by their names."""
    known = {member_party(number): member.name for number, member in workshop.members.items()}
    return known | {contact_party(each.number): each.name for each in (plan.outside() if plan else [])}


def check_name(name: str) -> None:
    """Refuses a file that is neither a workbook nor JSON, by its name."""
    if not name.lower().endswith((".xlsx", ".json")):
        raise Refusal("import.no_file")


def read(
    name: str, data: bytes, known: Mapping[Party, str], catalogues: Catalogues, language: str, now: datetime
) -> Found:
    """The plan in a file. Raises Refusal, with what is wrong with the file as a whole."""
    check_name(name)
    if name.lower().endswith(".json"):
        plans = plan_json_read.read(data, now)
        if len(plans) != 1:
            raise Refusal("import.several" if plans else "import.no_json")
        return Found(plans[0])
    called = frozenset(map(folded, [*known.values(), *told_apart(known).values()]))
    found = filled.read(data, dictionary(catalogues, language, now), called, now)
    return Found(found.incoming, found.errors)
