"""A vote in words: its result step by step, and while it is open, where it stands and what would turn it.

Every number in a sentence is one that was counted. While a scheme hides its counts, `turnout` is all that may
be told: it says the same whatever was voted for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.decisions.counting import Act, Count, Scheme, Seat, called
from tallystick.decisions.phrases import Wording, agreeing, listed, numbered
from tallystick.decisions.steps import Contrast, Counted, contrasts, score, steps
from tallystick.decisions.turning import Open, Turning, Way, opened, turning

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result: in one sentence, step by step with its arithmetic, and beside other readings.

    `word` is the scheme's word for the outcome, which stands in the headline and may be set off there.
    """

    headline: str
    word: str
    steps: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted, and whether that is a quorum; nothing of what they voted for. All are seats."""

    says: str
    present: int
    able: int
    needed: int


@dataclass(frozen=True, slots=True)
class CategoryStanding:
    """One constituency while the vote is open, and in words what could change it."""

    title: str
    open: Open
    says: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An open vote whose counts are shown: the result if it closed now, and what would turn it."""

    explanation: Explanation
    turns: str
    turning: Turning
    turnout: Turnout
    categories: tuple[CategoryStanding, ...]


def explained(scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act], wording: Wording) -> Explanation:
    """Explain what came of a vote that is closed."""
    vote = Counted.of(scheme, seats, acts, wording)
    outcome = wording.is_(vote.count.outcome)
    subject = wording.subject[:1].upper() + wording.subject[1:]
    return _explanation(vote, f"{subject} {outcome}{score(vote)}.")


def standing(scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act], wording: Wording) -> Standing:
    """Tell where an open vote stands. A scheme that hides its counts is only asked for the turnout."""
    vote = Counted.of(scheme, seats, acts, wording)
    outcome = wording.would_be(vote.count.outcome)
    turned = turning(scheme, vote.seats, vote.acts)
    return Standing(
        explanation=_explanation(vote, f"If the vote closed now, {wording.subject} {outcome}{score(vote)}."),
        turns=_turns(vote, turned),
        turning=turned,
        turnout=turnout(scheme, vote.seats, vote.acts),
        categories=tuple(
            CategoryStanding(wording.title(one.sums.constituency), one, _of_category(vote, one))
            for one in opened(scheme, vote.seats, vote.acts)
        ),
    )


def turnout(scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act]) -> Turnout:
    """Tell how many have voted and whether that is a quorum."""
    roll = called(scheme, seats, acts)
    able, present, aside = len(roll.able(scheme)), len(roll.ballots), len(roll.aside)
    needed = scheme.quorum.least(able) if scheme.quorum else 0
    voted = f"{present} of the {numbered(able, 'seat')} able to vote"
    said = [f"{voted} {agreeing(present, 'has', 'have')} voted or abstained"]
    if scheme.quorum is None:
        said.append("no quorum is asked")
    elif present >= needed:
        said.append(f"{needed} needed, so there is a quorum")
    else:
        missing = needed - present
        said.append(f"{needed} needed, so {missing} more {agreeing(missing, 'makes', 'make')} a quorum")
    left = f" {numbered(aside, 'seat')} stood aside." if aside else ""
    return Turnout(f"{'; '.join(said)}.{left}", present, able, needed)


def _explanation(vote: Counted, headline: str) -> Explanation:
    word = vote.wording.word(vote.count.outcome)
    return Explanation(headline, word, tuple(steps(vote)), contrasts(vote), vote.count)


def _turns(vote: Counted, turned: Turning) -> str:
    """Return what would turn the vote, in one or two sentences."""
    wording = vote.wording
    said = ""
    if vote.count.outcome == "no_quorum":
        said = f"With a quorum and these votes, {wording.subject} {wording.would_be(turned.now.outcome)}. "
    if not turned.ways:
        unchanged = " while nobody changes a vote" if vote.scheme.changeable else ""
        settled = f"Settled{unchanged}: it stays so however the others vote."
        return said + (settled if turned.is_settled else "What would turn it is too much to list.")
    otherwise = wording.would_be("not_carried" if turned.now.outcome == "carried" else "carried")
    ways = ", or if ".join(_way(vote, way) for way in turned.ways[:MOST_TOLD])
    left = len(turned.ways) - MOST_TOLD
    more = f", or in {numbered(left, 'other way')}" if left > 0 else ""
    return f"{said}It {otherwise} if {ways}{more if turned.whole else ', or in other ways'}."


def _way(vote: Counted, way: Way) -> str:
    verb = vote.wording.approve if way.side == "for" else vote.wording.reject
    parts = []
    for one in way.votes:
        title = f"{vote.wording.title(one.constituency)} " if one.constituency else ""
        if vote.scheme.method == "weighted":
            parts.append(f"seats with {one.amount} more of the weight")
        else:
            parts.append(f"{one.amount} more {title}{agreeing(one.amount, 'seat', 'seats')}")
    said = f"{listed(parts)} voted to {verb}" if parts else ""
    casting = f"the casting vote were to {verb}" if way.casting else ""
    return " and ".join(one for one in (said, casting) if one)


def _of_category(vote: Counted, one: Open) -> str:
    if vote.scheme.method != "categories":
        return f"{one.silent} still to vote" if one.silent else "All have voted"
    behind = vote.wording.reject if one.sums.outcome == "for" else vote.wording.approve
    left = f"{one.silent} still to vote"
    if one.sums.outcome == "none":
        return f"{left}; 1 decides it" if one.silent else "Settled"
    if one.ties is None:
        return "Settled"
    tie = f"{left}; {one.ties} more to {behind} {agreeing(one.ties, 'ties', 'tie')} it"
    return tie if one.turns is None else f"{tie}, {one.turns} turn it"
