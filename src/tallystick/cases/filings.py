"""A version of a remedy as its form has it, and what it has to say before it can be filed."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tallystick.cases.models import Case
from tallystick.cases.models.case import KEY
from tallystick.cases.progress import measures_for
from tallystick.cases.versions import Promise
from tallystick.parties.rulebooks import rulebook_of

MOST_MILESTONES = 40
MOST_MONTHS = 36
PLACES = 4
WHOLE = 100
LONGEST = {"what": 300, "owner": 200, "proof": 300}
LONGEST_NAME = 200


class UnableToFileRemedy(Exception):
    """Something is not said or cannot be, the case is not where a remedy is filed, or one waits already."""


@dataclass(frozen=True)
class Planned:
    """A milestone as the form has it; `thread` names the one of earlier versions that it is, if it is one.

    One that the measure of the remedy will prove has the measure's key for its proof.
    """

    what: str
    owner: str
    due_on: dt.date
    proof: str
    thread: int | None = None


@dataclass(frozen=True)
class Filed:
    """A version as the form has it: `otherwise` where no measure says when it has done.

    `instead_because` is why it takes the place of a version that still waits. `key` is that of the form.
    """

    cause: str
    milestones: tuple[Planned, ...]
    key: str
    measure: str = ""
    level: Decimal | None = None
    months: int | None = None
    otherwise: str = ""
    signed_by: str = ""
    signed_as: str = ""
    signed_on: dt.date | None = None
    instead_because: str = ""


@dataclass(frozen=True)
class Before:
    """What earlier versions of a case come to: the latest promise of each milestone, and those met."""

    promises: Mapping[int, Promise]
    met: Collection[int]


def check(filed: Filed, case: Case, before: Before, on: dt.date) -> None:
    """Stop a version that does not say all that it has to.

    :raises UnableToFileRemedy: naming the first of what is wrong
    """
    if not 0 < len(filed.key) <= KEY:
        raise UnableToFileRemedy("The form has no key, so that it could file twice. Open the page again.")
    if not filed.cause.strip():
        raise UnableToFileRemedy("A remedy says the cause. Say what went wrong.")
    _check_criterion(filed, case)
    _check_signature(filed, on)
    if not 1 <= len(filed.milestones) <= MOST_MILESTONES:
        raise UnableToFileRemedy(f"A remedy has 1 to {MOST_MILESTONES} milestones.")
    for planned in filed.milestones:
        _check_words(planned)
    _check_threads(filed, before)
    last = rulebook_of(case.code).calendar().last
    for number, planned in _to_come(filed, before):
        if planned.due_on <= on:
            raise UnableToFileRemedy(f"Milestone {number} is due on {planned.due_on}. Promise a later day.")
        if planned.due_on > last:
            raise UnableToFileRemedy(f"Milestone {number} is due after {last}, as far as days are counted.")


def _check_criterion(filed: Filed, case: Case) -> None:
    by_measure = (filed.measure, filed.level, filed.months)
    if not filed.measure:
        if not filed.otherwise.strip() or by_measure != ("", None, None):
            raise UnableToFileRemedy("Say when it has done: by a measure, a level and months, or otherwise.")
        return
    if filed.otherwise.strip():
        raise UnableToFileRemedy("A measure says when it has done. Leave out what else would.")
    known = measures_for(case, rulebook_of(case.code))
    if filed.measure not in known:
        told = f"Use one of {', '.join(known)}." if known else "Say otherwise when it has done."
        raise UnableToFileRemedy(f"{filed.measure[:60]!r} is no measure of the party in this matter. {told}")
    if filed.months is None or not 1 <= filed.months <= MOST_MONTHS:
        raise UnableToFileRemedy(f"The level holds for 1 to {MOST_MONTHS} months running.")
    if filed.level is None or not filed.level.is_finite() or not 0 <= filed.level <= WHOLE:
        raise UnableToFileRemedy("The level is a percentage, 0 to 100.")
    if filed.level != round(filed.level, PLACES):
        raise UnableToFileRemedy(f"The level has {PLACES} decimal places at most.")


def _check_signature(filed: Filed, on: dt.date) -> None:
    said = (filed.signed_by.strip(), filed.signed_as.strip(), filed.signed_on)
    if not any(said):
        return
    if not filed.signed_by.strip() or not filed.signed_as.strip() or filed.signed_on is None:
        raise UnableToFileRemedy("A signature says who signed, as what, and on which day. Say all three.")
    if filed.signed_on > on:
        raise UnableToFileRemedy(f"It would be signed on {filed.signed_on}, which is to come.")
    if max(len(filed.signed_by.strip()), len(filed.signed_as.strip())) > LONGEST_NAME:
        raise UnableToFileRemedy(f"A name has {LONGEST_NAME} characters at most.")


def _check_words(planned: Planned) -> None:
    for name, longest in LONGEST.items():
        said = getattr(planned, name).strip()
        if not said:
            raise UnableToFileRemedy(f"A milestone says what, whose, by when and its proof. Say the {name}.")
        if len(said) > longest:
            raise UnableToFileRemedy(f"The {name} of a milestone has {longest} characters at most.")


def _check_threads(filed: Filed, before: Before) -> None:
    """Stop a milestone that is none of those before, stands twice, or was met and is not as it was."""
    threads = [one.thread for one in filed.milestones if one.thread is not None]
    if len(set(threads)) < len(threads) or not set(threads) <= set(before.promises):
        raise UnableToFileRemedy("A milestone of an earlier version stands once in a later one, as itself.")
    for number, planned in enumerate(filed.milestones, 1):
        if planned.thread is not None and planned.thread in before.met:
            met = before.promises[planned.thread]
            said = (planned.what.strip(), planned.owner.strip(), planned.due_on, planned.proof.strip())
            if said != (met.what, met.owner, met.due_on, met.proof):
                raise UnableToFileRemedy(f"Milestone {number} is met already. Leave it as it was.")


def _to_come(filed: Filed, before: Before) -> Iterator[tuple[int, Planned]]:
    """Yield the milestones with their numbers that are not met yet."""
    for number, planned in enumerate(filed.milestones, 1):
        if planned.thread is None or planned.thread not in before.met:
            yield number, planned
