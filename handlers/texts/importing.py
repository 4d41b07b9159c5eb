"""What is said about plans that come in as files."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    "import.label": N_("From a file"),
    "import.as_file": N_("Send it as a file, with the paper clip; words alone I can't add."),
    "import.which": N_("Into which group's plan?"),
    "import.ask": N_(
        "<b>{title}</b>\n"
        "Send me a file to add from: the Excel sheet from /export with rows filled in, or a plan as JSON. Nothing is "
        "added before you have seen what I found."
    ),
    "import.reading": N_("I'm reading {file} …"),
    "import.wrong": N_("<b>{title}</b>\n{file}: {problem}"),
    "import.found": NN_(
        "<b>{title}</b>\n{file}: {count} action to add",
        "<b>{title}</b>\n{file}: {count} actions to add",
    ),
    "import.nothing": N_("<b>{title}</b>\n{file}: nothing to add"),
    "import.title": "{number}. {title}",
    "import.more": NN_("and {count} more", "and {count} more"),
    "import.known": NN_(
        "{count} is in the plan already and stays as it is.", "{count} are in the plan already and stay as they are."
    ),
    "import.people": N_("Not in the workshop, so they are added as contacts: {names}"),
    "import.many_people": NN_(
        "{count} person who isn't in the workshop is added as a contact.",
        "{count} people who aren't in the workshop are added as contacts.",
    ),
    "import.mistakes": NN_(
        "{count} mistake; its row stays out until it is mended:",
        "{count} mistakes; their rows stay out until they are mended:",
    ),
    "import.yes": N_("Add them"),
    "import.added": NN_("{title}: {count} action added.", "{title}: {count} actions added."),
    "import.send_file": N_("Send it as a file: the paper clip, then File. /cancel ends this."),
    "import.not_fetched": N_("I couldn't get that file from Telegram. Send it again."),
    # Files that can't be used
    "import.no_file": N_("I read Excel workbooks (.xlsx) and plans as JSON (.json). Send one of those."),
    "import.no_workbook": N_("I can't open that as an Excel workbook. Save it as .xlsx and send it again."),
    "import.too_large": N_("That file is larger than {most} MB. Send a smaller one."),
    "import.unpacks_too_large": N_("That file unpacks to far more than a plan. Copy the table into a new workbook."),
    "import.no_headings": N_(
        "I don't find a plan's headings in that file. Take the sheet from /export and fill in its rows."
    ),
    "import.too_many_rows": N_("That file has more than {most} rows. Send it in parts."),
    "import.formula": N_("{cell} holds a formula, and I read only texts and dates. Put its value there."),
    "import.no_json": N_("That isn't a plan in JSON as /export gives it."),
    "import.other_version": N_("I know version {version} of that format only. Export the plan again."),
    "import.json_wrong": N_("What the file has at {where} doesn't fit there. Mend it and send the file again."),
    "import.several": N_("That file holds the plans of several groups. Export the one of a single group."),
    # Mistakes in cells
    "import.cell": N_("{cell}: {problem}"),
    "import.no_title": N_("Row {row}: the action step is missing."),
    "import.no_day": N_("“{text}” is no day I know. Write it like 2027-03-31."),
    "import.two_days": N_("“{text}” may be {one} or {other}. Write which."),
    "import.unknown_part": N_("I don't know what “{text}” is."),
    "import.available_or_needed": N_("“{text}”: available or needed? Put the word and a colon before it."),
    "import.one_owner": N_("Only one person can answer for an action."),
    "import.no_beginning": N_("A line begins with nothing. Say first what it is about."),
}
