"""Batches: whole, once, and never stopped by one bad update."""

import logging

import pytest

from bot.core.dialogue import Person
from bot.intake.intake import Work
from storage import updates


async def test_a_batch_is_one_commit(desk):
    for number in range(5):
        desk.world.phone(1 + number % 2).send(f"{number}")
    await desk.intake.take(desk.waiting())
    assert (await desk.said(1), await desk.said(2)) == ("0,2,4,", "1,3,")
    assert len(desk.commits) == 1
    assert [message.chat_id for message in desk.commits[0].messages] == [1, 2, 1, 2, 1]
    assert desk.commits[0].urgent == {1, 2}


async def test_what_comes_twice_counts_once(desk):
    desk.world.phone(1).send("a")
    desk.world.phone(1).send("b")
    both = desk.waiting()
    await desk.intake.take(both[:1])
    await desk.intake.take([*both, *both])
    await desk.intake.take(both)
    assert await desk.said(1) == "a,b,"
    assert len(await desk.sent()) == 2


async def test_an_update_that_fails_leaves_nothing_and_its_person_is_told(desk, caplog):
    for text in ("a", "boom", "b"):
        desk.world.phone(1).send(text)
    desk.world.phone(2).send("c")
    await desk.intake.take(desk.waiting())
    assert (await desk.said(1), await desk.said(2)) == ("a,b,", "c,")
    assert await desk.sent() == [(1, "heard"), (1, "sorry"), (1, "heard"), (2, "heard")]
    assert await desk.dead() == [("message", "KeyError")]
    assert len(desk.commits) == 1
    assert "secret" not in caplog.text
    await desk.intake.take(desk.waiting())
    assert len(await desk.dead()) == 1


@pytest.mark.parametrize("broken", [{"message": 5}, {"message": {"chat": {"id": "x"}, "from": {"id": 1}}}])
async def test_an_update_that_cannot_be_parsed_is_laid_aside(desk, broken):
    desk.world.phone(1).send("a")
    desk.world.phone(2).send("b")
    good, other = desk.waiting()
    await desk.intake.take([good, {"update_id": good["update_id"] + 100, **broken}, other])
    assert (await desk.said(1), await desk.said(2)) == ("a,", "b,")
    assert [kind for kind, _ in await desk.dead()] == ["message"]


async def test_kinds_of_dead_letters_are_names_that_are_known(desk):
    desk.sorry_fails = True
    await desk.intake.take([{"update_id": 7, "people's words": {}}, {"update_id": 8, "message": "words"}])
    assert [kind for kind, _ in await desk.dead()] in (["message"], ["message", "unknown"])
    assert await updates.unseen(desk.database, [7, 8]) == set()


@pytest.mark.parametrize("raw", [None, 5, "text", [], {}, {"update_id": "7"}])
async def test_what_is_no_update_is_passed_over(desk, raw):
    desk.world.phone(1).send("a")
    await desk.intake.take([raw, *desk.waiting()])
    assert await desk.said(1) == "a,"


async def test_when_a_batch_cannot_be_committed_only_the_poison_dies(desk, caplog):
    for text in ("a", "poison", "b"):
        desk.world.phone(1).send(text)
    desk.world.phone(2).send("c")
    await desk.intake.take(desk.waiting())
    assert (await desk.said(1), await desk.said(2)) == ("a,b,", "c,")
    assert await desk.dead() == [("message", "IntegrityError")]
    assert await desk.sent() == [(1, "heard"), (1, "sorry"), (1, "heard"), (2, "heard")]
    assert await updates.unseen(desk.database, [each["update_id"] for each in desk.waiting()]) == set()
    assert "FOREIGN KEY" not in caplog.text


async def test_an_apology_that_fails_does_not_stop_anything(desk, caplog):
    desk.sorry_fails = True
    for text in ("boom", "poison", "b"):
        desk.world.phone(1).send(text)
    await desk.intake.take(desk.waiting())
    assert await desk.said(1) == "b,"
    assert len(await desk.dead()) == 2
    assert "secret" not in caplog.text


async def test_what_the_bot_does_on_its_own_waits_for_its_turn(desk):
    async def work(turn):
        person = await turn.person(1)
        await turn.say(1, "sorry", text=person.name)

    async def wrong(turn):
        await turn.say(1, "never")
        raise KeyError

    desk.world.phone(1).send("a")
    await desk.intake.take(desk.waiting())
    await desk.intake.act(work)
    with pytest.raises(KeyError):
        await desk.intake.act(wrong)
    assert await desk.sent() == [(1, "heard"), (1, "sorry")]
    assert [len(each.messages) for each in desk.commits] == [1, 1]


async def test_when_nothing_can_be_written_the_updates_are_taken_again(desk, caplog):
    caplog.set_level(logging.CRITICAL)
    desk.world.phone(1).send("a")
    await desk.database.write(
        [("CREATE TRIGGER full BEFORE INSERT ON handled_updates BEGIN SELECT RAISE(FAIL, 'full'); END", [()])]
    )
    with pytest.raises(Exception, match="full"):
        await desk.intake.take(desk.waiting())
    await desk.database.write([("DROP TRIGGER full", [()])])
    await desk.intake.take(desk.waiting())
    assert await desk.said(1) == "a,"
    assert await desk.dead() == []


def works(desk, *names):
    """Things to be done of the bot's own, one for each person, by what they are called from then on."""

    def one(user_id, name):
        async def does(turn):
            if name == "boom":
                raise KeyError("secret words")
            workshop = 999 if name == "poison" else None  # there is no such one
            turn.put(Person(user_id=user_id, name=name, language="en", workshop_id=workshop))
            await turn.say(user_id, "heard")

        async def instead(turn):
            turn.put(Person(user_id=user_id, name="instead", language="en"))

        return Work(does, instead)

    async def gather(turn):
        turn.put(Person(user_id=9, name="gathered", language="en"))
        return [one(user_id, name) for user_id, name in enumerate(names, 1)]

    return gather


@pytest.mark.parametrize(("bad", "commits"), [("boom", 1), ("poison", 4)])
async def test_one_of_the_bots_own_that_fails_keeps_no_other_from_being_done(desk, bad, commits, caplog):
    assert await desk.intake.act_on_each(works(desk, "a", bad, "c")) == 3
    assert [await desk.said(user_id) for user_id in (1, 2, 3, 9)] == ["a", "instead", "c", "gathered"]
    assert await desk.sent() == [(1, "heard"), (3, "heard")]
    assert len(desk.commits) == commits
    assert "secret" not in caplog.text
    await desk.intake.act_on_each(works(desk, "d"))
    assert await desk.said(1) == "d"
