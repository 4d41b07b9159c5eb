"""plans, action_versions, contacts and reports: rows ↔ ActionPlan. Only what differs from what is stored is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from sqlite3 import Row

from pydantic import TypeAdapter

from bot.core.plan import Action, ActionPlan, Contact, Escalation, Progress, Report, ReportKind
from storage import codec
from storage.database import Database, Write

_ACTIONS: TypeAdapter[Action] = TypeAdapter(Action)

_UPSERT_PLAN = """
    INSERT INTO plans (id, workshop_id, group_number, goal, next_action, next_contact, created_at, agreed_at,
        agreed_goal, agreed, escalates_to, escalates_after)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        goal = excluded.goal, next_action = excluded.next_action, next_contact = excluded.next_contact,
        agreed_at = excluded.agreed_at, agreed_goal = excluded.agreed_goal, agreed = excluded.agreed,
        escalates_to = excluded.escalates_to, escalates_after = excluded.escalates_after
"""
_UPSERT_VERSION = """
    INSERT INTO action_versions (plan_id, number, version, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (plan_id, number, version) DO UPDATE SET body = excluded.body
"""
_DELETE_VERSION = "DELETE FROM action_versions WHERE plan_id = ? AND number = ? AND version = ?"
_UPSERT_CONTACT = """
    INSERT INTO contacts (plan_id, number, name, token, named_by, user_id, asked, agreed, declined, became)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (plan_id, number) DO UPDATE SET
        name = excluded.name, token = excluded.token, named_by = excluded.named_by, user_id = excluded.user_id,
        asked = excluded.asked, agreed = excluded.agreed, declined = excluded.declined, became = excluded.became
"""

_INSERT_REPORT = """
    INSERT INTO reports (plan_id, number, kind, action, item, by_party, reported_at, progress, text, told_on)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DELETE_REPORT = "DELETE FROM reports WHERE plan_id = ? AND number = ?"


async def load(database: Database, plan_id: int) -> ActionPlan | None:
    return next(iter(await _load(database, "id = ?", plan_id)), None)


async def of_workshop(database: Database, workshop_id: int) -> list[ActionPlan]:
    return await _load(database, "workshop_id = ?", workshop_id)


async def ids_of_workshop(database: Database, workshop_id: int) -> list[int]:
    """The ids of a workshop's plans, in the order in which they were begun."""
    rows = await database.read("SELECT id FROM plans WHERE workshop_id = ? ORDER BY id", (workshop_id,))
    return [row[0] for row in rows]


async def _load(database: Database, which: str, value: int) -> list[ActionPlan]:
    rows = await database.read(f"SELECT * FROM plans WHERE {which} ORDER BY id", (value,))  # noqa: S608
    mine = f"plan_id IN (SELECT id FROM plans WHERE {which})"  # noqa: S608
    versions: defaultdict[int, defaultdict[int, list[Action]]] = defaultdict(lambda: defaultdict(list))
    for row in await database.read(
        f"SELECT * FROM action_versions WHERE {mine} ORDER BY plan_id, number, version",  # noqa: S608
        (value,),
    ):
        versions[row["plan_id"]][row["number"]].append(_ACTIONS.validate_json(row["body"]))
    contacts: defaultdict[int, dict[int, Contact]] = defaultdict(dict)
    for row in await database.read(f"SELECT * FROM contacts WHERE {mine} ORDER BY plan_id, number", (value,)):  # noqa: S608
        contacts[row["plan_id"]][row["number"]] = _contact(row)
    reports: defaultdict[int, list[Report]] = defaultdict(list)
    for row in await database.read(f"SELECT * FROM reports WHERE {mine} ORDER BY plan_id, number", (value,)):  # noqa: S608
        reports[row["plan_id"]].append(_report(row))
    return [
        replace(
            _plan(row, {number: tuple(each) for number, each in versions[row["id"]].items()}, contacts[row["id"]]),
            reports=tuple(reports[row["id"]]),
        )
        for row in rows
    ]


def _report(row: Row) -> Report:
    return Report(
        number=row["number"],
        kind=ReportKind(row["kind"]),
        action=row["action"],
        item=row["item"],
        by=row["by_party"],
        at=codec.from_instant(row["reported_at"]),
        progress=Progress(row["progress"]) if row["progress"] else None,
        text=row["text"],
        on=date.fromisoformat(row["told_on"]) if row["told_on"] else None,
    )


def _contact(row: Row) -> Contact:
    return Contact(
        number=row["number"],
        name=row["name"],
        token=row["token"],
        named_by=row["named_by"],
        user_id=row["user_id"],
        asked=frozenset(codec.loads(row["asked"])),
        agreed=frozenset(codec.loads(row["agreed"])),
        declined=frozenset(codec.loads(row["declined"])),
        became=row["became"],
    )


def _plan(row: Row, history: dict[int, tuple[Action, ...]], contacts: dict[int, Contact]) -> ActionPlan:
    return ActionPlan(
        id=row["id"],
        workshop_id=row["workshop_id"],
        group=row["group_number"],
        goal=row["goal"],
        history=history,
        contacts=contacts,
        next_action=row["next_action"],
        next_contact=row["next_contact"],
        created_at=codec.from_instant(row["created_at"]),
        agreed_at=codec.from_maybe_instant(row["agreed_at"]),
        agreed_goal=row["agreed_goal"],
        agreed={int(number): version for number, version in codec.loads(row["agreed"]).items()},
        escalation=Escalation(row["escalates_to"], row["escalates_after"]) if row["escalates_to"] else None,
    )


async def find_by_token(database: Database, token: str) -> int | None:
    """The id of the plan in which a contact has this token."""
    rows = await database.read("SELECT plan_id FROM contacts WHERE token = ?", (token,))
    return int(rows[0][0]) if rows else None


async def of_user(database: Database, user_id: int) -> list[int]:
    """The ids of the plans in which somebody is a contact, the newest first."""
    rows = await database.read(
        "SELECT DISTINCT plan_id FROM contacts WHERE user_id = ? ORDER BY plan_id DESC", (user_id,)
    )
    return [row[0] for row in rows]


def changes(pairs: list[tuple[ActionPlan | None, ActionPlan]]) -> list[Write]:
    """What to write so that each stored plan (the first of a pair; None: not stored yet) becomes the second."""
    written: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
    for before, after in pairs:
        written[_UPSERT_PLAN].append(_row(after))
        for number, versions in after.history.items():
            known = before.history.get(number, ()) if before else ()
            if versions is known:
                continue
            stored, now = {each.version: each for each in known}, {each.version for each in versions}
            written[_DELETE_VERSION] += [(after.id, number, version) for version in sorted(stored.keys() - now)]
            written[_UPSERT_VERSION] += [
                (after.id, number, each.version, _ACTIONS.dump_json(each).decode())
                for each in versions
                if stored.get(each.version) is not each
            ]
        contacts = before.contacts if before else {}
        written[_UPSERT_CONTACT] += [
            _contact_row(after, each) for number, each in after.contacts.items() if contacts.get(number) is not each
        ]
        reported = before.reports if before else ()
        if after.reports is not reported:
            then, kept = {each.number for each in reported}, {each.number for each in after.reports}
            written[_DELETE_REPORT] += [(after.id, number) for number in sorted(then - kept)]
            written[_INSERT_REPORT] += [_report_row(after, each) for each in after.reports if each.number not in then]
    order = (_UPSERT_PLAN, _DELETE_VERSION, _UPSERT_VERSION, _UPSERT_CONTACT, _DELETE_REPORT, _INSERT_REPORT)
    return [(sql, written[sql]) for sql in order if written[sql]]


def _row(plan: ActionPlan) -> tuple[object, ...]:
    return (
        plan.id,
        plan.workshop_id,
        plan.group,
        plan.goal,
        plan.next_action,
        plan.next_contact,
        codec.instant(plan.created_at),
        codec.maybe_instant(plan.agreed_at),
        plan.agreed_goal,
        codec.dumps({str(number): version for number, version in plan.agreed.items()}),
        plan.escalation.to if plan.escalation else "",
        plan.escalation.after if plan.escalation else 0,
    )


def _report_row(plan: ActionPlan, report: Report) -> tuple[object, ...]:
    return (
        plan.id,
        report.number,
        report.kind.value,
        report.action,
        report.item,
        report.by,
        codec.instant(report.at),
        report.progress.value if report.progress else None,
        report.text,
        report.on.isoformat() if report.on else None,
    )


def _contact_row(plan: ActionPlan, contact: Contact) -> tuple[object, ...]:
    return (
        plan.id,
        contact.number,
        contact.name,
        contact.token,
        contact.named_by,
        contact.user_id,
        codec.dumps(contact.asked),
        codec.dumps(contact.agreed),
        codec.dumps(contact.declined),
        contact.became,
    )
