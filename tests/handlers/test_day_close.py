"""The daily close in the database: what somebody wrote stands in one place, with nothing that leads to them."""

from __future__ import annotations

from tests.stage import Stage, stage
from tests.transcripts import setups

PEOPLE = ("Esi", "Marco", "Kofi", "Li Na", "Ama")


async def closed(on: Stage, *people: str) -> None:
    """The close is open, and these have answered all of it."""
    await setups.three_groups(on)
    on.restarting = False
    for what in ("/plenary", "[Open the daily close]"):
        await on.do("Amina", what)
    for at, name in enumerate(people):
        for what in ("[Begin]", str(1 + at % 5), "[Too fast]", f"Keep what {name} said", f"Change what {name} said"):
            await on.do(name, what)


async def holding(on: Stage, words: str) -> dict[str, list[tuple[object, ...]]]:
    """The rows of all tables in which some words stand."""
    names = await on.app.database.read("SELECT name FROM sqlite_master WHERE type = 'table'")
    found: dict[str, list[tuple[object, ...]]] = {}
    for (name,) in names:
        rows = [tuple(row) for row in await on.app.database.read(f"SELECT * FROM {name}")]
        kept = [row for row in rows if any(words in str(value) for value in row)]
        if kept:
            found[name] = kept
    return found


async def test_words_stand_in_one_table_without_author_time_or_order(tmp_path):
    async with stage(tmp_path) as on:
        await closed(on, *PEOPLE)
        for name in PEOPLE:
            found = await holding(on, f"Keep what {name} said")
            assert list(found) == ["close_answers"]
            ((workshop, day, number, question, value, _),) = found["close_answers"]
            assert (workshop, day, question, value) == (1, "2027-06-14", "keep", f"Keep what {name} said")
            assert isinstance(number, int)
        rows = await on.app.database.read("SELECT number, value FROM close_answers WHERE question = 'keep'")
        came = [f"Keep what {name} said" for name in PEOPLE]
        assert {row["value"] for row in rows} == set(came)
        assert [row["value"] for row in sorted(rows, key=lambda row: row["number"])] != came  # with these dice
        progress = await on.app.database.read("SELECT member, through FROM close_progress ORDER BY member")
        assert [tuple(row) for row in progress] == [(2, 4), (3, 4), (4, 4), (5, 4), (6, 4)]


async def test_an_answer_that_is_given_twice_counts_once(tmp_path):
    async with stage(tmp_path) as on:
        await closed(on, "Esi")
        phone = on.phone("Esi")
        phone.tap_data("dca:1:0:2027-06-14:5")
        phone.tap_data("dca:1:3:2027-06-14:")
        await on.settle()
        count = await on.app.database.read("SELECT COUNT(*) FROM close_answers")
        assert count[0][0] == 4


async def test_facilitators_read_nothing_of_three_people(tmp_path):
    async with stage(tmp_path) as on:
        await closed(on, *PEOPLE[:3])
        await on.do("Amina", "[End the close]")
        read = "\n".join(message.text for message in on.phone("Amina").messages)
        assert "said" not in read
        assert "Not shown, since fewer than 4 answered" in read


async def test_facilitators_have_the_result_as_soon_as_it_may_be_shown(tmp_path):
    async with stage(tmp_path) as on:
        await closed(on, *PEOPLE[:4])
        read = "\n".join(message.text for message in on.phone("Amina").messages)
        for name in PEOPLE[:4]:
            assert f"Keep what {name} said" in read
            assert f"Change what {name} said" in read
        on.check()
