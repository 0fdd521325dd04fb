"""Gaps go under PostgreSQL's own policies: the second layer."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0003_gaps_and_causes")]
    operations: ClassVar = [secured("cases_gap")]
