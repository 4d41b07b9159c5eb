"""What a sheet should do, said a second time and as plainly as can be: a list of lines that are changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.exercise import StepKind, Who
from bot.core.run import Actor, Entry, Run, Value
from tests.core.small import EXERCISE, the

LONGEST = 20
ORDER = [step.id for step in EXERCISE.steps]


@dataclass
class Line:
    step: str
    author: int | None
    value: Value
    version: int = 1
    gone: bool = False

    @property
    def name(self) -> str:
        word = self.value["name"] if isinstance(self.value, Mapping) else self.value
        return str(word).lower()


@dataclass
class PlainSheet:
    """Each method does what somebody asks for and says whether it was done."""

    lines: dict[int, Line] = field(default_factory=dict)
    step: str = "intro"
    skipped: set[str] = field(default_factory=set)
    published: bool = False

    def answered_by(self, step_id: str, author: int | None) -> dict[int, Line]:
        """The lines that stand where this author writes: the group's, or their own."""
        own = the(step_id).who is Who.EACH
        return {
            number: line
            for number, line in self.lines.items()
            if line.step == step_id and not line.gone and (not own or line.author == author)
        }

    def may_answer(self, step_id: str, actor: Actor) -> bool:
        return (actor.leads or not self.published) and (actor.steers or the(step_id).who is not Who.SCRIBE)

    def may_change(self, number: int, actor: Actor) -> bool:
        line = self.lines.get(number)
        if line is None or not self.may_answer(line.step, actor):
            return False
        return actor.leads or the(line.step).who is not Who.EACH or line.author == actor.member

    def add(self, step_id: str, actor: Actor, value: Value) -> bool:
        version = 1
        if not the(step_id).many:
            mine = [line for line in self.lines.values() if line.step == step_id]
            if the(step_id).who is Who.EACH:
                mine = [line for line in mine if line.author == actor.member]
            version += max((line.version for line in mine), default=0)
        author = None if the(step_id).anonymous else actor.member
        self.lines[len(self.lines) + 1] = Line(step_id, author, value, version)
        self.skipped.discard(step_id)
        return True

    def put(self, number: int, value: Value, *, gone: bool = False) -> bool:
        line = self.lines[number]
        line.value, line.version, line.gone = value, line.version + 1, gone
        if not gone:
            self.skipped.discard(line.step)
        return True

    def add_line(self, step_id: str, actor: Actor, word: str, value: Value) -> bool:
        beside = self.answered_by(step_id, actor.member)
        full = the(step_id).maximum and len(beside) >= the(step_id).maximum
        if not self.may_answer(step_id, actor) or full or word.lower() in {line.name for line in beside.values()}:
            return False
        return self.add(step_id, actor, value)

    def answer(self, step_id: str, actor: Actor, value: Value, version: int | None) -> bool:
        if not self.may_answer(step_id, actor):
            return False
        for number, line in self.answered_by(step_id, actor.member).items():
            if line.value == value:
                return True
            unseen = (
                version != line.version if version is not None else not actor.steers and line.author != actor.member
            )
            return False if unseen else self.put(number, value)
        return False if version else self.add(step_id, actor, value)

    def toggle(self, step_id: str, actor: Actor, pick: str, version: int | None) -> bool:
        if not self.may_answer(step_id, actor):
            return False
        most = the(step_id).maximum
        for number, line in self.answered_by(step_id, actor.member).items():
            assert isinstance(line.value, tuple)
            there = [each for each in line.value if not each.startswith("=") or not self.lines[int(each[1:])].gone]
            if pick in there:
                if version not in (None, line.version):
                    return True
                there.remove(pick)
                return self.put(number, tuple(there)) if there else self.put(number, line.value, gone=True)
            return len(there) < most and self.put(number, (*there, pick))
        return self.add(step_id, actor, (pick,))

    def fits(self, number: int, value: Value) -> bool:
        """Whether a line can stand with this value: not twice the same, not one too many."""
        line = self.lines[number]
        others = [each for other, each in self.answered_by(line.step, line.author).items() if other != number]
        most = the(line.step).maximum or 60 if the(line.step).many else 1
        if line.gone and len(others) >= most:
            return False
        return not the(line.step).many or Line("", None, value).name not in {other.name for other in others}

    def reword(self, number: int, actor: Actor, version: int, word: str) -> bool:
        line = self.lines.get(number)
        if line is None or line.gone or not self.may_change(number, actor):
            return False
        if the(line.step).kind not in (StepKind.TEXT, StepKind.LIST):
            return False
        if line.value == word:
            return True
        return line.version == version and self.fits(number, word) and self.put(number, word)

    def fill(self, number: int, actor: Actor, column: str, value: str | int, base: str | int | None) -> bool:
        line = self.lines.get(number)
        if line is None or line.gone or not isinstance(line.value, Mapping) or not self.may_change(number, actor):
            return False
        if line.value.get(column) == value:
            return True
        row = {**line.value, column: value}
        return line.value.get(column) == base and self.fits(number, row) and self.put(number, row)

    def remove(self, number: int, actor: Actor, version: int) -> bool:
        line = self.lines[number]
        if line.gone:
            return self.may_answer(line.step, actor)
        return self.may_change(number, actor) and line.version == version and self.put(number, line.value, gone=True)

    def put_back(self, number: int, actor: Actor) -> bool:
        line = self.lines[number]
        if not line.gone:
            return self.may_answer(line.step, actor)
        return self.may_change(number, actor) and self.fits(number, line.value) and self.put(number, line.value)

    def settle(self, number: int, actor: Actor, version: int, value: Value) -> bool:
        line = self.lines[number]
        seen = self.may_change(number, actor) and line.version == version
        return seen and self.fits(number, value) and self.put(number, value)

    # Moving ----------------------------------------------------------------------------------------------------------

    def may_move(self, actor: Actor, step_id: str) -> bool:
        return (actor.leads or (actor.pen and not self.published)) and step_id == self.step

    def move(self, by: int) -> bool:
        at = ORDER.index(self.step) + by
        self.step = ORDER[at] if 0 <= at < len(ORDER) else self.step
        return 0 <= at < len(ORDER)

    def skip(self, actor: Actor, step_id: str) -> bool:
        if not self.may_move(actor, step_id) or not self.move(+1):
            return False
        if not any(line.step == step_id and not line.gone for line in self.lines.values()):
            self.skipped.add(step_id)
        return True

    def publish(self, actor: Actor, step_id: str) -> bool:
        if self.published:
            return True
        if not self.may_move(actor, step_id) or step_id != "send" or all(line.gone for line in self.lines.values()):
            return False
        self.published = True
        return True

    # Compared --------------------------------------------------------------------------------------------------------

    def agrees_with(self, run: Run) -> None:
        def line(entry: Entry) -> Line:
            return Line(entry.step, entry.author, entry.value, entry.version, entry.removed_at is not None)

        assert {number: line(entry) for number, entry in run.entries.items()} == self.lines
        assert run.next_entry == len(self.lines) + 1
        assert (run.step, set(run.skipped)) == (self.step, self.skipped)
        assert (run.published_at is not None) == self.published
