"""A group's roles and its pen: volunteers, the rota, asking for the pen and passing it on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.errors import Refusal
from bot.core.grouping import Formation, Group, GroupRole

PEN_SILENCE = timedelta(minutes=1)  # after which anyone in the group may take the pen over


def volunteer(formation: Formation, member: int, role: GroupRole, *, now: datetime) -> Formation:
    """Take a role that is free. The scribe holds the pen. Refuses when somebody else has it."""
    group = formation.group_of(member)
    if group is None:
        raise Refusal("groups.not_seated")
    holder = group.holder(role)
    if holder is not None and holder != member:
        raise Refusal("groups.role_taken", role=role.value, member=holder)
    group = group.with_role(role, member)
    if role is GroupRole.SCRIBE:
        group = replace(group, pen=member, pen_at=now, pen_asked=None)
    return formation.with_group(group)


def fill_roles(formation: Formation, group_number: int, *, now: datetime, phones: Iterable[int]) -> Formation:
    """Give the roles nobody volunteered for by rota: members in order, those with a phone first, one role each as
    long as there are people enough. Only somebody with a phone can be scribe."""
    group = formation.groups[group_number]
    with_phone = set(phones)
    members = sorted(formation.members_of(group_number), key=lambda member: (member not in with_phone, member))
    if not members:
        return formation
    for role in (GroupRole.SCRIBE, GroupRole.REPORTER, GroupRole.TIMEKEEPER):
        if group.holder(role) is not None:
            continue
        able = [member for member in members if role is not GroupRole.SCRIBE or member in with_phone]
        free = [member for member in able if not group.roles_of(member)]
        if able:
            group = group.with_role(role, (free or able)[0])
    if group.pen is None and group.scribe is not None:
        group = replace(group, pen=group.scribe, pen_at=now)
    return formation.with_group(group)


def touch_pen(formation: Formation, member: int, *, now: datetime) -> Formation:
    """Note that the pen's holder did something."""
    group = formation.group_of(member)
    if group is None or group.pen != member:
        return formation
    return formation.with_group(replace(group, pen_at=now))


def pen_is_idle(group: Group, *, now: datetime) -> bool:
    return group.pen is None or group.pen_at is None or now - group.pen_at >= PEN_SILENCE


def ask_for_pen(formation: Formation, member: int, *, now: datetime) -> Formation:
    """Ask for the pen; where it lies idle, take it at once (then `group.pen` is the asker)."""
    group = formation.group_of(member)
    if group is None:
        raise Refusal("groups.not_seated")
    if group.pen == member:
        raise Refusal("pen.yours")
    if pen_is_idle(group, now=now):
        return give_pen(formation, group.number, member, now=now)
    return formation.with_group(replace(group, pen_asked=member))


def give_pen(formation: Formation, group_number: int, to: int, *, now: datetime) -> Formation:
    """Hand the pen to a member of the group."""
    if formation.group_of(to) is None or formation.seats[to].group != group_number:
        raise Refusal("pen.not_in_group")
    group = replace(formation.groups[group_number], pen=to, pen_at=now, pen_asked=None)
    return formation.with_group(group)


def keep_pen(formation: Formation, group_number: int, *, now: datetime) -> Formation:
    """Turn down whoever asked for the pen."""
    return formation.with_group(replace(formation.groups[group_number], pen_asked=None, pen_at=now))
