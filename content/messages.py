"""Keeps the catalogues in step with the sentences: `python -m content.messages [NEW LANGUAGE …]`.

Run at the project's root (`make messages`). Collects the code's sentences and every programme's, and brings each
language's .po files up to date: new sentences come in untranslated, those no longer used go, and one that was reworded
keeps its old translation marked "fuzzy", which nobody is shown until a translator has looked at it. A language named on
the command line is begun.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, unescape, write_po

from content.catalogues import CODE_DOMAIN, SOURCE, po_file
from content.extract import LIMIT_NOTE
from content.loader import PROGRAMME_FILE

MAPPING = "babel.cfg"
PROGRAMMES = "content/programmes"
LOCALES = "content/locales"
KEYWORDS = {"N_": None, "NN_": (1, 2)}
MARK = re.compile(r"\{[^{}]*\}|</?[a-zA-Z][^<>]*>")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
LIMIT = re.compile(LIMIT_NOTE.format(r"(\d+)"))
PREVIOUS = "| "
COMMENT_TAGS = ("Translators:",)
HEADER = """# Plenary in {name}. Under the project's licence.
msgid ""
msgstr ""
"Project-Id-Version: Plenary\\n"
"Last-Translator: {translator}\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""  # no dates and no versions of tools: a file changes when its sentences do


def extract(root: Path) -> dict[str, Catalog]:
    """Each domain with its sentences as they stand in the files, in reading order."""
    with (root / MAPPING).open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    names = [CODE_DOMAIN, *sorted(path.parent.name for path in (root / PROGRAMMES).glob(f"*/{PROGRAMME_FILE}"))]
    found = {name: Catalog(domain=name) for name in names}
    for file_name, _, message, comments, context in extract_from_dir(
        root, methods, options, KEYWORDS, COMMENT_TAGS, strip_comment_tags=True
    ):
        domain = file_name.split("/")[2] if file_name.startswith(f"{PROGRAMMES}/") else CODE_DOMAIN
        found[domain].add(message, None, [(file_name, 0)], auto_comments=comments, context=context)
    return found


def languages(locales: Path) -> list[str]:
    return sorted(path.name for path in locales.iterdir() if path.is_dir()) if locales.is_dir() else []


def read(locales: Path, language: str, domain: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none yet."""
    path = po_file(locales, language, domain)
    if not path.exists():
        return Catalog(locale=language, domain=domain, last_translator="The Plenary developers", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain, abort_invalid=True)


def written(catalogue: Catalog) -> bytes:
    """The file of a catalogue, without what nothing uses any more."""
    locale = catalogue.locale
    header = HEADER.format(
        name=locale.english_name if locale else "",
        translator=catalogue.last_translator,
        language=locale or "",
        plurals=catalogue.plural_forms,
    )
    body = BytesIO()
    write_po(
        body, catalogue, width=120, omit_header=True, ignore_obsolete=True, include_previous=True, include_lineno=False
    )
    return header.encode() + body.getvalue()


def update(root: Path, new: list[str]) -> Iterator[str]:
    """Bring all catalogues up to date; yields a line for each."""
    locales = root / LOCALES
    templates = extract(root)
    for language in sorted({*languages(locales), *new}):
        for domain, template in templates.items():
            if not len(template):
                continue
            catalogue = read(locales, language, domain)
            noted = {each.id: _reworded_from(each) for each in catalogue if each.fuzzy}
            catalogue.update(template, update_creation_date=False)
            for message in catalogue:
                message.user_comments = [each for each in message.user_comments if not each.startswith(PREVIOUS)]
                message.previous_id = message.previous_id or noted.get(message.id, []) if message.fuzzy else []
            path = po_file(locales, language, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(catalogue))
            yield f"{language}/{domain}: {len(catalogue)} sentences, {len(untranslated(catalogue))} to translate"
            yield from (f"  {fault}" for fault in faults(catalogue))


def _reworded_from(message: Message) -> list[str]:
    """What a sentence was before it was reworded: Babel writes it, and reads it as a translator's comment."""
    comments = " ".join(each.removeprefix(PREVIOUS) for each in message.user_comments if each.startswith(PREVIOUS))
    return [unescape(f'"{"".join(QUOTED.findall(form))}"') for form in re.split(r"\bmsgid(?:_plural)? ", comments)[1:]]


def untranslated(catalogue: Catalog) -> list[Message]:
    """The sentences that are shown in the source's language as yet."""
    return [each for each in catalogue if each.id and (each.fuzzy or not all(strings(each.string)))]


def faults(catalogue: Catalog) -> list[str]:
    """What is wrong with translations: other placeholders or tags, another number of lines, too many characters."""
    found = []
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        source = strings(message.id)
        limit = min((int(note[1]) for each in message.auto_comments if (note := LIMIT.search(each))), default=None)
        for text in filter(None, strings(message.string)):
            if marks(text) not in [marks(each) for each in source]:
                found.append(f'"{text}" has other placeholders or tags than "{source[-1]}"')
            if text.count("\n") != source[0].count("\n"):
                found.append(f'"{text}" has another number of lines than "{source[0]}"')
            if limit is not None and len(text) > limit:
                found.append(f'"{text}" has {len(text)} characters, and {limit} fit')
    return found


def marks(text: str) -> list[str]:
    """What a sentence has that isn't words: {placeholders} and <tags>."""
    return sorted(MARK.findall(text))


def strings(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A sentence's forms: one, or one for each plural."""
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def main(arguments: list[str]) -> int:
    for language in arguments:
        try:
            Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            sys.stderr.write(f'"{language}" is no language; write it as fr or pt_BR\n')
            return 2
        if language == SOURCE:
            sys.stderr.write(f'"{SOURCE}" is the language of the source, and needs no catalogue\n')
            return 2
    for line in update(Path.cwd(), arguments):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
