import django.db.models.deletion
import tallystick.journal.governed
import tallystick.journal.steps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0001_initial"),
        ("processes", "0001_initial"),
        ("risks", "0001_initial"),
        ("runs", "0001_initial"),
    ]

    operations = [
        tallystick.journal.steps.MakeTables(
            tables=[
                migrations.CreateModel(
                    name="Application",
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
                        ("reference", models.CharField(max_length=20)),
                        ("technique", models.CharField(max_length=60)),
                        ("called", models.CharField(blank=True, max_length=600)),
                        ("form", models.CharField(blank=True, max_length=30)),
                        ("title", models.CharField(max_length=200)),
                        ("why", models.TextField()),
                        ("risks", models.JSONField(blank=True, default=list)),
                        ("categories", models.JSONField(blank=True, default=list)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("cost", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "spent",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                        ),
                        ("result", models.TextField(blank=True)),
                        ("begun_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("key", models.CharField(max_length=64)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="risks.operatingperiod",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "technique"], name="applications_by_technique")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="application_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="application_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("code", "reference"), name="one_application_of_a_reference"
                            ),
                            models.UniqueConstraint(
                                fields=("begun_by", "key"), name="a_form_begins_one_application"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("technique", ""), _negated=True),
                                    models.Q(("title", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(("reference", ""), _negated=True),
                                ),
                                name="an_application_says_what_and_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gte", models.F("from_on"))),
                                name="an_application_ends_no_earlier_than_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost__gte", 0),
                                    models.Q(
                                        models.Q(("result", ""), ("spent", None)),
                                        models.Q(
                                            models.Q(("result", ""), _negated=True),
                                            ("spent__gte", 0),
                                            ("spent__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="what_was_spent_is_told_with_the_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Part",
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
                        ("served_at", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("by_office", models.BooleanField(default=False)),
                        ("answer", models.TextField(blank=True)),
                        ("answer_key", models.CharField(blank=True, max_length=64)),
                        ("outcome", models.CharField(blank=True, max_length=30)),
                        ("result", models.TextField(blank=True)),
                        ("concluded_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome_key", models.CharField(blank=True, max_length=64)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="assessments.application",
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
                            "concluded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
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
                                name="part_of_application_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="part_of_application_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("application", "party"), name="one_part_of_a_party"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification__in", ["amber", "red"])),
                                name="a_part_is_confidential",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("served_at__isnull", False),
                                    models.Q(("answered_at", None), ("outcome", ""), ("read_at", None)),
                                    _connector="OR",
                                ),
                                name="a_part_is_served_before_all_else",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""),
                                        ("answer_key", ""),
                                        ("answered_at", None),
                                        ("answered_by", None),
                                        ("by_office", False),
                                    ),
                                    models.Q(
                                        models.Q(("answer_key", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_answer_of_a_part_is_somebodys",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("concluded_at", None),
                                        ("concluded_by", None),
                                        ("outcome", ""),
                                        ("outcome_key", ""),
                                        ("result", ""),
                                    ),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("outcome_key", ""), _negated=True),
                                        ("concluded_at__isnull", False),
                                        ("concluded_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_outcome_of_a_part_is_somebodys",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                        ("title", models.CharField(max_length=200)),
                        ("is_required", models.BooleanField(default=True)),
                        ("at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="assessments.application",
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="item_of_test_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="item_of_test_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("application", "number"), name="one_item_of_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("title", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="an_item_says_what",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemResult",
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
                        (
                            "outcome",
                            models.CharField(
                                choices=[("passed", "Passed"), ("failed", "Failed"), ("not_run", "Not run")],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="assessments.item",
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="item_results",
                                to="assessments.part",
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
                                name="result_of_item_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="result_of_item_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("item", "part", "number"), name="one_result_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("by", "key", "item", "part"), name="a_form_tests_an_item_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    ("outcome__in", ["passed", "failed", "not_run"]),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_result_of_an_item_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sample",
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
                        ("population", models.TextField()),
                        ("size", models.IntegerField()),
                        ("strata", models.JSONField()),
                        ("listed", models.TextField(blank=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("confidence", models.DecimalField(decimal_places=3, max_digits=6)),
                        ("tolerable", models.DecimalField(decimal_places=3, max_digits=6)),
                        ("accepted", models.IntegerField(default=0)),
                        ("seed", models.CharField(max_length=60)),
                        ("taken", models.JSONField()),
                        ("drawn", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sample",
                                to="assessments.part",
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
                                name="sample_of_part_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="sample_of_part_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_draws_one_sample"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted__gte", 0),
                                    ("size__gte", 1),
                                    ("confidence__gt", 0),
                                    ("confidence__lt", 100),
                                    ("tolerable__gt", 0),
                                    ("tolerable__lt", 100),
                                    models.Q(("population", ""), _negated=True),
                                    models.Q(("seed", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_sample_is_of_something_by_a_seed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("digest", ""), ("listed", "")),
                                    models.Q(
                                        models.Q(("digest", ""), _negated=True),
                                        models.Q(("listed", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_list_has_a_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
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
                        ("technique", models.CharField(max_length=60)),
                        ("number", models.IntegerField()),
                        ("classes", models.JSONField()),
                        ("from_on", models.DateField()),
                        ("why", models.TextField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="tag_of_technique_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="tag_of_technique_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("code", "technique", "number"), name="one_tag_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_tags_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("technique", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_tag_says_of_what_and_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
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
                        ("outcomes", models.JSONField(blank=True, default=dict)),
                        ("totals", models.JSONField(blank=True, default=dict)),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tallies",
                                to="assessments.sample",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="tally_of_sample_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="tally_of_sample_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("sample", "number"), name="one_tally_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_tallies_once"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1), models.Q(("key", ""), _negated=True)),
                                name="a_tally_has_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
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
                        ("device_model", models.CharField(max_length=100)),
                        ("reference", models.CharField(max_length=100)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="assessments.part",
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
                                name="certificate_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="certificate_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("part", "device_model", "reference"), name="a_certificate_once"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_certifies_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__gte", models.F("valid_from")),
                                    models.Q(("device_model", ""), _negated=True),
                                    models.Q(("reference", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_certificate_is_of_a_model_for_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assurance",
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
                        ("begun_at", models.DateTimeField()),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
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
                                name="assurance_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="assurance_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification", "red")), name="assurance_is_red"
                            ),
                            models.UniqueConstraint(
                                fields=("code", "party"), name="one_assurance_of_a_party"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftResponse",
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
                        ("picked", models.JSONField(blank=True, default=dict)),
                        ("words", models.JSONField(blank=True, default=dict)),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="assessments.part",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
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
                                name="draft_response_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="draft_response_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(fields=("part",), name="one_draft_response_of_a_part"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exercise",
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
                        ("scenario", models.TextField()),
                        ("on", models.DateField()),
                        ("roles", models.JSONField(default=dict)),
                        ("objectives", models.JSONField(default=dict)),
                        ("prepared_at", models.DateTimeField()),
                        ("announced_at", models.DateTimeField(blank=True, null=True)),
                        ("debriefed_at", models.DateTimeField(blank=True, null=True)),
                        ("key", models.CharField(max_length=64)),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exercise",
                                to="assessments.application",
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
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="exercise_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="exercise_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("prepared_by", "key"), name="a_form_prepares_one_exercise"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("scenario", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="an_exercise_has_a_scenario",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
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
                        ("words", models.TextField()),
                        ("due_on", models.DateField()),
                        ("noted_at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        ("done", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
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
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exercise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
                                to="assessments.exercise",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="lesson_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="lesson_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("exercise", "number"), name="one_lesson_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("noted_by", "key"), name="a_form_notes_one_lesson"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("classification__in", ["amber", "red"]),
                                        ("owner", None),
                                        ("party__isnull", False),
                                    ),
                                    models.Q(("owner__isnull", False), ("party", None)),
                                    _connector="OR",
                                ),
                                name="a_lesson_has_one_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done", ""), ("done_at", None), ("done_by", None)),
                                    models.Q(
                                        models.Q(("done", ""), _negated=True),
                                        ("done_at__isnull", False),
                                        ("done_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_lesson_is_done_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                        ("received_on", models.DateField()),
                        ("signed_by", models.CharField(max_length=120)),
                        ("signed_as", models.CharField(max_length=120)),
                        ("says", models.TextField()),
                        ("outcome", models.CharField(max_length=40)),
                        ("at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        (
                            "assurance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="assessments.assurance",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "by",
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
                                related_name="%(class)s_rows",
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
                                name="letter_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="letter_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification", "red")), name="letter_is_red"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_records_one_letter"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_by", ""), _negated=True),
                                    models.Q(("signed_as", ""), _negated=True),
                                    models.Q(("says", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_letter_is_signed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
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
                        ("objective", models.CharField(max_length=10)),
                        ("number", models.IntegerField()),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("met", "Met"), ("in_part", "Met in part"), ("not_met", "Not met")],
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exercise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
                                to="assessments.exercise",
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
                                name="observation_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="observation_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("exercise", "objective", "number"), name="one_observation_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_observes_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                    ("verdict__in", ["met", "in_part", "not_met"]),
                                ),
                                name="an_observation_says_how_far",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Questionnaire",
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
                        ("designed_at", models.DateTimeField()),
                        ("issued_at", models.DateTimeField(blank=True, null=True)),
                        ("key", models.CharField(max_length=64)),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questionnaire",
                                to="assessments.application",
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
                            "designed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="questionnaire_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="questionnaire_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("designed_by", "key"), name="a_form_designs_one_questionnaire"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("issued_at", None), ("issued_by", None)),
                                    models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_questionnaire_is_issued_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionSet",
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
                        ("intro", models.TextField()),
                        ("shape", models.JSONField(default=list)),
                        ("asks", models.JSONField(default=dict)),
                        ("explains", models.JSONField(blank=True, default=dict)),
                        ("choices", models.JSONField(blank=True, default=dict)),
                        ("why", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="assessments.questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="question_set_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="question_set_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("questionnaire", "number"), name="one_question_set_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_words_questions_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("intro", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(
                                        ("number", 1), models.Q(("why", ""), _negated=True), _connector="OR"
                                    ),
                                ),
                                name="questions_say_what_they_are_for",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                        ("day", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("key", models.CharField(blank=True, max_length=64)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="assessments.part",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
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
                                name="reminder_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="reminder_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("by", None)),
                                fields=("part", "day"),
                                name="the_clock_reminds_once_for_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("by__isnull", False)),
                                fields=("part", "key"),
                                name="a_form_reminds_a_party_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
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
                        ("picked", models.JSONField(blank=True, default=dict)),
                        ("words", models.JSONField(blank=True, default=dict)),
                        ("reason", models.TextField(blank=True)),
                        ("by_office", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="assessments.part",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
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
                                name="response_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="response_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("part", "number"), name="one_response_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_sends_one_response"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", 1), ("reason", "")),
                                    models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="a_corrected_response_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["amber", "red"]),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_response_is_confidential",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecurityStatus",
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
                        ("status", models.CharField(max_length=40)),
                        ("set_on", models.DateField()),
                        ("grounds", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        (
                            "assurance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statuses",
                                to="assessments.assurance",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "by",
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
                                related_name="%(class)s_rows",
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
                                name="security_status_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="security_status_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification", "red")), name="security_status_is_red"
                            ),
                            models.UniqueConstraint(
                                fields=("assurance", "number"), name="one_security_status_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("by", "key"), name="a_form_sets_one_security_status"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", ""), _negated=True),
                                    models.Q(("grounds", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_security_status_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Turn",
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
                        ("takes_part", models.BooleanField()),
                        ("role", models.CharField(blank=True, max_length=10)),
                        ("volunteered", models.BooleanField(default=False)),
                        ("words", models.TextField(blank=True)),
                        ("by_office", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turns",
                                to="assessments.part",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turns",
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
                                name="turn_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="turn_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(fields=("part", "number"), name="one_turn_of_a_number"),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_takes_one_turn"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["amber", "red"]),
                                    ("number__gte", 1),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_turn_is_confidential",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
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
                        ("kind", models.CharField(max_length=40)),
                        ("held_on", models.DateField()),
                        ("assessor", models.CharField(max_length=120)),
                        ("outcome", models.CharField(max_length=40)),
                        ("found", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        (
                            "assurance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="assessments.assurance",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "by",
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
                                related_name="%(class)s_rows",
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
                                name="verification_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="verification_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification", "red")), name="verification_is_red"
                            ),
                            models.UniqueConstraint(
                                fields=("by", "key"), name="a_form_records_one_verification"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", ""), _negated=True),
                                    models.Q(("assessor", ""), _negated=True),
                                    models.Q(("outcome", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_verification_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChargeRun",
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
                        ("scheme", models.CharField(max_length=60)),
                        ("value_day", models.DateField()),
                        (
                            "status",
                            models.CharField(
                                choices=[("proposed", "Proposed"), ("in_force", "In force")], max_length=10
                            ),
                        ),
                        ("period", models.CharField(max_length=10)),
                        ("computed_at", models.DateTimeField()),
                        ("version", models.IntegerField(default=1)),
                        ("seal", models.CharField(max_length=64)),
                        ("invoiced_on", models.DateField(blank=True, null=True)),
                        ("redistributed_on", models.DateField(blank=True, null=True)),
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
                            "computed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charge_runs",
                                to="runs.run",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["code", "period"], name="charge_runs_by_month")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="charge_run_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="charge_run_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("computed_by", "key"), name="a_form_computes_charges_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("code", "scheme", "period"),
                                name="one_charge_run_of_a_month_goes_on",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(("seal", ""), _negated=True),
                                    ("party", None),
                                    ("version__gte", 1),
                                ),
                                name="a_charge_run_is_sealed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "in_force"),
                                    models.Q(("invoiced_on", None), ("redistributed_on", None)),
                                    _connector="OR",
                                ),
                                name="a_proposed_scheme_charges_nobody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification__in", ["amber", "red"])),
                                name="a_charge_run_is_confidential",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChargeQuery",
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
                        ("version", models.IntegerField()),
                        ("words", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        ("answer", models.TextField(blank=True)),
                        ("is_upheld", models.BooleanField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answer_key", models.CharField(blank=True, max_length=64)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charge_queries",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "charge_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queries",
                                to="assessments.chargerun",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="charge_query_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="charge_query_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("charge_run", "number"), name="one_charge_query_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("asked_by", "key"), name="a_form_queries_a_charge_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(
                                        models.Q(
                                            ("answer", ""),
                                            ("answered_at", None),
                                            ("answered_by", None),
                                            ("is_upheld", None),
                                        ),
                                        models.Q(
                                            models.Q(("answer", ""), _negated=True),
                                            ("answered_at__isnull", False),
                                            ("answered_by__isnull", False),
                                            ("is_upheld__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="a_charge_query_is_answered_as_a_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChargeSheet",
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
                        ("seal", models.CharField(max_length=64)),
                        ("collected", models.BigIntegerField()),
                        ("why", models.TextField()),
                        ("made_at", models.DateTimeField()),
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
                            "charge_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="assessments.chargerun",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="charge_sheet_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="charge_sheet_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("charge_run", "number"), name="one_charge_sheet_of_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("collected__gte", 0),
                                    ("number__gte", 1),
                                    models.Q(("seal", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                ),
                                name="a_charge_sheet_is_sealed_and_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChargeLine",
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
                        ("version", models.IntegerField()),
                        ("numerator", models.BigIntegerField()),
                        ("denominator", models.BigIntegerField()),
                        ("shortfall", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("computed", models.BigIntegerField()),
                        ("cap", models.BigIntegerField(blank=True, null=True)),
                        ("is_relieved", models.BooleanField(default=False)),
                        ("payable", models.BigIntegerField()),
                        ("received", models.BigIntegerField()),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charge_lines",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "charge_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="assessments.chargerun",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="assessments.chargesheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="charge_line_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="charge_line_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("sheet", "party"), name="one_charge_of_a_party_in_a_sheet"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("computed__gte", models.F("payable")),
                                    ("denominator__gte", models.F("numerator")),
                                    ("numerator__gte", 0),
                                    ("payable__gte", 0),
                                    ("received__gte", 0),
                                    ("shortfall__gte", 0),
                                ),
                                name="nobody_pays_more_than_was_computed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cap", None), ("payable__lte", models.F("cap")), _connector="OR"
                                ),
                                name="nobody_pays_more_than_the_cap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_relieved", False), ("payable", 0), _connector="OR"),
                                name="who_is_relieved_pays_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification__in", ["amber", "red"])),
                                name="a_charge_is_confidential",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rating", "Rating by a measure"),
                                    ("league", "League of open issues"),
                                ],
                                default="rating",
                                max_length=6,
                            ),
                        ),
                        ("measure", models.CharField(blank=True, max_length=60)),
                        ("counted_on", models.DateField(blank=True, null=True)),
                        ("category", models.CharField(max_length=60)),
                        ("first", models.CharField(max_length=10)),
                        ("last", models.CharField(max_length=10)),
                        ("names", models.BooleanField()),
                        ("why", models.TextField()),
                        ("drafted_at", models.DateTimeField()),
                        ("version", models.IntegerField(default=1)),
                        ("seal", models.CharField(max_length=64)),
                        ("recommended_by", models.CharField(blank=True, max_length=20)),
                        ("published_on", models.DateField(blank=True, null=True)),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["code", "measure"], name="publications_by_measure")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="publication_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="publication_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("drafted_by", "key"), name="a_form_drafts_one_publication"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(("seal", ""), _negated=True),
                                    ("version__gte", 1),
                                ),
                                name="a_publication_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first")), ("party", None)),
                                name="a_publication_is_of_months_and_no_party",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification", "white"), ("names", True), _negated=True
                                ),
                                name="the_public_reads_no_names",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("counted_on", None),
                                        ("kind", "rating"),
                                        models.Q(("measure", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("counted_on__isnull", False),
                                        ("kind", "league"),
                                        ("measure", ""),
                                        models.Q(("category", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_rating_has_a_measure_and_a_league_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicationQuery",
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
                        ("version", models.IntegerField()),
                        ("words", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        ("answer", models.TextField(blank=True)),
                        ("is_upheld", models.BooleanField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answer_key", models.CharField(blank=True, max_length=64)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publication_queries",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queries",
                                to="assessments.publication",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="publication_query_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="publication_query_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("publication", "number"), name="one_query_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("asked_by", "key"), name="a_form_queries_a_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(
                                        models.Q(
                                            ("answer", ""),
                                            ("answered_at", None),
                                            ("answered_by", None),
                                            ("is_upheld", None),
                                        ),
                                        models.Q(
                                            models.Q(("answer", ""), _negated=True),
                                            ("answered_at__isnull", False),
                                            ("answered_by__isnull", False),
                                            ("is_upheld__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="a_query_is_answered_as_a_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relief",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("relieved", "Relieved: it pays nothing"),
                                    ("deferred", "Put off to a later day"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("force_majeure", "Force majeure"),
                                    ("market", "The whole market"),
                                    ("other", "Something else"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("why", models.TextField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("given_at", models.DateTimeField()),
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
                            "charge_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="assessments.chargerun",
                            ),
                        ),
                        (
                            "given_by",
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
                                related_name="reliefs",
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
                                name="relief_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="relief_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("given_by", "key", "party"), name="a_form_relieves_a_party_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(
                                        models.Q(("kind", "relieved"), ("until_on", None)),
                                        models.Q(("kind", "deferred"), ("until_on__isnull", False)),
                                        _connector="OR",
                                    ),
                                ),
                                name="relief_says_why_and_until_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sheet",
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
                        ("seal", models.CharField(max_length=64)),
                        ("why", models.TextField()),
                        ("made_at", models.DateTimeField()),
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
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="assessments.publication",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="sheet_of_publication_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="sheet_of_publication_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("publication", "number"), name="one_sheet_of_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("seal", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                ),
                                name="a_sheet_is_sealed_and_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrintedLine",
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
                        ("version", models.IntegerField()),
                        ("place", models.IntegerField()),
                        ("name", models.CharField(max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("counted", "Compared"),
                                    ("few", "Too few events"),
                                    ("withheld", "Withheld to keep others"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("share", models.CharField(blank=True, max_length=10)),
                        ("numerator", models.BigIntegerField(blank=True, null=True)),
                        ("denominator", models.BigIntegerField(blank=True, null=True)),
                        ("rank", models.IntegerField(blank=True, null=True)),
                        ("rating", models.CharField(blank=True, max_length=20)),
                        ("points", models.CharField(blank=True, max_length=20)),
                        ("issues", models.CharField(blank=True, max_length=300)),
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
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="assessments.publication",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="printed",
                                to="assessments.sheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="printed_line_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="printed_line_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("sheet", "place"), name="one_printed_line_of_a_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "counted"),
                                        ("rank__gte", 1),
                                        models.Q(
                                            models.Q(("share", ""), _negated=True),
                                            models.Q(("points", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            models.Q(("denominator", None), ("numerator", None)),
                                            models.Q(
                                                ("denominator__gte", models.F("numerator")),
                                                ("numerator__gte", 0),
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    models.Q(
                                        ("state", "withheld"),
                                        ("denominator", None),
                                        ("issues", ""),
                                        ("numerator", None),
                                        ("points", ""),
                                        ("rank", None),
                                        ("rating", ""),
                                        ("share", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="what_is_withheld_is_not_printed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("party", None)), name="a_printed_line_belongs_to_no_party"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComparedLine",
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
                        ("version", models.IntegerField()),
                        ("alias", models.CharField(max_length=20)),
                        ("numerator", models.BigIntegerField()),
                        ("denominator", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("counted", "Compared"),
                                    ("few", "Too few events"),
                                    ("withheld", "Withheld to keep others"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("rank", models.IntegerField(blank=True, null=True)),
                        ("rating", models.CharField(blank=True, max_length=20)),
                        ("issues", models.JSONField(blank=True, default=dict)),
                        (
                            "points",
                            models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="compared_lines",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="assessments.publication",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="assessments.sheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="compared_line_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="compared_line_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("sheet", "party"), name="one_line_of_a_party_in_a_sheet"
                            ),
                            models.UniqueConstraint(
                                fields=("sheet", "alias"), name="one_line_of_an_alias_in_a_sheet"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("denominator__gte", models.F("numerator")),
                                    ("numerator__gte", 0),
                                    models.Q(
                                        models.Q(("rank__gte", 1), ("state", "counted")),
                                        models.Q(("rank", None), ("state__in", ["few", "withheld"])),
                                        _connector="OR",
                                    ),
                                ),
                                name="a_compared_line_has_a_place_if_it_is_shown",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("points", None),
                                    models.Q(("denominator", 0), ("points__gte", 0), ("state", "counted")),
                                    _connector="OR",
                                ),
                                name="a_line_of_a_league_counts_no_events",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("classification__in", ["amber", "red"])),
                                name="a_compared_line_is_confidential",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                        ("says", models.TextField(blank=True)),
                        ("budget", models.BigIntegerField()),
                        ("terms", models.JSONField()),
                        ("whys", models.JSONField(blank=True, default=dict)),
                        ("exposure", models.JSONField()),
                        ("result", models.JSONField()),
                        ("engine", models.CharField(max_length=80)),
                        ("edition", models.CharField(max_length=80)),
                        ("asked", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="risks.operatingperiod",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="draft_of_plan_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="draft_of_plan_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("period", "number"), name="one_draft_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_saves_one_draft"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("budget__gte", 0),
                                    ("number__gte", 1),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_draft_has_a_budget",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("methodology", "Methodology"),
                                    ("register", "Register of risks"),
                                    ("plan", "Plan"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("version", models.IntegerField()),
                        ("why", models.TextField()),
                        ("drafted_at", models.DateTimeField()),
                        ("from_on", models.DateField(blank=True, null=True)),
                        ("until_on", models.DateField(blank=True, null=True)),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="risks.operatingperiod",
                            ),
                        ),
                        (
                            "revises",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="assessments.document",
                            ),
                        ),
                        (
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="assessments.draft",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="document_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="document_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("period", "kind", "version"),
                                name="one_version_of_a_number_of_a_document",
                            ),
                            models.UniqueConstraint(
                                fields=("drafted_by", "key"), name="a_form_drafts_one_document"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("party", None),
                                    ("version__gte", 1),
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_document_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("draft__isnull", False), ("kind", "plan")),
                                    models.Q(("draft", None), ("kind__in", ["methodology", "register"])),
                                    _connector="OR",
                                ),
                                name="a_plan_is_of_a_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None), ("from_on__isnull", False), _connector="OR"
                                ),
                                name="a_document_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Frozen",
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
                        ("content", models.JSONField()),
                        ("words", models.JSONField(blank=True, default=dict)),
                        ("sha256", models.CharField(max_length=64)),
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="frozen",
                                to="assessments.document",
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
                                name="frozen_document_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="frozen_document_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("document", "classification"), name="frozen_once_in_each_class"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sha256", ""), _negated=True),
                                name="what_is_frozen_has_a_hash",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("words", models.TextField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="assessments.document",
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
                                name="comment_on_document_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="comment_on_document_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("document", "number"), name="one_comment_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_comments_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    ("party__isnull", False),
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_comment_is_a_partys",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
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
                        ("words", models.TextField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reply",
                                to="assessments.comment",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="reply_to_comment_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="reply_to_comment_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_reply_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
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
                        ("outcome", models.CharField(max_length=30)),
                        ("result", models.TextField(blank=True)),
                        ("why", models.TextField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="assessments.part",
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
                                name="correction_of_part_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="correction_of_part_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("part", "number"), name="one_correction_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_corrects_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("outcome", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_correction_says_what_and_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EffectAnswer",
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
                        ("technique", models.CharField(max_length=60)),
                        ("risk", models.CharField(max_length=20)),
                        ("number", models.IntegerField()),
                        ("proposed", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("stated", models.JSONField()),
                        ("found", models.JSONField()),
                        ("is_accepted", models.BooleanField()),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="effect_answers",
                                to="risks.operatingperiod",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="answer_to_effect_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="answer_to_effect_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("period", "technique", "risk", "number"),
                                name="one_answer_of_a_number_to_an_effect",
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_answers_one_effect"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    ("party", None),
                                    ("proposed__gte", 0),
                                    ("proposed__lte", 1),
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(("technique", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="an_answer_to_an_effect_says_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
