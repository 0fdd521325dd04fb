"""Applications as registers show them: where each stands, how many parts it has, and when it is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.assessments.models import Application, Part
from tallystick.assessments.techniques.catalogue import FORMS
from tallystick.assessments.techniques.facts import PLANNED, UNDER_WAY, technique_of
from tallystick.assessments.techniques.outcomes import GOOD
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.queries import process_of, standings


@dataclass(frozen=True)
class Counts:
    """How many parts there are that somebody may see, were answered, came to something, came to good."""

    all: int
    answered: int
    concluded: int
    good: int


@dataclass(frozen=True)
class Shown:
    """An application with its technique's words, its stage, the parts that one sees, and its last day."""

    row: Application
    technique: str
    form: str
    stage: str
    title: str
    counts: Counts
    due: DueChip | None

    @property
    def is_over(self) -> bool:
        return self.row.ended_at is not None


def shown(acting: Acting, rows: Sequence[Application]) -> list[Shown]:
    """Return applications as a register shows them; so many queries however many there are."""
    stands = standings([one.course for one in rows], acting.day)
    parts: dict[int, list[tuple[bool, str]]] = {}
    found = Part.objects.visible_to(acting).filter(application__in=rows)
    for key, answered, outcome in found.values_list("application_id", "answered_at", "outcome"):
        parts.setdefault(key, []).append((answered is not None, outcome))
    return [_shown(acting, one, stands[one.course_id].at, parts.get(one.pk, [])) for one in rows]


def counts_of(parts: Sequence[tuple[bool, str]]) -> Counts:
    """Count parts, each told by whether it was answered and by its outcome."""
    return Counts(
        len(parts),
        sum(answered for answered, _ in parts),
        sum(bool(outcome) for _, outcome in parts),
        sum(outcome in GOOD for _, outcome in parts),
    )


def _shown(
    acting: Acting, row: Application, at: Mapping[str, str], parts: Sequence[tuple[bool, str]]
) -> Shown:
    value, rule = process_of(row.course), technique_of(row)
    stage = at[value.main]
    day = {PLANNED: row.from_on, UNDER_WAY: row.until_on}.get(stage)
    due = due_chip(day, acting.day, rulebook_of(row.code).calendar()) if day else None
    title = value.stage(stage).title
    return Shown(row, rule.short or rule.title, FORMS[rule.form], stage, title, counts_of(parts), due)
