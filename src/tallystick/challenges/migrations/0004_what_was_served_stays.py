"""The database keeps what was served, received and disputed; what ended, and was corrected, is so once."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept

WHERE = ("body_id", "publicity")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("challenges", "0003_served_once")]
    operations: ClassVar = [
        kept(
            Keeping("challenges.Challenge", WHERE, once=("closed_at",)),
            Keeping("challenges.Dispute", WHERE, once=("closed_at", "corrected_by_id")),
        ),
    ]
