"""Who was barred from voting on a motion stays so: the database removes none of them."""

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations

STEP = import_module("tallystick.decisions.migrations.0002_what_was_closed_stays")
GUARDS = (STEP.Guard("decisions_barred_is_kept", "DELETE", "decisions_barred"),)


def guard(_apps: Any, editor: Any) -> None:
    """Set the guard."""
    _tell(editor, [made for made, _ in STEP.VENDORS[editor.connection.vendor](GUARDS)])


def unguard(_apps: Any, editor: Any) -> None:
    """Take the guard away."""
    _tell(editor, [taken for _, taken in reversed(STEP.VENDORS[editor.connection.vendor](GUARDS))])


def _tell(editor: Any, statements: list[str]) -> None:
    with editor.connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("decisions", "0004_words_go_by_order")]
    operations: ClassVar = [migrations.RunPython(guard, unguard)]
