"""Periods, risks, their words, lineage, scores and proposals go under PostgreSQL's own policies."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

NAMES = ("operatingperiod", "risk", "wording", "lineage", "score", "proposal", "answer")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("risks", "0001_initial")]
    operations: ClassVar = [secured(*(f"risks_{name}" for name in NAMES))]
