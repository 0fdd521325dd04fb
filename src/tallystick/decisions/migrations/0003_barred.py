"""Who is barred from voting on a motion, as they decided before: said while it is a draft, and kept."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
import tallystick.journal.governed
from django.conf import settings
from django.db import migrations, models

STEP = import_module("tallystick.decisions.migrations.0002_what_was_closed_stays")
TABLE = "decisions_barred"
IS_DRAFT = "EXISTS (SELECT 1 FROM decisions_motion WHERE id = NEW.motion_id AND state = 'draft')"
GUARDS = (
    STEP.Guard("decisions_barred_comes_late", "INSERT", TABLE, f"NOT {IS_DRAFT}"),
    STEP.Guard("decisions_barred_is_written_once", "UPDATE", TABLE),
)


def guard(_apps: Any, editor: Any) -> None:
    """Set the guards."""
    with editor.connection.cursor() as cursor:
        for made, _ in STEP.VENDORS[editor.connection.vendor](GUARDS):
            cursor.execute(made)


def unguard(_apps: Any, editor: Any) -> None:
    """Take the guards away."""
    with editor.connection.cursor() as cursor:
        for _, taken in reversed(STEP.VENDORS[editor.connection.vendor](GUARDS)):
            cursor.execute(taken)


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_what_was_closed_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="stoodaside",
            name="why",
            field=models.CharField(
                choices=[
                    ("declared", "Declared a conflict"),
                    ("employer", "Works for the party or stands for it"),
                    ("unknown", "Not known whom they work for, and no declaration"),
                    ("barred", "Decided before on what it is about"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Barred",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "handle",
                    models.CharField(
                        default=tallystick.journal.governed.new_handle,
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barred",
                        to="decisions.motion",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barred",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("motion", "person"), name="a_person_is_barred_once"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="who_is_barred_is_told_why"
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
