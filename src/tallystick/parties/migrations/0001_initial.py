import django.db.models.deletion
import tallystick.journal.governed
import tallystick.journal.steps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        tallystick.journal.steps.MakeTables(
            tables=[
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
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
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                        ("slug", models.SlugField(max_length=80, unique=True)),
                        ("name", models.CharField(max_length=200, unique=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationGroup",
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
                        ("name", models.CharField(max_length=200, unique=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Body",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("code", models.SlugField(max_length=40)),
                        ("key", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="body_does_not_end_before_it_begins",
                            ),
                            models.UniqueConstraint(
                                fields=("code", "key"), name="one_body_of_a_key_in_a_code"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("name", models.CharField(max_length=120)),
                        ("constituency", models.SlugField(blank=True, max_length=60)),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="parties.body",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="seat_does_not_end_before_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "alternate_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alternates",
                                to="parties.membership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seconded",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="parties.seat",
                            ),
                        ),
                        ("is_independent", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="membership_does_not_end_before_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("alternate_for", None), ("until_on", None)),
                                fields=("seat",),
                                name="one_holder_of_a_seat",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_independent", False), ("employer", None), _connector="OR"
                                ),
                                name="an_independent_member_has_no_employer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Size",
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
                        ("period", models.CharField(max_length=10)),
                        ("unit", models.SlugField(max_length=40)),
                        ("number", models.BigIntegerField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sizes",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "period", "unit"), name="one_size_a_period_and_unit"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 0)), name="a_size_is_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("code", models.SlugField(max_length=40)),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("live", "Live"),
                                    ("exiting", "Exiting"),
                                    ("solr", "Supplier of Last Resort used"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standings",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="standing_does_not_end_before_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_on", None)),
                                fields=("organisation", "code"),
                                name="one_standing_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Identifier",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("scheme", models.SlugField(max_length=40)),
                        ("value", models.CharField(max_length=80)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identifiers",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="identifier_does_not_end_before_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_on", None)),
                                fields=("scheme", "value"),
                                name="an_identifier_is_of_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("code", models.SlugField(max_length=40)),
                        ("category", models.SlugField(max_length=60)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="categories",
                                to="parties.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="category_does_not_end_before_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_on", None)),
                                fields=("organisation", "code"),
                                name="one_category_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupMembership",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="group_memberships",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="parties.organisationgroup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="group_membership_does_not_end_before_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Role",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("code", models.SlugField(max_length=40)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("party_delegate", "Party delegate"),
                                    ("committee_member", "Committee member"),
                                    ("board_member", "Board member"),
                                    ("chair", "Chair"),
                                    ("secretary", "Secretary"),
                                    ("analyst", "Analyst"),
                                    ("change_team", "Change team"),
                                    ("proposer", "Proposer"),
                                    ("auditor", "Auditor"),
                                    ("observer", "Observer"),
                                    ("administrator", "System administrator"),
                                    ("ingest", "Ingest"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="parties.body",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="parties.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="role_does_not_end_before_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("role__in", ["party_delegate", "proposer", "ingest"]), _negated=True
                                    ),
                                    ("organisation__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_party_role_names_its_party",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("role__in", ["committee_member", "board_member", "chair"]),
                                        _negated=True,
                                    ),
                                    ("body__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_members_role_names_its_body",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
