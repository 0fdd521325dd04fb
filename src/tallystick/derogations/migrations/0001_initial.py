import django.db.models.deletion
import tallystick.journal.governed
import tallystick.journal.steps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("parties", "0001_initial"),
        ("processes", "0001_initial"),
    ]

    operations = [
        tallystick.journal.steps.MakeTables(
            tables=[
                migrations.CreateModel(
                    name="Derogation",
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
                        ("reference", models.CharField(max_length=20, unique=True)),
                        ("obligation", models.CharField(max_length=60)),
                        ("clause", models.CharField(max_length=200)),
                        ("scope", models.TextField()),
                        ("measure", models.CharField(blank=True, max_length=60)),
                        ("level", models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("conditions", models.TextField(blank=True)),
                        ("justification", models.TextField()),
                        ("control", models.TextField()),
                        ("drafted_at", models.DateTimeField()),
                        ("by_office", models.BooleanField(default=False)),
                        ("last_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("key", models.CharField(max_length=64)),
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="derogations",
                                to="cases.case",
                            ),
                        ),
                        (
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="processes.course",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="derogations",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "remedy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.remedy",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "obligation"], name="derogations_by_obligation")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="derogation_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="derogation_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("drafted_by", "key"), name="a_form_drafts_one_derogation"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("obligation", ""), _negated=True),
                                    models.Q(("clause", ""), _negated=True),
                                    models.Q(("scope", ""), _negated=True),
                                    models.Q(("justification", ""), _negated=True),
                                    models.Q(("control", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_derogation_says_what_it_asks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gt", models.F("from_on"))),
                                name="a_derogation_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification__in", ["amber", "red"])),
                                name="a_derogation_is_confidential",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", None), ("measure", "")),
                                    models.Q(
                                        models.Q(("measure", ""), _negated=True),
                                        ("level__gte", 0),
                                        ("level__lte", 100),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_level_is_of_a_measure",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("remedy", None), ("case__isnull", False), _connector="OR"
                                ),
                                name="a_remedy_is_of_the_case_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Forbearance",
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
                        ("reference", models.CharField(max_length=20, unique=True)),
                        ("obligation", models.CharField(max_length=60)),
                        ("why", models.TextField()),
                        ("proposed_at", models.DateTimeField()),
                        ("since_on", models.DateField(blank=True, null=True)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("key", models.CharField(max_length=64)),
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
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="processes.course",
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
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "obligation"], name="forbearance_by_obligation")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="forbearance_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="forbearance_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("proposed_by", "key"), name="a_form_proposes_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("obligation", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="forbearance_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["green", "amber", "red"]), ("party", None)
                                ),
                                name="forbearance_is_of_no_party",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on", None), ("review_on", None), ("since_on", None)),
                                    models.Q(("review_on__isnull", False), ("since_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="forbearance_has_a_review",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Term",
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
                        ("number", models.IntegerField()),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("level", models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True)),
                        ("conditions", models.TextField()),
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
                            "derogation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="derogations.derogation",
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
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="processes.step",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "from_on", "until_on"], name="terms_by_day")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="term_of_derogation_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="term_of_derogation_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("derogation", "number"), name="one_term_of_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    ("until_on__gte", models.F("from_on")),
                                    models.Q(("conditions", ""), _negated=True),
                                ),
                                name="a_term_has_an_end_and_conditions",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level", None),
                                    models.Q(("level__gte", 0), ("level__lte", 100)),
                                    _connector="OR",
                                ),
                                name="a_term_has_a_level_in_percent",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
