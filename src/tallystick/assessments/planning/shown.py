"""A plan as its page shows it: techniques by value with why each is in or out, and the year by months."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tallystick.assessments.optimiser.question import Question
from tallystick.assessments.optimiser.reasons import Reason
from tallystick.assessments.planning.asking import Exposed, Year
from tallystick.assessments.planning.drawn import Drawn
from tallystick.assessments.planning.money import THOUSAND, thousands
from tallystick.assessments.planning.names import short_of, title_of
from tallystick.assessments.planning.terms import Terms
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.techniques import MONTHS_A_YEAR, Technique

SHADES = {"preventative": "pv", "incentivisation": "iv", "detective": "dt", "corrective": "cr"}
DROPPED = "No longer in the catalogue: a later edition of the rulebook dropped it."
UNWEIGHED = "What the plan would be otherwise was not worked out: the question is large."
SUITE = 2  # that many references in a row are named one by one


@dataclass(frozen=True)
class Row:
    """A technique in the list; `per` is what it removes for each £1,000, None where it costs nothing."""

    key: str
    title: str
    kinds: str
    risks: str
    cost: str
    removes: str
    per: str
    is_in: bool
    is_fixed: bool
    is_standard: bool
    is_checked: bool
    why: str
    value: float
    is_weighed: bool = True


@dataclass(frozen=True)
class Span:
    """Some months of a row of the year; without words nothing runs in them."""

    months: int
    words: str = ""
    shade: str = ""


@dataclass(frozen=True)
class Bar:
    """A technique in the year."""

    name: str
    spans: tuple[Span, ...]
    spoken: str


def rows_of(
    plan: Drawn, question: Question, rulebook: Rulebook, whys: Mapping[str, str]
) -> tuple[list[Row], list[Row], list[str]]:
    """Return the techniques that cost something, best value first; those that cost nothing; the others.

    The others take nothing off any risk of the register, and are named only.

    :param whys: what whoever put a technique in, or left it out, said
    """
    asked = {one.technique for one in question.options}
    weighed = [one for one in plan.reasons if one.technique in asked or one.cost or one.removes]
    rows = [_row(one, rulebook, question, whys) for one in weighed]
    paid = [one for one in rows if one.per]
    free = [one for one in rows if not one.per]
    others = [short_of(rulebook, one.technique) for one in plan.reasons if one not in weighed]
    return sorted(paid, key=lambda one: (-one.value, one.title)), free, sorted(others)


def year_of(plan: Drawn, rulebook: Rulebook, year: Year, terms: Terms) -> list[Bar]:
    """Return the techniques of a plan by the months in which they run, the earliest first."""
    taken = [rulebook.techniques[key] for key in plan.techniques if key in rulebook.techniques]
    months = {one.key: year.months_of(one, terms.not_before.get(one.key, 1)) for one in taken}
    whole = [one for one in taken if months[one.key]]
    whole.sort(key=lambda one: (year.months.index(months[one.key][0]), -len(months[one.key]), one.title))
    return [_bar(one, months[one.key], year) for one in whole]


def heads_of(year: Year) -> list[str]:
    """Return the months of a period by their short names."""
    return [calendar.month_abbr[one] for one in year.months]


def named(references: Collection[str]) -> str:
    """Return references with those in a row joined: R-01 to R-03, R-05."""
    runs: list[list[str]] = []
    for one in sorted(references):
        follows = runs and _number(one) == _number(runs[-1][-1]) + 1
        runs[-1].append(one) if follows else runs.append([one])
    told = [f"{run[0]} to {run[-1]}" if len(run) > SUITE else ", ".join(run) for run in runs]
    return ", ".join(told)


def amount(value: float) -> str:
    """Return an amount of exposure, exact to a tenth where it is small."""
    return f"{value:,.1f}".removesuffix(".0")


def _row(
    reason: Reason,
    rulebook: Rulebook,
    question: Question,
    whys: Mapping[str, str],
) -> Row:
    known = rulebook.techniques.get(reason.technique)
    own = [one for one in question.options if one.technique == reason.technique]
    value = reason.removes * THOUSAND / reason.cost if reason.cost else 0.0
    return Row(
        key=reason.technique,
        title=title_of(rulebook, reason.technique),
        kinds=", ".join(
            rulebook.code.technique_classes.get(key, key) for key in (known.classes if known else ())
        ),
        risks=named({risk for one in own for risk in one.effects}),
        cost=thousands(reason.cost),
        removes=amount(reason.removes),
        per=f"{value:.2f}" if reason.cost else "",
        is_in=reason.is_in,
        is_fixed=reason.technique in question.fixed,
        is_standard=known is not None and known.standard,
        is_checked=known is not None and known.verified,
        why=_told(reason, question, rulebook, whys) if known else DROPPED,
        value=value,
        is_weighed=reason.is_weighed,
    )


def _told(reason: Reason, question: Question, rulebook: Rulebook, whys: Mapping[str, str]) -> str:
    if not reason.is_weighed and reason.technique not in question.fixed:
        return UNWEIGHED
    return _why(reason, question, rulebook, whys)


def _why(reason: Reason, question: Question, rulebook: Rulebook, whys: Mapping[str, str]) -> str:
    more = None if reason.more is None else amount(reason.more)
    if reason.why in ("put_in", "left_out"):
        who = "Put in" if reason.why == "put_in" else "Left out"
        said = f"{who} by a person: {whys.get(reason.technique, 'for a reason that is not kept')}"
        costs = "" if more in (None, "0") else f" By the figures alone {more} less would be left."
        return f"{said.rstrip('.')}.{costs}"
    if reason.why == "waits":
        return _waits(reason, question, rulebook)
    if reason.why == "worth_it":
        return (
            f"Without it {more} more would be left."
            if more
            else "What is asked cannot be reached without it."
        )
    if reason.why == "cannot":
        return "No plan has room for it beside what is asked."
    if reason.why == "no_effect":
        return "The rest takes off already what it would."
    return f"Its money and hours do more elsewhere: with it {more} more would be left."


def _waits(reason: Reason, question: Question, rulebook: Rulebook) -> str:
    if reason.others:
        return f"It waits for {_listed(short_of(rulebook, one) for one in reason.others)}, not in the plan."
    after = question.of[reason.technique].after
    if after:
        names = _listed(short_of(rulebook, one) for one in after)
        return f"It comes after {names}, which begins no quarter earlier."
    return "It does not run this year."


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names)


def _bar(known: Technique, months: Sequence[int], year: Year) -> Bar:
    words = known.when.says if known.when and known.when.says else "Any time"
    name, shade = known.short or known.title, SHADES.get(known.classes[0], "dt")
    spans: list[Span] = []
    for month in year.months:
        is_on = month in months
        if spans and bool(spans[-1].words) == is_on:
            spans[-1] = Span(spans[-1].months + 1, spans[-1].words, spans[-1].shade)
        else:
            spans.append(Span(1, words, shade) if is_on else Span(1))
    first, last = calendar.month_name[months[0]], calendar.month_name[months[-1]]
    span = "all year" if len(months) == MONTHS_A_YEAR else first if first == last else f"{first} to {last}"
    return Bar(name, tuple(spans), span)


def _number(reference: str) -> int:
    return int(reference.rpartition("-")[2]) if reference.rpartition("-")[2].isdigit() else -1


def reached(plan: Drawn, risks: Iterable[Exposed]) -> list[tuple[Exposed, str, str, str]]:
    """Return each risk with its net score, what a plan leaves of it, and the share that is taken off."""
    left = dict(plan.by_risk)
    found = []
    for one in risks:
        net = float(one.net)
        share = 1 - left.get(one.reference, net) / net if net else 0.0
        found.append((one, amount(net), amount(left.get(one.reference, net)), f"{share * 100:.0f}%"))
    return found
