"""Checks of one step by itself: whether its keys make sense together."""

from __future__ import annotations

from bot.core.exercise import Plans, Ref, Statements, Step, StepKind, Visibility, Who
from content.fields import Fields


def check_bounds(fields: Fields, kind: StepKind, minimum: int, maximum: int) -> None:
    if not fields.right("minimum", "maximum"):
        return
    if kind is StepKind.RATING:
        if "maximum" not in fields or "minimum" not in fields:
            fields.report("maximum", "is missing; a rating needs a minimum and a maximum, such as 1 and 5")
        elif minimum >= maximum:
            fields.report("minimum", f"is {minimum}, and has to be less than the maximum, {maximum}")
        elif maximum - minimum > 10:
            fields.report(
                "maximum", f"makes {maximum - minimum + 1} steps from {minimum}, and 11 fit; narrow the range"
            )
    elif kind is StepKind.CHOICE and minimum > 1 and "maximum" not in fields:
        fields.report("maximum", f"is missing, so that only one can be picked, and the minimum is {minimum}; add it")
    elif maximum and minimum > maximum:
        fields.report("minimum", f"is {minimum}, and can't be more than the maximum, {maximum}")


def check_choice(fields: Fields, step: Step) -> None:
    if step.kind is not StepKind.CHOICE or not fields.right("options", "options_from"):
        return
    if not step.options and step.options_from is None:
        fields.report("options", "is missing; a choice needs entries under [[steps.options]], or options_from")
    if isinstance(step.options_from, Plans):
        for key in ("options", "own_words"):
            if getattr(step, key):
                fields.report(key, "can't stand beside actions of plans, which are chosen by number; remove one")
    elif step.without is not None and fields.right("without"):
        fields.report("without", 'needs options_from to be "plan" or "plans"; remove it, or change that')
    if step.options and step.options_from is None and not step.own_words:
        for key, picked in (("minimum", step.minimum), ("maximum", step.maximum)):
            if picked > len(step.options):
                fields.report(key, f"is {picked}, and there are {len(step.options)} options; lower it")


def check_items(fields: Fields, step: Step) -> None:
    """What each gives every item stays theirs; what is disputed is settled by one for all."""
    if step.share and step.kind is StepKind.CHOICE and not step.maximum and fields.right("maximum"):
        fields.report("share", "needs a maximum, which holds where the share comes to less; add it")
    if step.kind is not StepKind.RATING or not fields.right("items_from", "disputed", "who", "visibility"):
        return
    if step.disputed and not isinstance(step.items_from, Ref):
        fields.report("disputed", 'needs items_from to name a rating of this exercise, as "#step"; add it')
    if step.items_from is None:
        return
    if step.who is Who.EACH and step.visibility is not Visibility.ME:
        fields.report("visibility", 'has to be "me" where everyone rates items: what others see is counts; add it')
    if (step.disputed or step.agrees) and step.who is Who.EACH:
        fields.report("who", 'can\'t be "each": the group settles together what it differs on; write "scribe"')
    if step.anonymous:
        fields.report("anonymous", "means nothing in a rating of items, which shows nobody's own; remove it")


def check_agreeing(fields: Fields, step: Step) -> None:
    """What only a rating of items can be: agreed on, asked about further, or begun from an earlier one."""
    if step.kind is not StepKind.RATING or not fields.right("items_from", "agrees", "disputed"):
        return
    if step.agrees and not isinstance(step.items_from, Ref):
        fields.report("agrees", 'needs items_from to name a rating of this exercise, as "#step"; add it')
    if step.agrees and step.disputed:
        fields.report("agrees", "already asks about what is disputed; remove disputed")
    if step.sure and not (step.agrees or isinstance(step.items_from, Statements)):
        fields.report("sure", 'is asked of statements; make items_from "statements", or remove it')
    if step.carries is not None and not isinstance(step.items_from, Statements):
        fields.report("carries", 'begins from earlier answers to statements; make items_from "statements"')


def check_anonymous(fields: Fields, step: Step) -> None:
    """Nobody stays unnamed where one person answers for all, or where only its author sees the answer."""
    if not step.anonymous or not fields.right("anonymous", "who", "visibility"):
        return
    if step.who is Who.SCRIBE:
        fields.report("anonymous", 'makes no sense with who = "scribe": everyone knows who holds the pen; remove one')
    elif step.who is Who.ANYONE and not step.many:
        fields.report(
            "anonymous",
            f'makes no sense in a shared {step.kind}: add who = "each" so that everyone answers, or remove it',
        )
    elif step.visibility is Visibility.ME:
        fields.report("anonymous", 'makes no sense with visibility = "me": only its author sees it; remove one')


def check_plan(fields: Fields, step: Step) -> None:
    if step.kind is not StepKind.PLAN:
        return
    if step.whole > step.minimum and fields.right("whole", "minimum"):
        fields.report("whole", f"is {step.whole}, and can't be more than the minimum of actions, {step.minimum}")
    if step.who is Who.EACH and fields.right("who"):
        fields.report("who", "can't be \"each\": the plan is the group's; remove it")
