"""Which figure stands where in a month's report, and the place in the page that a link to it names."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from tallystick.month import wording
from tallystick.month.assessment import Assessment, Figure, Finding, Point

MOST_LISTED = 10
SHORT = frozenset({"below_minimum", "below_target"})
NOT_SHARES = frozenset({"count", "roll_forward", "variance"})
TAKERS = ("party", "responsible")


@dataclass(frozen=True)
class Links:
    """Where measures and findings have pages of their own: an address each, or empty for none."""

    measure: Callable[[str], str]
    finding: Callable[[Finding], str]


class Outline:
    """An assessment sorted for a reader: wholes and parts, worst first, each with its place.

    Without `links`, what is told of a measure or a finding stands in the same page, at its place.
    """

    def __init__(self, assessment: Assessment, links: Links | None = None) -> None:
        self.assessment = assessment
        self.links = links
        self.wholes = tuple(one for one in assessment.figures if not one.group)
        self.figures = {one.measure: one for one in self.wholes}
        self.findings: dict[str, list[Finding]] = defaultdict(list)
        for finding in assessment.findings:
            self.findings[finding.measure].append(finding)
        self.groups: dict[str, list[Figure]] = defaultdict(list)
        for figure in assessment.figures:
            if figure.group:
                self.groups[figure.measure].append(figure)

    @cached_property
    def places(self) -> dict[str, str]:
        """The place of each measure that has a section of its own."""
        return _numbered("m", (one.measure for one in self.wholes if self.is_notable(one)))

    @cached_property
    def finding_places(self) -> dict[str, str]:
        return _numbered("f", (one.id for one in self.assessment.findings))

    def href(self, measure: str) -> str:
        """Return where a measure is told of, or nothing where it is not."""
        if self.links:
            return self.links.measure(measure)
        return f"#{self.places[measure]}" if measure in self.places else ""

    def finding_href(self, finding: Finding) -> str:
        """Return where a finding is told of."""
        return self.links.finding(finding) if self.links else f"#{self.finding_places[finding.id]}"

    @cached_property
    def roll_ups(self) -> tuple[Figure, ...]:
        """The figures made of others, the worst first."""
        wanted = {one.into for one in self.wholes if one.into}
        return worst_first(one for one in self.wholes if one.measure in wanted)

    def parts_of(self, figure: Figure) -> tuple[Figure, ...]:
        """Return the figures whose counts add up to it, those that miss most first."""
        made_of = [one for one in self.wholes if one.into == figure.measure]
        return tuple(sorted(made_of, key=lambda one: (-(wording.missed(one) or 0), one.measure)))

    def missed_word(self, figure: Figure) -> str:
        """Return what an event is called that was not as it should be: late where time is what counts."""
        made_of = self.parts_of(figure) or (figure,)
        return "late" if all(one.kind in wording.TIMED for one in made_of) else "missed"

    def history(self, figure: Figure) -> tuple[Point, ...]:
        return self.assessment.history.get(figure.measure, ())

    def is_notable(self, figure: Figure) -> bool:
        """Tell whether the measure has a section: an exception, a finding, parts, or a past to show."""
        told = sum(point.numerator is not None or bool(point.share) for point in self.history(figure))
        return (
            figure.state in SHORT
            or bool(figure.commentary)
            or "disputed" in figure.flags
            or bool(self.findings.get(figure.measure))
            or (figure in self.roll_ups and figure.state != "not_reported")
            or told > 1
        )

    @cached_property
    def worst(self) -> Figure | None:
        """The figure that the month's charts are about: the worst roll-up, else the worst with a past."""
        past = [one for one in self.wholes if len(self.history(one)) > 1]
        return next(iter(self.roll_ups or worst_first(past)), None)

    @cached_property
    def tables(self) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
        """The measures under their headings: of the code, of providers, and of duties; worst first."""
        code = [one for one in self.wholes if self._is_of_the_code(one)]
        provider = [one for one in self.wholes if one.provider and one not in code and one.reportable]
        outside = [one for one in self.wholes if not one.reportable]
        rest = [one for one in self.wholes if one not in code and one not in provider and one not in outside]
        if not code and not provider:
            return (("Measures", worst_first(rest)),)
        headed = (
            ("Code performance measures", code),
            ("Service provider measures", provider),
            ("Duties and counts", rest),
        )
        return tuple((title, worst_first(figures)) for title, figures in headed if figures)

    @property
    def outside(self) -> tuple[Figure, ...]:
        """The measures that the report leaves out, kept for service credits."""
        return worst_first(one for one in self.wholes if not one.reportable)

    @cached_property
    def graded(self) -> tuple[Figure, ...]:
        return tuple(one for one in self.wholes if one.reportable)

    @cached_property
    def duties(self) -> tuple[Figure, ...]:
        """The measures of what parties owe, that have a figure for each party."""
        return tuple(
            one
            for one in self.wholes
            if one.provider is None
            and one.kind not in NOT_SHARES
            and one.obligation not in self._provider_obligations
            and self.by_party(one)
        )

    def by_party(self, figure: Figure) -> dict[str, Figure]:
        """Return the figure of each party, where figures by party and nothing else were asked for."""
        for taker in TAKERS:
            found = {
                one.group[taker]: one for one in self.groups[figure.measure] if set(one.group) == {taker}
            }
            if found:
                return found
        return {}

    @cached_property
    def _provider_obligations(self) -> frozenset[str]:
        return frozenset(one.obligation for one in self.wholes if one.provider or one in self.roll_ups)

    def _is_of_the_code(self, figure: Figure) -> bool:
        if figure in self.roll_ups:
            return True
        return (
            figure.provider is None
            and figure.reportable
            and figure.target is not None
            and figure.obligation in self._provider_obligations
        )


def worst_first(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the figures by state, the worst first, in their own order where states are equal."""
    return tuple(sorted(figures, key=lambda one: wording.rank(one.state)))


def _numbered(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Return a place for each name; two names that would share one are told apart by a number."""
    places: dict[str, str] = {}
    taken: dict[str, int] = defaultdict(int)
    for name in names:
        place = wording.anchor(prefix, name)
        taken[place.lower()] += 1
        places[name] = place if taken[place.lower()] == 1 else f"{place}--{taken[place.lower()]}"
    return places
