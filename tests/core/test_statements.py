"""A set of statements is checked as a whole."""

from __future__ import annotations

from bot.core.statements import MOST, Statement, mistakes, of_topics

TOPICS = {"law": "Legal framework", "staff": "Workforce"}


def a(id: str, topic: str = "law", text: str = "") -> Statement:
    return Statement(id=id, topic=topic, text=text or f"Statement {id}")


def found(*statements: Statement) -> list[tuple[int | None, str, str]]:
    return [(each.at, each.field, each.key) for each in mistakes(statements, TOPICS)]


def test_a_set_with_statements_for_each_topic_has_no_mistake():
    assert found(a("1"), a("2", "staff"), a("3")) == []


def test_every_mistake_is_named_with_its_place():
    assert found(a("1"), a("1", "staff", "Another"), a("2", "rockets"), a("3", "law", "statement  1")) == [
        (1, "id", "statements.twice"),
        (2, "topic", "statements.unknown_topic"),
        (3, "text", "statements.twice"),
    ]


def test_a_topic_without_statements_and_too_many_of_them_are_mistakes_of_the_whole():
    assert found(*(a(str(number)) for number in range(MOST + 1))) == [
        (None, "", "statements.too_many"),
        (None, "", "statements.topic_without"),
    ]


def test_statements_stand_in_the_order_of_the_topics():
    chosen = of_topics([a("1"), a("2", "staff"), a("3")], ["staff", "law"])
    assert [each.id for each in chosen] == ["2", "1", "3"]
