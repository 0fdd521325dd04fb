"""A comparison may be a league of open issues; what was frozen is kept as it was, with the columns of one."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models

from tallystick.decisions.kept_tables import Keeping, kept, no_longer_kept

FOLLOWS = ("body_id", "publicity")
KEPT = (
    Keeping(
        "assessments.Publication",
        (*FOLLOWS, "version", "seal", "ended_at"),
        words=("why",),
        once=("recommended_by", "published_on"),
    ),
    Keeping("assessments.ComparedLine", FOLLOWS),
    Keeping("assessments.PrintedLine", FOLLOWS),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("assessments", "0015_what_was_drafted_stays"),
        ("parties", "0002_independent_members"),
        ("processes", "0006_ways_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        no_longer_kept(*KEPT),
        migrations.RemoveConstraint(
            model_name="printedline",
            name="what_is_withheld_is_not_printed",
        ),
        migrations.AddField(
            model_name="comparedline",
            name="issues",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="comparedline",
            name="points",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name="printedline",
            name="issues",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="printedline",
            name="points",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="publication",
            name="counted_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="publication",
            name="kind",
            field=models.CharField(
                choices=[("rating", "Rating by a measure"), ("league", "League of open issues")],
                default="rating",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="measure",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddConstraint(
            model_name="comparedline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("points", None),
                    models.Q(("denominator", 0), ("points__gte", 0), ("state", "counted")),
                    _connector="OR",
                ),
                name="a_line_of_a_league_counts_no_events",
            ),
        ),
        migrations.AddConstraint(
            model_name="printedline",
            constraint=models.CheckConstraint(
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
                            models.Q(("denominator__gte", models.F("numerator")), ("numerator__gte", 0)),
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
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("counted_on", None), ("kind", "rating"), models.Q(("measure", ""), _negated=True)
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
        ),
        kept(*KEPT),
    ]
