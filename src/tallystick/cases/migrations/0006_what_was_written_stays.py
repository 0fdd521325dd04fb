"""The database keeps what was written on cases, and lets a file go only where an order of two persons stands.

Attachments go under PostgreSQL's own policies, and their bytes with them: whoever reads the one reads the
other. The server keeps no samples of what may have to go.
"""

from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tallystick.decisions.kept_tables import Keeping, kept
from tallystick.parties.row_policies import ALL_OF_IT, secured

BODY = ("body_id",)
BYTES = "cases_attachedbytes"
# The order is settled while the words still say which files they came with.
ORDERED = (
    "EXISTS (SELECT 1 FROM journal_redaction"
    " JOIN journal_payload ON journal_payload.entry_id = journal_redaction.entry_id"
    " WHERE journal_redaction.state = 'done' AND journal_payload.text LIKE '%' || {} || '%')"
)
OF_A_FILE = ORDERED.format("OLD.handle")
OF_ITS_BYTES = ORDERED.format("(SELECT handle FROM cases_attachment WHERE id = OLD.attachment_id)")
ITS_ATTACHMENT = f"EXISTS (SELECT 1 FROM cases_attachment WHERE id = {BYTES}.attachment_id)"
POLICIES = {
    "reads": f"FOR SELECT USING ({ITS_ATTACHMENT})",
    "adds": f"FOR INSERT WITH CHECK ({ITS_ATTACHMENT})",
    "changes": f"FOR UPDATE USING ({ITS_ATTACHMENT}) WITH CHECK ({ITS_ATTACHMENT})",  # the guard refuses it
    "removes": f"FOR DELETE USING ({ALL_OF_IT})",
}
UNSAMPLED = {"cases_attachment": ("name", "sha256"), BYTES: ("content",)}


def follow(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the bytes under the policies of their attachment, and let the server sample nothing of either."""
    _tell(
        editor,
        *(f"CREATE POLICY {name} ON {BYTES} {policy}" for name, policy in POLICIES.items()),
        *(f"ALTER TABLE {BYTES} {word} ROW LEVEL SECURITY" for word in ("ENABLE", "FORCE")),
        *_sampled(0),
    )


def leave(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the bytes out of the policies."""
    _tell(
        editor,
        *_sampled(-1),
        *(f"ALTER TABLE {BYTES} {word} ROW LEVEL SECURITY" for word in ("NO FORCE", "DISABLE")),
        *(f"DROP POLICY {name} ON {BYTES}" for name in POLICIES),
    )


def _sampled(target: int) -> list[str]:
    return [
        f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {target}"
        for table, columns in UNSAMPLED.items()
        for column in columns
    ]


def _tell(editor: BaseDatabaseSchemaEditor, *statements: str) -> None:
    if editor.connection.vendor == "postgresql":
        for one in statements:
            editor.execute(one)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0005_attachments"), ("journal", "0005_no_statistics_of_words")]
    operations: ClassVar = [
        secured("cases_attachment"),
        migrations.RunPython(follow, leave),
        kept(
            Keeping("cases.Message", ("read_at", "read_by_id", *BODY)),
            Keeping("cases.Note"),
            Keeping("cases.Teller"),
            Keeping("cases.SharedLines", BODY),
            Keeping("cases.LineAnswer", BODY),
            Keeping("cases.Remedy", ("publicity", *BODY)),
            Keeping("cases.Milestone"),
            Keeping("cases.MilestoneMet"),
            Keeping("cases.CaseFinding"),
            Keeping("cases.GapFinding"),
            Keeping("cases.Attachment", BODY, ("name", "size", "sha256"), OF_A_FILE),
            Keeping("cases.AttachedBytes", order=OF_ITS_BYTES, goes=True),
        ),
    ]
