"""A decision is served once, whatever carried it out before or since: a challenge is of no single step."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("challenges", "0002_row_security"),
        ("decisions", "0003_barred"),
    ]
    operations: ClassVar = [
        *(
            migrations.RemoveConstraint("challenge", one)
            for one in (
                "a_motion_is_served_once_by_itself",
                "a_decision_is_served_once_by_itself",
                "a_challenged_step_is_of_its_case",
            )
        ),
        migrations.RemoveField("challenge", "case"),
        migrations.RemoveField("challenge", "step"),
        *(
            migrations.AlterField(
                "challenge",
                name,
                models.OneToOneField(
                    blank=True, null=True, on_delete=PROTECT, related_name="challenge", to=f"decisions.{name}"
                ),
            )
            for name in ("motion", "decision")
        ),
    ]
