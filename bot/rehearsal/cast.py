"""The cast of a rehearsal as values, read from content/rehearsal: who takes part, and what the groups do.

What the acts of a step add up to is worked out here from the script alone, so that what the bot has stored and shows
can be held against it.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any, TypeAlias

from bot.core.exercise import Exercise, Programme, Step, StepKind

VERBS = (
    "say", "parts", "wrong", "refused", "media", "change", "remove", "clash", "row", "pick", "take_over", "pen",
    "step_over", "early",
)  # fmt: skip
LAST_ROUND = (1, 3, 5, 2, 4, 6)
HOLDER = ""  # `by` of whoever holds the pen

Value: TypeAlias = str | Mapping[str, str | int]  # an entry's words, an option's label, or a row
Sheets: TypeAlias = dict[str, dict[str, list[Value]]]  # exercise → step → what has to stand there in the end


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does on a sheet. `value` belongs to the verb, `more` holds the rest of its line."""

    verb: str
    value: Any
    by: str
    then: bool
    more: Mapping[str, Any]

    @property
    def reply(self) -> str:
        """Part of what the bot has to say to it."""
        return str(self.more.get("reply", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Human:
    """Somebody with a phone. `name` is what they want to be called in the workshop."""

    id: int
    key: str
    first: str
    last: str = ""
    name: str
    organisation: str = ""
    by_code: bool = False
    late: bool = False
    away: bool = False

    @property
    def renamed(self) -> bool:
        return self.name != f"{self.first} {self.last}".strip()


@dataclass(frozen=True, slots=True)
class Script:
    """What one group does: exercise → step → acts in order."""

    group: int
    scribe: str  # volunteers for it; "" leaves it to the rota
    opened_by_facilitator: frozenset[str]
    acts: Mapping[str, Mapping[str, list[Act]]]

    def of(self, exercise: str, step: str) -> list[Act]:
        return self.acts.get(exercise, {}).get(step, [])

    def sheets(self, programme: Programme) -> Sheets:
        """What has to stand on the group's sheets in the end."""
        done: Sheets = {}
        for exercise in programme.exercises.values():
            if exercise.id in self.acts:
                done[exercise.id] = {}
                for step in exercise.steps:
                    if step.kind is not StepKind.CONFIRM:
                        done[exercise.id][step.id] = self._stands(exercise, step, done)
        return done

    def _stands(self, exercise: Exercise, step: Step, done: Sheets) -> list[Value]:
        standing: list[Value] = []
        for act in self.of(exercise.id, step.id):
            match act.verb:
                case "say" | "pick" | "row":
                    standing.append(act.value)
                case "parts":
                    standing += act.value
                case "take_over" if step.prefill is not None:
                    earlier = done[step.prefill.exercise][step.prefill.step][0]
                    standing.append(str(earlier)[: step.max_length])
                case "change":
                    standing[standing.index(act.value)] = act.more["to"]
                case "clash":
                    standing[standing.index(act.value)] = act.more["second" if act.more["keep"] == "mine" else "first"]
                case "remove" if not act.more.get("back"):
                    standing.remove(act.value)
        return standing[-1:] if step.kind is StepKind.TEXT else standing


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, in the order in which they join, and the facilitator. They join at `clock`; the second day is
    announced in the `evening` and in the `morning` after it."""

    title: str
    day: str
    country: str
    broadcast: str
    clock: datetime
    evening: datetime
    morning: datetime
    facilitator: Human
    people: tuple[Human, ...]
    scripts: tuple[Script, ...]

    def counted(self, human: Human) -> int:
        """The number of six that they call out. Whoever is left over in the last round is spread over the groups that
        will be merged; who comes late is put where the smallest group is then."""
        if human.late:
            return self._smallest(self.counted, 6)
        in_time = self._in_time()
        rounds, place = divmod(in_time.index(human), 6)
        return LAST_ROUND[place] if rounds == (len(in_time) - 1) // 6 else place + 1

    def group(self, human: Human) -> int:
        """Which of the three merged groups they belong to."""
        return self._smallest(self.group, 3) if human.late else (self.counted(human) + 1) // 2

    def members(self, group: int) -> list[Human]:
        return [human for human in self.people if self.group(human) == group]

    def _in_time(self) -> list[Human]:
        return [human for human in self.people if not human.late]

    def _smallest(self, number_of: Callable[[Human], int], count: int) -> int:
        """The number of the smallest group of those who are in time, the first of several."""
        sizes = Counter(number_of(human) for human in self._in_time())
        return min(range(1, count + 1), key=lambda number: sizes[number])


def load() -> Cast:
    """The cast that is shipped. Raises ValueError where a script names somebody or something that isn't there."""
    told = _read("cast.toml")
    people = tuple(_human(7101 + at, each) for at, each in enumerate(told["people"]))
    scripts = tuple(_script(_read(f"group{number}.toml")) for number in (1, 2, 3))
    workshop = told["workshop"]
    cast = Cast(
        title=workshop["title"],
        day=workshop["day"],
        country=workshop["country"],
        broadcast=workshop["broadcast"],
        clock=workshop["clock"],
        evening=workshop["evening"],
        morning=workshop["morning"],
        facilitator=_human(told["facilitator"].pop("id"), {"key": "facilitator", **told["facilitator"]}),
        people=people,
        scripts=scripts,
    )
    for script in scripts:
        _check_names(script, {human.key for human in cast.members(script.group)})
    return cast


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("content").joinpath("rehearsal", name).read_text(encoding="utf-8"))


def _human(user_id: int, told: Mapping[str, Any]) -> Human:
    name = f"{told['first']} {told.get('last', '')}".strip()
    return Human(**{"id": user_id, "name": name, **told})


def _script(told: dict[str, Any]) -> Script:
    acts = {
        exercise: {step: [_act(each) for each in listed] for step, listed in steps.items()}
        for exercise, steps in told.items()
        if isinstance(steps, Mapping)
    }
    return Script(told["group"], told.get("scribe", ""), frozenset(told.get("opened_by_facilitator", ())), acts)


def _act(told: dict[str, Any]) -> Act:
    verbs = [verb for verb in VERBS if verb in told]
    if len(verbs) != 1:
        raise ValueError(f"an act needs one verb, not {verbs} in {told}")
    rest = {name: value for name, value in told.items() if name not in (verbs[0], "by", "then")}
    return Act(verbs[0], told[verbs[0]], told.get("by", HOLDER), bool(told.get("then")), rest)


def _check_names(script: Script, keys: set[str]) -> None:
    named: Iterable[str] = [
        name
        for steps in script.acts.values()
        for acts in steps.values()
        for act in acts
        for name in (act.by, str(act.more.get("other", HOLDER)))
    ]
    if strangers := {*named, script.scribe} - keys - {HOLDER}:
        raise ValueError(f"Group {script.group} has no {', '.join(sorted(strangers))}")
