"""What stays on a phone while rights, plans and numbers change behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest_asyncio

from bot.core import agreement, handover, planning, reports
from bot.core.plan import Field, Kpi, Progress, Report, ReportKind
from bot.core.plan_dialogue import ActionView, PlanAsk, PlanConflict, PlanImport, PlanReason
from bot.core.plan_import import Incoming
from handlers.callbacks import pack
from handlers.plan.list_taps import ShowAction
from handlers.plan.report_taps import ShowHistory
from storage import codec
from tests.handlers.talk import Talk
from tests.handlers.test_plan_people import ESI, KOFI, Room


@pytest_asyncio.fixture
async def room(talk: Talk) -> Room:
    made = Room(talk)
    await made.build()
    return made


async def faces(room: Room, name: str, dialogue: object) -> None:
    """Something is on show for somebody."""
    person = await room.talk.runner.person(room.talk.id(name))
    assert person is not None
    turn = room.talk.runner.begin()
    turn.put(replace(person, dialogue=dialogue))  # type: ignore[arg-type]
    room.talk.runner.keep(turn)
    await room.talk.runner.commit()


async def test_a_conflict_is_shown_to_nobody_who_may_not_change_the_action_any_more(room: Room) -> None:
    conflict = PlanConflict(plan_id=1, action=1, field=Field.TITLE, mine="Print it")
    await faces(room, "Esi", conflict)
    await faces(room, "Kofi", conflict)  # of another group
    assert await room.talk.question("Esi") is not None
    assert await room.talk.question("Kofi") is None


async def test_a_new_action_is_asked_of_nobody_who_may_not_add_one_any_more(room: Room) -> None:
    for name in ("Esi", "Kofi"):
        await faces(room, name, PlanAsk(plan_id=1))
    assert await room.talk.question("Esi") is not None
    assert await room.talk.question("Kofi") is None


async def test_words_that_look_like_somebody_stay_words(room: Room) -> None:
    kpi = Kpi(name="Paved", unit="m2", target="m3")
    await room.change(lambda plan: planning.add_item(plan, 1, Field.KPIS, kpi, by=ESI, now=room.talk.time))
    await faces(room, "Esi", ActionView(plan_id=1, action=1, view="item", field=Field.KPIS, item=1))
    shown = await room.talk.taps("Esi", "pis:1:1:1:kpis")
    assert "m2" in shown
    assert "m3" in shown
    conflict = PlanConflict(plan_id=1, action=1, field=Field.KPIS, item=1, part="unit", mine="m4")
    await faces(room, "Esi", conflict)
    question = await room.talk.question("Esi")
    assert question is not None
    assert (question.params["mine"], question.params["theirs"]) == ("m4", "m2")
    await faces(room, "Esi", PlanConflict(plan_id=1, action=1, field=Field.OWNER, mine="m3"))
    question = await room.talk.question("Esi")
    assert question is not None
    assert question.params["mine"] == "Marco"


async def test_two_reasons_at_once_both_stand(room: Room) -> None:
    now, day = room.talk.time, date(2027, 9, 30)
    await room.change(lambda plan: planning.set_field(plan, 1, Field.DUE_ON, day, by=ESI, now=now))
    await room.change(lambda plan: planning.set_field(plan, 1, Field.OWNER, ESI, by=ESI, now=now))
    await room.change(lambda plan: agreement.agree(plan, now=now))
    for name, field, value in (("Esi", Field.DUE_ON, date(2027, 10, 30)), ("Marco", Field.OWNER, "m3")):
        by = {"Esi": "m2", "Marco": "m3"}[name]
        await room.change(lambda plan: planning.set_field(plan, 1, field, value, by=by, now=now))  # noqa: B023
        version = (await room.plan()).history[1][-1].version
        await faces(room, name, PlanReason(plan_id=1, action=1, version=version, field=field))
    await room.talk.says("Esi", "printer out of order")
    await room.talk.says("Marco", "Esi is away")
    room.talk.runner.forget()
    changes = {each.field: each.why for each in agreement.changes_since_agreed(await room.plan())}
    assert changes == {Field.DUE_ON: "printer out of order", Field.OWNER: "Esi is away"}


async def test_what_somebody_from_outside_left_isnt_theirs_to_merge(room: Room) -> None:
    contact = await room.name("Works", 1, 2, field=Field.RESPONSIBLE)
    await room.agrees("Eve", contact)
    now = room.talk.time
    await room.change(lambda plan: planning.set_field(plan, 1, Field.OWNER, "c1", by=ESI, now=now))
    plan = planning.open_plan(id=room.talk.runner.next_id("plans"), workshop_id=1, group=2, now=now)
    await room.put(planning.add_action(plan, "Print the list", by=KOFI, now=now))
    await room.talk.taps("Amina", "pmp:1:1:2:1")
    await room.change(lambda plan: handover.decline(plan, 1, (1,)))
    await room.talk.taps("Eve", "pma:1:0")
    proposal = await room.talk.runner.begin().proposal(1)
    assert proposal is not None
    assert proposal.is_open


async def test_a_plan_with_a_long_goal_from_an_exercise_can_be_published(room: Room, monkeypatch) -> None:
    async def goal_of(*_: object) -> str:
        return "g" * 500

    monkeypatch.setattr("handlers.plan.agreeing.goal_of", goal_of)
    await room.talk.taps("Amina", "pag:1")
    plan = await room.plan()
    assert plan.agreed_at is not None
    assert len(plan.agreed_goal) == planning.LONGEST_GOAL


async def test_a_file_publishes_no_plan_and_reports_nothing_for_whoever_may_not(room: Room) -> None:
    workshop = await room.talk.workshop()
    action = replace((await room.plan()).actions()[0], number=1)
    said = Report(kind=ReportKind.CORRECTIVE, action=1, by="", at=room.talk.time, text="All is well")
    file = Incoming(people={}, actions=(action,), whole=True, agreed_at=room.talk.time, reports=(said,))
    found = codec.dump_incoming(replace(file, actions=(replace(action, changed_by=""),), agreed=(action,)))
    await faces(room, "Kofi", PlanImport(workshop_id=workshop.id, group=2, asks="yes", found=found, mistakes="[]"))
    formation = workshop.formations["three"]
    group = formation.groups[2]
    pen = next(number for number in formation.members_of(2) if workshop.members[number].name != "Kofi")
    held = replace(formation, groups={**formation.groups, 2: replace(group, pen=pen)})
    turn = room.talk.runner.begin()
    turn.put(replace(workshop, formations={**workshop.formations, "three": held}))
    room.talk.runner.keep(turn)
    await room.talk.runner.commit()
    await room.talk.taps("Kofi", "importyes:1:2")
    plan = next(each for each in await room.talk.runner.plans_of(1) if each.group == 2)
    assert [each.title for each in plan.actions()] == ["Publish the list"]
    assert (plan.agreed_at, plan.reports) == (None, ())


async def test_a_file_goes_to_the_group_that_it_was_sent_for(room: Room) -> None:
    action = (await room.plan()).actions()[0]
    found = codec.dump_incoming(Incoming(people={}, actions=(replace(action, title="Somewhere else"),)))
    await faces(room, "Esi", PlanImport(workshop_id=99, group=1, asks="yes", found=found, mistakes="[]"))
    await room.talk.taps("Esi", "importyes:1:1")
    assert len((await room.plan()).actions()) == 2


async def test_a_yes_to_very_many_actions_fits_into_a_message(room: Room) -> None:
    for number in range(60):
        title = f"Action {number} {'x' * 150}"
        await room.change(lambda plan: planning.add_action(plan, title, by=ESI, now=room.talk.time))  # noqa: B023
    contact = await room.name("Works", *range(1, 63))
    room.talk.heard("Esi")
    said = await room.agrees("Eve", contact)
    assert "You take part" in said
    assert all(len(each) < 4096 for each in [*room.talk.heard("Eve"), *room.talk.heard("Esi")])


async def test_a_day_at_the_end_of_time_isnt_taken(room: Room) -> None:
    await room.talk.taps("Esi", "pf:1:1:due_on")
    await room.talk.taps("Esi", "aq:1:1:0:due_on::9999-12-31")
    await room.talk.taps("Esi", "am:1:1:0:due_on::0:day_ok")
    await room.talk.says("Esi", "31/12/9999")
    await room.talk.taps("Esi", "am:1:1:0:due_on::0:day_ok")
    assert (await room.plan()).actions()[0].due_on is None
    await room.talk.says("Esi", "31/12/2027")
    await room.talk.taps("Esi", "am:1:1:0:due_on::0:day_ok")
    assert (await room.plan()).actions()[0].due_on == date(2027, 12, 31)


async def test_the_room_sees_an_agreed_plan_and_not_what_was_said_of_it(room: Room) -> None:
    at, line = room.talk.time, "The legal office says no"
    await room.change(lambda plan: agreement.agree(plan, now=at))
    await room.change(lambda plan: reports.report_progress(plan, 1, Progress.BLOCKED, text=line, by=ESI, now=at))
    seen = {}
    for name in ("Kofi", "Marco", "Amina"):
        await room.talk.taps(name, pack(ShowAction(1, 1, 0, "card")))
        question = await room.talk.question(name)
        assert question is not None
        seen[name] = (await room.talk.renderer(name)).text(question)
    assert line not in seen["Kofi"]
    assert line in seen["Marco"]
    assert line in seen["Amina"]
    assert "belongs to another group" in await room.talk.taps("Kofi", pack(ShowHistory(1, 1, 0)))
    await faces(room, "Kofi", ActionView(plan_id=1, action=1, view="history"))
    shown = await room.talk.question("Kofi")
    assert shown is not None
    assert line not in (await room.talk.renderer("Kofi")).text(shown)
