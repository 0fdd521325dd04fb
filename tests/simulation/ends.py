"""What holds at the end of a simulated year, each told by other means than the product's own."""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.test import override_settings

import tally_verify
from tallystick.cases.models import (
    Case,
    LineAnswer,
    Message,
    Milestone,
    MilestoneMet,
    Note,
    Remedy,
    SharedLines,
)
from tallystick.challenges.models import Challenge, Dispute
from tallystick.decisions.models import Ballot, Motion
from tallystick.derogations.models import Derogation, Forbearance, Term
from tallystick.journal import bundle, keys, verify
from tallystick.journal.models import Entry, Payload
from tallystick.journal.queries import head
from tallystick.journal.signing import sign_checkpoint
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role, in_force
from tallystick.processes.models import Course, Hold, Place, Step
from tallystick.processes.queries import standings
from tallystick.runs.models import Figure, Finding, FindingVersion, LineList
from tests.decisions.second_count import count_again
from tests.simulation.aftermath import aftermath
from tests.simulation.by_hand import held_by_hand
from tests.simulation.feeds import lost_or_doubled
from tests.simulation.law import ONE
from tests.simulation.replay import clocks_left_open, replayed, told_of
from tests.simulation.town import BEGINS
from tests.simulation.year import Year

CONFIDENTIAL = ("amber", "red")
SEEN: tuple[type[Model], ...] = (
    *(Case, Remedy, Milestone, MilestoneMet, SharedLines, Message, Note, LineAnswer),
    *(Course, Step, Hold, Motion, Ballot, Finding, FindingVersion, LineList, Figure),
    *(Challenge, Dispute, Derogation, Term, Forbearance),
)
# Acts that move a case, and the move that each of them makes; the others name their move.
ACTS = {
    "give_notice": "give_notice",
    "reply": "reply",
    "verify_case": "verify",
    "close_case": "close",
    "withdraw_case": "withdraw",
    "set_step_back": "set_back_to_pab",
}
# Acts that may move a case beside what they do: any of these moves, or none.
BESIDE = {
    "share_lines": ("inform",),
    "accept_remedy": ("accept_remedy", "accept_remedy_at_pab", "accept_remedy_at_panel"),
}


def wrong_at_the_end(year: Year, bundled: Path) -> list[str]:
    """Return all that is not as it has to be."""
    last = last_of(year)
    sign_checkpoint(year.home, year.desk.now + dt.timedelta(hours=12))
    checks = (
        year.desk.wrong,
        journal(year, bundled),
        entries(year),
        ways(year),
        (f"at the end, {one}" for one in clocks_left_open(last)),
        told_by_the_journal(year),
        rivals(year),
        ballots(year),
        closed(year),
        parties_are_told(year),
        evidence(year),
        aftermath(last),
    )
    return list(chain.from_iterable(checks))


def last_of(year: Year) -> dt.date:
    return BEGINS + (year.size.days - 1) * ONE


def journal(year: Year, bundled: Path) -> Iterator[str]:
    """Check the log here, and as a bundle by the checker that stands apart, under the last checkpoint."""
    yield from (f"journal: {flaw}" for flaw in verify.verified())
    bundle.write(bundled, year.home)
    known = [key.written for key in keys.stated(year.home)]
    verdict = tally_verify.check_bundle(bundled, known)
    yield from (f"checker: {flaw}" for flaw in verdict.flaws)
    if verdict.code != 0:
        yield f"checker: {verdict.code}, {verdict.unchecked} {verdict.refused}"


def entries(year: Year) -> Iterator[str]:
    """Compare the entries that acts were seen to write with those that there are."""
    if year.desk.entries != head().size:
        yield f"{year.desk.entries} entries were written, and there are {head().size}"
    if Entry.objects.count() != head().size:
        yield "the head counts other entries than there are"


def ways(year: Year) -> Iterator[str]:
    """Let every course go its way again by the law alone, and compare where it stands."""
    last = last_of(year)
    again = replayed(dt.datetime.combine(last, dt.time(23), dt.UTC), judge=held_by_hand)
    yield from again.wrong
    courses = list(Course.objects.order_by("pk"))
    stands = standings(courses, last)
    for course in courses:
        way, standing = again.ways[course.pk], stands[course.pk]
        clocks = [
            (one.clock, one.started_on, one.due_on, one.left, one.ended_on, one.how or "")
            for one in standing.clocks
        ]
        rows = dict(Place.objects.filter(course=course, left_at=None).values_list("track", "stage"))
        if not (way.at == dict(standing.at) == rows) or (way.holding > 0) != standing.on_hold:
            yield f"course {course.pk} stands in {rows}, {dict(standing.at)}, and by the law in {way.at}"
        if told_of(way)[1] != clocks:
            yield f"course {course.pk} has the clocks {clocks}, and by the law {told_of(way)[1]}"


def told_by_the_journal(_: Year) -> Iterator[str]:
    """Compare the moves of each case with those that the journal tells, one after the other."""
    told: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in Payload.objects.filter(entry__act__startswith="cases.").order_by("entry__seq"):
        facts = json.loads(row.text)["facts"]
        act = Entry.objects.values_list("act", flat=True).get(seq=row.entry_id).removeprefix("cases.")
        moved = ACTS.get(act) or (facts.get("move") if facts.get("process", "case") == "case" else None)
        if moved or act in BESIDE:
            told[facts["case"]].append((moved,) if moved else (*BESIDE[act], ""))
    for case in Case.objects.order_by("pk"):
        moves = list(case.course.steps.order_by("pk").values_list("move", flat=True))
        for among in told[case.reference]:
            if moves and moves[0] in among:
                moves.pop(0)
            elif "" not in among:
                yield f"the journal tells {among} of {case.reference}, and its next step is {moves[:1]}"
        if moves:
            yield f"{case.reference} took steps that the journal does not tell: {moves}"


def rivals(year: Year) -> Iterator[str]:
    """Ask, as every delegate there is, for everything: nothing of others that is Amber or Red comes back."""
    last = last_of(year)
    for role in Role.objects.filter(in_force(last), role=Role.PARTY_DELEGATE).select_related("organisation"):
        acting = Acting("sec", last, role.person, role, dt.datetime.combine(last, dt.time(8), dt.UTC))
        for model in SEEN:
            rows = model.objects.visible_to(acting)  # type: ignore[attr-defined]  # of every classified row
            found = rows.filter(classification__in=CONFIDENTIAL).exclude(party=role.organisation)
            if found.exists():
                yield f"the delegate of {role.organisation} may read {found.count()} of {model.__name__}"


def parties_are_told(_: Year) -> Iterator[str]:
    """Check that each party sees its own cases once it was told of them, and not before."""
    for case in Case.objects.select_related("course"):
        is_told = case.course.steps.filter(move__in=("give_notice", "inform")).exists()
        if is_told is (case.publicity == Case.DRAFT):
            yield f"{case.reference} is {case.publicity}, and its party was {'' if is_told else 'not '}told"


def ballots(_: Year) -> Iterator[str]:
    """Count every vote that closed again, by the format of votes alone; each ballot counts once."""
    votes: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for row in Payload.objects.filter(entry__act__startswith="decisions.").order_by("entry__seq"):
        facts = json.loads(row.text)["facts"]
        act = Entry.objects.values_list("act", flat=True).get(seq=row.entry_id)
        votes[facts.get("motion", "")].append((act.removeprefix("decisions."), facts))
    for motion in Motion.objects.filter(state=Motion.CLOSED):
        told = votes[motion.reference]
        opened = next(facts for act, facts in told if act == "open_motion")
        later = [one for one in told if one[0] in ("cast_vote", "stand_aside", "give_casting_vote")]
        if count_again(opened, later) != motion.count:
            yield f"{motion.reference} was counted {motion.count}, and is {count_again(opened, later)}"
    seats = set(Ballot.objects.values_list("motion", "seat"))
    standing = Counter(Ballot.objects.filter(is_standing=True).values_list("motion", "seat"))
    yield from (f"{one} has {standing[one]} ballots that stand" for one in seats if standing[one] != 1)
    cast = sum(act in ("cast_vote", "give_casting_vote") for told in votes.values() for act, _ in told)
    if cast != Ballot.objects.count():
        yield f"{cast} ballots were cast, and there are {Ballot.objects.count()}"


def closed(year: Year) -> Iterator[str]:
    """Check that whatever was closed as remedied was so by a count by hand."""
    for file in year.docket.files:
        was_verified = file.case.course.steps.filter(move="close").exists()
        if was_verified and not file.verified_by_hand:
            yield f"{file.case.reference} was closed, and by hand its criterion did not hold"


def evidence(year: Year) -> Iterator[str]:
    with override_settings(HOME=year.home, STORE=year.home / "store"):
        yield from lost_or_doubled(year.feeds)
