"""The question that a plan asks of the optimiser, put together from a register, a rulebook and terms.

The exposure of a risk is its net score, in the units of its method. It is spread in equal parts over the
categories of parties that cause the risk; what a provider or a body causes stands by itself. Nobody has said
how much of a risk each category bears, so that equal parts are assumed.

What a technique costs by year, or each time that it is applied, is paid once, however many categories it
reaches: a plan applies it once. What it costs by category is paid for each. What it takes off is the
rulebook's word, or the share that a person accepted from experience, in each category that has one.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.assessments.optimiser.question import QUARTERS, Option, Pair, Question, Technique
from tallystick.assessments.planning.terms import NEVER, PENCE, Terms
from tallystick.rulebook.code import Code
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.techniques import ALL, MONTHS_A_YEAR
from tallystick.rulebook.techniques import Technique as Known

MONTHS_A_QUARTER = MONTHS_A_YEAR // len(QUARTERS)
# Roles that are everybody who signed.
EVERYBODY = frozenset({"parties", "user"})


@dataclass(frozen=True)
class Exposed:
    """A risk as a plan sees it: its net score and who causes it."""

    reference: str
    area: str
    caused_by: tuple[str, ...]
    net: Decimal

    @property
    def told(self) -> dict[str, Any]:
        """The risk as JSON."""
        return {
            "reference": self.reference,
            "area": self.area,
            "caused_by": list(self.caused_by),
            "net": f"{self.net:f}",
        }


def exposed_of(told: Mapping[str, Any]) -> Exposed:
    """Return the risk that JSON tells of."""
    caused = tuple(told["caused_by"])
    return Exposed(told["reference"], told["area"], caused, Decimal(told["net"]))


@dataclass(frozen=True)
class Year:
    """The months of an operating period, by their numbers, in the order in which they come."""

    first: int

    @property
    def months(self) -> tuple[int, ...]:
        return tuple((self.first - 1 + ahead) % MONTHS_A_YEAR + 1 for ahead in range(MONTHS_A_YEAR))

    def quarter(self, month: int) -> int:
        """Return the quarter of the period that a month of the calendar lies in, from 1."""
        return self.months.index(month) // MONTHS_A_QUARTER + 1

    def months_of(self, technique: Known, not_before: int = 1) -> tuple[int, ...]:
        """Return the months in which a technique runs, no earlier than the quarter that it waits for.

        What would be over by then runs as long as it would have, from the first month of that quarter.
        """
        own = technique.when.months() if technique.when else self.months
        there = [one for one in self.months if one in own]
        left = [one for one in there if self.quarter(one) >= not_before]
        if left or not_before == NEVER:
            return tuple(left)
        begin = (not_before - 1) * MONTHS_A_QUARTER
        return self.months[begin : begin + len(there)]


def segments_of(caused_by: Iterable[str], code: Code) -> tuple[str, ...]:
    """Return the categories of parties behind roles; what is no category and has none stands by itself."""
    found: list[str] = []
    for one in caused_by:
        own = [key for key in code.categories if key == one or key.endswith(f"_{one}")]
        found += list(code.categories) if one in EVERYBODY else own or [one]
    return tuple(dict.fromkeys(found))


def exposure_of(risks: Iterable[Exposed], code: Code) -> dict[Pair, float]:
    """Return what each segment bears of each risk; a risk that nobody is said to cause is everybody's."""
    found: dict[Pair, float] = {}
    for risk in risks:
        segments = segments_of(risk.caused_by, code) or tuple(code.categories)
        found |= {(risk.reference, one): float(risk.net) / len(segments) for one in segments}
    return found


def question_of(risks: Collection[Exposed], rulebook: Rulebook, year: Year, terms: Terms) -> Question:
    """Return what is asked of the optimiser.

    :raises UnableToAsk: if the terms name a technique that the rulebook has not, or contradict themselves
    """
    exposure = exposure_of(risks, rulebook.code)
    techniques = [_technique(one, year, terms) for one in _sorted(rulebook)]
    runs = {one.key: one.quarters for one in techniques}
    options = [
        _option(one, segment, exposure, (runs[one.key], terms))
        for one in _sorted(rulebook)
        for segment in dict.fromkeys(segment for _, segment in exposure)
    ]
    levels = rulebook.code.assurance_levels
    return Question(
        exposure,
        tuple(techniques),
        tuple(_worth(options, techniques)),
        budget=terms.budget,
        coverage={risk: float(levels[level].share) for risk, level in terms.levels.items()},
        hours={segment: float(hours) for segment, hours in terms.hours.items()},
        fixed=dict(terms.fixed),
    )


def hash_of(question: Question) -> str:
    """Return what tells a question from every other, its budget included."""
    told = {
        "exposure": sorted([*pair, value] for pair, value in question.exposure.items()),
        "techniques": [
            [one.key, one.cost, one.needs, one.after, one.is_tried, one.quarters]
            for one in question.techniques
        ],
        "options": [[*one.key, one.cost, one.hours, sorted(one.effects.items())] for one in question.options],
        "budget": question.budget,
        "coverage": sorted(question.coverage.items()),
        "hours": sorted(question.hours.items()),
        "fixed": sorted(question.fixed.items()),
    }
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _sorted(rulebook: Rulebook) -> list[Known]:
    return [one for _, one in sorted(rulebook.techniques.items())]


def _technique(known: Known, year: Year, terms: Terms) -> Technique:
    months = year.months_of(known, terms.not_before.get(known.key, 1))
    return Technique(
        key=known.key,
        cost=0 if known.cost.per == "category" else _pence(known),
        needs=known.needs,
        after=known.after,
        is_tried=bool(known.after) and {*known.after} <= {*terms.tried},
        quarters=tuple(sorted({year.quarter(one) for one in months})),
    )


def _option(
    known: Known, segment: str, exposure: Mapping[Pair, float], told: tuple[tuple[int, ...], Terms]
) -> Option:
    """Return a technique among the parties of a segment, at what is paid for that segment besides."""
    quarters, terms = told
    effects = {
        risk: float(terms.effects.get(known.key, {}).get(risk, known.effect_on(risk, segment)))
        for risk, shares in sorted(known.effects.items())
        if exposure.get((risk, segment))
        and (ALL in shares or segment in shares)
        and any(one >= terms.mature.get(risk, 1) for one in quarters)
    }
    return Option(
        known.key,
        segment,
        cost=_pence(known) if known.cost.per == "category" else 0,
        hours=float(known.burden.hours),
        effects={risk: share for risk, share in effects.items() if share},
    )


def _worth(options: Iterable[Option], techniques: Iterable[Technique]) -> list[Option]:
    """Return the options that take something off, and those that these wait for."""
    there = {one.key: one for one in options}
    waits = {one.key: (*one.needs, *one.after) for one in techniques}
    wanted = [key for key, one in there.items() if one.effects]
    for technique, segment in wanted:
        wanted += [(one, segment) for one in waits[technique] if (one, segment) not in wanted]
    return [one for key, one in there.items() if key in {*wanted}]


def _pence(known: Known) -> int:
    return int(known.cost.amount * PENCE)
