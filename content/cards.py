"""Reads cards.toml: what can be looked up from the agenda, one screen each."""

from __future__ import annotations

from bot.core.cards import ConceptCard
from content.fields import Fields, report_twice
from content.problems import entry_of

MOST_CARDS = 60
MOST_PARTS = 20  # buttons below one card, or in the list


def read_cards(fields: Fields) -> tuple[ConceptCard, ...]:
    """The cards in the order in which they are listed."""
    found: list[tuple[ConceptCard, Fields]] = []
    for entry in fields.tables("cards", required=True):
        card = ConceptCard(
            id=entry.id(), title=entry.text("title"), text=entry.text("text"), part_of=entry.word("part_of")
        )
        entry.finish()
        found.append((card, entry))
    fields.finish()
    cards = [card for card, _ in found]
    for name, what in (("id", "the id"), ("title", "the title")):
        marks = [(f"{entry_of('cards', at)}.{name}", getattr(card, name)) for at, card in enumerate(cards)]
        report_twice(marks, fields.report, what)
    if len(cards) > MOST_CARDS:
        fields.report("cards", f"has {len(cards)} entries, and {MOST_CARDS} fit; remove some")
    for card, entry in found:
        _check_place(card, entry, cards)
    return tuple(cards)


def _check_place(card: ConceptCard, entry: Fields, cards: list[ConceptCard]) -> None:
    """A part belongs to a card of the list, so that nobody needs more than two taps."""
    above = next((each for each in cards if each.id == card.part_of), None)
    if card.part_of and above is None:
        entry.report("part_of", f'names "{card.part_of}", which is no card of this file; name one')
    elif above is not None and above.part_of:
        entry.report("part_of", f'names "{above.id}", which is itself a part; name a card of the list')
    alike = [each.id for each in cards if each.part_of == card.part_of]
    if len(alike) > MOST_PARTS and alike[MOST_PARTS] == card.id:
        where = f'the card "{card.part_of}"' if card.part_of else "the list"
        entry.report("part_of", f"makes {len(alike)} buttons below {where}, and {MOST_PARTS} fit; remove some")
