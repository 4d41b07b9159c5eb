"""Callback data around people who are named in a plan and aren't in its workshop; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class HandOverAnswer(Action, verb="ho"):
    """Take part in an action (0: in those of the open question), or (`yes` 0) don't. Whoever has the link's `token`
    may answer, as long as it isn't somebody else's."""

    token: str
    action: int
    yes: int


@dataclass(frozen=True, slots=True)
class ContactLink(Action, verb="hl"):
    """Get a contact's link once more."""

    plan: int
    contact: int


@dataclass(frozen=True, slots=True)
class RenewLink(Action, verb="hr"):
    """Make a new link for a contact; whoever took part by the old one no longer does."""

    plan: int
    contact: int


@dataclass(frozen=True, slots=True)
class StopPart(Action, verb="hs"):
    """A contact takes part in nothing of a plan any more."""

    plan: int


@dataclass(frozen=True, slots=True)
class PickContact(Action, verb="hp"):
    """The words of the key that asks the phone for a contact, where they came as a message."""


@dataclass(frozen=True, slots=True)
class ClosePicker(Action, verb="hx"):
    """Choose no contact."""


# Somebody else takes over
@dataclass(frozen=True, slots=True)
class TakeOver(Action, verb="hto"):
    """Choose who does what `party` does in an action."""

    plan: int
    action: int
    party: str


@dataclass(frozen=True, slots=True)
class CantOwn(Action, verb="hno"):
    """Say that one can't answer for an action."""

    plan: int
    action: int
