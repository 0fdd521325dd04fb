"""The database keeps what cases and gaps are and what was written on them, but for words and files ordered away.

What ended is ended once, and a message is read once: by whom and when stays. All goes under PostgreSQL's own
policies, and the bytes of an attachment with it: whoever reads the one reads the other. The server keeps no
samples of what may have to go.
"""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled
from tallystick.journal.steps import Tell
from tallystick.parties.row_policies import ALL_OF_IT, secured

TABLES = (
    *("cases_case", "cases_teller", "cases_sharedlines", "cases_lineanswer", "cases_message", "cases_note"),
    *("cases_remedy", "cases_milestone", "cases_milestonemet", "cases_gap", "cases_attachment"),
)
BODY = ("body_id",)
LED = ("body_id", "publicity", "lead_id", "party_lead_id", "cause", "cause_on")
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
WORDS = {
    "cases.Case": ("title", "what", "estimated_how"),
    "cases.Gap": ("title", "what", "harmed", "needed", "closed_because"),
    "cases.Message": ("text",),
    "cases.Note": ("text",),
    "cases.Teller": ("words",),
    "cases.LineAnswer": ("reason",),
    "cases.Remedy": ("cause", "otherwise", "signed_by", "signed_as"),
    "cases.Milestone": ("what", "owner", "proof"),
    "cases.MilestoneMet": ("by_what",),
}
CHANGES = {
    **{"cases.Case": LED, "cases.Gap": ("state",), "cases.Message": BODY, "cases.SharedLines": BODY},
    **{"cases.LineAnswer": BODY, "cases.Remedy": ("publicity", *BODY)},
}
ONCE = {
    "cases.Case": ("closed_at", "auditor_satisfied_at"),
    "cases.Gap": ("modification", "handed_on_at", "closed_at", "closed_because"),
    "cases.Message": ("read_at", "read_by_id"),
}
ROWS = (*WORDS, "cases.SharedLines", "cases.CaseFinding", "cases.GapFinding")


def follow(vendor: str) -> list[str]:
    """Return what puts the bytes under the policies of their attachment."""
    if vendor != "postgresql":
        return []
    made = [f"CREATE POLICY {name} ON {BYTES} {policy}" for name, policy in POLICIES.items()]
    return made + [f"ALTER TABLE {BYTES} {word} ROW LEVEL SECURITY" for word in ("ENABLE", "FORCE")]


def leave(vendor: str) -> list[str]:
    """Return what takes the bytes out of the policies."""
    if vendor != "postgresql":
        return []
    freed = [f"ALTER TABLE {BYTES} {word} ROW LEVEL SECURITY" for word in ("NO FORCE", "DISABLE")]
    return freed + [f"DROP POLICY {name} ON {BYTES}" for name in POLICIES]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial"), ("journal", "0002_append_only")]
    operations: ClassVar = [
        secured(*TABLES),
        Tell(lambda _, vendor: follow(vendor), lambda _, vendor: leave(vendor)),
        kept(
            *(
                Keeping(one, CHANGES.get(one, ()), words=WORDS.get(one, ()), once=ONCE.get(one, ()))
                for one in ROWS
            ),
            Keeping("cases.Attachment", BODY, ("name", "size", "sha256"), OF_A_FILE),
            Keeping("cases.AttachedBytes", order=OF_ITS_BYTES, goes=True),
        ),
        unsampled({**WORDS, "cases.Attachment": ("name", "sha256"), "cases.AttachedBytes": ("content",)}),
    ]
