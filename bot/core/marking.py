"""Marks for sentences that translators are to find. They change nothing."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name that translators' tools look for
    """Mark a sentence."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a sentence that depends on a count."""
    return one, many
