"""A line of a comparison is corrected: before a body has it by another sheet, afterwards with a day to it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from tallystick.assessments.comparisons.comparing import Tally, UnableToCompare
from tallystick.assessments.comparisons.issues import OfIssues, read, written
from tallystick.assessments.comparisons.operations.publishing import CORRECT
from tallystick.assessments.comparisons.operations.sheets import (
    Made,
    made_of,
    made_of_issues,
    print_sheet,
    seal_lines,
    write_sheet,
)
from tallystick.assessments.comparisons.withholding import UnableToCompareParties
from tallystick.assessments.matters.counts import OfParty
from tallystick.assessments.matters.operations.moving import step
from tallystick.assessments.matters.operations.rows import LONGEST, enter, has_taken, locked
from tallystick.assessments.matters.standing import CORRECTABLE, stage_of
from tallystick.assessments.models import ComparedLine, Publication, Sheet
from tallystick.assessments.models.publication import COUNTED
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.said import words_of
from tallystick.runs.peers import owners_on

PUBLISHED = "published"


class UnableToCorrect(Exception):
    """The party is not among them, nothing differs or is said, the numbers cannot be, or a body has it."""


@dataclass(frozen=True)
class Corrected:
    """What a party did in truth, and what was wrong; `key` is that of the form.

    In a league it is what it had open, by severity, and no count of events.
    """

    party: Organisation
    why: str
    key: str
    numerator: int = 0
    denominator: int = 0
    issues: Mapping[str, Tally] = field(default_factory=dict)

    def is_told_by(self, line: ComparedLine) -> bool:
        """Tell whether a line says the same already."""
        if line.points is not None:
            return bool(written(self.issues) == line.issues)
        return (line.numerator, line.denominator) == (self.numerator, self.denominator)


@transaction.atomic
@unscoped(BY_AN_ACT)
def correct_publication(
    *, publication: Publication, corrected: Corrected, by: Acting, at: dt.datetime
) -> Sheet:
    """Correct what a party is compared by, in another sheet; once published, what is printed has its day.

    Who was withheld from readers before stays so. The same form again corrects nothing more.

    :raises UnableToCorrect: if nothing differs, too few could be shown then, or a body has what was sealed
    :raises UnableToMove: if it is published and the rule does not allow it
    """
    held = locked(publication)
    there = _corrected_before(held, corrected)
    if there is not None:
        return there
    stage = stage_of(process_of(held.course), standing_of(held.course, by.day))
    _check(stage, corrected, by)
    if held.is_league:
        _check_issues(corrected)
    else:
        _check_counts(corrected)
    lines = _lines(held, corrected)
    held.version, held.seal = held.version + 1, seal_lines(lines)
    held.save(update_fields=["version", "seal"])
    sheet = write_sheet(held, lines, corrected.why.strip(), by, at)
    places = worded(sheet, "why")
    if stage == PUBLISHED:
        made = step(held, Taken(CORRECT, corrected.key, {"why": corrected.why.strip()}), by, at)
        print_sheet(held)
        places += words_of(made)
    said = f"corrected {held.reference} in sheet {sheet.number}: {corrected.party.name}"
    told = {"sheet": sheet.number, "seal": sheet.seal, "party": corrected.party.handle, "form": corrected.key}
    enter("correct_publication", held, (by, at), said, {**told, **named(*places)}, sheet)
    return sheet


def _corrected_before(held: Publication, corrected: Corrected) -> Sheet | None:
    """Return the sheet that counts, where the form is the one that made it so."""
    sheet: Sheet = held.sheets.get(number=held.version)
    line = sheet.lines.filter(party=corrected.party).first()
    same = line is not None and corrected.is_told_by(line)
    if has_taken(held, corrected.key) or (same and sheet.number > 1 and sheet.why == corrected.why.strip()):
        return sheet
    return None


def _check(stage: str, corrected: Corrected, by: Acting) -> None:
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToCorrect("The office corrects it.")
    if stage not in (*CORRECTABLE, PUBLISHED):
        raise UnableToCorrect("A body has what was sealed. Withdraw it, or correct it once it is published.")
    if not corrected.why.strip() or len(corrected.why) > LONGEST:
        raise UnableToCorrect(f"Say what was wrong, in {LONGEST} characters at most.")


def _check_counts(corrected: Corrected) -> None:
    if not 0 <= corrected.numerator <= corrected.denominator or not corrected.denominator:
        raise UnableToCorrect("Of so many events no more can be good than there were, and there was one.")


def _check_issues(corrected: Corrected) -> None:
    for severity, one in corrected.issues.items():
        if one.count < 0 or one.days < 0 or (one.days and not one.count):
            raise UnableToCorrect(f"Of {severity[:60]} issues, so many for so many days cannot be.")


def _lines(held: Publication, corrected: Corrected) -> list[Made]:
    """Return the lines of the next sheet.

    :raises UnableToCorrect: if the party has no line, nothing differs, or too few could be shown
    """
    latest = held.sheets.get(number=held.version)
    there = list(latest.lines.select_related("party").order_by("party__name"))
    was = next((one for one in there if one.party_id == corrected.party.pk), None)
    if was is None:
        raise UnableToCorrect(f"{corrected.party.name} is not among those compared.")
    if corrected.is_told_by(was):
        raise UnableToCorrect("Nothing differs from what stands there.")
    owners = owners_on(held.day)
    owned = [(one, owners.get(one.party_id, f"organisation {one.party_id}")) for one in there]
    aliases = {one.party_id: one.alias for one in there}
    try:
        if held.is_league:
            of_issues = [_open(one, owner, corrected) for one, owner in owned]
            return made_of_issues(held, of_issues, aliases)
        shown_once = held.published_on is not None
        hidden = frozenset(one.party.slug for one in there if shown_once and one.state != COUNTED)
        return made_of(held, [_done(one, owner, corrected) for one, owner in owned], aliases, hidden)
    except (UnableToCompare, UnableToCompareParties) as refusal:
        raise UnableToCorrect(str(refusal)) from refusal


def _done(line: ComparedLine, owner: str, corrected: Corrected) -> OfParty:
    of = corrected if line.party_id == corrected.party.pk else line
    return OfParty(line.party, owner, of.numerator, of.denominator)


def _open(line: ComparedLine, owner: str, corrected: Corrected) -> OfIssues:
    is_it = line.party_id == corrected.party.pk
    found = {name: one for name, one in corrected.issues.items() if one.count} if is_it else read(line.issues)
    return OfIssues(line.party, owner, found)
