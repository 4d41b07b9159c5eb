"""The concept cards, opened from the agenda, by /cards, or by typing a card's name while one is on show."""

from __future__ import annotations

from bot.core import cards
from bot.core.agenda_dialogue import CardView
from bot.core.cards import ConceptCard
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.workshop import Workshop
from handlers.agenda.taps import ShowAgenda, ShowCard
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, command, lines, screen, tap
from handlers.render import Renderer, says


@command("cards")
async def cards_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    known = here.turn.programme(workshop).cards
    if not known:
        raise Refusal("cards.none")
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    named = [each.id for each in known if rest and says(rest, renderer.plain(_title(workshop, each)))]
    here.ask(CardView(workshop_id=workshop.id, card=next(iter(named), "")))


@tap(ShowCard)
async def show_card(here: Here, action: ShowCard) -> None:
    workshop, _ = await here.member(action.workshop)
    known = here.turn.programme(workshop).cards
    if not known or (action.card and cards.found(known, action.card) is None):
        raise Refusal("tap.old")
    here.ask(CardView(workshop_id=workshop.id, card=action.card, page=action.page))


@screen(CardView)
async def card_screen(reader: Reader, person: Person, dialogue: CardView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None or workshop.active_user(person.user_id) is None:
        return None
    known = reader.programme(workshop).cards
    card = cards.found(known, dialogue.card)
    rows: list[tuple[Choice, ...]] = [
        (each,) for each in _choices(workshop, dialogue, cards.below(known, card.id if card else ""))
    ]
    if card is None:
        rows.append((button("label.back", ShowAgenda(workshop.id, dialogue.page)),))
        return Screen("cards.which", rows=tuple(rows))
    back = button("label.back", ShowCard(workshop.id, dialogue.page, card.part_of))
    rows.append((back, button("label.close", Close())))
    text = ContentText(workshop.programme, card.text)
    return Screen("lines", lines(Phrase("cards.title", {"title": _title(workshop, card)}), text), tuple(rows))


async def offered(here: Here) -> list[Choice]:
    """All cards by name, for somebody who reads one of them and types the name of another."""
    dialogue = here.person.dialogue
    if not isinstance(dialogue, CardView):
        return []
    workshop = await here.turn.workshop(dialogue.workshop_id)
    if workshop is None or workshop.active_user(here.user_id) is None:
        return []
    return _choices(workshop, dialogue, here.turn.programme(workshop).cards)


def _choices(
    workshop: Workshop, dialogue: CardView, wanted: tuple[ConceptCard, ...] | list[ConceptCard]
) -> list[Choice]:
    return [Choice(_title(workshop, each), pack(ShowCard(workshop.id, dialogue.page, each.id))) for each in wanted]


def _title(workshop: Workshop, card: ConceptCard) -> ContentText:
    return ContentText(workshop.programme, card.title)
