"""What people were told about how long is kept, holds."""

from datetime import timedelta

from bot.core.workshop import KEPT_FOR
from tests.stage import START, stage
from tests.transcripts import setups

TABLES = (
    *("people", "workshops", "members", "formations", "groups", "seats", "runs", "entries"),
    *("plans", "action_versions", "contacts", "broadcasts", "outbox", "boards"),
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
        await on.do("Amina", "/new")  # a question, whose heading is kept with it
        before = await counts(on.app.database)
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
