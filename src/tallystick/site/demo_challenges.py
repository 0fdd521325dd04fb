"""The challenges of the demonstration: an appeal before the Panel, a query answered, a figure disputed."""

import datetime as dt

from django.db import transaction

from tallystick.cases.models import Case
from tallystick.challenges.deciders import bars_of
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.disputing import Raised, raise_dispute
from tallystick.challenges.operations.serving import Served, serve_decision
from tallystick.challenges.operations.stepping import step_challenge
from tallystick.decisions.models import Decision, Motion
from tallystick.decisions.operations.motions import Put, open_motion, put_motion
from tallystick.decisions.operations.voting import Paper, cast_vote
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Role
from tallystick.processes.operations.courses import Taken
from tallystick.runs.models import Finding
from tallystick.site.demo_story import ALDERBROOK, FELLSIDE, JULY, Led, Story, august, opened

KEYS = "demo-challenge"
# How those of the Panel vote who have voted so far, by their seats.
VOTES = {"Large Supplier 1": "reject", "Small Supplier 1": "approve", "Electricity Network": "reject"}
WORDS = {
    "approve": "The recount came from the party's own log, and nobody has looked at it.",
    "reject": "The board had the recount and said why it does not count.",
}


@transaction.atomic
def make_challenges(code: str, refused: Decision | None) -> None:
    """Plant them; what is there stays as it is.

    :param refused: the decision that refused a party leave, which that party queries
    """
    if Challenge.objects.filter(code=code, key__startswith=KEYS).exists():
        return
    story = Story(code, KEYS)
    _heard(story, _appealed(story))
    if refused is not None:
        _answered(story, refused)
    _disputed(story)


def _sent_up(story: Story) -> tuple[Led, Decision]:
    """Tell of a case that an audit began and the board sent up to the Panel."""
    what = (
        "Access to meters was left as it was after the tenants had changed, in 9 of 120 homes of the audit."
    )
    one = opened(
        story,
        [],
        "Access left open at changes of tenancy",
        what,
        august(6, 9),
        party=Organisation.objects.get(name=FELLSIDE),
        obligation="OBL-AREA-F",
        source=Case.AUDIT,
        severity="serious",
        cause="consumers_harmed",
    )
    one.led_by_both(august(6, 9))
    one.noticed("The audit report is with you. Please reply.", august(6, 10))
    words = "Three of the nine homes had no change of tenancy. We have counted them again."
    one.replied("accepted_in_part", words, august(6, 14))
    for move in ("go_on", "inform"):
        one.step(move, august(6, 15))
    one.step("persuade", august(6, 15), how="A call with the head of privacy")
    why = "Former tenants can read what new ones use. It does not wait for a plan."
    one.step("escalate_to_pab_at_once", august(9, 9), reason=why)
    text = "The board AGREED that the case goes up to the Panel."
    decision = story.decided("PAB", "Access at changes of tenancy", text, august(10, 12), party=FELLSIDE)
    one.as_decided("escalate_to_panel", decision, august(10, 15))
    return one, decision


def _appealed(story: Story) -> Challenge:
    """Let a party query that its case went up, and appeal once the board kept to it."""
    one, decision = _sent_up(story)
    served = Served(decision, august(10).date(), story.key())
    row = serve_decision(served=served, **story.told(story.sam, august(10, 16)))
    grounds = "The board counted nine homes. Its own auditor struck three of them on 9 August."
    _does(story, row, "query", one.party, august(11, 11), grounds=grounds)
    text = "The board REJECTED the query: six homes of 120 are above what is tolerated as well."
    kept = story.decided("PAB", "Query on access", text, august(13, 12), "REJECTED", FELLSIDE)
    why = {"reasons": "Six of 120 homes call for the same step as nine."}
    _does(story, row, "reject_query", story.sam, august(13, 15), kept.reference, **why)
    said = {"ground": "weight", "grounds": "The recount was read, and given no weight in the answer."}
    _does(story, row, "appeal", one.party, august(16, 10), **said)
    return row


def _heard(story: Story, row: Challenge) -> None:
    """Put an appeal to the Panel, of whose members one sat on the board as well and stands aside."""
    row.refresh_from_db()
    panel = Body.objects.get(code=story.code, key="PANEL")
    put = Put(
        title=f"Appeal of {FELLSIDE} on access at changes of tenancy",
        question="Shall the appeal be allowed?",
        does="The case goes back to the board, which looks at the recount.",
        body=panel,
        scheme="panel",
        key=story.key(),
        party=row.party,
        classification=row.classification,
        bars=bars_of(Matter(row)),
    )
    motion = put_motion(put=put, **story.told(story.sam, august(17, 10)))
    open_motion(motion=motion, closes_at=august(27, 17), **story.told(story.sam, august(18, 9)))
    for number, (seat, choice) in enumerate(VOTES.items()):
        _votes(story, motion, seat, choice, august(18, 11 + number))


def _votes(story: Story, motion: Motion, name: str, choice: str, at: dt.datetime) -> None:
    seat = motion.seats.get(seat__name=name)
    term = Membership.objects.select_related("person").get(seat=seat.seat_id)
    role = Role.objects.select_related("body").get(person=term.person, code=story.code, body=motion.body_id)
    paper = Paper(choice, story.key(), has_no_conflict=True, reason=WORDS[choice])
    cast_vote(
        motion=motion, seat=seat, paper=paper, by=Acting(story.code, at.date(), term.person, role), at=at
    )


def _answered(story: Story, refused: Decision) -> None:
    """Let a party query that it has no leave; the board keeps to it, and an appeal is open."""
    served = Served(refused, august(11).date(), story.key())
    row = serve_decision(served=served, **story.told(story.sam, august(11, 10)))
    grounds = (
        "The change of the contracts was under way on the day of the decision, and is not spoken of in it."
    )
    _does(story, row, "query", story.delegates[ALDERBROOK], august(13, 9), grounds=grounds)
    text = "The board REJECTED the query: no day is stated by which the contracts are changed."
    kept = story.decided("PAB", "Query on removed devices", text, august(17, 12), "REJECTED", ALDERBROOK)
    why = {"reasons": "Leave needs a day by which it is needed no more."}
    _does(story, row, "reject_query", story.sam, august(17, 15), kept.reference, **why)


def _disputed(story: Story) -> None:
    """Let a party dispute a figure of July, where the year has the finding."""
    held = Finding.objects.filter(code=story.code, period=JULY, party__name=FELLSIDE, measure="AREA-B")
    finding = next((one for one in held.order_by("pk") if not one.is_withdrawn), None)
    if finding is None:
        return
    matter = "The coverage database named the area as mesh two days after the hub was fitted."
    raised = Raised(matter, story.key(), finding)
    raise_dispute(raised=raised, **story.told(story.delegates[FELLSIDE], august(19, 15)))


def _does(
    story: Story,
    row: Challenge,
    move: str,
    who: Acting,
    at: dt.datetime,
    decision: str = "",
    **said: str,
) -> None:
    taken = Taken(move, story.key(), said)
    step_challenge(challenge=row, taken=taken, decision=decision, **story.told(who, at))
