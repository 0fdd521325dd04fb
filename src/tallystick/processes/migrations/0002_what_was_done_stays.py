"""The database keeps steps, where a course stood and what held it; what is left is left once.

Words go where two persons order away those of the entry that names them, and never else. Courses, steps and
holds go under PostgreSQL's own policies.
"""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled
from tallystick.parties.row_policies import secured

OF_THE_MATTER = ("classification", "party_id", "body_id", "publicity")
WORDS = {"processes.Step": ("said", "reason"), "processes.Hold": ("why", "lifted_because")}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0001_initial"), ("journal", "0002_append_only")]
    operations: ClassVar = [
        secured("processes_course", "processes_step", "processes_hold"),
        kept(
            Keeping("processes.Step", OF_THE_MATTER, words=WORDS["processes.Step"]),
            Keeping("processes.CarriedOut"),
            Keeping("processes.PutAbout"),
            Keeping("processes.Course", (*OF_THE_MATTER, "moved_on", "ended_on")),
            Keeping("processes.Place", once=("left_at",)),
            Keeping("processes.Timer", ("due_on", "paused_on", "left", "ended_on", "how")),
            Keeping(
                "processes.Hold",
                OF_THE_MATTER,
                words=WORDS["processes.Hold"],
                once=("lifted_on", "lifted_at", "lifted_by_id", "lifted_because"),
            ),
            Keeping("processes.Spell", once=("until_on",)),
        ),
        unsampled(WORDS),
    ]
