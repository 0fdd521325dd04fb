"""The database keeps what a case and a gap are: what ended is ended once, and words go by an order alone.

A message is read once: by whom and when stays.
"""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, no_longer_kept

MESSAGE = Keeping("cases.Message", ("read_at", "read_by_id", "body_id"), words=("text",))
LED = ("body_id", "publicity", "lead_id", "party_lead_id", "cause", "cause_on")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0007_words_go_by_order")]
    operations: ClassVar = [
        no_longer_kept(MESSAGE),
        kept(
            MESSAGE._replace(changes=("body_id",), once=("read_at", "read_by_id")),
            Keeping(
                "cases.Case",
                LED,
                words=("title", "what", "estimated_how"),
                once=("closed_at", "auditor_satisfied_at"),
            ),
            Keeping(
                "cases.Gap",
                ("state",),
                words=("title", "what", "harmed", "needed", "closed_because"),
                once=("modification", "handed_on_at", "closed_at", "closed_because"),
            ),
        ),
    ]
