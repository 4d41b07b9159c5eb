"""What delivery counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """What delivery did since the start. `unknown` requests may each have led to one duplicate."""

    sent: int = 0
    unknown: int = 0
    retried: int = 0
    failed: int = 0
    expired: int = 0
    edits: int = 0
    coalesced: int = 0
