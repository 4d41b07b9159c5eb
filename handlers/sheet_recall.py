"""What a sheet recalls of earlier answers, above its question."""

from __future__ import annotations

from typing import Any

from bot.core.exercise import Ref, Step, StepKind, Visibility
from bot.core.message import Phrase
from bot.core.sequence import earlier_answers, earlier_runs, entry_text
from bot.core.words import shortened
from handlers import sheet_items, sheet_plan
from handlers.assess import lines as assess_lines
from handlers.desk import Desk

RECALL_SHOWN = 160


def recalled(here: Desk) -> list[Phrase]:
    shown = []
    for ref in here.step.recall:
        source = here.programme.exercises[ref.exercise].step(ref.step)
        if source is None:
            continue
        title = here.content(source.title)
        if source.agrees:
            shown += assess_lines.recalled(here, source)
            continue
        if source.kind is StepKind.CHOICE:
            picked = _picked_before(here, ref, source)
            shown += [Phrase("sheet.recall", {"title": title, "text": picked})] if picked else []
            continue
        found = _answered_before(here, ref, source)
        if found:
            words = shortened(" · ".join(found), RECALL_SHOWN)
            shown.append(Phrase("sheet.recall", {"title": title, "text": words}))
    return shown


def _answered_before(here: Desk, ref: Ref, source: Step) -> list[str]:
    """What a reference recalls; of answers that are each person's own only the reader's."""
    if source.visibility is not Visibility.ME:
        return earlier_answers(here.workshop, here.programme, here.runs, here.run, ref)
    texts = [entry_text(entry) for entry in here.run.entries_of(ref.step) if entry.author == here.actor.member]
    return [text for text in texts if text] if ref.exercise == here.exercise.id else []


def _picked_before(here: Desk, ref: Ref, source: Step) -> list[Any]:
    """What an earlier choice picked, or what a vote came to."""
    if ref.exercise == here.exercise.id:
        runs = [here.run]
    else:
        runs = earlier_runs(here.workshop, here.programme, here.runs, ref.exercise, here.run)
    if source.counted:
        return sheet_items.recalled_votes(here, source) if runs == [here.run] else []
    return [line for run in runs for line in sheet_plan.said(here, run, source)]
