"""An application as the form that begins it has it, and what it has to satisfy."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import OperatingPeriod, Risk

LONGEST_TITLE, LONGEST = 200, 4000
MOST = Decimal(100_000_000)
MOST_PARTIES = 2000


class UnableToBeginApplication(Exception):
    """The catalogue has no such technique, or what it is aimed at, when, why or for how much is not said."""


@dataclass(frozen=True)
class Begun:
    """What is applied, to whom, when, for how much and why.

    Where no risks or categories are told, those count that the technique has an effect on. `parties` are
    those that have a part in it; a technique that asks nothing of anybody may have none.
    """

    technique: str
    title: str
    why: str
    from_on: dt.date
    until_on: dt.date
    cost: Decimal
    key: str
    parties: tuple[Organisation, ...] = ()
    period: OperatingPeriod | None = None
    risks: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def check(begun: Begun, by: Acting) -> None:
    """Stop an application that cannot be.

    :raises UnableToBeginApplication: saying why
    """
    rulebook = rulebook_of(by.code)
    if begun.technique not in rulebook.techniques:
        raise UnableToBeginApplication(f"The catalogue has no technique {begun.technique[:60]!r}.")
    for what, said, most in (("what it is", begun.title, LONGEST_TITLE), ("why", begun.why, LONGEST)):
        if not said.strip() or len(said) > most:
            raise UnableToBeginApplication(f"Say {what}, in {most:,} characters at most.")
    if begun.until_on < begun.from_on:
        raise UnableToBeginApplication("It ends no earlier than it begins.")
    if not begun.cost.is_finite() or not 0 <= begun.cost < MOST:
        raise UnableToBeginApplication("What it is planned to cost is not below nothing.")
    for name in begun.categories:
        if name not in rulebook.code.categories:
            raise UnableToBeginApplication(f"The code has no category {name[:60]!r}.")
    _check_risks(begun, by.code)
    _check_parties(begun, by.code)


def _check_risks(begun: Begun, code: str) -> None:
    known = set(Risk.objects.filter(code=code).values_list("reference", flat=True))
    known |= set(rulebook_of(code).risks)
    for reference in begun.risks:
        if reference not in known:
            raise UnableToBeginApplication(f"The register has no risk {reference[:20]!r}.")


def _check_parties(begun: Begun, code: str) -> None:
    if begun.period is not None and begun.period.code != code:
        raise UnableToBeginApplication("The period is of another code.")
    if len(begun.parties) > MOST_PARTIES:
        raise UnableToBeginApplication(f"It reaches {MOST_PARTIES:,} parties at most.")
    twice = [one.name for one, count in Counter(begun.parties).items() if count > 1]
    if twice:
        raise UnableToBeginApplication(f"{twice[0]} is named twice.")
    keys = [one.pk for one in begun.parties]
    of_code = Organisation.objects.filter(categories__code=code, pk__in=keys).distinct().count()
    if of_code != len(begun.parties):
        raise UnableToBeginApplication("It reaches parties of this code, and no others.")
