"""The programmes that come with the project can be used in a room, in every language on offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import time
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.core.agenda import SessionDef
from bot.core.exercise import WHOLE_ROOM, Exercise, Layout, Programme, Ref, Step, StepKind, Visibility, Who
from bot.core.plan import Frequency
from bot.core.reminder_rules import KNOWN
from content.catalogues import Catalogues
from content.loader import check, load_all, programmes_folder
from content.messages import LOCALES, extract, faults, languages, read, strings, untranslated, written

ROOT = Path(__file__).parents[2]
FIRST = "innovation_digital_government"
SHOWN = {"title", "about", "topic_word", "name", "prompt", "hint", "example", "why", "label", "note", "fields", "text"}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_all()[FIRST]


@pytest.fixture(scope="module")
def templates() -> dict[str, Catalog]:
    return extract(ROOT)


def catalogue_files() -> list[tuple[str, str]]:
    return sorted((path.parents[1].name, path.stem) for path in (ROOT / LOCALES).glob("*/LC_MESSAGES/*.po"))


@pytest.mark.parametrize("folder", sorted(programmes_folder().iterdir()), ids=lambda folder: folder.name)
def test_a_shipped_programme_has_no_problem(folder: Path):
    assert check(folder) == []


def test_the_room_is_split_as_on_the_slides(programme: Programme):
    six, three = programme.groupings["six"], programme.groupings["three"]
    assert (six.groups, six.count_off, six.topics_per_group) == (6, 6, 1)
    assert (three.groups, three.count_off, three.topics_per_group) == (3, 6, 2)
    assert (three.merge_of, three.merges) == ("six", ((1, 2), (3, 4), (5, 6)))
    assert len(programme.topics) == 6


def test_the_agenda_has_five_days_and_day_2_fits_into_its_hours(programme: Programme):
    assert [sum(module.day == day for module in programme.modules) for day in range(1, 6)] == [7, 6, 6, 6, 7]
    assert sum(module.minutes for module in programme.modules if module.day == 2) <= 7 * 60
    for module in programme.modules:
        inside = [exercise.minutes for exercise in programme.exercises.values() if exercise.module == module.id]
        assert sum(inside) <= module.minutes or not inside


def test_each_half_day_has_its_modules_in_the_order_of_the_agenda(programme: Programme):
    halves = [(day, time(hour)) for day in range(1, 6) for hour in (9, 13)]
    assert [(each.day, each.starts) for each in programme.sessions] == halves
    held = [id for session in programme.sessions for id in session.modules]
    assert list(dict.fromkeys(held)) == [module.id for module in programme.modules]


def test_people_are_reminded_as_often_as_was_agreed_on(programme: Programme):
    rules = {each.id: each for each in programme.rules}
    assert (rules["evening"].days, rules["evening"].at, rules["minutes"].minutes) == ((-1,), time(18), (-15,))
    assert (rules["due"].days, rules["check_in"].days) == ((-14, -3, 0), (30, 60, 90))
    overdue = rules["overdue"]
    assert (overdue.days, overdue.every, overdue.most) == ((1, 7), Frequency.WEEKLY, 4)
    assert {(each.anchor, each.to) for each in programme.rules} == KNOWN
    assert all(each.on for each in programme.rules)


def test_the_exercises_build_on_each_other(programme: Programme):
    assert [(each.id, each.after, each.grouping) for each in programme.exercises.values()] == [
        ("1.6", "", ""),
        ("2.3", "", "six"),
        ("2.4.1.a", "", "three"),
        ("2.4.1.b", "2.4.1.a", "three"),
        ("2.4.1.c", "2.4.1.b", "three"),
        ("2.5", "2.4.1.c", "three"),
        ("4.3", "2.5", "three"),
        ("4.4", "4.3", "three"),
        ("5.2", "4.4", WHOLE_ROOM),
    ]


def test_the_plan_begins_with_the_map_and_is_agreed_on_day_4(programme: Programme):
    plan = programme.plan
    assert plan is not None
    assert (plan.grouping, plan.goal) == ("three", Ref("2.5", "goal"))
    goal = programme.exercises["2.5"].step("goal")
    assert goal is not None
    assert goal.prefill == Ref("2.4.1.c", "objective")
    agreeing = [each.id for each in programme.exercises.values() if each.steps[-1].agrees_plan]
    assert agreeing == ["4.4"]


def test_the_assessment_asks_four_statements_of_each_dimension(programme: Programme):
    asked = [statement.topic for statement in programme.statements]
    assert asked == [topic.id for topic in programme.topics for _ in range(4)]
    alone, together = the(programme, "1.6", "view"), the(programme, "2.3", "agreed")
    assert together.agrees
    assert (alone.minimum, alone.maximum, alone.dont_know, alone.sure) == (1, 4, True, True)
    assert the(programme, "2.3", "own").carries == Ref("1.6", "view")


def test_ratings_and_votes_stay_with_whoever_gave_them(programme: Programme):
    counted = {
        (each.id, step.id) for each in programme.exercises.values() for step in each.steps if step.who is Who.EACH
    }
    alone = {("1.6", "view"), ("2.3", "own")}
    assert counted == alone | {("4.3", "doable"), ("4.3", "matters"), ("5.2", "vote"), ("5.2", "second")}
    assert all(the(programme, *each).counted for each in counted)


def the(programme: Programme, exercise: str, step: str) -> Step:
    found = programme.exercises[exercise].step(step)
    assert found is not None
    return found


def test_the_iceberg_goes_down_in_nine_steps(programme: Programme):
    *asked, last = programme.exercises["2.4.1.a"].steps
    assert len(asked) == 9
    assert last.kind is StepKind.CONFIRM
    models, archetype = asked[5], asked[6]
    assert models.anonymous
    assert models.who is Who.ANYONE
    assert len(archetype.options) == 9
    assert all(option.note for option in archetype.options)


def test_stakeholders_stay_with_the_group_and_the_map_goes_to_the_room(programme: Programme):
    seen = {each.id: each.product.visibility for each in programme.exercises.values()}
    assert seen == {
        "1.6": Visibility.ME,
        "2.3": Visibility.ROOM,
        "2.4.1.a": Visibility.FACILITATORS,
        "2.4.1.b": Visibility.FACILITATORS,
        "2.4.1.c": Visibility.ROOM,
        "2.5": Visibility.FACILITATORS,
        "4.3": Visibility.ROOM,
        "4.4": Visibility.ROOM,
        "5.2": Visibility.ROOM,
    }
    stakeholders = programme.exercises["2.4.1.b"]
    assert Layout.GRID in [section.layout for section in stakeholders.product.sections]


def test_every_question_has_a_hint_and_every_open_one_an_example(programme: Programme):
    for exercise in programme.exercises.values():
        for step in exercise.steps:
            if step.kind is not StepKind.CONFIRM:
                assert step.hint, (exercise.id, step.id)
            if step.kind in (StepKind.TEXT, StepKind.LIST, StepKind.TABLE):
                assert step.example, (exercise.id, step.id)


def test_every_answer_is_in_its_product(programme: Programme):
    for exercise in programme.exercises.values():
        sections = {section.step for section in exercise.product.sections}
        for step in exercise.steps:
            assert (step.id in sections) or not is_shown_by_itself(programme, exercise, step), (exercise.id, step.id)
        planned = {step.id for step in exercise.steps if step.kind is StepKind.PLAN}
        assert not planned or planned & sections  # one section shows the plan of all of them
        plots = {each for step in exercise.steps if step.id in sections for each in step.plot}
        plots |= {each.step for each in exercise.product.sections if each.layout is Layout.RATED}
        plots |= {step.reveals for step in exercise.steps if step.reveals}
        assert plots == {step.id for step in exercise.steps if step.items_from and not step.disputed}


def is_shown_by_itself(programme: Programme, exercise: Exercise, step: Step) -> bool:
    """Not what is read, stands in the plan, or is plotted; nor the plan's goal, which stands above its actions."""
    apart = step.kind in (StepKind.READ, StepKind.PLAN, StepKind.CONFIRM) or step.items_from is not None
    return not apart and (programme.plan is None or programme.plan.goal != Ref(exercise.id, step.id))


def test_the_first_screen_of_an_exercise_is_read_at_a_glance(programme: Programme):
    for exercise in programme.exercises.values():
        first = exercise.steps[0]
        assert len(exercise.about) + len(first.prompt) <= 350, exercise.id


def test_the_texts_of_a_step_fit_on_a_screen(programme: Programme):
    for exercise in programme.exercises.values():
        for step in exercise.steps:
            notes = sum(len(option.label) + len(option.note) for option in step.options)
            assert len(step.title) + len(step.prompt) + len(step.hint) + notes < 2000, (exercise.id, step.id)


@pytest.mark.parametrize("language", ["en", *languages(ROOT / LOCALES)])
def test_what_a_sheet_asks_is_read_in_ten_seconds(programme: Programme, language: str):
    says = Catalogues().translations(FIRST, language).gettext
    for exercise in programme.exercises.values():
        for step in exercise.steps:
            beside = exercise.about if step is exercise.steps[0] else step.hint  # the first hint is behind [Help]
            asked = [says(text) for text in (beside, step.prompt) if text]
            assert sum(map(len, asked)) <= 350, (exercise.id, step.id)


# Wording -----------------------------------------------------------------------------------------------------------


def shown(value: object) -> Iterator[str]:
    """Every text of a definition that people read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from shown(each)
    elif isinstance(value, dict):
        yield from shown(tuple(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            below = getattr(value, field.name)
            texts = field.name in SHOWN and not (isinstance(value, Programme) and field.name == "name")
            names = isinstance(value, SessionDef) and field.name == "modules"
            if texts or not (isinstance(below, str) or names or field.name in ("merges", "plot", "parts")):
                yield from shown(below)


def test_every_text_that_is_shown_is_extracted_and_nothing_else(programme: Programme, templates: dict[str, Catalog]):
    assert set(shown(programme)) - {""} == {message.id for message in templates[FIRST] if message.id}


def test_translators_are_told_where_a_text_stands_and_how_long_it_may_be(templates: dict[str, Catalog]):
    message = templates[FIRST]["Iceberg card"]
    assert message is not None
    assert message.auto_comments == ["2.4.1.a.toml, product.title: at most 60 characters"]


@pytest.mark.parametrize(("language", "domain"), catalogue_files())
def test_a_catalogue_has_the_sentences_of_today_and_all_are_translated(
    language: str, domain: str, templates: dict[str, Catalog]
):
    catalogue = read(ROOT / LOCALES, language, domain)
    assert {each.id for each in catalogue} == {each.id for each in templates[domain]}, "run make messages"
    assert [each.id for each in untranslated(catalogue)] == []
    assert faults(catalogue) == []


@pytest.mark.parametrize(("language", "domain"), catalogue_files())
def test_bringing_a_catalogue_up_to_date_changes_nothing(language: str, domain: str, templates: dict[str, Catalog]):
    catalogue = read(ROOT / LOCALES, language, domain)
    catalogue.update(templates[domain], update_creation_date=False)
    path = ROOT / LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
    assert path.read_bytes() == written(catalogue), "run make messages"


def test_every_language_has_every_programme(templates: dict[str, Catalog]):
    for language in languages(ROOT / LOCALES):
        there = {domain for each, domain in catalogue_files() if each == language}
        assert there >= set(templates) - {"plenary"}


def test_the_made_up_language_reaches_every_text(programme: Programme):
    translations = Catalogues().translations(programme.name, "qps")
    for text in shown(programme):
        assert not text or translations.gettext(text).startswith("⟦")


def test_french_speaks_of_the_iceberg(programme: Programme, templates: dict[str, Catalog]):
    translations = Catalogues().translations(FIRST, "fr")
    same = {each.id for each in templates[FIRST] if each.id and translations.gettext(strings(each.id)[0]) == each.id}
    assert same == {"dimension", "Leadership", "Iceberg", "Structures", "Service", "Importance", "Innovations"} | {
        "Action",
        "Abena Owusu",
    }
