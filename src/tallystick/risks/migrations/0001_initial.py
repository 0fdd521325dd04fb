import django.db.models.deletion
import tallystick.journal.governed
import tallystick.journal.steps
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
                    name="OperatingPeriod",
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
                        ("name", models.CharField(max_length=20)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("method", models.CharField(max_length=60)),
                        ("opened_on", models.DateField()),
                        ("opened_at", models.DateTimeField()),
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
                            "opened_by",
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
                                name="operating_period_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="operating_period_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("code", "name"), name="one_operating_period_of_a_name"
                            ),
                            models.UniqueConstraint(
                                fields=("opened_by", "key"), name="a_form_opens_one_period"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__gt", models.F("from_on")),
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="an_operating_period_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Risk",
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
                        ("reference", models.CharField(max_length=10)),
                        ("since", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="risk_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="risk_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("code", "reference"), name="one_risk_of_a_reference"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                name="a_risk_has_a_reference",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
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
                        ("prior_found", models.CharField(max_length=20)),
                        ("prior_clear", models.CharField(max_length=20)),
                        ("first", models.CharField(max_length=10)),
                        ("last", models.CharField(max_length=10)),
                        ("seen", models.IntegerField()),
                        ("found", models.IntegerField()),
                        ("findings", models.JSONField(blank=True, default=list)),
                        ("month", models.DecimalField(decimal_places=6, max_digits=8)),
                        ("low", models.DecimalField(decimal_places=6, max_digits=8)),
                        ("high", models.DecimalField(decimal_places=6, max_digits=8)),
                        ("year", models.DecimalField(decimal_places=6, max_digits=8)),
                        ("step", models.IntegerField()),
                        ("method", models.CharField(max_length=60)),
                        ("method_on", models.DateField()),
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
                                related_name="proposals",
                                to="risks.operatingperiod",
                            ),
                        ),
                        (
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="risks.risk",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="proposal_of_likelihood_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="proposal_of_likelihood_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("risk", "period", "number"), name="one_proposal_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("by", "key"), name="a_form_proposes_one_likelihood"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("found__gte", 0),
                                    ("number__gte", 1),
                                    ("seen__gte", 1),
                                    ("step__gte", 1),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_proposal_rests_on_what_was_seen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="risks.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="answer_to_likelihood_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="answer_to_likelihood_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="an_answer_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lineage",
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
                            "way",
                            models.CharField(
                                choices=[("split", "Split"), ("merged", "Merged")], max_length=10
                            ),
                        ),
                        ("on", models.DateField()),
                        ("why", models.TextField()),
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
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="came_from",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="went_into",
                                to="risks.risk",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="lineage_of_risk_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="lineage_of_risk_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("before", "after"), name="a_risk_goes_into_another_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("before", models.F("after")), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                    ("way__in", ["split", "merged"]),
                                ),
                                name="a_risk_goes_into_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
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
                        ("method", models.CharField(max_length=60)),
                        ("method_on", models.DateField()),
                        ("inputs", models.JSONField()),
                        ("drawn", models.JSONField(blank=True, default=dict)),
                        ("inherent", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("net", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("appetite", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("target", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("control", models.TextField()),
                        ("heading", models.JSONField(blank=True, default=dict)),
                        ("reason", models.TextField()),
                        ("again", models.BooleanField(default=False)),
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
                                related_name="scores",
                                to="risks.operatingperiod",
                            ),
                        ),
                        (
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="risks.risk",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="score_of_risk_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="score_of_risk_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("risk", "period", "number"), name="one_score_of_a_number"
                            ),
                            models.UniqueConstraint(fields=("by", "key"), name="a_form_scores_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("control", ""), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_score_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wording",
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
                        ("risk_that", models.TextField()),
                        ("resulting_in", models.TextField()),
                        ("clauses", models.JSONField(blank=True, default=list)),
                        ("area", models.CharField(blank=True, max_length=60)),
                        ("obligations", models.JSONField(blank=True, default=list)),
                        ("caused_by", models.JSONField(blank=True, default=list)),
                        ("controlled_by", models.JSONField(blank=True, default=list)),
                        ("factors", models.JSONField(blank=True, default=dict)),
                        ("factor_owed", models.JSONField(blank=True, default=dict)),
                        ("indicators", models.JSONField(blank=True, default=list)),
                        ("drivers", models.JSONField(blank=True, default=list)),
                        ("assurance", models.JSONField(blank=True, default=list)),
                        ("owner", models.CharField(blank=True, max_length=60)),
                        ("elsewhere", models.JSONField(blank=True, default=dict)),
                        ("elsewhere_source", models.JSONField(blank=True, default=dict)),
                        ("source", models.CharField(blank=True, max_length=60)),
                        ("verified", models.BooleanField(default=False)),
                        ("note", models.TextField(blank=True)),
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
                        (
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wordings",
                                to="risks.risk",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="wording_of_risk_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="wording_of_risk_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("risk", "number"), name="one_wording_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("by", "key", "risk"), name="a_form_words_a_risk_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("title", ""), _negated=True),
                                    models.Q(("risk_that", ""), _negated=True),
                                    models.Q(("resulting_in", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_wording_says_the_risk",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
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
                        ("reference", models.CharField(max_length=40)),
                        ("on", models.DateField()),
                        ("stood_at", models.DateTimeField()),
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
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
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
                                name="approval_of_register_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="approval_of_register_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("code", "reference"), name="a_document_approves_one_register"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reference", ""), _negated=True),
                                    ("stood_at__lte", models.F("at")),
                                ),
                                name="an_approval_names_its_document",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
