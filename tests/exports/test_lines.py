"""Each line of a cell reads back as what it was written from, and people may write as people do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from bot.core.errors import Refusal
from bot.core.plan import Barrier, Communication, Field, Frequency, Kpi, Milestone, Progress, Resource, ResourceKind
from bot.core.plan_import import told_apart
from bot.exports.dictionary import Dictionary
from bot.exports.lines import Pen
from tests.exports.plans import ANY, CONTACTS, DICTIONARY, ENGLISH, MEMBERS, items

NAMES = told_apart({**MEMBERS, **CONTACTS})
PEN = Pen(words=ENGLISH, names=NAMES)


def line(field: Field, item: object) -> str:
    write = {
        Field.MILESTONES: PEN.milestone,
        Field.AVAILABLE: PEN.available,
        Field.NEEDED: PEN.needed,
        Field.BARRIERS: PEN.barrier,
        Field.COMMUNICATIONS: PEN.communication,
        Field.KPIS: PEN.kpi,
    }[field]
    return write(item)  # type: ignore[operator]


@ANY
@given(items(Field.MILESTONES))
def test_milestones(found):
    assert [DICTIONARY.milestone(line(Field.MILESTONES, each)) for each in found] == list(found)


@ANY
@given(items(Field.AVAILABLE), items(Field.NEEDED))
def test_resources(available, needed):
    for field, found in ((Field.AVAILABLE, available), (Field.NEEDED, needed)):
        read = [DICTIONARY.resource(line(field, each)) for each in found]
        assert read == [(field is Field.AVAILABLE, each) for each in found]


@ANY
@given(items(Field.BARRIERS))
def test_barriers(found):
    assert [DICTIONARY.barrier(line(Field.BARRIERS, each)) for each in found] == list(found)


@ANY
@given(items(Field.COMMUNICATIONS))
def test_communications(found):
    named = [replace(each, sender=NAMES.get(each.sender, "")) for each in found]
    assert [DICTIONARY.communication(line(Field.COMMUNICATIONS, each)) for each in found] == named


@ANY
@given(items(Field.KPIS))
def test_kpis(found):
    assert [DICTIONARY.kpi(line(Field.KPIS, each)) for each in found] == list(found)


@ANY
@given(items(Field.BARRIERS))
def test_a_line_is_one_line(found):
    assert all("\n" not in line(Field.BARRIERS, each) for each in found)


def test_what_is_written_reads_as_a_person_would_write_it():
    assert PEN.barrier(Barrier(who="Legal office", how="fears claims", answer="talk to them first")) == (
        "Legal office: fears claims → talk to them first"
    )
    told = Communication(
        audience="Applicants",
        message="the list is online",
        sender="m3",
        channel="radio",
        frequency=Frequency.MONTHLY,
        until=date(2026, 12, 31),
    )
    assert PEN.communication(told) == (
        "Applicants: the list is online; by: 李娜; through: radio; monthly; until: 2026-12-31"
    )
    kpi = Kpi(name="Visits", unit="a month", baseline="900", target="600", source="log", frequency=Frequency.WEEKLY)
    assert PEN.kpi(kpi) == "Visits: 900 → 600; unit: a month; source: log; weekly"
    assert PEN.needed(Resource(what="legal check", kind=ResourceKind.POLITICAL)) == "Needed: legal check (political)"
    assert PEN.milestone(Milestone(name="Draft ready", due_on=date(2026, 9, 30))) == "Draft ready; 2026-09-30"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Legal office:fears claims->ask them", Barrier(who="Legal office", how="fears claims", answer="ask them")),
        ("Legal office => ask", Barrier(who="Legal office", answer="ask")),
        ("法律处：担心 → 先谈", Barrier(who="法律处", how="担心", answer="先谈")),
    ],
)
def test_barriers_as_people_type_them(typed, meant):
    assert DICTIONARY.barrier(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Press", Communication(audience="Press")),
        ("Press; Monthly", Communication(audience="Press", frequency=Frequency.MONTHLY)),
        (
            "Press: it is open; come and see; By : Esi",
            Communication(audience="Press", message="it is open; come and see", sender="Esi"),
        ),
        ("Press；by：Esi；weekly", Communication(audience="Press", sender="Esi", frequency=Frequency.WEEKLY)),
    ],
)
def test_communications_as_people_type_them(typed, meant):
    assert DICTIONARY.communication(typed) == meant


@pytest.mark.parametrize(
    ("typed", "baseline", "target"),
    [("Visits: 600", "", "600"), ("Visits: 900 ->", "900", ""), ("Visits: 900->600", "900", "600"), ("Visits", "", "")],
)
def test_kpis_as_people_type_them(typed, baseline, target):
    assert DICTIONARY.kpi(typed) == Kpi(name="Visits", baseline=baseline, target=target)


@pytest.mark.parametrize(
    ("read", "typed", "key"),
    [
        (DICTIONARY.milestone, "Draft; soon", "import.no_day"),
        (DICTIONARY.milestone, "Draft; 2027-02-31", "import.no_day"),
        (DICTIONARY.milestone, "Draft; 2027-02-01; 2027-03-01", "import.unknown_part"),
        (DICTIONARY.resource, "web team", "import.available_or_needed"),
        (DICTIONARY.communication, "Press; by: Esi; radoi", "import.unknown_part"),
        (DICTIONARY.communication, "Press; until: 3027-01-01", "import.no_day"),
        (DICTIONARY.progress, "nearly", "import.unknown_part"),
    ],
)
def test_what_cannot_be_read_is_refused(read, typed, key):
    with pytest.raises(Refusal) as caught:
        read(typed)
    assert caught.value.key == key


def test_a_day_that_may_be_two_is_asked_back():
    both = Dictionary([ENGLISH], lambda text: [date(2027, 4, 3), date(2027, 3, 4)])
    with pytest.raises(Refusal) as caught:
        both.day("03/04/2027")
    assert caught.value.params == {"text": "03/04/2027", "one": "2027-04-03", "other": "2027-03-04"}


def test_other_languages_are_read_beside_the_first():
    french = replace(ENGLISH, available="Disponible", progress={Progress.DONE: "Terminé"})
    both = Dictionary([ENGLISH, french], lambda text: [])
    assert both.resource("disponible : une salle") == (True, Resource(what="une salle"))
    assert both.resource("Available: a room") == (True, Resource(what="a room"))
    assert both.progress("terminé") is Progress.DONE


def test_an_inexact_pen_marks_nothing():
    eye = Pen(words=ENGLISH, names=NAMES, exact=False, day=lambda day: day.strftime("%-d %b %Y"))
    assert eye.barrier(Barrier(who="A: b", how="c;\nd → e")) == "A: b: c; d → e"
    assert eye.milestone(Milestone(name="x", due_on=date(2027, 3, 1))) == "x; 1 Mar 2027"
