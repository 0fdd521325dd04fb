"""Drafts, documents, what was frozen, comments and replies go under PostgreSQL's own policies."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

NAMES = ("draft", "document", "frozen", "comment", "reply")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0013_plan")]
    operations: ClassVar = [secured(*(f"assessments_{name}" for name in NAMES))]
