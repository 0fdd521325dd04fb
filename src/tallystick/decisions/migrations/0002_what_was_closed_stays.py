"""The database refuses to change what was opened, cast or closed, whoever asks it to.

This is a guard rail, not a wall: who owns the database can take it away. The journal tells then, which is
counted again by whoever has it (docs/voting-format.md). Rows with a class go under PostgreSQL's own policies.

Its guards are spelled here and not by `kept_tables`, which came later: they ask how far a motion is, and what was
applied stays as it was told. Both stand.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tallystick.parties.row_policies import secured

CLASSED = (
    *("decisions_motion", "decisions_ballot", "decisions_stoodaside"),
    *("decisions_decision", "decisions_objection"),
)
OF_MOTIONS = (
    *("decisions_seatatmotion", "decisions_ballot", "decisions_votepassed"),
    *("decisions_stoodaside", "decisions_declaration"),
)
WRITTEN_ONCE = (
    *("decisions_seatatmotion", "decisions_seatatmotion_alternates", "decisions_stoodaside"),
    *("decisions_decision", "decisions_objection"),
)
KEPT = ("decisions_motion", *OF_MOTIONS, "decisions_seatatmotion_alternates", *CLASSED[3:])
# What else than this of a ballot would change is refused.
OF_A_BALLOT = (
    "motion_id",
    "seat_id",
    "choice",
    "reason",
    "cast_by_id",
    "right",
    "version",
    "key",
    "at",
    "entry",
)
OF_A_PASSED_VOTE = ("motion_id", "seat_id", "to_id", "passed_by_id", "at")
# What a motion says once its vote has opened, until it ends and says nothing more.
OF_AN_OPEN_MOTION = (
    *("code", "party_id", "body_id", "reference", "title", "question", "does", "scheme", "put_by_id"),
    *("put_at", "key", "rule", "edition", "opened_at", "closes_at"),
)


class Guard(NamedTuple):
    """What is refused: an event on a table, and when, in words that both databases know."""

    name: str
    event: str
    table: str
    when: str = ""


def _motion_is(*states: str) -> str:
    among = ", ".join(f"'{state}'" for state in states)
    return f"EXISTS (SELECT 1 FROM decisions_motion WHERE id = NEW.motion_id AND state IN ({among}))"


def _changes(columns: tuple[str, ...]) -> str:
    return " OR ".join(
        f'CAST(OLD."{name}" AS text) IS DISTINCT FROM CAST(NEW."{name}" AS text)' for name in columns
    )


def guards() -> list[Guard]:
    """Return every guard; what cannot be told, such as the state of a motion nobody may see, is refused."""
    voted = ("decisions_ballot", "decisions_votepassed")
    return [
        Guard(
            "decisions_motion_has_ended", "UPDATE", "decisions_motion", "OLD.state IN ('closed', 'withdrawn')"
        ),
        Guard(
            "decisions_motion_is_frozen",
            "UPDATE",
            "decisions_motion",
            f"OLD.state = 'open' AND ({_changes(OF_AN_OPEN_MOTION)})",
        ),
        *(
            Guard(f"{table}_comes_to_no_open_vote", "INSERT", table, f"NOT {_motion_is('open')}")
            for table in voted
        ),
        *(
            Guard(f"{table}_is_of_no_open_vote", "UPDATE", table, f"NOT {_motion_is('open')}")
            for table in voted
        ),
        Guard("decisions_ballot_is_as_cast", "UPDATE", "decisions_ballot", _changes(OF_A_BALLOT)),
        Guard(
            "decisions_votepassed_is_as_passed", "UPDATE", "decisions_votepassed", _changes(OF_A_PASSED_VOTE)
        ),
        *(
            Guard(
                f"decisions_declaration_{word}", event, "decisions_declaration", f"NOT {_motion_is('open')}"
            )
            for word, event in (("comes_late", "INSERT"), ("stays", "UPDATE"))
        ),
        Guard(
            "decisions_stoodaside_comes_late",
            "INSERT",
            "decisions_stoodaside",
            f"NOT {_motion_is('draft', 'open')}",
        ),
        Guard("decisions_seat_comes_late", "INSERT", "decisions_seatatmotion", f"NOT {_motion_is('draft')}"),
        *(Guard(f"{table}_is_written_once", "UPDATE", table) for table in WRITTEN_ONCE),
        *(Guard(f"{table}_is_kept", "DELETE", table) for table in dict.fromkeys(KEPT)),
    ]


def sqlite(some: Sequence[Guard] = ()) -> list[tuple[str, str]]:
    """Return what sets each guard, or each of some, and what takes it away, in SQLite's words."""
    return [
        (
            f"CREATE TRIGGER {one.name} BEFORE {one.event} ON {one.table} {f'WHEN {one.when}' if one.when else ''} "
            f"BEGIN SELECT RAISE(ABORT, 'what was voted on stays: {one.name}'); END",
            f"DROP TRIGGER {one.name}",
        )
        for one in some or guards()
    ]


def postgresql(some: Sequence[Guard] = ()) -> list[tuple[str, str]]:
    """Return what sets each guard, or each of some, and what takes it away, in PostgreSQL's words."""
    made = []
    for one in some or guards():
        raising = "RAISE EXCEPTION 'what was voted on stays: %', TG_NAME;"
        refused = f"IF {one.when} THEN {raising} END IF; RETURN NEW;" if one.when else raising
        made += [
            (
                f"CREATE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refused} END $$",
                f"DROP FUNCTION {one.name}()",
            ),
            (
                f"CREATE TRIGGER {one.name} BEFORE {one.event} ON {one.table} FOR EACH ROW "
                f"EXECUTE FUNCTION {one.name}()",
                f"DROP TRIGGER {one.name} ON {one.table}",
            ),
        ]
    for table in () if some else dict.fromkeys(KEPT):
        made.append(
            (
                f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
                f"EXECUTE FUNCTION {table}_is_kept()",
                f"DROP TRIGGER {table}_is_not_emptied ON {table}",
            )
        )
    return made


VENDORS: dict[str, Callable[..., list[tuple[str, str]]]] = {"sqlite": sqlite, "postgresql": postgresql}


def guard(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Set every guard."""
    with editor.connection.cursor() as cursor:
        for made, _ in VENDORS[editor.connection.vendor]():
            cursor.execute(made)


def unguard(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take every guard away."""
    with editor.connection.cursor() as cursor:
        for _, taken in reversed(VENDORS[editor.connection.vendor]()):
            cursor.execute(taken)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("decisions", "0001_initial")]
    operations: ClassVar = [secured(*CLASSED), migrations.RunPython(guard, unguard)]
