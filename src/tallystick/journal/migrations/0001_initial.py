import django.db.models.deletion
import tallystick.journal.governed
import tallystick.journal.steps
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        tallystick.journal.steps.MakeTables(
            tables=[
                migrations.CreateModel(
                    name="ClosedDay",
                    fields=[
                        ("day", models.DateField(primary_key=True, serialize=False)),
                        ("readings", models.PositiveIntegerField()),
                        ("root", models.BinaryField(max_length=32)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closed_day",
                                to="journal.entry",
                            ),
                        ),
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
                    options={
                        "indexes": [
                            models.Index(fields=["code", "kind", "handle", "seq"], name="entries_of_a_record")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Log",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                        ),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        ("root", models.BinaryField(max_length=32)),
                        ("at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="there_is_one_log")
                        ],
                    },
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
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("level", "number"), name="one_hash_a_place")
                        ],
                    },
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
                    options={
                        "indexes": [
                            models.Index(fields=["code", "kind", "handle"], name="readings_of_a_record")
                        ],
                    },
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
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        ("size", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ("root", models.BinaryField(max_length=32)),
                        ("text", models.TextField()),
                        ("signed_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Cosignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("line", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "checkpoint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cosignatures",
                                to="journal.checkpoint",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("checkpoint", "key"), name="one_cosignature_a_witness"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redaction",
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
                        ("code", models.SlugField(max_length=40)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("personal_data", "Personal data that must not be kept"),
                                    ("court_order", "Order of a court or an authority"),
                                    ("wrong_party", "Sent or said under the wrong party"),
                                    ("secret", "A password, a key or another secret"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("authority", models.CharField(max_length=200)),
                        ("asked_by", models.CharField(max_length=20)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "Asked for"), ("done", "Removed"), ("refused", "Refused")],
                                default="asked",
                                max_length=7,
                            ),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=20)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redactions",
                                to="journal.entry",
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="journal.entry",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "refused"), _negated=True),
                                fields=("entry",),
                                name="words_are_removed_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("order__isnull", False), ("state", "done")),
                                    models.Q(
                                        models.Q(("state", "done"), _negated=True), ("order__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="words_are_removed_by_an_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", ""),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="words_are_removed_by_two_persons",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
