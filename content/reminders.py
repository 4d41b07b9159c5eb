"""Reads the part of programme.toml that says what people are reminded of, and when."""

from __future__ import annotations

from datetime import time

from bot.core.hours import OPENS, SHUTS
from bot.core.plan import Frequency
from bot.core.reminder_rules import KNOWN, MOST_DAYS, MOST_LISTED, Anchor, Rule, To
from content.fields import Fields, report_twice
from content.problems import entry_of

MOST_TIMES = 20
MOST_MINUTES = 12 * 60
REPEATED = (Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.MONTHLY, Frequency.QUARTERLY)


def read_reminders(fields: Fields | None) -> tuple[time, time, tuple[Rule, ...]]:
    """When people may be written to, and the rules; the usual hours and no rules where there is nothing."""
    if fields is None:
        return OPENS, SHUTS, ()
    opens, shuts = fields.clock("opens", OPENS), fields.clock("shuts", SHUTS)
    if fields.right("opens", "shuts") and opens >= shuts:
        fields.report("shuts", f"is {shuts:%H:%M}, not after opens; say between which hours people may be written to")
    rules = [_rule(entry, opens, shuts) for entry in fields.tables("rules")]
    marks = [(f"{entry_of('rules', index)}.id", rule.id) for index, rule in enumerate(rules)]
    report_twice(marks, fields.report, "the id")
    fields.finish()
    return opens, shuts, tuple(rules)


def _rule(entry: Fields, opens: time, shuts: time) -> Rule:
    anchor = entry.one_of("anchor", Anchor, Anchor.DUE, required=True)
    rule = Rule(
        id=entry.id(),
        title=entry.text("title"),
        anchor=anchor,
        to=entry.one_of("to", To, To.OWNER, required=True),
        days=entry.whole_numbers("days", low=-MOST_DAYS, high=MOST_DAYS, most=MOST_LISTED),
        minutes=entry.whole_numbers("minutes", low=-MOST_MINUTES, high=0, most=MOST_LISTED),
        at=entry.clock("at", time(9)),
        every=entry.one_of("every", Frequency, Frequency.WEEKLY) if "every" in entry else None,
        most=entry.number("most", low=0, high=MOST_TIMES, default=0),
        on=entry.flag("on") if "on" in entry else True,
    )
    if entry.right("anchor", "to") and (rule.anchor, rule.to) not in KNOWN:
        known = ", ".join(sorted(to.value for one, to in KNOWN if one is rule.anchor))
        entry.report("to", f'is "{rule.to.value}", and with the anchor "{rule.anchor.value}" it can be: {known}')
    if entry.right("days", "minutes") and not rule.days and not rule.minutes and rule.every is None:
        entry.report("days", "is missing; say how many days after (or with a minus: before) its anchor it comes")
    if rule.minutes and rule.anchor is not Anchor.SESSION:
        entry.report("minutes", "only go with the anchor session; use days")
    if rule.every is not None and rule.every not in REPEATED:
        entry.report("every", f'is "{rule.every.value}"; it has to be {", ".join(each.value for each in REPEATED)}')
    if rule.anchor is not Anchor.SESSION and entry.right("at") and opens < shuts and not opens <= rule.at < shuts:
        entry.report("at", f"is {rule.at:%H:%M}, when nobody may be written to; choose an hour between opens and shuts")
    entry.finish()
    return rule
