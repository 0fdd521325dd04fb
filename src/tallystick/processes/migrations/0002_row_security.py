"""Courses, their steps and holds go under PostgreSQL's own policies: the second layer."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

TABLES = ("processes_course", "processes_step", "processes_hold")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0001_initial")]
    operations: ClassVar = [secured(*TABLES)]
