"""What a programme is made of: modules, groupings, exercises and their steps.

These are definitions, read once from content and never changed while a workshop runs. Texts are English source
strings; whoever shows them looks them up in the programme's own catalogue (see `Programme.name`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import TypeAlias

from bot.core.agenda import SessionDef
from bot.core.cards import ConceptCard
from bot.core.hours import OPENS, SHUTS
from bot.core.reminder_rules import Rule
from bot.core.statements import Statement


class StepKind(StrEnum):
    """How a step is answered."""

    READ = "read"  # nothing to answer
    TEXT = "text"  # one text
    LIST = "list"  # many short texts
    CHOICE = "choice"  # one or several of the options
    RATING = "rating"  # a whole number in a range, or "don't know"
    TABLE = "table"  # many rows of named columns
    PLAN = "plan"  # answered in the group's action plan, not on the sheet
    CONFIRM = "confirm"  # yes; publishes the product


class Who(StrEnum):
    """Who may answer a step."""

    ANYONE = "anyone"  # any member of the group
    SCRIBE = "scribe"  # whoever holds the pen
    EACH = "each"  # every member, for themselves


class Visibility(StrEnum):
    """Who sees an answer or a product; each includes the ones before it."""

    ME = "me"
    GROUP = "group"
    FACILITATORS = "facilitators"  # the group and the facilitators
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Ref:
    """Points at a step's answers, or at one column of a table's rows.

    Written `exercise#step`, `exercise#step.column`, or `#step` for the same exercise.
    """

    exercise: str
    step: str
    column: str = ""

    @classmethod
    def parse(cls, text: str, *, exercise: str) -> Ref:
        """Read the written form; `exercise` is the one in which it stands. Raises ValueError when malformed."""
        before, mark, after = text.partition("#")
        step, dot, column = after.partition(".")
        if not mark or not step or (dot and not column):
            raise ValueError(text)
        return cls(before or exercise, step, column)


class Plans(StrEnum):
    """The actions of plans, as what is rated or chosen from."""

    OWN = "plan"  # those of the group's plan
    ALL = "plans"  # those of every group's


class Statements(StrEnum):
    """The statements of the assessment, as what is rated."""

    ASKED = "statements"  # those of the group's topics; by somebody alone, all of them


Source: TypeAlias = Ref | Plans | Statements
"""Where what is rated or chosen from comes from: an earlier answer, plans, or statements."""

WHOLE_ROOM = "room"
"""The grouping of an exercise that everybody does together; a facilitator leads through it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose. `note` is a line that explains it."""

    id: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of a table row: `text`, `choice` (one of the options) or `rating` (minimum to maximum)."""

    id: str
    label: str
    prompt: str
    kind: StepKind = StepKind.TEXT
    hint: str = ""
    example: str = ""
    optional: bool = False
    options: tuple[Option, ...] = ()
    minimum: int = 0
    maximum: int = 0
    max_length: int = 200

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question of an exercise.

    `minimum` and `maximum` count entries (list, table), picked options (choice) or bound the number (rating); a
    `maximum` of 0 means no bound. `max_length` is in characters, per entry. `prefill` offers an earlier answer as
    the starting text, or what got most votes as the next row; `offers` the entries of an earlier list, to begin from
    one of them. `options_from` offers earlier answers as options, and with none of them there the step is answered in
    the group's own words. `own_words` allows that beside options too; `without` leaves out what an earlier choice
    picked. `share` raises `maximum` to one in so many of the options. `recall` names earlier answers to show above the
    question.

    A rating with `items_from` rates each of these by itself; with `disputed` only those of an earlier rating on which
    people are far apart, or which too few have rated. `plot` sorts what two such ratings rated into four fields.
    Where it `agrees`, a group says of each item of an earlier rating, those on which it is farthest apart first, on
    which number it agrees, or that it doesn't. `sure` asks of each number how sure people are, and what they base it
    on. `carries` names an earlier rating of the same items by the same people, to begin from; `reveals` one that is
    over, to be shown as counts.

    A step of kind plan asks for `minimum` actions in the group's plan, `whole` of them with all that belongs to one;
    `blanks` lists what is open in it. With `read_next` the step is about the next group's plan, which stands above the
    question, and `from_readers` shows what another group answered about this one's. `agrees_plan` freezes the plan.
    """

    id: str
    kind: StepKind
    title: str
    prompt: str
    hint: str = ""
    example: str = ""
    why: str = ""
    who: Who = Who.ANYONE
    visibility: Visibility = Visibility.GROUP
    anonymous: bool = False
    optional: bool = False
    minimum: int = 0
    maximum: int = 0
    max_length: int = 500
    dont_know: bool = False
    own_words: bool = False
    options: tuple[Option, ...] = ()
    options_from: Source | None = None
    without: Ref | None = None
    share: int = 0
    items_from: Source | None = None
    disputed: bool = False
    agrees: bool = False
    sure: bool = False
    carries: Ref | None = None
    reveals: str = ""
    columns: tuple[Column, ...] = ()
    prefill: Ref | None = None
    offers: Ref | None = None
    recall: tuple[Ref, ...] = ()
    plot: tuple[str, ...] = ()
    whole: int = 0
    blanks: bool = False
    read_next: bool = False
    from_readers: tuple[Ref, ...] = ()
    agrees_plan: bool = False

    def column(self, column_id: str) -> Column | None:
        return next((column for column in self.columns if column.id == column_id), None)

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def many(self) -> bool:
        """Whether the step collects entries from several people on one sheet."""
        return self.kind in (StepKind.LIST, StepKind.TABLE)

    @property
    def never_blocks(self) -> bool:
        """Whether a group may go on with nothing of it on the sheet: it only reads, writes into its plan, or settles
        what is disputed, if anything is."""
        return self.kind in (StepKind.READ, StepKind.PLAN) or self.disputed

    @property
    def counted(self) -> bool:
        """Whether its answers stay each person's own, and others see how many gave which: secret ratings and votes."""
        counts = self.items_from is not None or self.kind is StepKind.CHOICE
        return counts and self.who is Who.EACH and self.visibility is Visibility.ME

    @property
    def about_own_plan(self) -> bool:
        own = self.kind is StepKind.PLAN or self.blanks or self.agrees_plan
        return own or Plans.OWN in (self.options_from, self.items_from)

    @property
    def about_plans(self) -> bool:
        """Whether it needs to know of plans, the group's own or others'."""
        return self.about_own_plan or self.read_next or Plans.ALL in (self.options_from, self.items_from)


class Layout(StrEnum):
    """How a section of a product is laid out."""

    TEXT = "text"  # one answer
    LIST = "list"  # numbered entries
    ROWS = "rows"  # a table, one block a row
    RATED = "rated"  # what was rated, item by item, with what it came to
    GRID = "grid"  # a table's rows sorted into four fields by two columns; or what was rated, by two ratings
    PLAN = "plan"  # the group's plan: its goal, and each action in a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a product: the answers of one step under a heading.

    In a grid, `across` and `up` name rating columns, or are the two ratings that the step plots; a row counts as high
    from `middle` upwards. `fields` are the four names: low-low, high across, high up, high-high.
    """

    title: str
    step: str
    layout: Layout = Layout.TEXT
    across: str = ""
    up: str = ""
    middle: int = 0
    fields: tuple[str, ...] = ()


class Drawing(StrEnum):
    """What a product can be drawn as."""

    NONE = "none"
    ICEBERG = "iceberg"  # its parts are levels, the first one above the water
    MAP = "map"  # its parts are fields around what stands above them
    RATED = "rated"  # its part is what was rated, item by item, each with how the views of it lie


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDef:
    """Where it has a `drawing` there is a picture of it: `parts` are the steps whose sections are drawn; the sections
    before and after them stand above and below."""

    title: str
    sections: tuple[Section, ...]
    visibility: Visibility = Visibility.FACILITATORS
    drawing: Drawing = Drawing.NONE
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """Steps in order, for a group of the named grouping, for all (WHOLE_ROOM), or for each person where `grouping` is
    empty.

    `after` names the exercise whose product has to be published first.
    """

    id: str
    title: str
    about: str
    minutes: int
    steps: tuple[Step, ...]
    product: ProductDef
    grouping: str = ""
    after: str = ""
    module: str = ""

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    @property
    def whole_room(self) -> bool:
        return self.grouping == WHOLE_ROOM

    @property
    def personal(self) -> bool:
        """Whether each person does it alone."""
        return not self.grouping

    @property
    def about_plans(self) -> bool:
        return any(step.about_plans for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a group works on: in the first programme, a dimension of the assessment."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A way to split the room: count off by `groups`, or merge the groups of an earlier split (`merges`)."""

    id: str
    title: str
    groups: int
    count_off: int
    topics_per_group: int = 1
    merge_of: str = ""
    merges: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A part of the agenda, such as 2.4."""

    id: str
    day: int
    title: str
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDef:
    """Action plans in a programme: each group of `grouping` has one. `goal` is the answer that a plan's goal is taken
    from, `audiences` the answers that name whom there is to tell."""

    grouping: str
    goal: Ref | None = None
    audiences: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseQuestion:
    """One question. `kind` is rating (from `minimum` to `maximum`), choice (one of the `options`) or text."""

    id: str
    kind: StepKind
    title: str
    prompt: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    minimum: int = 0
    maximum: int = 0
    max_length: int = 300
    optional: bool = False

    def option(self, id: str) -> Option | None:
        return next((each for each in self.options if each.id == id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDef:
    """The close of each day: its questions, and so many minutes before the end of the day it opens by itself (0:
    never)."""

    questions: tuple[CloseQuestion, ...]
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A whole workshop as content: `name` is its folder's name and its translations' domain. Between `opens` and
    `shuts` people may be written to without having asked."""

    name: str
    title: str
    about: str
    days: int
    topic_word: str = "topic"
    topics: tuple[Topic, ...] = ()
    modules: tuple[Module, ...] = ()
    groupings: Mapping[str, Grouping] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    plan: PlanDef | None = None
    statements: tuple[Statement, ...] = ()
    sessions: tuple[SessionDef, ...] = ()
    rules: tuple[Rule, ...] = ()
    opens: time = OPENS
    shuts: time = SHUTS
    cards: tuple[ConceptCard, ...] = ()
    close: CloseDef | None = None

    def topic(self, topic_id: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def following(self, exercise_id: str) -> Exercise | None:
        """The exercise that builds on this one, if any."""
        return next((each for each in self.exercises.values() if each.after == exercise_id), None)
