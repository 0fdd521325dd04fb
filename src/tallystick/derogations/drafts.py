"""A derogation as its form has it, and what it has to say before it can be drafted."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from tallystick.cases.models import Case, Remedy
from tallystick.derogations.effect import is_weaker
from tallystick.derogations.models.derogation import KEY, Derogation
from tallystick.parties.models import Organisation
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.rulebook import Rulebook

LONGEST = 4000
# What a licence asks is in no body's gift, whoever keeps the code: its clauses are named after the licence.
OF_A_LICENCE = re.compile(r"\blicence\b", re.IGNORECASE)
WORDS = (
    ("scope", "what it would cover"),
    ("justification", "why the obligation cannot be met"),
    ("control", "what is done instead"),
)


class UnableToDraftDerogation(Exception):
    """Something is not said or cannot be, the obligation is a licence's, or it is another party's to ask."""


@dataclass(frozen=True)
class Drafted:
    """A derogation as the form has it: `until_on` is its last day, `key` that of the form.

    `level` is in per cent, of `measure`. With a `remedy` it ends once the work of that is done.
    """

    party: Organisation
    obligation: str
    scope: str
    from_on: dt.date
    until_on: dt.date
    justification: str
    control: str
    key: str
    clause: str = ""
    measure: str = ""
    level: Decimal | None = None
    conditions: str = ""
    case: Case | None = None
    remedy: Remedy | None = None


def is_of_licence(owed: Obligation, clause: str = "") -> bool:
    """Tell whether what is owed is owed under a licence, as far as the clause, or every one, is named so."""
    return any(OF_A_LICENCE.search(one) for one in ((clause,) if clause else owed.clause))


def may_be_derogated(rulebook: Rulebook) -> dict[str, Obligation]:
    """Return the obligations of which a body of the code may let somebody off for a time."""
    return {key: one for key, one in rulebook.obligations.items() if not is_of_licence(one)}


def has_begun(rulebook: Rulebook, process: str, on: dt.date) -> bool:
    """Tell whether a code has a process on a day."""
    found = rulebook.processes.get(process)
    return found is not None and min(found.values) <= on


def check(drafted: Drafted, code: str, on: dt.date) -> None:
    """Stop a derogation that does not say all that it has to.

    :raises UnableToDraftDerogation: naming the first of what is wrong
    """
    if not 0 < len(drafted.key) <= KEY:
        raise UnableToDraftDerogation("The form has no key, so that it could draft two. Open the page again.")
    rulebook = rulebook_of(code)
    if not has_begun(rulebook, Derogation.TYPE, on):
        raise UnableToDraftDerogation("The code has no derogations on that day.")
    check_obligation(rulebook, drafted.obligation, drafted.clause)
    for name, what in WORDS:
        said = getattr(drafted, name)
        if not said.strip() or len(said) > LONGEST:
            raise UnableToDraftDerogation(f"Say {what}, in {LONGEST} characters at most.")
    _check_days(drafted, rulebook, on)
    if drafted.measure or drafted.level is not None:
        check_level(rulebook, drafted.obligation, drafted.measure, drafted.level, drafted.from_on)
    _check_work(drafted, code)


def check_obligation(rulebook: Rulebook, obligation: str, clause: str = "") -> None:
    """Stop a derogation from what the code does not ask, or what a licence does.

    :raises UnableToDraftDerogation: saying which
    """
    owed = rulebook.obligations.get(obligation)
    if owed is None:
        raise UnableToDraftDerogation(f"The code has no obligation {obligation[:60]!r}.")
    if clause and clause not in owed.clause:
        raise UnableToDraftDerogation(f"{obligation} is not owed under {clause[:60]}.")
    if is_of_licence(owed, clause):
        named = clause or ", ".join(owed.clause)
        raise UnableToDraftDerogation(
            f"{obligation} is owed under {named}, a condition of a licence. No body of the code can let "
            "anybody off it: ask whoever gave the licence."
        )


def check_level(
    rulebook: Rulebook, obligation: str, measure: str, level: Decimal | None, on: dt.date
) -> None:
    """Stop a level that nothing is compared with, or that is no weaker than what is asked of everybody.

    :raises UnableToDraftDerogation: saying which
    """
    rule = rulebook.measures.get(measure)
    if rule is None or rule.obligation != obligation:
        raise UnableToDraftDerogation(f"{measure[:60] or 'Nothing'} is no measure of {obligation}.")
    if level is None:
        raise UnableToDraftDerogation("A measure is named without the level that it asks for. Give both.")
    asked = rulebook.level_on(measure, on)
    if asked is None or asked.target is None:
        raise UnableToDraftDerogation(
            f"{measure} has no target on {on}. Leave the measure out, and say the scope in words."
        )
    if not 0 <= level <= 100 or not is_weaker(level, asked.target, rule.direction):  # noqa: PLR2004 - per cent
        less = "lower" if rule.direction == "up" else "higher"
        raise UnableToDraftDerogation(f"{measure} asks for {asked.target}%. Ask for a {less} level.")


def _check_days(drafted: Drafted, rulebook: Rulebook, on: dt.date) -> None:
    if drafted.until_on <= drafted.from_on:
        raise UnableToDraftDerogation("It would end before it begins. Give it a later last day.")
    if drafted.until_on <= on:
        raise UnableToDraftDerogation("Its last day is over. Nothing is let off for days gone by.")
    last = rulebook.calendar().last
    if drafted.until_on > last:
        raise UnableToDraftDerogation(f"It would end after {last}, as far as days are counted.")


def _check_work(drafted: Drafted, code: str) -> None:
    case, remedy = drafted.case, drafted.remedy
    if case is not None and (case.code != code or case.party_id != drafted.party.pk):
        raise UnableToDraftDerogation("The case is another party's.")
    if case is not None and case.closed_at is not None:
        raise UnableToDraftDerogation(f"{case.reference} has ended.")
    if remedy is not None and (case is None or remedy.case_id != case.pk):
        raise UnableToDraftDerogation("The work is of another case. Name the case that its remedy is of.")
