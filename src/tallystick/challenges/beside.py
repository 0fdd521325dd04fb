"""What the pages of cases and of findings show of challenges and disputes, and the doors to them."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from tallystick.cases.beside import Door, Remark
from tallystick.cases.models import Case
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.operations.serving import deciding_body
from tallystick.challenges.queries import disputes_about, unserved
from tallystick.challenges.suspending import challenges_of, suspends
from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, in_force
from tallystick.parties.policy.decision import is_granted, may
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.queries import process_of
from tallystick.runs.models import Finding

# What a party may do next on a challenge, by where it stands.
NEXT = {"served": ("query", "Query it"), "answered": ("appeal", "Appeal")}


def of_case(acting: Acting, case: Case) -> list[Remark]:
    """Return what the page of a case shows: each challenge, what waits to be served, and who hears one."""
    found = [*_challenges(acting, case), *_to_serve(acting, case)]
    return [*found, *_hearing(acting, case, counts=bool(found))]


def of_finding(acting: Acting, finding: Finding) -> list[Door]:
    """Return the disputes about a finding that somebody may see, or the way to dispute it."""
    if not is_granted(acting, Dispute.TYPE, "r"):
        return []
    found = disputes_about(acting, finding)
    doors = [
        Door(
            f"{'Disputed' if one.closed_at is None else 'Was disputed'}: {one.reference}",
            reverse("dispute", args=[acting.code, one.reference]),
            "gavel",
        )
        for one in found
    ]
    is_own = acting.organisation is not None and acting.organisation == finding.party
    if is_own and is_granted(acting, Dispute.TYPE, "c") and all(one.closed_at is not None for one in found):
        href = f"{reverse('raise_dispute', args=[acting.code])}?{urlencode({'finding': finding.reference})}"
        doors.append(Door("Dispute it", href, "gavel"))
    return doors


def _challenges(acting: Acting, case: Case) -> Iterator[Remark]:
    for one in challenges_of(case):
        if not may(acting, "r", one):
            continue
        title = process_of(case.course).moves[one.move].title
        stage = rulebook_of(case.code).processes["query"].value_on(one.received_on).stage(one.stage).title
        words = f"{title}: {stage.lower()}"
        if suspends(one):
            words += ". It suspends the step, and nothing that follows from it is done"
        yield Remark(f"{words}.", reverse("challenge", args=[acting.code, one.reference]), one.reference)
        own = one.stage in NEXT and acting.organisation is not None and acting.organisation == case.party
        if own:
            move, verb = NEXT[one.stage]
            href = reverse("take_challenge_step", args=[acting.code, one.reference, move])
            yield Remark("It is yours to answer.", href, verb)


def _to_serve(acting: Acting, case: Case) -> Iterator[Remark]:
    body = deciding_body(case.code, acting.day)
    if body is None or acting.organisation is not None or not is_granted(acting, Challenge.TYPE, "c"):
        return
    moves = process_of(case.course).moves
    for one in unserved(Case.objects.visible_to(acting).filter(pk=case.pk), body):
        decided = one.motion or one.decision
        if decided is not None:
            asked = urlencode({"case": case.reference, "decided": decided.reference})
            href = f"{reverse('serve_decision', args=[acting.code])}?{asked}"
            words = f"{moves[one.step.move].title}: not served on {case.party.name} yet."
            yield Remark(words, href, "Serve the decision")


def _hearing(acting: Acting, case: Case, *, counts: bool) -> Iterator[Remark]:
    """Yield who hears appeals against the body whose decisions are queried.

    :param counts: with how many sit on both today, as where there is something to appeal
    """
    key = deciding_body(case.code, acting.day)
    bodies = rulebook_of(case.code).bodies
    to = bodies[key].appeals_to if key in bodies else None
    if key is None or to is None or to not in bodies:
        return
    words = f"Appeals against the {bodies[key].name} go to the {bodies[to].name}, whose decision is final."
    if not counts:
        yield Remark(words)
        return
    rows = Membership.objects.filter(
        in_force(acting.day),
        seat__body__code=case.code,
        seat__body__key__in=[*_cases_of(key), *_cases_of(to)],
    ).values_list("person", "seat__body__key")
    sits: dict[str, set[int]] = {key: set(), to: set()}
    for person, body in rows:
        sits[body.lower()].add(person)
    both = len(sits[key] & sits[to])
    if both:
        verb = "sits on both and stands" if both == 1 else "sit on both and stand"
        words += f" {both} {'person' if both == 1 else 'persons'} {verb} aside from an appeal."
    else:
        words += " Nobody sits on both today."
    yield Remark(words)


def _cases_of(key: str) -> tuple[str, str]:
    """Return a key as bodies may have it: the rulebook's own, or in capitals."""
    return key, key.upper()
