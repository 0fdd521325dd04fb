"""The words of a step go where two persons order away those of the entry that names it, and never else."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, no_longer_kept, unsampled

OF_THE_MATTER = ("classification", "party_id", "body_id", "publicity")
UNSAMPLED = {"processes_step": ("said", "reason"), "processes_hold": ("why", "lifted_because")}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("processes", "0004_steps_stay"),
        ("journal", "0005_no_statistics_of_words"),
    ]
    operations: ClassVar = [
        no_longer_kept(Keeping("processes.Step", OF_THE_MATTER)),
        kept(Keeping("processes.Step", OF_THE_MATTER, words=("said", "reason"))),
        unsampled(UNSAMPLED),
    ]
