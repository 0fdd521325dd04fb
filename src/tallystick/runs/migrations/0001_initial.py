import django.db.models.deletion
import django.db.models.expressions
import tallystick.journal.governed
import tallystick.journal.steps
import tallystick.runs.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0001_initial"),
    ]

    operations = [
        tallystick.journal.steps.MakeTables(
            tables=[
                migrations.CreateModel(
                    name="Finding",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        ("reference", models.CharField(max_length=30)),
                        ("period", models.CharField(max_length=10)),
                        ("obligation", models.CharField(max_length=60)),
                        ("area", models.CharField(blank=True, max_length=10)),
                        ("measure", models.CharField(max_length=60)),
                        ("subject", models.CharField(max_length=200)),
                        ("group", models.JSONField(blank=True, default=dict)),
                        ("first_seen", models.CharField(max_length=10)),
                        ("state", models.CharField(max_length=20)),
                        ("why", models.TextField()),
                        ("raised_at", models.DateTimeField()),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "period", "measure"], name="findings_of_a_period")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "reference"), name="one_finding_of_a_reference"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="finding_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="finding_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Run",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        ("reference", models.CharField(max_length=40, unique=True)),
                        ("period", models.CharField(max_length=10)),
                        ("known_on", models.DateField()),
                        ("asked_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Running"),
                                    ("landed", "Landed"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("is_current", models.BooleanField(default=False)),
                        ("worker", models.CharField(blank=True, max_length=60)),
                        ("attempts", models.IntegerField(default=0)),
                        ("beat_at", models.DateTimeField(blank=True, null=True)),
                        ("progress", models.CharField(blank=True, max_length=120)),
                        ("fraction", models.FloatField(default=0)),
                        ("reason", models.TextField(blank=True)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("edition", models.CharField(blank=True, max_length=80)),
                        ("snapshot", models.CharField(blank=True, max_length=80)),
                        ("engine", models.CharField(blank=True, max_length=200)),
                        ("code_title", models.CharField(blank=True, max_length=200)),
                        ("sentence", models.TextField(blank=True)),
                        ("notes", models.JSONField(blank=True, default=list)),
                        ("received", models.JSONField(blank=True, default=list)),
                        ("reports", models.JSONField(blank=True, default=list)),
                        ("missing", models.JSONField(blank=True, default=list)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "asked_at"], name="runs_waiting")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("code", "period"),
                                name="one_current_run_of_a_period",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=("code", "period"),
                                name="one_run_of_a_period_under_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_current", False), ("state", "landed"), _connector="OR"
                                ),
                                name="only_a_landed_run_is_current",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "failed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_failed_run_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "landed"), _negated=True),
                                    models.Q(
                                        models.Q(("edition", ""), _negated=True),
                                        models.Q(("snapshot", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_landed_run_names_its_rules_and_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fraction__gte", 0), ("fraction__lte", 1)),
                                name="a_run_is_done_in_part_or_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="run_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="run_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FindingVersion",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        ("place", models.IntegerField()),
                        ("number", models.IntegerField()),
                        ("state", models.CharField(max_length=20)),
                        ("numerator", models.BigIntegerField(blank=True, null=True)),
                        ("denominator", models.BigIntegerField(blank=True, null=True)),
                        ("why", models.TextField()),
                        ("exceptions", models.BigIntegerField(default=0)),
                        ("told", models.JSONField(blank=True, default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="runs.finding",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="runs.run",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("finding", "run"), name="one_version_of_a_finding_in_a_run"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="finding_version_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="finding_version_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LineList",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        ("shown", models.JSONField(default=list)),
                        ("lines", models.JSONField(default=list)),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="line_list",
                                to="runs.findingversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="line_list_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="line_list_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Figure",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        ("place", models.IntegerField()),
                        ("period", models.CharField(max_length=10)),
                        ("measure", models.CharField(max_length=60)),
                        ("kind", models.CharField(max_length=30)),
                        ("provider", models.CharField(blank=True, max_length=60)),
                        ("group", models.JSONField(blank=True, default=dict)),
                        ("group_key", models.CharField(blank=True, max_length=300)),
                        ("numerator", models.BigIntegerField(blank=True, null=True)),
                        ("denominator", models.BigIntegerField(blank=True, null=True)),
                        ("share", models.CharField(blank=True, max_length=40)),
                        (
                            "target",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True),
                        ),
                        (
                            "minimum",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True),
                        ),
                        ("state", models.CharField(max_length=20)),
                        ("flags", models.JSONField(blank=True, default=list)),
                        ("verified", models.BooleanField(default=False)),
                        ("told", models.JSONField()),
                        ("history", models.JSONField(blank=True, default=list)),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="runs.run",
                            ),
                        ),
                        ("is_of_parties", models.BooleanField(default=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "measure", "period"], name="figures_of_a_measure")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "measure", "group_key"), name="one_figure_of_a_group_in_a_run"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="figure_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="figure_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                default=tallystick.runs.models.new_submission_reference,
                                max_length=20,
                                unique=True,
                            ),
                        ),
                        ("stream", models.SlugField(max_length=60)),
                        ("period", models.CharField(blank=True, max_length=10)),
                        ("filename", models.CharField(max_length=120)),
                        ("format", models.CharField(blank=True, max_length=10)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("size", models.BigIntegerField(default=0)),
                        ("received_at", models.DateTimeField()),
                        ("taken_in_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("previewed", "Waiting to be taken in"),
                                    ("committed", "Taken in"),
                                    ("superseded", "Superseded"),
                                    ("refused", "Refused"),
                                    ("no_change", "Nothing new"),
                                    ("discarded", "Discarded"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("rows", models.BigIntegerField(default=0)),
                        ("accepted", models.BigIntegerField(default=0)),
                        ("held", models.BigIntegerField(default=0)),
                        ("refused", models.BigIntegerField(default=0)),
                        ("days", models.IntegerField(default=0)),
                        ("changes", models.JSONField(blank=True, default=dict)),
                        ("problems", models.JSONField(blank=True, default=list)),
                        ("notes", models.JSONField(blank=True, default=list)),
                        ("reason", models.TextField(blank=True)),
                        ("evidence", models.CharField(blank=True, max_length=20)),
                        ("has_file_to_correct", models.BooleanField(default=False)),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="runs.submission",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "stream", "period"], name="submissions_of_a_period")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "rows",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("accepted"), "+", models.F("held")
                                            ),
                                            "+",
                                            models.F("refused"),
                                        ),
                                    )
                                ),
                                name="every_row_of_a_submission_is_accounted_for",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["committed", "superseded"]), _negated=True),
                                    models.Q(
                                        models.Q(("evidence", ""), _negated=True),
                                        ("taken_in_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="what_was_taken_in_stands_in_the_store",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_refused_submission_says_why",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["committed", "superseded"])),
                                fields=("code", "evidence"),
                                name="one_submission_of_one_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="submission_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="submission_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldRow",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                default=tallystick.runs.models.new_held_reference, max_length=20, unique=True
                            ),
                        ),
                        ("row", models.BigIntegerField()),
                        ("column", models.CharField(blank=True, max_length=60)),
                        ("what", models.TextField()),
                        ("remedy", models.TextField()),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settled_rows",
                                to="runs.submission",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held_rows",
                                to="runs.submission",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("submission", "row", "column", "what"),
                                name="a_doubt_about_a_row_is_said_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="held_row_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="held_row_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exclusion",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                default=tallystick.runs.models.new_exclusion_reference,
                                max_length=20,
                                unique=True,
                            ),
                        ),
                        ("stream", models.SlugField(max_length=60)),
                        ("row_key", models.CharField(max_length=500)),
                        ("measure", models.CharField(blank=True, max_length=60)),
                        ("period", models.CharField(blank=True, max_length=10)),
                        ("reason", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "Waiting for a second check"),
                                    ("confirmed", "Confirmed"),
                                    ("refused", "Refused"),
                                ],
                                default="entered",
                                max_length=10,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        ("evidence", models.CharField(blank=True, max_length=20)),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exclusions_entered",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "entered"),
                                    models.Q(("checked_by__isnull", False), ("checked_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_settled_exclusion_names_its_checker",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("checked_by", None),
                                    models.Q(("checked_by", models.F("entered_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nobody_checks_their_own_exclusion",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="an_exclusion_says_why",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "refused"), _negated=True),
                                fields=("code", "stream", "row_key"),
                                name="one_exclusion_of_a_row",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="exclusion_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="exclusion_is_a_draft_or_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Look",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seen_at", models.DateTimeField()),
                        ("before_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "role",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="look",
                                to="parties.role",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Question",
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
                            "classification",
                            models.CharField(
                                choices=[
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                    ("green", "Green"),
                                    ("white", "White"),
                                ],
                                default="red",
                                max_length=5,
                            ),
                        ),
                        (
                            "publicity",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=7,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions_answered",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "exclusion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="runs.exclusion",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="question_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="question_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="a_question_asks_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_answer_says_something_and_is_somebodys",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_at", None), ("withdrawn_at", None), _connector="OR"
                                ),
                                name="what_was_answered_is_not_taken_back",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_by", None),
                                    models.Q(("answered_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nobody_answers_their_own_question",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None), ("withdrawn_at", None)),
                                fields=("exclusion",),
                                name="one_open_question_of_an_exclusion",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
