"""A course may belong to that of another matter, and stands still with it."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0002_row_security")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="course",
            name="within",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="processes.course",
            ),
        ),
    ]
