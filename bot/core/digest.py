"""How actions stand on a day, and what of that somebody who answers for several of them should hear of in a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core import reports
from bot.core.cadence import days_to_tell
from bot.core.fires import Fire, FireKind
from bot.core.hours import day_of
from bot.core.plan import Action, ActionPlan, Communication, Party, Progress, Report, ReportKind

SOON = timedelta(days=14)
SILENCE = timedelta(days=5)  # after which somebody who was asked has not answered
MISSED = 2  # times in a row that an audience wasn't told, before it is news
ASKING = (FireKind.DUE, FireKind.MILESTONE)


class Standing(StrEnum):
    """How an action stands on a day, what needs somebody most first. Late is what only a day says: what is said to be
    blocked or at risk is that."""

    BLOCKED = "blocked"
    AT_RISK = "at_risk"
    LATE = "late"
    ON_TRACK = "on_track"
    NOT_STARTED = "not_started"
    DONE = "done"


STUCK = (Standing.BLOCKED, Standing.AT_RISK)


def standing(action: Action, today: date) -> Standing:
    found = Standing(action.progress.value)
    if found in (Standing.ON_TRACK, Standing.NOT_STARTED) and action.due_on is not None and action.due_on < today:
        return Standing.LATE
    return found


def tally(actions: Iterable[Action], today: date) -> Mapping[Standing, int]:
    """How many actions stand how."""
    counted = Counter(standing(each, today) for each in actions)
    return {each: counted[each] for each in Standing if counted[each]}


def line_of(plan: ActionPlan, action: Action) -> str:
    """What is in the way of an action that is at risk or blocked, as it was last said; empty where nobody said it."""
    found = reports.latest(plan, action.number, ReportKind.PROGRESS)
    return found.text if found is not None and found.progress is action.progress else ""


def done_about(plan: ActionPlan, action: Action) -> Report | None:
    """What is being done about an action that is at risk or blocked, as it was said since it is."""
    found = reports.latest(plan, action.number, ReportKind.CORRECTIVE)
    said = reports.latest(plan, action.number, ReportKind.PROGRESS)
    return found if found is not None and (said is None or found.number > said.number) else None


# An owner's week -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody was asked about an action so many days ago, by `fire`, and nobody has said anything since."""

    action: Action
    fire: Fire
    days: int


@dataclass(frozen=True, slots=True)
class Untold:
    """An audience wasn't told so many times in a row."""

    action: Action
    told: Communication
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is news of the actions that somebody answers for. `tally` counts all of them; each list has what needs
    somebody most first, and `soon` is what is due within two weeks and otherwise no news."""

    tally: Mapping[Standing, int]
    stuck: Sequence[Action]
    late: Sequence[Action]
    unanswered: Sequence[Unanswered]
    untold: Sequence[Untold]
    soon: Sequence[Action]

    @property
    def is_noteworthy(self) -> bool:
        return bool(self.stuck or self.late or self.unanswered or self.untold or self.soon)


def of_owner(
    plan: ActionPlan,
    actions: Sequence[Action],
    said: Iterable[Fire],
    *,
    owner: Party,
    reader: int,
    begins: date,
    zone: str,
    now: datetime,
) -> Digest:
    """An owner's digest. `said` is what was asked about the plan of people who are asked still, the oldest first,
    `reader` the account that gets it, and `begins` the day from which audiences are told."""
    today = day_of(now, zone)
    asked = [each for each in said if each.kind in ASKING and each.user_id != reader]
    stands = {each.number: standing(each, today) for each in actions}
    open_ones = [each for each in actions if each.progress is not Progress.DONE]
    silent = {each.number: _unanswered(plan, each, asked, owner, zone, today) for each in open_ones}
    return Digest(
        tally=tally(actions, today),
        stuck=[each for one in STUCK for each in open_ones if stands[each.number] is one],
        late=_by_day(each for each in open_ones if stands[each.number] is Standing.LATE),
        unanswered=sorted((each for each in silent.values() if each is not None), key=lambda each: -each.days),
        untold=[found for each in open_ones for found in _untold(plan, each, begins, today)],
        soon=_by_day(
            each
            for each in open_ones
            if stands[each.number] not in STUCK and silent[each.number] is None
            if each.due_on is not None and today <= each.due_on <= today + SOON
        ),
    )


def _by_day(actions: Iterable[Action]) -> list[Action]:
    return sorted(actions, key=lambda each: (each.due_on or date.max, each.number))


def _unanswered(
    plan: ActionPlan, action: Action, said: Sequence[Fire], owner: Party, zone: str, today: date
) -> Unanswered | None:
    """The first time that somebody was asked about an action since anybody last said how it stands."""
    last = reports.latest(plan, action.number, ReportKind.PROGRESS, ReportKind.CORRECTIVE)
    for each in said:
        if each.action != action.number or each.answer or each.done_at is None:
            continue
        if (last is not None and last.at >= each.done_at) or _touched(plan, action, owner, each.done_at):
            continue
        days = (today - day_of(each.done_at, zone)).days
        return Unanswered(action, each, days) if days >= SILENCE.days else None
    return None


def _touched(plan: ActionPlan, action: Action, owner: Party, since: datetime) -> bool:
    """Whether anybody but the owner has changed the action since, instead of answering."""
    versions = plan.history.get(action.number, ())
    return any(each.changed_by != owner and each.changed_at >= since for each in versions)


def _untold(plan: ActionPlan, action: Action, begins: date, today: date) -> list[Untold]:
    found = []
    for told in action.communications:
        days = [day for day in days_to_tell(action, told, begins) if day >= begins]
        missed = reports.missed_in_a_row(plan, action.number, told.id, days, today)
        if len(missed) >= MISSED:
            found.append(Untold(action, told, len(missed)))
    return found


# Asking once more ------------------------------------------------------------------------------------------------


def asked_again(fire: Fire, *, id: int, user_id: int, now: datetime, today: date) -> Fire:
    """The same question once more, at once: one a day. It is no part of what is planned, so that planning anew leaves
    it alone."""
    subject = f"{fire.subject.removesuffix('.again')}.again"
    return Fire(
        id=id,
        key=f"{subject}.{fire.party}",
        version=today.isoformat(),
        kind=fire.kind,
        subject=subject,
        series=fire.series,
        workshop_id=fire.workshop_id,
        plan_id=fire.plan_id,
        action=fire.action,
        item=fire.item,
        rule=fire.rule,
        party=fire.party,
        user_id=user_id,
        on=fire.on,
        due_at=now,
        by_hand=True,
    )
