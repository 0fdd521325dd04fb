"""The database refuses to change what was opened, cast or closed, whoever asks it to.

This is a guard rail, not a wall: who owns the database can take it away. The journal tells then, which is
counted again by whoever has it (docs/voting-format.md). Rows with a class go under PostgreSQL's own policies.

Its guards are spelled here and not by `kept_tables`: they ask how far a motion is. What a motion, a decision or an
objection says goes by an order of two persons; what was voted on stays. Who is barred is said while the motion is
a draft.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.state import ProjectState

from tallystick.decisions.kept_tables import Guard, differing, unless_removed, unsampled
from tallystick.journal.steps import columns_of, in_pairs
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
    "decisions_barred",
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


# What goes by an order of two persons.
WORDS = {
    "decisions.Motion": ("title", "question", "does", "because"),
    "decisions.Decision": ("title", "text"),
    "decisions.Objection": ("words",),
}


def _motion_is(*states: str) -> str:
    among = ", ".join(f"'{state}'" for state in states)
    return f"EXISTS (SELECT 1 FROM decisions_motion WHERE id = NEW.motion_id AND state IN ({among}))"


def _changing(state: ProjectState, model: str, among: tuple[str, ...] = ()) -> str:
    """Return in SQL that a row changes in more than words that are removed, looking at some columns or at all."""
    columns = among or columns_of(state, model)[1]
    stays = differing([one for one in columns if one not in WORDS[model]])
    return " OR ".join([stays, *(unless_removed(one) for one in WORDS[model] if one in columns)])


def guards(state: ProjectState) -> list[Guard]:
    """Return every guard; what cannot be told, such as the state of a motion nobody may see, is refused."""
    voted = ("decisions_ballot", "decisions_votepassed")
    ended, frozen = (_changing(state, "decisions.Motion", among) for among in ((), OF_AN_OPEN_MOTION))
    return [
        Guard(
            "decisions_motion_has_ended",
            "UPDATE",
            "decisions_motion",
            f"OLD.state IN ('closed', 'withdrawn') AND ({ended})",
        ),
        Guard(
            "decisions_motion_is_frozen", "UPDATE", "decisions_motion", f"OLD.state = 'open' AND ({frozen})"
        ),
        *(
            Guard(f"{table}_comes_to_no_open_vote", "INSERT", table, f"NOT {_motion_is('open')}")
            for table in voted
        ),
        *(
            Guard(f"{table}_is_of_no_open_vote", "UPDATE", table, f"NOT {_motion_is('open')}")
            for table in voted
        ),
        Guard("decisions_ballot_is_as_cast", "UPDATE", "decisions_ballot", differing(OF_A_BALLOT)),
        Guard(
            "decisions_votepassed_is_as_passed", "UPDATE", "decisions_votepassed", differing(OF_A_PASSED_VOTE)
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
        *(
            Guard(f"decisions_{word}_comes_late", "INSERT", table, f"NOT {_motion_is('draft')}")
            for word, table in (("seat", "decisions_seatatmotion"), ("barred", "decisions_barred"))
        ),
        *(Guard(f"{table}_is_written_once", "UPDATE", table) for table in WRITTEN_ONCE),
        *(
            Guard(f"{table}_is_written_once", "UPDATE", table, _changing(state, model))
            for table, model in (
                ("decisions_decision", "decisions.Decision"),
                ("decisions_objection", "decisions.Objection"),
            )
        ),
        *(Guard(f"{table}_is_kept", "DELETE", table) for table in dict.fromkeys((*KEPT, "decisions_barred"))),
    ]


def sqlite(state: ProjectState) -> list[tuple[str, str]]:
    """Return what sets each guard and what takes it away, in SQLite's words."""
    return [
        (
            f"CREATE TRIGGER {one.name} BEFORE {one.event} ON {one.table} {f'WHEN {one.when}' if one.when else ''} "
            f"BEGIN SELECT RAISE(ABORT, 'what was voted on stays: {one.name}'); END",
            f"DROP TRIGGER {one.name}",
        )
        for one in guards(state)
    ]


def postgresql(state: ProjectState) -> list[tuple[str, str]]:
    """Return what sets each guard and what takes it away, in PostgreSQL's words."""
    made = []
    for one in guards(state):
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
    for table in dict.fromkeys(KEPT):
        made.append(
            (
                f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
                f"EXECUTE FUNCTION {table}_is_kept()",
                f"DROP TRIGGER {table}_is_not_emptied ON {table}",
            )
        )
    return made


VENDORS = {"sqlite": sqlite, "postgresql": postgresql}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("decisions", "0001_initial"), ("journal", "0002_append_only")]
    operations: ClassVar = [
        secured(*CLASSED),
        in_pairs(lambda state, vendor: VENDORS[vendor](state)),
        unsampled(WORDS),
    ]
