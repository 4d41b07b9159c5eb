"""A small programme in a folder, whole and sound, for tests to spoil."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMME = """\
title = "Small"
about = "A small workshop."
days = 2
topic_word = "theme"

[[topics]]
id = "air"
name = "Air"

[[topics]]
id = "sea"
name = "Sea"

[[topics]]
id = "land"
name = "Land"

[[topics]]
id = "fire"
name = "Fire"

[[groupings]]
id = "four"
title = "Four groups"
groups = 4
count_off = 4

[[groupings]]
id = "two"
title = "Two groups"
groups = 2
count_off = 4
topics_per_group = 2
merge_of = "four"
merges = [[1, 2], [3, 4]]

[[modules]]
id = "1.1"
day = 1
title = "Welcome"
minutes = 10

[[modules]]
id = "2.1"
day = 2
title = "Work"
"""

FIRST = """\
id = "2.1.a"
module = "2.1"
grouping = "two"
title = "First"
about = "What we see."
minutes = 20

[[steps]]
id = "intro"
kind = "read"
title = "Intro"
prompt = "Read this."

[[steps]]
id = "gap"
kind = "text"
title = "Gap"
prompt = "Which gap?"
hint = "Just one."
who = "scribe"

[[steps]]
id = "ideas"
kind = "list"
title = "Ideas"
prompt = "Which ideas?"
recall = ["#gap"]
minimum = 1
maximum = 5
anonymous = true

[[steps]]
id = "mood"
kind = "rating"
title = "Mood"
prompt = "How are you?"
who = "each"
visibility = "me"
minimum = 1
maximum = 5
dont_know = true

[[steps]]
id = "people"
kind = "table"
title = "People"
prompt = "Who?"

[[steps.columns]]
id = "name"
label = "Name"
prompt = "Their name?"

[[steps.columns]]
id = "kind"
label = "Kind"
prompt = "Which kind?"
kind = "choice"

[[steps.columns.options]]
id = "friend"
label = "Friend"

[[steps.columns.options]]
id = "foe"
label = "Foe"

[[steps.columns]]
id = "near"
label = "Near"
prompt = "How near?"
kind = "rating"
minimum = 1
maximum = 5

[[steps.columns]]
id = "far"
label = "Far"
prompt = "How far?"
kind = "rating"
minimum = 1
maximum = 5

[[steps.columns]]
id = "note"
label = "Note"
prompt = "Anything else?"
optional = true

[[steps]]
id = "pick"
kind = "choice"
title = "Pick"
prompt = "Which one?"
minimum = 1
maximum = 2

[[steps.options]]
id = "left"
label = "Left"
note = "Towards the heart"

[[steps.options]]
id = "right"
label = "Right"

[[steps]]
id = "send"
kind = "confirm"
title = "Publish"
prompt = "Publish it?"

[product]
title = "Card"
drawing = "iceberg"
parts = ["gap", "ideas"]

[[product.sections]]
title = "Gap"
step = "gap"

[[product.sections]]
title = "Ideas"
step = "ideas"
layout = "list"

[[product.sections]]
title = "People"
step = "people"
layout = "grid"
across = "near"
up = "far"
middle = 3
fields = ["None", "Near", "Far", "Both"]
"""

SECOND = """\
id = "2.1.b"
module = "2.1"
grouping = "two"
after = "2.1.a"
title = "Second"
about = "What we do."
minutes = 20

[[steps]]
id = "aim"
kind = "text"
title = "Aim"
prompt = "Which aim?"
prefill = "2.1.a#gap"
recall = ["2.1.a#people.note"]

[[steps]]
id = "whom"
kind = "choice"
title = "Whom"
prompt = "Whom first?"
options_from = "2.1.a#people.name"

[[steps]]
id = "send"
kind = "confirm"
title = "Publish"
prompt = "Publish it?"

[product]
title = "Plan"
visibility = "room"

[[product.sections]]
title = "Aim"
step = "aim"
"""

FILES = {"programme.toml": PROGRAMME, "exercises/2.1.a.toml": FIRST, "exercises/2.1.b.toml": SECOND}


@dataclass
class Folder:
    """The programme's folder, with one verb: spoil it."""

    path: Path

    def write(self, file: str, text: str) -> None:
        (self.path / file).write_text(text, "utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "small")
    (made.path / "exercises").mkdir(parents=True)
    for file, text in FILES.items():
        made.write(file, text)
    return made
