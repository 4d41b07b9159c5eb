"""What organisers read about the statements of the assessment, and about files of others."""

from bot.core.marking import N_, NN_
from content.statements import MISTAKES

TEXTS: dict[str, str | tuple[str, str]] = {
    **MISTAKES,
    "statements.heading": N_("<b>What the assessment asks</b>"),
    "statements.title": N_("Statements"),
    "statements.drafts": N_("These are drafts that came with the programme. The organiser can bring official ones."),
    "statements.from_file": N_("From {file}, since {day}."),
    "statements.column.text": N_("Statement"),
    "statements.column.id": N_("Short name"),
    "label.statements.bring": N_("Bring others"),
    "label.statements.form": N_("Send them as a file"),
    "label.statements.use": N_("Ask these"),
    # The file
    "statements.ask": N_(
        "Send the statements as a file: .xlsx or .toml, one a row, with what it belongs to. Begin with the one from "
        "[Send them as a file]: put the official words into it. The short name may stay empty."
    ),
    "statements.ask_first": N_("To bring other statements, tap [Bring others] first."),
    "statements.found": NN_("{file} has one statement:", "{file} has {count} statements:"),
    "statements.of_topic": N_("{topic}: {count}"),
    "statements.stays": N_(
        "Shall they be asked from now on? Whatever has been rated stays with the statements it was rated on."
    ),
    "statements.in_use": N_("{count} statements are asked from now on."),
    "statements.in_use_stays": N_(
        "{count} statements are asked from now on. Those who have begun go on with the ones they know; alone, they may "
        "change over to the new ones."
    ),
    # What is wrong with one
    "statements.wrong": N_("{file}: {problem}"),
    "statements.mistakes": NN_(
        "{file} can't be used yet. Mend this and send it again:",
        "{file} can't be used yet, for {count} reasons. Mend them and send it again:",
    ),
    "statements.no_file": N_("I read Excel workbooks (.xlsx) and TOML (.toml). Send one of those."),
    "statements.no_toml": N_("I can't read that. TOML of statements has [[statements]], with topic and text in each."),
    "statements.no_headings": N_("I don't find the columns' headings in that file. Begin with the one that I send."),
    "statements.too_many_rows": N_("That file has more than {most} rows. Send the statements alone."),
    "statements.empty": N_("There is no statement in that file. Fill in its rows and send it again."),
    "statements.nth": N_("Statement {at}"),
    "statements.no_topic": N_("what it belongs to is missing"),
    "statements.no_text": N_("the statement is missing"),
    "statements.not_text": N_("that isn't a text"),
    "statements.bad_id": N_("a short name has up to 14 of a-z, 0-9, _ and -"),
    "statements.unknown_field": N_("“{name}” is nothing I know; remove it"),
}
