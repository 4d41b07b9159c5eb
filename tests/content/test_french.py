"""French is written as French is, whoever translated a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from content import messages
from handlers.texts import TEXTS

LOCALES = Path(messages.__file__).parent / "locales"


def _french() -> list[str]:
    """All sentences in French, without the lists of words that days are read with."""
    lists = {value for key, value in TEXTS.items() if key.startswith(("days.", "amounts."))}
    catalogues = [messages.read(LOCALES, "fr", each) for each in ("plenary", "innovation_digital_government")]
    said = [each for catalogue in catalogues for each in catalogue if each.id and each.id not in lists]
    return [form for each in said for form in messages.strings(each.string)]


def test_french_is_set_as_french_is():
    """Round apostrophes; a narrow space that no line is broken at within quotes and before high marks."""
    wrong = re.compile(r"'| [:;!?»](?=\s|[<)]|$)|« |«(?=\w)|\.\.\.")
    assert [each for each in _french() if wrong.search(each)] == []


def test_french_calls_who_leads_by_one_name():
    assert [each for each in _french() if re.search("facilitateur|animateur", each)] == []
