"""How a remedy goes: what is computed from the party's figures, and which of its dates hold."""

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Literal

from tallystick.cases.matter import Matter
from tallystick.cases.models import Case, MilestoneMet, Remedy
from tallystick.cases.trajectory import Criterion, Measured, Reading, trajectory
from tallystick.cases.versions import Promise, Slip, Version, slips, version_of
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.queries import process_of
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.of_party import MONTH, duties

State = Literal["on_track", "at_risk", "missed", "reached", "unknown"]
Held = Literal["met", "awaited", "missed", "open"]
# Stages of a version in `remedy.yaml`: one waits for the office, and one is being carried out or was.
WAITS = "filed"
CARRIED = frozenset({"accepted", "at_risk", "missed", "done"})


@dataclass(frozen=True)
class Standing:
    """A milestone on a day. One that the measure proves is `awaited` while months are not yet computed."""

    promise: Promise
    slip: Slip
    state: Held
    is_measured: bool
    met_on: dt.date | None = None

    @property
    def is_late(self) -> bool:
        return self.met_on is not None and self.met_on > self.promise.due_on


@dataclass(frozen=True)
class Progress:
    """How a version goes on a day: what its dates and its months say, and nothing that somebody thinks of it.

    `measured` is None where no measure says when it has done. `due_on` is the day by which it promised to.
    """

    version: Version
    on: dt.date
    milestones: tuple[Standing, ...]
    measured: Measured | None

    @property
    def due_on(self) -> dt.date:
        own = [one.promise.due_on for one in self.milestones if one.is_measured]
        return max(own or [one.promise.due_on for one in self.milestones])

    @property
    def state(self) -> State:
        """Missed before all else; then what the months say, and unknown where they say nothing."""
        if any(one.state == "missed" for one in self.milestones):
            return "missed"
        if self.measured is None:
            return "unknown"
        if self.measured.reached_on is not None:
            return "reached"
        if self.measured.earliest > self.due_on:
            return "at_risk"
        return "on_track" if self.measured.is_told else "unknown"

    @property
    def open(self) -> tuple[Standing, ...]:
        """The milestones that are not met, the next due first."""
        wanting = (one for one in self.milestones if one.state != "met")
        return tuple(sorted(wanting, key=lambda one: (one.promise.due_on, one.promise.number)))

    @property
    def missed(self) -> int:
        return sum(one.state == "missed" for one in self.milestones)

    @property
    def has_done(self) -> bool | None:
        """Tell whether it has done what it set out to; None where the months do not say.

        Where no measure says so, it has once every milestone is met: each was verified by somebody.
        """
        if self.measured is None:
            return None if self.open or self.version.measure else True
        if self.measured.reached_on is not None:
            return True
        return False if self.measured.is_told else None


def criterion_of(version: Remedy | Version, rulebook: Rulebook) -> Criterion | None:
    """Return when a version has done, if a measure says so that the code still has."""
    measure = rulebook.measures.get(version.measure) if version.measure else None
    if measure is None or version.level is None or version.months is None:
        return None
    return Criterion(version.measure, version.level, version.months, measure.direction)


def measures_for(case: Case, rulebook: Rulebook) -> dict[str, str]:
    """Return the measures that can say when a remedy of the case has done, by key, with their titles.

    Shares of the case's own obligation or area, which are drawn up party by party.
    """
    known = rulebook.obligations
    return {
        key: title
        for key, title in duties(rulebook).items()
        if rulebook.measures[key].subject in rulebook.measures[key].by
        and (
            rulebook.measures[key].obligation == case.obligation
            or (case.area and known[rulebook.measures[key].obligation].area == case.area)
        )
    }


def progress_of(remedy: Remedy, on: dt.date, matter: Matter | None = None) -> Progress:
    """Return how a version goes on the day, beside the versions of its case before it."""
    rows = matter or Matter(remedy.case)
    before = [one for one in rows.remedies if one.version <= remedy.version]
    versions = [version_of(one, rows.milestones) for one in before]
    criterion = criterion_of(remedy, rulebook_of(remedy.code))
    measured = _measured(remedy, criterion, _since(before), on, rows) if criterion else None
    own = versions[-1]
    stands = milestone_standings(own, slips(versions), _met(rows), measured, on)
    return Progress(own, on, stands, measured)


def versions_of(case: Case) -> list[Version]:
    """Return what each version of a case's remedy says, the oldest first."""
    rows = Matter(case)
    return [version_of(one, rows.milestones) for one in rows.remedies]


def stages_of(case: Case, on: dt.date, matter: Matter | None = None) -> list[tuple[Remedy, str]]:
    """Return the versions of a case's remedy with the stage that each stands in, the oldest first."""
    rows = matter or Matter(case)
    return [(one, rows.standing(on, one.course).at[process_of(one.course).main]) for one in rows.remedies]


def carried_of(case: Case, on: dt.date) -> Remedy | None:
    """Return the version that was accepted and stands, if one does."""
    return next((one for one, stage in reversed(stages_of(case, on)) if stage in CARRIED), None)


def remedy_facts(case: Case, on: dt.date, matter: Matter | None = None) -> dict[str, Any]:
    """Return what moves of a case and of its remedy are judged by, under the names that guards ask.

    Milestones and the criterion are those of the version that was accepted; None where none was.
    """
    rows = matter or Matter(case)
    stages = stages_of(case, on, rows)
    waiting = next((one for one, stage in reversed(stages) if stage == WAITS), None)
    carried = next((one for one, stage in reversed(stages) if stage in CARRIED), None)
    signed = waiting or (stages[-1][0] if stages else None)
    progress = progress_of(carried, on, rows) if carried else None
    return {
        "remedy_filed": waiting.version if waiting else 0,
        "remedy_accepted": carried.version if carried else 0,
        "is_signed": bool(signed and signed.signed_by),
        "milestones_open": len(progress.open) if progress else None,
        "milestones_missed": progress.missed if progress else 0,
        "criterion_met": progress.has_done if progress else None,
    }


def met_threads(case: Case) -> dict[int, dt.date]:
    """Return the milestones of a case that somebody verified, by thread, with the day each was met on."""
    return _met(Matter(case))


def milestone_standings(
    version: Version,
    told: Mapping[int, Slip],
    met: Mapping[int, dt.date],
    measured: Measured | None,
    on: dt.date,
) -> tuple[Standing, ...]:
    """Return how each milestone of a version stands on the day.

    :param told: the first promise and the present one of each, by thread
    :param met: when somebody verified that one was met, by thread
    """
    found = []
    for promise in version.promises:
        is_measured = measured is not None and promise.proof == version.measure
        met_on = met.get(promise.thread) or (measured.reached_on if measured and is_measured else None)
        state: Held = "open"
        if met_on is not None:
            state = "met"
        elif promise.due_on < on:
            can_hold = measured is not None and is_measured and measured.earliest <= promise.due_on
            state = "awaited" if can_hold else "missed"
        found.append(Standing(promise, told[promise.thread], state, is_measured, met_on))
    return tuple(found)


def _met(matter: Matter) -> dict[int, dt.date]:
    found = {}
    for one in matter.milestones:
        met: MilestoneMet | None = getattr(one, "met", None)
        if met is not None:
            found[one.thread] = met.on
    return found


def _since(rows: Sequence[Remedy]) -> Span:
    """Return the month in which the criterion was first filed as the last version has it."""
    told = [(one.measure, one.level, one.months) for one in rows]
    same = list(takewhile(lambda one: one == told[-1], reversed(told)))
    return Span.month_of(rows[-len(same)].course.begun_on)


def _measured(remedy: Remedy, criterion: Criterion, since: Span, on: dt.date, matter: Matter) -> Measured:
    over = {
        one["period"]
        for one in matter.months
        if len(one["period"]) == MONTH and Span.parse(one["period"]).last < on
    }
    readings = _readings(remedy, criterion, over, matter)
    until = max(map(Span.parse, over), default=None)
    return Measured(criterion, since, trajectory(criterion, readings, since, until))


def _readings(
    remedy: Remedy, criterion: Criterion, periods: Container[str], matter: Matter
) -> Iterator[Reading]:
    """Yield what the current runs of months say of the party alone, and of nothing finer."""
    subject = rulebook_of(remedy.code).measures[criterion.measure].subject
    for row in matter.months:
        is_own = row["own_measure"] == criterion.measure and set(row["own_group"]) == {subject}
        if is_own and row["period"] in periods:
            told = (row["own_numerator"], row["own_denominator"], row["own_share"], row["own_state"])
            yield Reading(row["period"], *told, frozenset(row["own_flags"]))
