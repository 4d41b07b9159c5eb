"""Concept cards: what can be looked up while others talk, one screen each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptCard:
    """A screen about one thing. With `part_of` it is opened from that card, else from the list."""

    id: str
    title: str
    text: str
    part_of: str = ""


def found(cards: Sequence[ConceptCard], id: str) -> ConceptCard | None:
    return next((each for each in cards if each.id == id), None)


def below(cards: Sequence[ConceptCard], id: str) -> list[ConceptCard]:
    """The cards that are opened from one, or ("") from the list."""
    return [each for each in cards if each.part_of == id]
