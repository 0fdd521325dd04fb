"""What parties have open on a day, for a league: by number, age and severity, and in words.

The cases of a code stand above this room in the house. Which of them are open is asked of that room by the
name in the settings, as the register of risks asks for what a plan leaves.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.utils.module_loading import import_string

from tallystick.assessments.comparisons.comparing import DAYS_A_YEAR, OpenIssue, Tallies, Tally, tallied
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation, in_force
from tallystick.parties.rulebooks import rulebook_of
from tallystick.runs.peers import owners_on

NOTHING_OPEN = "Nothing open"


@dataclass(frozen=True)
class OfIssues:
    """What one party has open by severity, and who owns it."""

    party: Organisation
    owner: str
    tallies: Tallies


def open_issues(acting: Acting, on: dt.date) -> list[OpenIssue]:
    """Return the issues that are open on a day, as far as somebody may see them."""
    told: Iterable[OpenIssue] = import_string(settings.OPEN_ISSUES)(acting, on)
    return list(told)


def open_in(acting: Acting, category: str, on: dt.date) -> list[OfIssues]:
    """Return what each party of a category has open on a day, by name; who has nothing open is among them.

    :raises UnableToCompare: if an issue has a severity without a weight
    """
    held = Category.objects.filter(in_force(on), code=acting.code, category=category)
    parties = {one.organisation.slug: one.organisation for one in held.select_related("organisation")}
    theirs = [one for one in open_issues(acting, on) if one.party in parties]
    found, owners = tallied(parties, theirs, weights_on(acting.code, on), on), owners_on(on)
    rows = [
        OfIssues(party, owners.get(party.pk, f"organisation {party.pk}"), found[slug])
        for slug, party in parties.items()
    ]
    return sorted(rows, key=lambda one: one.party.name)


def weights_on(code: str, on: dt.date) -> Mapping[str, Decimal]:
    """Return what an issue of each severity weighs on a day, the heaviest first; nothing where none do."""
    league = rulebook_of(code).league_on(on)
    weights = league.weights if league else {}
    return {name: weights[name] for name in sorted(weights, key=lambda name: (-weights[name], name))}


def written(tallies: Tallies) -> dict[str, list[int]]:
    """Return what is open as a row keeps it: count and days by severity."""
    return {name: [one.count, one.days] for name, one in sorted(tallies.items()) if one.count}


def read(kept: Mapping[str, list[int]]) -> dict[str, Tally]:
    """Return what is open from how a row keeps it."""
    return {name: Tally(*one) for name, one in kept.items()}


def in_words(kept: Mapping[str, list[int]], order: Iterable[str]) -> str:
    """Return what a row keeps in words, the severities in such an order."""
    tallies = read(kept)
    said = [_said(name, tallies[name]) for name in order if name in tallies]
    return "; ".join(said) or NOTHING_OPEN


def _said(severity: str, one: Tally) -> str:
    average = "" if one.count == 1 else " on average"
    return f"{one.count} {severity}, {_aged(one)}{average}"


def _aged(one: Tally) -> str:
    """Return an average age: in days within the first year, then in years to one place."""
    days = Fraction(one.days, one.count)
    if days < DAYS_A_YEAR:
        whole = int(days + Fraction(1, 2))
        return "1 day" if whole == 1 else f"{whole} days"
    return f"{float(one.age):.1f} years"
