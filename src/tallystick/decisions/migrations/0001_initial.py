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
                    name="Motion",
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
                        ("title", models.CharField(max_length=200)),
                        ("question", models.TextField()),
                        ("does", models.TextField()),
                        ("scheme", models.CharField(max_length=60)),
                        ("put_at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("open", "Open"),
                                    ("closed", "Closed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("rule", models.JSONField(blank=True, default=dict)),
                        ("edition", models.CharField(blank=True, max_length=80)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closes_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_entry", models.BigIntegerField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_entry", models.BigIntegerField(blank=True, null=True)),
                        ("because", models.TextField(blank=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("carried", "Carried"),
                                    ("not_carried", "Not carried"),
                                    ("deferred", "Deferred"),
                                    ("no_quorum", "No quorum"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("count", models.JSONField(blank=True, default=dict)),
                        ("told", models.JSONField(blank=True, default=dict)),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "put_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="motions_put",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "state", "closes_at"], name="motions_by_state")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="motion_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="motion_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(fields=("put_by", "key"), name="a_form_puts_one_motion"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True),
                                    models.Q(("question", ""), _negated=True),
                                    models.Q(("does", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_motion_asks_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("party", None), ("classification__in", ["amber", "red"]), _connector="OR"
                                ),
                                name="a_motion_about_a_party_is_confidential",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["open", "closed"]), _negated=True),
                                    models.Q(
                                        models.Q(("edition", ""), _negated=True),
                                        ("closes_at__gt", models.F("opened_at")),
                                        ("opened_at__isnull", False),
                                        ("opened_entry__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_open_motion_has_its_rule_and_times",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    models.Q(
                                        models.Q(("because", ""), _negated=True), ("closed_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_withdrawn_motion_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__gte", models.F("opened_at")),
                                        ("closed_entry__gt", models.F("opened_entry")),
                                        ("outcome__in", ("carried", "not_carried", "deferred", "no_quorum")),
                                        ("publicity", "decided"),
                                        ("state", "closed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        models.Q(("publicity", "decided"), _negated=True),
                                        ("closed_entry", None),
                                        ("outcome", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_closed_motion_has_its_outcome_and_no_other",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Declaration",
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
                        ("has_conflict", models.BooleanField()),
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declarations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "motion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declarations",
                                to="decisions.motion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("motion", "person"), name="a_person_declares_once_in_a_matter"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "verb",
                            models.CharField(
                                choices=[
                                    ("NOTED", "Noted"),
                                    ("AGREED", "Agreed"),
                                    ("APPROVED", "Approved"),
                                    ("ENDORSED", "Endorsed"),
                                    ("REJECTED", "Rejected"),
                                    ("DEFERRED", "Deferred"),
                                    ("REFERRED", "Referred"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        ("on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("key", models.CharField(max_length=64)),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "motion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="decisions.motion",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["code", "on"], name="decisions_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="decision_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="decision_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("recorded_by", "key"), name="a_form_records_one_decision"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True),
                                    models.Q(("text", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="a_decision_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("party", None), ("classification__in", ["amber", "red"]), _connector="OR"
                                ),
                                name="a_decision_about_a_party_is_confidential",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "verb__in",
                                        [
                                            "NOTED",
                                            "AGREED",
                                            "APPROVED",
                                            "ENDORSED",
                                            "REJECTED",
                                            "DEFERRED",
                                            "REFERRED",
                                        ],
                                    )
                                ),
                                name="a_decision_has_a_verb_of_the_code",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="decisions.decision",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
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
                                name="objection_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="objection_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                fields=("decision", "person"), name="a_member_objects_once_to_a_decision"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="an_objection_says_why"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatAtMotion",
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
                        ("place", models.IntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("constituency", models.CharField(max_length=60)),
                        ("weight", models.BigIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("filled", "Filled"),
                                    ("vacant", "Vacant"),
                                    ("aside", "Stood aside"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("must_declare", models.BooleanField(default=False)),
                        (
                            "alternates",
                            models.ManyToManyField(
                                blank=True, related_name="stand_ins_at_motions", to="parties.membership"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="at_motions",
                                to="parties.membership",
                            ),
                        ),
                        (
                            "motion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="decisions.motion",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="at_motions",
                                to="parties.seat",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("motion", "seat"), name="a_seat_is_at_a_motion_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("holder", None), ("state", "vacant")),
                                    models.Q(("holder__isnull", False), ("state__in", ["filled", "aside"])),
                                    _connector="OR",
                                ),
                                name="only_a_vacant_seat_has_no_holder",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 0)), name="a_vote_weighs_nothing_or_more"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ballot",
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
                        ("choice", models.CharField(max_length=60)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "right",
                            models.CharField(
                                choices=[
                                    ("holder", "Holder of the seat"),
                                    ("alternate", "Alternate"),
                                    ("proxy", "Proxy"),
                                    ("casting", "Casting vote"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("version", models.IntegerField(default=1)),
                        ("is_standing", models.BooleanField(default=True)),
                        ("key", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        ("entry", models.BigIntegerField(unique=True)),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "cast_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
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
                            "motion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="decisions.motion",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="decisions.seatatmotion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="ballot_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="ballot_is_a_draft_or_issued",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_standing", True)),
                                fields=("motion", "seat"),
                                name="one_ballot_of_a_seat_stands",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_standing", True), ("seat", None)),
                                fields=("motion",),
                                name="one_casting_vote_stands",
                            ),
                            models.UniqueConstraint(
                                fields=("motion", "seat", "version"), name="ballots_of_a_seat_are_numbered"
                            ),
                            models.UniqueConstraint(
                                fields=("motion", "cast_by", "key"), name="a_form_casts_one_ballot"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("right", "casting"), ("seat", None)),
                                    models.Q(
                                        models.Q(("right", "casting"), _negated=True), ("seat__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="only_a_casting_vote_is_of_no_seat",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(("choice", ""), _negated=True),
                                ),
                                name="a_ballot_says_what_and_by_which_form",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoodAside",
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
                            "why",
                            models.CharField(
                                choices=[
                                    ("declared", "Declared a conflict"),
                                    ("employer", "Works for the party or stands for it"),
                                    ("unknown", "Not known whom they work for, and no declaration"),
                                    ("barred", "Decided before on what it is about"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        ("entry", models.BigIntegerField(unique=True)),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_rows",
                                to="parties.body",
                            ),
                        ),
                        (
                            "motion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stood_aside",
                                to="decisions.motion",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stood_aside",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seat",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stood_aside",
                                to="decisions.seatatmotion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("classification__in", ["red", "amber", "green", "white"])
                                ),
                                name="stood_aside_has_a_class",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity__in", ["draft", "issued", "decided", "closed"])
                                ),
                                name="stood_aside_is_a_draft_or_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("why", "declared"), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="who_stands_aside_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VotePassed",
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
                        ("at", models.DateTimeField()),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "motion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes_passed",
                                to="decisions.motion",
                            ),
                        ),
                        (
                            "passed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes_passed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passed",
                                to="decisions.seatatmotion",
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes_held",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("taken_back_at", None)),
                                fields=("seat",),
                                name="a_vote_is_passed_to_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("to", models.F("passed_by")), _negated=True),
                                name="a_vote_is_passed_to_another",
                            ),
                        ],
                    },
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
                            models.UniqueConstraint(
                                fields=("motion", "person"), name="a_person_is_barred_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="who_is_barred_is_told_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
