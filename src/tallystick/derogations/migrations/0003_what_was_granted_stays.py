"""The database keeps what was asked for, granted and forborne as it was written."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept


class Migration(migrations.Migration):
    dependencies: ClassVar = [("derogations", "0002_row_security")]
    operations: ClassVar = [
        kept(
            Keeping("derogations.Derogation", ("body_id", "publicity", "last_on", "ended_at")),
            Keeping("derogations.Term"),
            Keeping(
                "derogations.Forbearance", ("publicity", "since_on", "review_on", "ended_on", "ended_at")
            ),
        ),
    ]
