"""Making one of two actions: the authors of both are asked, and once each side has agreed it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core import merging
from bot.core.errors import Refusal
from bot.core.merging import SIDES, MergeProposal, Place
from bot.core.message import Priority
from bot.core.plan import Party, member_of, member_party
from bot.core.plan_access import PlanActor, actor_in
from bot.core.plan_dialogue import ActionView
from bot.core.words import shortened
from bot.core.workshop import Membership
from handlers.context import Here, button, tap
from handlers.plan import list_taps as to
from handlers.plan import people as plan_people
from handlers.plan.desk import PlanDesk, plan_desk_of
from handlers.plan.merge_choice import LONGEST_TITLE, second_of, title_of
from handlers.plan.taking_over import owners_named

# Proposing ---------------------------------------------------------------------------------------------------------


@tap(to.ProposeMerge)
async def propose_merge(here: Here, action: to.ProposeMerge) -> None:
    """Whoever proposes it has to be of the group of one of the two, or lead."""
    kept, other = Place(plan=action.plan, action=action.action), Place(plan=action.other_plan, action=action.other)
    desk = await plan_desk_of(here, kept.plan)
    first, second = [await second_of(here, desk, place.plan, place.action) for place in (kept, other)]
    if not (first[0].actor.plans or second[0].actor.plans):
        raise Refusal("plan.not_yours")
    if kept == other:
        raise Refusal("merge.itself")
    if any(each.is_about(kept, other) for each in await here.turn.open_proposals(desk.workshop.id)):
        raise Refusal("merge.asked_already")
    merging.united(first[1], second[1])  # refuses what would be too much for one
    proposal = MergeProposal(
        id=here.turn.runner.next_id("merge_proposals"),
        workshop_id=desk.workshop.id,
        kept=kept,
        other=other,
        proposed_by=member_of(desk.actor.party) or 0,
        asked={"kept": _asked(first[0], kept.action), "other": _asked(second[0], other.action)},
        created_at=here.turn.now,
    )
    proposal = merging.agree(proposal, merging.sides_of(proposal, await _parties(here, proposal)))
    if merging.is_agreed(proposal):
        await _unite(here, proposal)
        return
    for side, (of_side, action_there) in zip(SIDES, (first, second), strict=True):
        reachable = any(of_side.user_id(party) is not None for party in proposal.asked[side])
        if side not in proposal.agreed and not reachable:
            raise Refusal("merge.nobody", title=shortened(action_there.title, LONGEST_TITLE))
    here.turn.put(proposal)
    names = await _ask(here, proposal, desk.name(desk.actor.party))
    back = button("label.back", to.ShowPlan(desk.workshop.id, desk.plan.id, 0, "list", ""))
    await here.done("merge.proposed", ((back,),), names=names)


def _asked(desk: PlanDesk, number: int) -> tuple[Party, ...]:
    """Whose word counts for an action: its authors, as far as they can be asked; else the group's reporter. Whoever
    proposes it says yes for what is theirs alone: where there is another author, that one is asked."""
    authors = [party for party in merging.authors(desk.plan, number) if _can_be_asked(desk, party, number)]
    others = [party for party in authors if party != desk.actor.party]
    return tuple(others or authors) or (desk.reporter,)


def _can_be_asked(desk: PlanDesk, party: Party, number: int) -> bool:
    member = desk.workshop.members.get(member_of(party) or 0)
    left = member is not None and member.status is not Membership.ACTIVE
    return not left and desk.is_here(party, number)


async def _ask(here: Here, proposal: MergeProposal, name: str) -> list[str]:
    """Send the proposal to those whose word is needed; their names."""
    yes = button("label.merge.yes", to.AnswerMerge(proposal.id, 1), style="primary")
    rows = ((yes, button("label.merge.no", to.AnswerMerge(proposal.id, 0))),)
    told: dict[int, str] = {}
    for side in SIDES:
        desk = await _anybodys(here, proposal.place(side))
        for party in proposal.asked[side]:
            user_id = desk.user_id(party)
            if side not in proposal.agreed and user_id is not None and user_id != here.user_id:
                told.setdefault(user_id, desk.name(party))
    titles = await _titles(here, proposal)
    for user_id in told:
        await here.turn.say(user_id, "merge.asks", rows, priority=Priority.LIVE, name=name, **titles)
    return list(told.values())


# What is known of a proposal ---------------------------------------------------------------------------------------


async def _anybodys(here: Here, place: Place) -> PlanDesk:
    """A plan as it stands, in front of nobody: for names and accounts. Refuses where it is gone."""
    plan = await here.turn.plan(place.plan)
    workshop = await here.turn.workshop(plan.workshop_id) if plan else None
    if plan is None or workshop is None:
        raise Refusal("plan.gone")
    programme = here.turn.programme(workshop)
    return PlanDesk(workshop=workshop, programme=programme, plan=plan, actor=PlanActor(party=""))


async def _parties(here: Here, proposal: MergeProposal) -> dict[int, Party]:
    """What somebody is called in the plans of the two actions, by the plan's id."""
    found: dict[int, Party] = {}
    for place in (proposal.kept, proposal.other):
        desk = await _anybodys(here, place)
        actor = actor_in(desk.programme, desk.workshop, desk.plan, here.user_id)
        if actor is not None:
            found[place.plan] = actor.party
    return found


async def _titles(here: Here, proposal: MergeProposal) -> dict[str, Any]:
    """Both actions, as parameters; also where one is gone by now."""
    titles: dict[str, Any] = {}
    for name, place in (("one", proposal.kept), ("other", proposal.other)):
        desk = await _anybodys(here, place)
        titles[name] = title_of(desk, desk.plan.history[place.action][-1])
    return titles


# Answering ---------------------------------------------------------------------------------------------------------


@tap(to.AnswerMerge)
async def answer_merge(here: Here, action: to.AnswerMerge) -> None:
    proposal = await here.turn.proposal(action.proposal)
    if proposal is None or action.yes not in (0, 1):
        raise Refusal("tap.old")
    parties = await _parties(here, proposal)
    sides = [
        side for side in merging.sides_of(proposal, parties) if await _still_theirs(here, proposal.place(side), parties)
    ]
    if not sides:
        raise Refusal("plan.not_yours")
    if not action.yes:
        await _keep_both(here, proposal)
        return
    agreed = merging.agree(proposal, sides)
    if merging.is_agreed(agreed):
        await _unite(here, agreed)
    else:
        here.turn.put(agreed)
        await here.reply("merge.waiting")


async def _still_theirs(here: Here, place: Place, parties: Mapping[int, Party]) -> bool:
    """Somebody from outside has a word for what they take part in; they may have stopped since they were asked."""
    desk = await _anybodys(here, place)
    contact = desk.plan.contact(parties[place.plan])
    return contact is None or place.action in contact.agreed


async def _keep_both(here: Here, proposal: MergeProposal) -> None:
    here.turn.put(merging.end(proposal, now=here.turn.now))
    desk = await _anybodys(here, proposal.kept)
    proposer = desk.user_id(member_party(proposal.proposed_by))
    if proposer is not None and proposer != here.user_id:
        titles = await _titles(here, proposal)
        await here.turn.say(proposer, "merge.told_kept", name=here.person.name, **titles)
    await here.reply("merge.kept_both")


# Doing it ----------------------------------------------------------------------------------------------------------


async def _unite(here: Here, proposal: MergeProposal) -> None:
    """Make one of the two, and tell those who were asked, and whoever proposed it."""
    turn, now, kept, other = here.turn, here.turn.now, proposal.kept, proposal.other
    first, second = await _anybodys(here, kept), await _anybodys(here, other)
    titles, parties = await _titles(here, proposal), await _parties(here, proposal)
    by, from_by = parties.get(kept.plan, ""), parties.get(other.plan, "")
    if kept.plan == other.plan:
        plan = merging.merge(first.plan, kept.action, other.action, by=by, now=now)
        turn.put(plan)
    else:
        both = merging.merge_across(
            first.plan, kept.action, second.plan, other.action, token=turn.runner.token, by=by, from_by=from_by, now=now
        )
        plan = both[0]
        turn.put(*both)
        await plan_people.named(here, first, replace(first, plan=plan))  # whoever came along from outside
    turn.put(merging.end(proposal, now=now))
    see = ((button("label.plan.see", to.ShowAction(kept.plan, kept.action, 0, "card")),),)
    concerned = {
        desk.user_id(party)
        for desk, side in zip((first, second), SIDES, strict=True)
        for party in (*proposal.asked[side], member_party(proposal.proposed_by))
    }
    for user_id in sorted(each for each in concerned if each is not None and each != here.user_id):
        await turn.say(user_id, "merge.done", see, priority=Priority.LIVE, **titles)
    await owners_named(turn, first, replace(first, plan=plan, actor=PlanActor(party=by)), "merged")
    on_show = here.person.dialogue
    if isinstance(on_show, ActionView) and Place(plan=on_show.plan_id, action=on_show.action) in (kept, other):
        await here.done("merge.done", see, **titles)
    else:
        await here.say("merge.done", see, **titles)
