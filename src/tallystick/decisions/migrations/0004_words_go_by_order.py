"""What a motion, a decision or an objection says goes by an order of two persons; what was voted on stays."""

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import differing, unless_removed, unsampled

STEP = import_module("tallystick.decisions.migrations.0002_what_was_closed_stays")
ENDED, FROZEN = "decisions_motion_has_ended", "decisions_motion_is_frozen"
WORDS = {
    "decisions_motion": ("title", "question", "does", "because"),
    "decisions_decision": ("title", "text"),
    "decisions_objection": ("words",),
}
MODELS = {"decisions_motion": "Motion", "decisions_decision": "Decision", "decisions_objection": "Objection"}
ONCE = "{}_is_written_once"
BEFORE = (ENDED, FROZEN, *(ONCE.format(table) for table in WORDS if table != "decisions_motion"))


def _changing(apps: Any, table: str, among: tuple[str, ...] = ()) -> str:
    """Return in SQL that a row changes in more than words that are removed, looking at some columns or at all."""
    told = apps.get_model("decisions", MODELS[table])._meta  # noqa: SLF001 - how Django tells a model's columns
    columns = among or tuple(one.column for one in told.concrete_fields)
    stays = differing([one for one in columns if one not in WORDS[table]])
    return " OR ".join([stays, *(unless_removed(one) for one in WORDS[table] if one in columns)])


def guards(apps: Any) -> list[Any]:
    """Return the guards that take the place of those before."""
    frozen = _changing(apps, "decisions_motion", STEP.OF_AN_OPEN_MOTION)
    ended = _changing(apps, "decisions_motion")
    return [
        STEP.Guard(
            ENDED, "UPDATE", "decisions_motion", f"OLD.state IN ('closed', 'withdrawn') AND ({ended})"
        ),
        STEP.Guard(FROZEN, "UPDATE", "decisions_motion", f"OLD.state = 'open' AND ({frozen})"),
        *(
            STEP.Guard(ONCE.format(table), "UPDATE", table, _changing(apps, table))
            for table in ("decisions_decision", "decisions_objection")
        ),
    ]


def guard(apps: Any, editor: Any) -> None:
    """Set the guards in the place of those before."""
    _replace(editor, [one for one in STEP.guards() if one.name in BEFORE], guards(apps))


def unguard(apps: Any, editor: Any) -> None:
    """Set those before again."""
    _replace(editor, guards(apps), [one for one in STEP.guards() if one.name in BEFORE])


def _replace(editor: Any, old: list[Any], new: list[Any]) -> None:
    spelled = STEP.VENDORS[editor.connection.vendor]
    with editor.connection.cursor() as cursor:
        for _, taken in reversed(spelled(old)):
            cursor.execute(taken)
        for made, _ in spelled(new):
            cursor.execute(made)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("decisions", "0003_barred"), ("journal", "0005_no_statistics_of_words")]
    operations: ClassVar = [migrations.RunPython(guard, unguard), unsampled(WORDS)]
