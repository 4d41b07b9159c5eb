"""What is planned to be said, and when: a function of a workshop, its plans, and the rules.

Each function gives everything that belongs to one subject, past and to come, within a window around now; `fires.replan`
makes rows of it. Nothing here knows what has been said already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, time, timedelta

from bot.core import agenda, hours
from bot.core.agenda import Session
from bot.core.fires import Fire, FireKind
from bot.core.followup_action import KINDS, USUAL
from bot.core.outlook import AHEAD, BEHIND, Outlook, PlanOutlook
from bot.core.plan import ActionPlan, Party, member_party
from bot.core.reminder_rules import Anchor, Rule

CLOSE_STAYS = timedelta(minutes=60)  # after the end of a day, its close takes answers still
WARNED = timedelta(days=14)  # before something is forgotten for good
STALE = timedelta(days=6)  # after which a digest is of no use


# Sessions --------------------------------------------------------------------------------------------------------


def of_workshop(outlook: Outlook) -> list[Fire]:
    """What is said to the room before its sessions, and to the organiser before all is forgotten."""
    workshop = outlook.workshop
    found: list[Fire] = []
    for rule in outlook.rules:
        if rule.anchor is Anchor.SESSION:
            for session in outlook.sessions:
                if not session.cancelled:
                    found += _before(outlook, rule, session)
    organiser = workshop.organiser
    if organiser.user_id is not None:
        found.append(_erasure(outlook, f"w{workshop.id}", member_party(organiser.number), organiser.user_id))
    return found


def of_days(outlook: Outlook) -> list[Fire]:
    """What facilitators are told at the end of each day: what is still in the parking lot."""
    workshop, found = outlook.workshop, []
    held = [each for each in outlook.sessions if not each.cancelled]
    for day in agenda.days(held):
        ends_at = max(each.ends_at(workshop.zone) for each in held if each.on == day)
        found.append(
            Fire(
                key=f"w{workshop.id}.parked.{day.isoformat()}",
                version=ends_at.isoformat(),
                kind=FireKind.PARKED,
                subject=f"w{workshop.id}.days",
                series=f"w{workshop.id}.parked",
                workshop_id=workshop.id,
                on=day,
                due_at=ends_at,
                ends_at=hours.instant(day + timedelta(days=1), time(0), workshop.zone),
            )
        )
    return found


def of_closes(outlook: Outlook) -> list[Fire]:
    """The daily close of each day: when it opens by itself, and when it ends."""
    workshop, close, found = outlook.workshop, outlook.programme.close, []
    held = [each for each in outlook.sessions if not each.cancelled]
    for day in agenda.days(held) if close is not None and close.minutes else []:
        ends_at = max(each.ends_at(workshop.zone) for each in held if each.on == day)
        opens_at, over_at = ends_at - timedelta(minutes=close.minutes if close else 0), ends_at + CLOSE_STAYS
        for item, due_at, useless in ((0, opens_at, over_at), (1, over_at, over_at + timedelta(days=1))):
            found.append(
                Fire(
                    key=f"w{workshop.id}.close.{day.isoformat()}.{item}",
                    version=due_at.isoformat(),
                    kind=FireKind.DAY_CLOSE,
                    subject=f"w{workshop.id}.close",
                    series=f"w{workshop.id}.close.{day.isoformat()}",
                    workshop_id=workshop.id,
                    item=item,
                    on=day,
                    due_at=due_at,
                    ends_at=useless,
                )
            )
    return found


def _before(outlook: Outlook, rule: Rule, session: Session) -> Iterator[Fire]:
    workshop = outlook.workshop
    starts_at = session.starts_at(workshop.zone)
    before = [
        (f"{days}d", hours.instant(session.on + timedelta(days=days), rule.at, workshop.zone)) for days in rule.days
    ]
    before += [(f"{minutes}m", starts_at + timedelta(minutes=minutes)) for minutes in rule.minutes]
    for offset, due_at in before:
        subject = f"w{workshop.id}"
        yield Fire(
            key=f"{subject}.{rule.id}.{session.id}.{offset}",
            version=starts_at.isoformat(),
            kind=FireKind.SESSION,
            subject=subject,
            series=f"{subject}.session.{session.id}",
            workshop_id=workshop.id,
            rule=rule.id,
            on=session.on,
            due_at=due_at,
            ends_at=starts_at,
        )


# A plan as a whole -----------------------------------------------------------------------------------------------


def of_plan(view: PlanOutlook, owners: Collection[Party] | None = None) -> list[Fire]:
    """What is said of a plan as a whole: check-ins, digests and that it will be forgotten, to these owners (None: all
    of them); and reviews, which are for nobody's actions ("")."""
    if view.is_over:
        return []
    known = sorted(view.owned)
    named = known if owners is None else [each for each in known if each in owners]
    found: list[Fire] = []
    for rule in view.around.rules:
        kind = KINDS[rule.anchor, rule.to]
        match kind:
            case FireKind.CHECK_IN:
                found += _whole(view, rule, kind, named)
            case FireKind.REVIEW if owners is None or "" in owners:
                found += _whole(view, rule, kind, [""])
            case FireKind.DIGEST:
                found += _weekly(view, rule, [each for each in named if view.owns_several(each)])
    for owner in named:
        _, user_id = view.whom(owner)
        found.append(_erasure(view.around, f"p{view.plan.id}", owner, user_id, view.plan.id))
    unique = {(each.key, each.version): each for each in found if each.user_id}
    return list(unique.values())


def series_of_plan(plan: ActionPlan, owners: Collection[Party]) -> list[str]:
    """The series of what is said of a plan as a whole to these owners; see `of_plan`."""
    kinds = (FireKind.CHECK_IN, FireKind.REVIEW, FireKind.DIGEST, FireKind.ERASURE)
    return [f"p{plan.id}.{kind.value}.{owner or 'r'}" for kind in kinds for owner in owners]


def _whole(view: PlanOutlook, rule: Rule, kind: FireKind, owners: list[Party]) -> Iterator[Fire]:
    last_day = view.around.last_day
    for offset, day in rule.days_from(last_day, view.around.workshop.kept_until):
        for party in owners:
            yield _of_plan(view, rule, kind, party, day, last_day, f"{offset:+d}", timedelta(days=14))


def _weekly(view: PlanOutlook, rule: Rule, owners: list[Party]) -> Iterator[Fire]:
    outlook = view.around
    monday = outlook.today - BEHIND
    monday -= timedelta(days=monday.weekday())
    while monday <= outlook.today + AHEAD:
        for offset in rule.days:
            day = monday + timedelta(days=offset)
            if view.begins < day <= outlook.workshop.kept_until:
                for party in owners:
                    yield _of_plan(view, rule, FireKind.DIGEST, party, day, day, day.isoformat(), STALE)
        monday += timedelta(weeks=1)


def _of_plan(
    view: PlanOutlook,
    rule: Rule,
    kind: FireKind,
    party: Party,
    day: date,
    on: date,
    mark: str,
    useful: timedelta,
) -> Fire:
    plan = view.plan
    asked, user_id = view.whom(party)
    due_at = view.around.open_at(user_id, day, rule.at)
    return Fire(
        key=f"p{plan.id}.{kind.value}.{party or 'r'}.{mark}",
        version=on.isoformat(),
        kind=kind,
        subject=f"p{plan.id}",
        series=f"p{plan.id}.{kind.value}.{party or 'r'}",
        workshop_id=plan.workshop_id,
        plan_id=plan.id,
        rule=rule.id,
        party=party or asked,
        user_id=user_id,
        on=on,
        due_at=due_at,
        ends_at=due_at + useful,
    )


def _erasure(outlook: Outlook, subject: str, party: Party, user_id: int, plan_id: int = 0) -> Fire:
    """Says that something will be forgotten, while there is time to take it out."""
    own = outlook.hours(user_id)
    until = outlook.workshop.kept_until
    return Fire(
        key=f"{subject}.erasure.{party}",
        version=until.isoformat(),
        kind=FireKind.ERASURE,
        subject=subject,
        series=f"{subject}.erasure.{party}",
        workshop_id=outlook.workshop.id,
        plan_id=plan_id,
        party=party,
        user_id=user_id,
        on=until,
        due_at=outlook.open_at(user_id, until - WARNED, USUAL),
        ends_at=hours.instant(until, time(0), own.zone),
    )
