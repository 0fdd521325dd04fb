"""Comparisons and charges go under PostgreSQL's own policies: the second layer."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

NAMES = (
    *("publication", "sheet", "comparedline", "printedline", "publicationquery"),
    *("chargerun", "chargesheet", "chargeline", "relief", "chargequery"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0010_comparisons_and_charges")]
    operations: ClassVar = [secured(*(f"assessments_{name}" for name in NAMES))]
