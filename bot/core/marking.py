"""Marks English source strings for the catalogues; what they mark is looked up later, in each reader's language."""

from __future__ import annotations


def N_(text: str) -> str:
    """A sentence to translate."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """A sentence to translate in its forms for one and for many."""
    return one, many
