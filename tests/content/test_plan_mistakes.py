"""Each mistake in what a programme says of plans, ratings of items and votes is named with the way to mend it."""

from __future__ import annotations

import pytest

from bot.core.exercise import WHOLE_ROOM, Plans, Ref, StepKind
from content.loader import check, load
from tests.content.conftest import SECOND, Folder

PLAN = '[plan]\ngrouping = "two"\ngoal = "2.1.c#goal"\naudiences = "2.1.a#people.name"\n\n[[modules]]'
THIRD = """\
id = "2.1.c"
module = "2.1"
grouping = "two"
after = "2.1.b"
title = "Third"
about = "What we will do."
minutes = 20

[[steps]]
id = "goal"
kind = "text"
title = "Goal"
prompt = "Which goal?"
visibility = "room"

[[steps]]
id = "rows"
kind = "plan"
title = "Rows"
prompt = "Which actions?"
example = "Drill"
minimum = 3
whole = 1

[[steps]]
id = "easy"
kind = "rating"
title = "Easy"
prompt = "How easy?"
who = "each"
visibility = "me"
items_from = "plan"
minimum = 1
maximum = 5

[[steps]]
id = "vital"
kind = "rating"
title = "Vital"
prompt = "How vital?"
who = "each"
visibility = "me"
items_from = "plan"
minimum = 1
maximum = 5
dont_know = true

[[steps]]
id = "grid"
kind = "read"
title = "Grid"
prompt = "Look."
plot = ["easy", "vital"]

[[steps]]
id = "settled"
kind = "rating"
title = "Settled"
prompt = "Really?"
who = "scribe"
items_from = "#easy"
disputed = true
minimum = 1
maximum = 5

[[steps]]
id = "gaps"
kind = "read"
title = "Gaps"
prompt = "What is open?"
blanks = true

[[steps]]
id = "advice"
kind = "list"
title = "Advice"
prompt = "What is missing?"
read_next = true

[[steps]]
id = "mend"
kind = "plan"
title = "Mend"
prompt = "Mend it."
from_readers = ["#advice"]

[[steps]]
id = "send"
kind = "confirm"
title = "Agree"
prompt = "Agree?"
agrees_plan = true

[product]
title = "Plan"
visibility = "room"

[[product.sections]]
title = "Actions"
step = "rows"
layout = "plan"

[[product.sections]]
title = "Grid"
step = "grid"
layout = "grid"
middle = 3
fields = ["None", "Easy", "Vital", "Both"]
"""
FOURTH = """\
id = "2.1.d"
module = "2.1"
grouping = "room"
title = "Fourth"
about = "What comes first."
minutes = 20

[[steps]]
id = "doubles"
kind = "choice"
title = "Doubles"
prompt = "Which twice?"
who = "scribe"
options_from = "plans"
maximum = 50

[[steps]]
id = "vote"
kind = "choice"
title = "Vote"
prompt = "Which first?"
who = "each"
visibility = "me"
options_from = "plans"
without = "#doubles"
maximum = 3
share = 4

[[steps]]
id = "leads"
kind = "table"
title = "Leads"
prompt = "Who leads?"
prefill = "#vote"
visibility = "room"

[[steps.columns]]
id = "action"
label = "Action"
prompt = "Which?"

[[steps]]
id = "send"
kind = "confirm"
title = "Publish"
prompt = "Publish it?"

[product]
title = "First"
visibility = "room"

[[product.sections]]
title = "Votes"
step = "vote"
layout = "list"
"""
EASY = 'items_from = "plan"\nminimum = 1\nmaximum = 5\n\n'
C, D = "exercises/2.1.c.toml", "exercises/2.1.d.toml"


@pytest.fixture
def planned(folder: Folder) -> Folder:
    """The small programme with plans."""
    folder.replace("programme.toml", "[[modules]]", PLAN)
    folder.write("exercises/2.1.b.toml", SECOND)
    folder.write(C, THIRD)
    folder.write(D, FOURTH)
    return folder


def test_a_programme_with_plans_is_read(planned: Folder):
    programme = load(planned.path)
    assert programme.plan is not None
    assert programme.plan.goal == Ref("2.1.c", "goal")
    third, fourth = programme.exercises["2.1.c"], programme.exercises["2.1.d"]
    kinds = [step.kind for step in third.steps]
    assert kinds.count(StepKind.PLAN) == 2
    assert third.steps[2].items_from is Plans.OWN
    assert third.steps[5].items_from == Ref("2.1.c", "easy")
    assert third.steps[8].from_readers == (Ref("2.1.c", "advice"),)
    assert fourth.grouping == WHOLE_ROOM
    assert fourth.steps[1].options_from is Plans.ALL
    assert (third.about_plans, fourth.about_plans, programme.exercises["2.1.a"].about_plans) == (True, True, False)


# name: (file, what stands there, what is put instead, key of the only problem, words of its message)
MISTAKES = {
    # [plan]
    "plans of no grouping": ("programme.toml", 'grouping = "two"', 'grouping = "tow"', "plan.grouping", "no grouping"),
    "malformed goal": ("programme.toml", "2.1.c#goal", "goal", "plan.goal", "write it as exercise#step"),
    "goal of no exercise": (
        "programme.toml",
        "2.1.c#goal",
        "2.1.z#goal",
        "plan.goal",
        "does not exist; there are 2.1.a",
    ),
    "goal of no step": ("programme.toml", "2.1.c#goal", "2.1.c#gaol", "plan.goal", "does not have; there are goal"),
    "goal of a list": ("programme.toml", "2.1.c#goal", "2.1.a#ideas", "plan.goal", 'name a step of kind "text"'),
    "goal of another grouping": (
        "programme.toml",
        "2.1.c#goal",
        "2.1.d#leads",
        "plan.goal",
        'of kind "table"; name a step of kind "text"',
    ),
    "audiences of whole rows": ("programme.toml", "people.name", "people", "plan.audiences", 'a column of it, as "'),
    "audiences of no column": ("programme.toml", "people.name", "people.nome", "plan.audiences", 'the column "nome"'),
    "audiences of the whole room": (
        "programme.toml",
        "2.1.a#people.name",
        "2.1.d#leads.action",
        "plan.audiences",
        'done in the grouping "room"',
    ),
    "a grouping called room": ("programme.toml", 'id = "four"', 'id = "room"', "groupings[1].id", "everybody together"),
    # Steps of the plan
    "more whole than at all": (C, "whole = 1", "whole = 4", "steps[2].whole", "can't be more than the minimum"),
    "a plan for each": (
        C,
        'kind = "plan"\ntitle = "Rows"',
        'kind = "plan"\nwho = "each"\ntitle = "Rows"',
        "steps[2].who",
        "the plan is the group's",
    ),
    "a plan with a maximum": (C, "whole = 1", "maximum = 5", "steps[2].maximum", 'in a step of kind "plan"'),
    "whole in a text": (
        C,
        'prompt = "Which goal?"',
        'prompt = "Which goal?"\nwhole = 1',
        "steps[1].whole",
        "means nothing",
    ),
    "a plan as a list": (C, 'layout = "plan"', 'layout = "list"', "product.sections[1].layout", "can't show"),
    "a text as a plan": (
        C,
        'step = "rows"',
        'step = "goal"',
        "product.sections[1].layout",
        '"plan" can\'t show "goal"',
    ),
    "a recalled plan": (
        D,
        'prefill = "#vote"',
        'prefill = "#vote"\nrecall = ["2.1.c#rows"]',
        "steps[3].recall",
        "no answers",
    ),
    "agreeing in the middle": (C, "blanks = true", "agrees_plan = true", "steps[7].agrees_plan", "means nothing"),
    # Another group's plan
    "what readers of nothing wrote": (C, '["#advice"]', '["#goal"]', "steps[9].from_readers", "read_next = true"),
    "readers in another exercise": (
        C,
        '["#advice"]',
        '["2.1.a#ideas"]',
        "steps[9].from_readers",
        "one of this exercise",
    ),
    # Ratings of items
    "items of nowhere": (C, EASY, EASY.replace('"plan"', '"plan#x"'), "steps[3].items_from", 'the exercise "plan"'),
    "items seen by others": (
        C,
        'visibility = "me"\nitems_from',
        'visibility = "room"\nitems_from',
        "steps[3].visibility",
        "what others see is counts",
    ),
    "items without names of raters": (C, EASY, f"anonymous = true\n{EASY}", "steps[3].anonymous", "means nothing"),
    "settling what isn't rated": (C, '"#easy"', '"#goal"', "steps[6].items_from", "isn't a rating of items"),
    "settling by other numbers": (
        C,
        "disputed = true\nminimum = 1",
        "disputed = true\nminimum = 2",
        "steps[6].items_from",
        "use the same numbers",
    ),
    "settling alone": (
        C,
        'who = "scribe"\nitems_from',
        'who = "each"\nvisibility = "me"\nitems_from',
        "steps[6].who",
        "together",
    ),
    "settling the plan": (C, 'items_from = "#easy"', 'items_from = "plan"', "steps[6].disputed", 'as "#step"'),
    "ratings recalled": (C, "blanks = true", 'blanks = true\nrecall = ["#easy"]', "steps[7].recall", "plot it instead"),
    # Plots
    "one rating plotted": (C, '["easy", "vital"]', '["easy"]', "steps[5].plot", "two different ones"),
    "one rating plotted twice": (C, '["easy", "vital"]', '["easy", "easy"]', "steps[5].plot", "two different ones"),
    "a text plotted": (C, '["easy", "vital"]', '["easy", "goal"]', "steps[5].plot", "there are easy, vital"),
    "a plot without fields": (
        C,
        'step = "grid"\nlayout = "grid"\nmiddle = 3\nfields = ["None", "Easy", "Vital", "Both"]',
        'step = "rows"\nlayout = "plan"',
        "steps[5].plot",
        'layout = "grid"',
    ),
    "a grid of nothing plotted": (C, 'step = "grid"', 'step = "gaps"', "product.sections[2].step", "plots nothing"),
    "a plotted grid by columns": (
        C,
        "middle = 3",
        'middle = 3\nacross = "easy"',
        "product.sections[2].across",
        "says what it plots",
    ),
    # Votes
    "a share without a floor": (D, "maximum = 3\nshare", "share", "steps[2].share", "needs a maximum"),
    "without another choice's": (
        D,
        'without = "#doubles"',
        'without = "2.1.b#whom"',
        "steps[2].without",
        "one of this exercise",
    ),
    "without what isn't chosen": (
        D,
        'options_from = "plans"\nmaximum = 50',
        'options_from = "2.1.a#people.name"\nmaximum = 50',
        "steps[2].without",
        "the same options_from",
    ),
    "words beside numbers": (
        D,
        'options_from = "plans"\nmaximum = 50',
        'options_from = "plans"\nown_words = true\nmaximum = 50',
        "steps[1].own_words",
        "chosen by number",
    ),
    "without and no plans": (
        D,
        'options_from = "plans"\nwithout',
        'options_from = "2.1.a#people.name"\nwithout',
        "steps[2].without",
        'needs options_from to be "plan"',
    ),
    "rows from a text": (D, 'prefill = "#vote"', 'prefill = "2.1.c#goal"', "steps[3].prefill", "one of this exercise"),
    "the group's plan in the whole room": (
        D,
        'options_from = "plans"\nmaximum = 50',
        'options_from = "plan"\nmaximum = 50',
        "steps[1].options_from",
        'those of the grouping "two"',
    ),
}


LEAD_TO_OTHERS = {
    "a grouping called room",
    "items of nowhere",
    "without and no plans",
    "a grid of nothing plotted",
    "the group's plan in the whole room",
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named(planned: Folder, name: str):
    file, old, new, key, words = MISTAKES[name]
    planned.replace(file, old, new)
    problems = check(planned.path)
    named = [problem for problem in problems if (problem.file, problem.key) == (file, key)]
    assert named, problems
    assert words in named[0].message
    assert len(problems) == 1 or name in LEAD_TO_OTHERS, problems


def test_without_plans_nothing_can_be_about_them(planned: Folder):
    planned.replace("programme.toml", PLAN, "[[modules]]")
    problems = check(planned.path)
    assert {(problem.file, problem.key) for problem in problems} == {
        *((C, f"steps[{at}].{key}") for at, key in ((2, "kind"), (3, "items_from"), (4, "items_from"))),
        *((C, f"steps[{at}].{key}") for at, key in ((7, "blanks"), (8, "read_next"), (9, "kind"))),
        (C, "steps[10].agrees_plan"),
        *((D, f"steps[{at}].options_from") for at in (1, 2)),
    }
    assert all("add [plan] to programme.toml" in problem.message for problem in problems)
