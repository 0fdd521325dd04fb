"""Applications as registers show them: where each stands, how many parts it has, and when it is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.assessments.models import Application
from tallystick.assessments.techniques.catalogue import form_named
from tallystick.assessments.techniques.facts import PLANNED, UNDER_WAY, Known, technique_of
from tallystick.assessments.techniques.outcomes import GOOD
from tallystick.assessments.techniques.seen import seen_parts
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
    """An application with its technique, its stage, the parts that one sees, and its last day."""

    row: Application
    known: Known
    form: str
    stage: str
    title: str
    counts: Counts
    due: DueChip | None

    @property
    def technique(self) -> str:
        return self.known.short

    @property
    def is_over(self) -> bool:
        return self.row.ended_at is not None


def shown(acting: Acting, rows: Sequence[Application]) -> list[Shown]:
    """Return applications as a register shows them; so many queries however many there are."""
    stands = standings([one.course for one in rows], acting.day)
    parts: dict[int, list[tuple[bool, str]]] = {}
    found = seen_parts(acting).filter(application__in=rows).only("application_id", "answered_at")
    for one in found:
        parts.setdefault(one.application_id, []).append((one.answered_at is not None, one.stands))
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
    value, known = process_of(row.course), technique_of(row)
    stage = at[value.main]
    day = {PLANNED: row.from_on, UNDER_WAY: row.until_on}.get(stage)
    due = due_chip(day, acting.day, rulebook_of(row.code).calendar()) if day else None
    title = value.stage(stage).title
    return Shown(row, known, form_named(known.form), stage, title, counts_of(parts), due)
