"""What people were told about how long is kept, holds."""

from datetime import timedelta

from bot.core import handover, planning
from bot.core.plan import Field
from bot.core.workshop import KEPT_FOR
from storage import erasure
from tests.stage import START, stage
from tests.transcripts import setups

TABLES = (
    *("people", "workshops", "members", "formations", "groups", "seats", "runs", "entries"),
    *(
        "plans",
        "action_versions",
        "contacts",
        "merge_proposals",
        "broadcasts",
        "outbox",
        "boards",
        "mirrors",
        "group_chats",
        "rooms",
        "calls",
        "parked",
        "day_closes",
        "close_progress",
        "close_answers",
        "report_queues",
        "remarks",
        "dot_votes",
        "dots",
        "quick_polls",
        "poll_copies",
        "poll_votes",
    ),
)


async def counts(database):
    return {table: (await database.read(f"SELECT COUNT(*) FROM {table}"))[0][0] for table in TABLES}


async def at_night(on, days):
    on.time = START + timedelta(days=days)
    await on.app.clock.night()
    await on.app.quiet()


async def test_a_workshop_is_forgotten_when_its_time_is_over_and_not_a_day_before(tmp_path):
    async with stage(tmp_path, restarting=False) as on:
        await setups.three_groups(on)
        await on.do("Amina", "[Open 2.4.1.a]")
        await on.do("Esi", "A gap that stays in the house")
        await on.do("Amina", "/broadcast Coffee")
        await on.do("Amina", "[All participants]")
        await on.do("Amina", "[Send]")
        chat = on.world.group(-4_000_001, "Permit office", on.phone("Amina"), has_bot=False)
        chat.add_bot(on.phone("Amina"), "g1_1_three")
        await on.settle()
        await on.do("Amina", "/new")  # a question, whose heading is kept with it
        before = await counts(on.app.database)
        assert all(before[name] for name in ("broadcasts", "mirrors", "group_chats"))
        await at_night(on, KEPT_FOR.days)
        assert {name: count for name, count in (await counts(on.app.database)).items() if name != "outbox"} == {
            name: count for name, count in before.items() if name != "outbox"
        }
        await at_night(on, KEPT_FOR.days + 1)
        assert await counts(on.app.database) == dict.fromkeys(TABLES, 0)


async def test_somebody_in_another_workshop_is_kept_and_goes_on(tmp_path):
    async with stage(tmp_path, restarting=False) as on:
        await setups.joined(on)
        await at_night(on, 100)
        await setups.another(on, "Lusaka workshop", "4 October 2027", "Zambia")
        await at_night(on, KEPT_FOR.days + 1)
        left = await counts(on.app.database)
        assert (left["workshops"], left["people"], left["members"]) == (1, 1, 1)
        await on.do("Amina", "/room")
        assert "Lusaka workshop" in on.phone("Amina").last.text
        await on.do("Esi", "/help")
        assert "To join" in on.phone("Esi").last.text


async def named(on, title, name):
    """Esi names somebody from outside in a new action; the link to pass on."""
    for what in ("/plan", "[Add an action]", title, name, "[OK]"):
        await on.do("Esi", what)
    return setups.filled(on, "@hand")


async def test_whoever_only_took_part_in_a_plan_is_forgotten_with_the_workshop(tmp_path):
    async with stage(tmp_path, restarting=False) as on:
        await setups.three_groups(on)
        link = await named(on, "Publish the checklist", "Ministry of Works")
        await on.do("Kwame", f"(start {link})")
        await on.do("Kwame", "[I'll take part]")
        await at_night(on, KEPT_FOR.days + 1)
        assert await counts(on.app.database) == dict.fromkeys(TABLES, 0)
        await on.do("Kwame", "/plan")
        assert "not in a workshop yet" in on.phone("Kwame").last.text
        await on.do("Eve", f"(start {link})")
        assert "That link doesn't work, or no longer does" in on.phone("Eve").last.text


async def test_a_question_about_a_plan_that_is_forgotten_means_no_other_plan(tmp_path):
    """The next plan gets its number; whoever left the link's question open has nothing to do with it."""
    async with stage(tmp_path, restarting=False) as on:
        await setups.three_groups(on)
        link = await named(on, "Publish the checklist", "Ministry of Works")
        await on.do("Kwame", f"(start {link})")
        await at_night(on, KEPT_FOR.days + 1)
        await on.close()
        await setups.another(on, "Lusaka workshop", "10 January 2028", "Zambia")
        turn = on.app.runner.begin()
        plan = planning.open_plan(id=turn.runner.next_id("plans"), workshop_id=1, group=1, now=turn.now)
        plan = planning.add_action(plan, "Train the staff", by="m1", now=turn.now)
        plan, party = handover.add_contact(plan, "Ministry of Health", token=turn.runner.token(), named_by="m1")
        plan = planning.set_field(plan, 1, Field.OWNER, party, by="m1", now=turn.now)
        assert (plan.id, party) == (1, "c1")
        turn.put(plan)
        on.app.runner.keep(turn)
        await on.app.runner.commit()
        await on.do("Kwame", f"(tap ho:{link.removeprefix('h_')}:0:1)")
        assert "doesn't work" in on.phone("Kwame").toasts[-1]
        await on.do("Kwame", "I'll take part")
        assert await on.app.runner.plan(1) == plan


async def test_whoever_takes_part_in_another_workshops_plan_is_kept(tmp_path):
    async with stage(tmp_path, restarting=False) as on:
        await setups.three_groups(on)
        link = await named(on, "Publish the checklist", "Ministry of Works")
        await on.do("Kwame", f"(start {link})")
        await on.do("Kwame", "[I'll take part]")
        await at_night(on, 100)
        await setups.another(on, "Lusaka workshop", "4 October 2027", "Zambia")
        second = setups.filled(on, "@second")
        await on.do("Kwame", f"(start {second})")
        await on.do("Kwame", "[Join as Kwame]")
        await at_night(on, KEPT_FOR.days + 1)
        left = await counts(on.app.database)
        assert (left["workshops"], left["contacts"], left["people"], left["members"]) == (1, 0, 2, 2)


async def test_a_chat_that_another_workshop_has_a_topic_of_is_not_forgotten(tmp_path):
    async with stage(tmp_path, restarting=False) as on:
        await setups.three_groups(on)
        await setups.second_workshop(on)
        database, boards = on.app.database, "SELECT DISTINCT chat_id FROM boards WHERE chat_id < 0"
        topics = (
            "INSERT INTO mirrors (chat_id, thread, workshop_id, grouping, group_number, language, tied_by, tied_at)"
        )
        rows = [
            (-7, 3, 1, "three", 1, "en", 1, "x"),
            (-7, 4, 2, "three", 1, "en", 1, "x"),
            (-8, 0, 1, "three", 2, "en", 1, "x"),
        ]
        await database.write(
            [
                (f"{topics} VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows),
                (
                    "INSERT INTO boards (chat_id, slot, subject) VALUES (?, ?, '')",
                    [(-7, "m.3"), (-7, "m.4"), (-8, "m")],
                ),
            ]
        )
        await database.write(erasure.workshops([1]))
        assert [tuple(row) for row in await database.read(boards)] == [(-7,)]
        assert [tuple(row) for row in await database.read("SELECT chat_id, thread FROM mirrors")] == [(-7, 4)]
        await database.write(erasure.workshops([2]))
        assert not await database.read(boards)
