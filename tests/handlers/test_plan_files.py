"""Plans as files, from the desk to the bytes: words in every language, who may have them, what is in the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import product

import icalendar
import openpyxl
import pytest
import recurring_ical_events

from bot.core.message import Kind, OutboxMessage, Priority, Screen
from bot.core.plan import Action, Communication, Frequency, Milestone, ResourceKind
from bot.core.plan_access import PlanActor
from bot.core.plan_import import take_in
from bot.exports import filled
from bot.exports.lines import folded
from content.catalogues import Catalogues
from content.loader import load_all
from handlers.files import making as plan_files
from handlers.files.calendar import calendar
from handlers.files.documents import Documents
from handlers.files.making import Planned
from handlers.files.names import names
from handlers.files.table import sheet, ticks, timeline
from handlers.files.words import dictionary, guide, words
from handlers.plan.desk import PlanDesk
from handlers.render import Renderer
from handlers.views import Views
from tests.exports.plans import GOAL, NOW, bare, of_actions, plan, real, real_plan
from tests.exports.workshops import workshop

CATALOGUES = Catalogues()
LANGUAGES = CATALOGUES.languages()
PROGRAMME = load_all()["innovation_digital_government"]
LEADS = PlanActor(party="m1", leads=True, member=True)


def desk(some=None, **more: object) -> PlanDesk:
    given: dict[str, object] = {"workshop": workshop(), "plan": some or real_plan(), "actor": LEADS}
    return PlanDesk(programme=PROGRAMME, **(given | more))  # type: ignore[arg-type]


def renderer(language: str = "en") -> Renderer:
    return Renderer(CATALOGUES, language)


# Words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_means_one_thing_and_is_no_mark(language):
    own = words(renderer(language))
    kinds = [own.columns, own.kinds.values(), own.frequencies.values(), own.progress.values()]
    kinds += [(own.available, own.needed), (own.by, own.through, own.until, own.unit, own.source)]
    for kind in map(list, kinds):
        assert len({folded(word) for word in kind}) == len(kind), kind
        for word, mark in product(kind, (":", "：", ";", "；", "→", "\\", "(", ")", "\n", "⏎")):
            assert mark not in word


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("read", LANGUAGES)
def test_a_sheet_in_any_language_is_read_by_people_of_every_language(written, read):
    known = frozenset(map(folded, names(desk()).values()))
    from bot.exports import xlsx

    data = xlsx.workbook([sheet(renderer(written), desk(), GOAL, NOW)])
    found = filled.read(data, dictionary(CATALOGUES, read, NOW), known, NOW)
    assert found.errors == ()
    members = {f"m{number}": member.name for number, member in workshop().members.items()}
    again, _ = take_in(plan({}), found.incoming, members, token=lambda: "t", by="m1", now=NOW)
    assert [bare(each) for each in again.actions()] == [bare(each) for each in real_plan().actions()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_guide_read_back(language):
    told = dict(guide(renderer(language), NOW))
    own, reads = words(renderer(language)), dictionary(CATALOGUES, language, NOW)
    example = [how.split("\n")[-1] for how in (told[own.columns[at]] for at in (3, 4, 5, 6, 9))]
    assert reads.resource(example[0])[1].kind is ResourceKind.POLITICAL
    assert reads.barrier(example[1]).answer
    assert reads.communication(example[2]).frequency is Frequency.MONTHLY
    assert reads.communication(example[2]).until == date(2027, 12, 31)
    assert reads.kpi(example[3]).baseline == "900"
    assert reads.milestone(example[4]).due_on == date(2027, 12, 31)


def test_days_are_read_as_people_of_the_language_write_them():
    french = dictionary(CATALOGUES, "fr", NOW)
    assert french.day("31 mars 2028") == date(2028, 3, 31)
    assert french.day("31/12/2027") == date(2027, 12, 31)


# Who and what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "agreed", "open_plan"),
    [
        (LEADS, True, True),
        (PlanActor(party="m2", group=True, member=True), True, True),
        (PlanActor(party="m9", member=True), True, False),
        (PlanActor(party="c1"), False, False),
    ],
)
def test_the_room_may_have_what_is_agreed_and_outsiders_nothing(actor, agreed, open_plan):
    assert plan_files.may_take(desk(real_plan(), actor=actor)) is agreed
    assert plan_files.may_take(desk(of_actions(*real()), actor=actor)) is open_plan


@pytest.mark.parametrize("form", plan_files.FORMS)
def test_every_form_has_a_name_and_says_nothing_of_accounts_and_links(form):
    file = plan_files.make(form, Planned((desk(),), (GOAL,)), renderer(), NOW)
    assert file.name.startswith("Action plan of Group 2")
    assert b"secret" not in file.data


def test_a_name_of_a_file_is_one_that_every_system_takes():
    odd = desk(workshop=workshop(title='A/B: "C" <d>? *\\|\n' + "x" * 100))
    name = plan_files.name("pdf", Planned((odd, odd), ("", "")), renderer())
    assert name == f"Action plans of A B C d {'x' * 56}.pdf"


def test_all_plans_are_in_one_workbook():
    other = desk(replace(of_actions(*real()[:1]), group=3))
    file = plan_files.make("xlsx", Planned((desk(), other), (GOAL, "")), renderer("fr"), NOW)
    titles = [page.title for page in openpyxl.load_workbook(BytesIO(file.data)).worksheets]
    assert titles == ["Groupe 2", "Groupe 3", "Comment remplir ce tableau"]


# Times -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (date(2027, 6, 20), [6, 7]),
        (date(2028, 1, 31), [6, 7, 8, 9, 10, 11, 12, 1, 2]),
        (date(2028, 6, 1), [5, 7, 9, 11, 1, 3, 5, 7]),
        (date(2029, 6, 1), [4, 7, 10, 1, 4, 7, 10, 1, 4, 7]),
    ],
)
def test_a_scale_names_as_many_months_as_fit(last, months):
    found = ticks(date(2027, 6, 18), last)
    assert [day.month for day in found] == months
    assert found[0] <= date(2027, 6, 18)
    assert found[-1] > last


def test_a_timeline_has_what_is_due_first_first_and_says_whose_it_is():
    shown = timeline(renderer(), [desk()], NOW)
    assert [row.title.split(".")[0] for row in shown.rows] == ["4", "2", "1", "3", "5", "6"]
    assert shown.rows[2].note == "Owner: Amina Diallo #1 · On track"
    assert [mark.due for mark in shown.rows[2].marks] == [False, False, True]
    assert shown.rows[5].note == "No owner yet · No date yet"
    both = timeline(renderer(), [desk(), desk()], NOW)
    assert all(row.title.startswith("Group 2 · ") for row in both.rows)


def told(item: Communication, **more: object) -> list[date]:
    """When an audience is told, as a calendar program works it out."""
    given: dict[str, object] = {"due_on": date(2027, 12, 31), "milestones": ()}
    action = Action(number=0, title="Ask", changed_at=NOW, communications=(item,), **(given | more))  # type: ignore[arg-type]
    entries = calendar(renderer(), [desk(of_actions(action))])
    data = plan_files.make("ics", Planned((desk(of_actions(action)),), ("",)), renderer(), NOW).data
    days = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(date(2020, 1, 1), date(2040, 1, 1))
    assert len({entry.key for entry in entries.entries}) == len(entries.entries)
    return sorted(each["DTSTART"].dt for each in days if str(each["SUMMARY"]).startswith("Tell"))


def test_an_audience_is_told_from_the_plan_on_until_it_is_over():
    press = Communication(audience="Press", frequency=Frequency.QUARTERLY, until=date(2028, 3, 31))
    assert told(press) == [date(2027, 9, 14), date(2027, 12, 14), date(2028, 3, 14)]
    assert told(replace(press, until=None)) == [date(2027, 9, 14), date(2027, 12, 14)]
    assert told(replace(press, until=date(2027, 7, 1))) == [date(2027, 7, 1)]
    assert len(told(replace(press, until=None), due_on=None)) == 4  # a year, where nothing says until when
    assert told(replace(press, frequency=Frequency.ONCE)) == [date(2028, 3, 31)]
    assert told(replace(press, frequency=None, until=None)) == [date(2027, 12, 31)]
    assert told(replace(press, frequency=None, until=None), due_on=None) == []


def test_at_each_milestone_is_one_entry_for_each():
    stages = tuple(Milestone(name=f"Stage {at}", due_on=date(2027, 7 + at, 1)) for at in range(3))
    press = Communication(audience="Press", frequency=Frequency.MILESTONES)
    assert told(press, milestones=(*stages, Milestone(name="Some day"))) == [each.due_on for each in stages]
    assert told(replace(press, until=date(2027, 8, 1)), milestones=stages) == [date(2027, 7, 1), date(2027, 8, 1)]


def test_the_same_plan_has_the_same_keys_in_every_export_and_another_bots_has_none_of_them():
    def keys(some: PlanDesk) -> list[str]:
        return [entry.key for entry in calendar(renderer(), [some]).entries]

    assert keys(desk()) == keys(desk())
    elsewhere = desk(workshop=workshop(created_at=NOW + timedelta(seconds=1)))
    assert not set(keys(desk())) & set(keys(elsewhere))


# On the way out --------------------------------------------------------------------------------------------------


async def test_a_file_that_cant_be_made_is_a_word_and_no_silence(talk, caplog):
    await talk.open("Amina")
    message = OutboxMessage(
        id=1,
        chat_id=1001,
        kind=Kind.DOCUMENT,
        screen=Screen("export.caption", {"title": "x", "workshop": "one", "plan": 1, "form": "pdf", "part": 1}),
        priority=Priority.ANSWER,
        created_at=NOW,
    )
    request = await Views(talk.runner).request(message)
    assert request is None  # there is no such workshop

    async def broken(*given: object) -> None:
        raise ValueError("words of somebody's")

    views = Views(talk.runner)
    views.documents.make = broken  # type: ignore[assignment,method-assign]
    request = await views.request(message)
    assert request is not None
    assert request.method == "sendMessage"
    assert "couldn't be made" in request.payload["text"]
    assert "somebody" not in caplog.text


async def test_a_room_that_asks_for_the_same_file_gets_the_one_that_was_made(talk):
    opened = await talk.open("Amina")
    turn = talk.runner.begin()
    some = replace(of_actions(Action(number=0, title="Ask", changed_at=NOW)), workshop_id=opened.id, contacts={})
    turn.put(some)
    talk.runner.keep(turn)
    await talk.runner.commit()
    documents = Documents(talk.runner)
    params = {"workshop": opened.id, "plan": some.id, "form": "csv", "part": 1}

    async def made(**more: object) -> plan_files.File:
        file = await documents.make(1001, {**params, **more}, renderer())
        assert file is not None
        return file

    first = await made()
    assert await made() is first
    assert await made(form="json") is not first
    assert await made() is first
    turn = talk.runner.begin()
    turn.put(replace(some, goal="Another goal"))
    talk.runner.keep(turn)
    await talk.runner.commit()
    assert await made() is not first
