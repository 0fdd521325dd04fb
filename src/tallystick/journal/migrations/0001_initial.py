import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ClosedDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("readings", models.PositiveIntegerField()),
                ("root", models.BinaryField(max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("act", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(blank=True, max_length=20)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("handle", models.CharField(max_length=40)),
                ("classification", models.CharField(max_length=5)),
                ("leaf", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Log",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("root", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("number", models.PositiveBigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(db_index=True)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(blank=True, max_length=20)),
                ("capacity", models.CharField(max_length=400)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("handle", models.CharField(max_length=40)),
                ("classification", models.CharField(max_length=5)),
                ("address", models.CharField(max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to="journal.entry",
                    ),
                ),
                ("salt", models.BinaryField(max_length=32)),
                ("text", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["code", "kind", "handle", "seq"], name="entries_of_a_record"),
        ),
        migrations.AddField(
            model_name="closedday",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="closed_day", to="journal.entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="log",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="there_is_one_log"),
        ),
        migrations.AddConstraint(
            model_name="node",
            constraint=models.UniqueConstraint(fields=("level", "number"), name="one_hash_a_place"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["code", "kind", "handle"], name="readings_of_a_record"),
        ),
    ]
