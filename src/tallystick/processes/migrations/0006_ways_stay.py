"""The database keeps which rule a course goes by, where it stood and what held it; what is left is left once."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept

OF_THE_MATTER = ("classification", "party_id", "body_id", "publicity")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0005_words_go_by_order")]
    operations: ClassVar = [
        kept(
            Keeping("processes.Course", (*OF_THE_MATTER, "moved_on", "ended_on")),
            Keeping("processes.Place", once=("left_at",)),
            Keeping("processes.Timer", ("due_on", "paused_on", "left", "ended_on", "how")),
            Keeping(
                "processes.Hold",
                OF_THE_MATTER,
                words=("why", "lifted_because"),
                once=("lifted_on", "lifted_at", "lifted_by_id", "lifted_because"),
            ),
            Keeping("processes.Spell", once=("until_on",)),
        ),
    ]
