"""Refusals: what a rule says no to, as a message key and its parameters."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An input that a rule turns down. `key` names the sentence that tells the person what to do instead."""

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key)
        self.key = key
        self.params = params
