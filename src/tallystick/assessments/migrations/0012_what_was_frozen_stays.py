"""The database keeps sheets, lines, queries and relief as they were written, but for words ordered away."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled

WORDS = {
    "assessments.Publication": ("why",),
    "assessments.Sheet": ("why",),
    "assessments.PublicationQuery": ("words", "answer"),
    "assessments.ChargeSheet": ("why",),
    "assessments.Relief": ("why",),
    "assessments.ChargeQuery": ("words", "answer"),
}
FOLLOWS = ("body_id", "publicity")
HEAD = (*FOLLOWS, "version", "seal", "ended_at")
ANSWER = ("answer", "is_upheld", "answered_by_id", "answered_at", "answer_key")


def _keeping(model: str, changes: tuple[str, ...], once: tuple[str, ...] = ()) -> Keeping:
    return Keeping(model, changes, words=WORDS.get(model, ()), once=once)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("assessments", "0011_row_security_of_comparisons_and_charges"),
        ("journal", "0005_no_statistics_of_words"),
    ]
    operations: ClassVar = [
        kept(
            _keeping("assessments.Publication", HEAD, ("recommended_by", "published_on")),
            _keeping("assessments.Sheet", FOLLOWS),
            _keeping("assessments.ComparedLine", FOLLOWS),
            _keeping("assessments.PrintedLine", FOLLOWS),
            _keeping("assessments.PublicationQuery", FOLLOWS, ANSWER),
            _keeping("assessments.ChargeRun", HEAD, ("invoiced_on", "redistributed_on")),
            _keeping("assessments.ChargeSheet", FOLLOWS),
            _keeping("assessments.ChargeLine", FOLLOWS),
            _keeping("assessments.Relief", FOLLOWS),
            _keeping("assessments.ChargeQuery", FOLLOWS, ANSWER),
        ),
        unsampled({model.lower().replace(".", "_"): columns for model, columns in WORDS.items()}),
    ]
