"""PostgreSQL keeps no samples of what entries said: they would outlive words that were removed."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = ("text", "salt")


def _set(editor: BaseDatabaseSchemaEditor, target: int) -> None:
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        for column in COLUMNS:
            cursor.execute(f"ALTER TABLE journal_payload ALTER COLUMN {column} SET STATISTICS {target}")


def leave_out(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the server sample neither words nor salts."""
    _set(editor, 0)


def take_in(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Let it sample them as it does everything."""
    _set(editor, -1)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0004_kept_checkpoints")]
    operations: ClassVar = [migrations.RunPython(leave_out, take_in)]
