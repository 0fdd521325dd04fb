"""What was written on cases goes where two persons order away the words of the entry that names it."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, no_longer_kept, unsampled

BODY = ("body_id",)
BEFORE = (
    Keeping("cases.Message", ("read_at", "read_by_id", *BODY)),
    Keeping("cases.Note"),
    Keeping("cases.Teller"),
    Keeping("cases.LineAnswer", BODY),
    Keeping("cases.Remedy", ("publicity", *BODY)),
    Keeping("cases.Milestone"),
    Keeping("cases.MilestoneMet"),
)
WORDS = {
    "cases.Message": ("text",),
    "cases.Note": ("text",),
    "cases.Teller": ("words",),
    "cases.LineAnswer": ("reason",),
    "cases.Remedy": ("cause", "otherwise", "signed_by", "signed_as"),
    "cases.Milestone": ("what", "owner", "proof"),
    "cases.MilestoneMet": ("by_what",),
}
UNSAMPLED = {
    **{model.lower().replace(".", "_"): columns for model, columns in WORDS.items()},
    "cases_case": ("title", "what", "estimated_how"),
    "cases_gap": ("title", "what", "harmed", "needed", "closed_because"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0006_what_was_written_stays")]
    operations: ClassVar = [
        no_longer_kept(*BEFORE),
        kept(*(one._replace(words=WORDS[one.model]) for one in BEFORE)),
        unsampled(UNSAMPLED),
    ]
