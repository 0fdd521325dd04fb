"""The database keeps steps, and what they carried out, as they were written."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept

OF_THE_MATTER = ("classification", "party_id", "body_id", "publicity")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0003_courses_within")]
    operations: ClassVar = [
        kept(Keeping("processes.Step", OF_THE_MATTER), Keeping("processes.CarriedOut")),
    ]
