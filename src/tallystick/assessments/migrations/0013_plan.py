import django.db.models.deletion
import tallystick.journal.governed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0012_what_was_frozen_stays"),
        ("parties", "0002_independent_members"),
        ("processes", "0006_ways_stay"),
        ("risks", "0003_what_was_scored_stays"),
    ]

    operations = [
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
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("white", "White")],
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
                        condition=models.Q(("classification__in", ["red", "amber", "green", "white"])),
                        name="draft_of_plan_has_a_class",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publicity__in", ["draft", "issued", "decided", "closed"])),
                        name="draft_of_plan_is_a_draft_or_issued",
                    ),
                    models.UniqueConstraint(fields=("period", "number"), name="one_draft_of_a_number"),
                    models.UniqueConstraint(fields=("by", "key"), name="a_form_saves_one_draft"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("budget__gte", 0), ("number__gte", 1), models.Q(("key", ""), _negated=True)
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
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("white", "White")],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="processes.course"
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
                        condition=models.Q(("classification__in", ["red", "amber", "green", "white"])),
                        name="document_has_a_class",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publicity__in", ["draft", "issued", "decided", "closed"])),
                        name="document_is_a_draft_or_issued",
                    ),
                    models.UniqueConstraint(
                        fields=("period", "kind", "version"), name="one_version_of_a_number_of_a_document"
                    ),
                    models.UniqueConstraint(fields=("drafted_by", "key"), name="a_form_drafts_one_document"),
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
                        condition=models.Q(("until_on", None), ("from_on__isnull", False), _connector="OR"),
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
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("white", "White")],
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
                    models.OneToOneField(
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
                        condition=models.Q(("classification__in", ["red", "amber", "green", "white"])),
                        name="frozen_document_has_a_class",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publicity__in", ["draft", "issued", "decided", "closed"])),
                        name="frozen_document_is_a_draft_or_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256", ""), _negated=True), name="what_is_frozen_has_a_hash"
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
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("white", "White")],
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
                        condition=models.Q(("classification__in", ["red", "amber", "green", "white"])),
                        name="comment_on_document_has_a_class",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publicity__in", ["draft", "issued", "decided", "closed"])),
                        name="comment_on_document_is_a_draft_or_issued",
                    ),
                    models.UniqueConstraint(fields=("document", "number"), name="one_comment_of_a_number"),
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
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("white", "White")],
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
                        condition=models.Q(("classification__in", ["red", "amber", "green", "white"])),
                        name="reply_to_comment_has_a_class",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publicity__in", ["draft", "issued", "decided", "closed"])),
                        name="reply_to_comment_is_a_draft_or_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("key", ""), _negated=True)
                        ),
                        name="a_reply_says_something",
                    ),
                ],
            },
        ),
    ]
