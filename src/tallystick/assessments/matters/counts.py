"""What parties did, month by month, as the current runs landed it and somebody may see it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from tallystick.assessments.matters.sums import rolling
from tallystick.month.outline import NOT_SHARES
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation, in_force
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span
from tallystick.runs.models import Figure, Run
from tallystick.runs.peers import owners_on

MOST_MONTHS = 13
MONTH = len("2021-07")


class UnableToCount(Exception):
    """A month has not landed, the window is no window, or nobody has a figure in it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Months from a first to a last, both as 2021-07 and both included."""

    first: str
    last: str

    @property
    def months(self) -> list[str]:
        numbers = [int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (self.first, self.last)]
        return [f"{one // 12:04}-{one % 12 + 1:02}" for one in range(numbers[0], numbers[1] + 1)]

    @property
    def last_day(self) -> dt.date:
        return Span.parse(self.last).last

    @property
    def words(self) -> str:
        first, last = Span.parse(self.first).words, Span.parse(self.last).words
        return last if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class OfParty:
    """What one party did over a window, and who owns it."""

    party: Organisation
    owner: str
    numerator: int
    denominator: int


def measures_of_parties(code: str) -> dict[str, str]:
    """Return the measures of what parties owe, by their titles: shares that are had by party."""
    rules = rulebook_of(code).measures
    return {
        key: one.title
        for key, one in rules.items()
        if one.kind not in NOT_SHARES and "party" in getattr(one, "by", ()) and not one.provider
    }


def landed_months(acting: Acting) -> list[str]:
    """Return the months that have a landed run which counts, the latest first."""
    found = Run.objects.visible_to(acting).filter(is_current=True).values_list("period", flat=True)
    return sorted({one for one in found if len(one) == MONTH}, reverse=True)


def done_in(acting: Acting, measure: str, window: Window, category: str = "") -> list[OfParty]:
    """Return what each party did under a measure over a window, as far as somebody may see it, by name.

    Numerators and denominators are summed, never shares. A month in which a party had no event adds nothing.

    :param category: as on the last day of the window; empty for parties of every category
    :raises UnableToCount: if a month of it has not landed, or nobody had an event in it
    """
    months = window.months
    if not 1 <= len(months) <= MOST_MONTHS:
        raise UnableToCount(f"Choose a window of 1 to {MOST_MONTHS} months.")
    missing = sorted(set(months) - set(landed_months(acting)))
    if missing:
        raise UnableToCount(f"{', '.join(missing)} has not landed. Run it first, or choose other months.")
    counts = _by_month(acting, measure, months)
    if category:
        held = Category.objects.filter(in_force(window.last_day), code=acting.code, category=category)
        of_it = set(held.values_list("organisation_id", flat=True))
        counts = {party: one for party, one in counts.items() if party.pk in of_it}
    found = _summed(counts, window)
    if not found:
        raise UnableToCount(f"Nobody of them had an event under {measure[:60]} in {window.words}.")
    return found


def _by_month(
    acting: Acting, measure: str, months: list[str]
) -> dict[Organisation, dict[str, tuple[int, int]]]:
    rows = Figure.objects.visible_to(acting).filter(
        measure=measure,
        period__in=months,
        run__is_current=True,
        party__isnull=False,
        numerator__isnull=False,
        denominator__gt=0,
    )
    counts: dict[Organisation, dict[str, tuple[int, int]]] = defaultdict(dict)
    for one in rows.select_related("party").order_by("pk"):
        if one.party is not None and list(one.group) == ["party"]:
            counts[one.party][one.period] = (one.numerator or 0, one.denominator or 0)
    return counts


def _summed(counts: dict[Organisation, dict[str, tuple[int, int]]], window: Window) -> list[OfParty]:
    owners, months = owners_on(window.last_day), window.months
    found = []
    for party, by_month in counts.items():
        whole = rolling({**dict.fromkeys(months, (0, 0)), **by_month}, window.last, len(months))
        if whole is not None and whole[1]:
            owner = owners.get(party.pk, f"organisation {party.pk}")
            found.append(OfParty(party, owner, *whole))
    return sorted(found, key=lambda one: one.party.name)
