"""Which wholes of a run may be seen by those who know a part of them, beside all that was published before.

Figures of other parties are read here, whoever may see them; what leaves is which measures are held back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from tallystick.month.assessment import Figure as Counted
from tallystick.month.outline import TAKERS
from tallystick.parties.models import Organisation
from tallystick.parties.policy.guard import unscoped
from tallystick.rulebook.handling import Fewest
from tallystick.rulebook.periods import Span
from tallystick.runs.models import Figure, Run
from tallystick.runs.peers import Part, is_safe_to_publish, is_safe_to_restate, owned, owners_on

WHY = "Parts are compared with what was published; only the names of measures leave this module."


class Version(NamedTuple):
    """What an earlier run had of a measure: whether its whole was published, and what each owner added."""

    is_open: bool
    parts: list[Part]


@dataclass(frozen=True)
class Wholes:
    """The wholes of one run: what each owner adds to each measure, now and in the runs before.

    `fewest` is how few may be told of together.
    """

    figures: tuple[Counted, ...]
    parts: Mapping[str, list[Part]]
    earlier: Mapping[str, list[Version]]
    fewest: Fewest

    @classmethod
    def of(
        cls,
        run: Run,
        figures: Iterable[Counted],
        in_the_open: Collection[str],
        alike: Mapping[str, Collection[str]],
        fewest: Fewest,
    ) -> "Wholes":
        """Read what earlier runs had.

        `in_the_open` names those whose own figures are published, such as providers. `alike` has, by measure,
        other periods that report the same days.
        """
        day = Span.parse(run.period).last
        known = {one.pk: one.name for one in Organisation.objects.all()}
        owners = {known[key]: owner for key, owner in owners_on(day).items()}
        figures = tuple(figures)
        parts = parts_of(figures, in_the_open, owners)
        return cls(figures, parts, _earlier(run, owners, in_the_open, alike), fewest)

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The measures whose wholes only those may see who see every part."""
        hidden = {
            measure
            for measure in {*self.parts, *self.earlier}
            for adding in [self.parts.get(measure, [])]
            if not is_safe_to_publish(adding, self.fewest)
            or not all(
                is_safe_to_restate(version.parts, adding, self.fewest)
                for version in self.earlier.get(measure, ())
                if version.is_open
            )
        }
        return with_roll_ups(self.figures, hidden)

    @cached_property
    def unchanged(self) -> dict[str, list[Part]]:
        """The parts of the measures that every run before had the same parts of."""
        return {
            measure: parts
            for measure, parts in self.parts.items()
            if all(sorted(version.parts) == sorted(parts) for version in self.earlier.get(measure, ()))
        }


def parts_of(
    figures: Iterable[Counted], in_the_open: Collection[str], owners: Mapping[str, str]
) -> dict[str, list[Part]]:
    """Return what each owner adds to each measure, from the figures by party and by nothing else."""
    found: dict[str, list[Part]] = defaultdict(list)
    for figure in figures:
        name = _party(figure.group, in_the_open)
        if name is not None:
            found[figure.measure].append(Part(name, figure.numerator or 0, figure.denominator or 0))
    return {measure: owned(parts, owners) for measure, parts in found.items()}


def _party(group: Mapping[str, str], in_the_open: Collection[str]) -> str | None:
    """Return whose figure it is, where it is one party's and nothing else."""
    name = next((group[taker] for taker in TAKERS if set(group) == {taker}), None)
    return None if name in in_the_open else name


def with_roll_ups(figures: Iterable[Counted], hidden: Collection[str]) -> frozenset[str]:
    """Return the measures, and the roll-ups from which one of them could be had by taking away the rest."""
    into = {figure.measure: figure.into for figure in figures if figure.into}
    found = set(hidden)
    while added := {into[one] for one in found if one in into} - found:
        found |= added
    return frozenset(found)


def _earlier(
    run: Run,
    owners: Mapping[str, str],
    in_the_open: Collection[str],
    alike: Mapping[str, Collection[str]],
) -> dict[str, list[Version]]:
    """Return what each earlier run of the period had of each measure that it had a whole of."""
    same = Q(period=run.period)
    for measure, periods in alike.items():
        same |= Q(measure=measure, period__in=sorted(periods))
    with unscoped(WHY):
        earlier = Figure.objects.filter(same, code=run.code, run__state=Run.LANDED).exclude(run=run)
        rows = list(
            earlier.order_by("run_id", "place").values_list(
                "run_id", "measure", "group", "classification", "numerator", "denominator"
            )
        )
    is_open = {row[:2]: row[3] in {Figure.WHITE, Figure.GREEN} for row in rows if not row[2]}
    parts: dict[tuple[int, str], list[Part]] = defaultdict(list)
    for number, measure, group, _, numerator, denominator in rows:
        name = _party(group, in_the_open)
        if name is not None:
            parts[number, measure].append(Part(name, numerator or 0, denominator or 0))
    found: dict[str, list[Version]] = defaultdict(list)
    for key in dict.fromkeys([*is_open, *parts]):
        found[key[1]].append(Version(is_open.get(key, False), owned(parts[key], owners)))
    return found
