"""How a result follows from the rule: steps with their arithmetic, and other readings beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tallystick.decisions.counting import (
    CHAIR,
    Act,
    CategoryOutcome,
    Count,
    Roll,
    Scheme,
    Seat,
    called,
    compared,
    counted,
)
from tallystick.decisions.phrases import Wording, agreeing, asked, numbered, sentence

BY = {"members": "by member", "weighted": "by weighted votes", "categories": "by category"}
RULE_OF_CATEGORIES = (
    "In each category, the majority of votes cast is its outcome. A tie is no outcome, and an abstention is "
    "no vote cast."
)
Reading = Literal["members", "categories", "abstentions", "votes_cast"]


@dataclass(frozen=True, slots=True)
class Counted:
    """A vote with its count, and how its scheme speaks."""

    scheme: Scheme
    seats: tuple[Seat, ...]
    acts: tuple[Act, ...]
    wording: Wording
    roll: Roll
    count: Count

    @classmethod
    def of(cls, scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act], wording: Wording) -> "Counted":
        every, done = tuple(seats), tuple(acts)
        roll = called(scheme, every, done)
        return cls(scheme, every, done, wording, roll, counted(scheme, every, done))

    def reread(self, scheme: Scheme) -> "Counted":
        """Return the same ballots counted by another scheme."""
        return Counted.of(scheme, self.seats, self.acts, self.wording)

    @property
    def noun(self) -> str:
        return "category" if self.scheme.method == "categories" else "vote"

    def compared(self) -> tuple[int, int, int]:
        """Return what is for, what is against, and the base."""
        return compared(self.scheme, self.count.categories, self.count.able)

    def constituencies(self, outcome: CategoryOutcome) -> str:
        """Return the constituencies of an outcome, each with its score, the larger number first."""
        found = [one for one in self.count.categories if one.outcome == outcome]
        return ", ".join(
            f"{self.wording.title(one.constituency)} {max(one.for_, one.against)} to "
            f"{min(one.for_, one.against)}"
            for one in found
        )


@dataclass(frozen=True, slots=True)
class Contrast:
    """What another natural reading of the rule makes of the same ballots; `differs` if of another outcome."""

    reading: Reading
    says: str
    count: Count
    differs: bool


def score(vote: Counted) -> str:
    """Return the score that follows an outcome, for before against."""
    count = vote.count
    if count.outcome == "no_quorum":
        return f": {count.present} voted or abstained and {count.needed} are needed"
    for_, against, base = vote.compared()
    if not for_ and not against:
        return ": no category has an outcome" if vote.noun == "category" else ": no vote was cast"
    needed = vote.scheme.needs.least(base)
    short = f" where {needed} are needed" if count.outcome != "carried" and for_ > against else ""
    return f", {numbered(for_, vote.noun)} to {against}{', a tie' if count.tied else ''}{short}"


def steps(vote: Counted) -> Iterator[str]:
    """Yield the steps from the seats to the result."""
    yield from _left_out(vote)
    yield from _quorum(vote)
    if vote.count.outcome == "no_quorum":
        return
    if vote.scheme.method == "categories":
        yield RULE_OF_CATEGORIES
        sides = (
            (vote.wording.approve, vote.constituencies("for")),
            (vote.wording.reject, vote.constituencies("against")),
            ("no outcome", vote.constituencies("none")),
        )
        yield " ".join(f"{sentence(side)}: {scores}." for side, scores in sides if scores)
    else:
        yield _sum(vote)
    yield from _share(vote)


def _left_out(vote: Counted) -> Iterator[str]:
    scheme, count = vote.scheme, vote.count
    said = []
    if any(one.constituency == CHAIR for one in vote.seats) and scheme.chair != "votes":
        said.append(f"The chair has no vote{', save in a tie' if scheme.chair == 'casting' else ''}.")
    for number, what, kept in (
        (count.aside, "stood aside", scheme.aside == "in"),
        (count.vacant, agreeing(count.vacant, "is vacant", "are vacant"), scheme.vacancies == "in"),
    ):
        if number:
            among = agreeing(number, "stays among", "stay among") if kept else agreeing(number, "is", "are")
            able = f"{among} those able to vote" if kept else f"{among} taken out of the count"
            said.append(f"{numbered(number, 'seat')} {what} and {able}.")
    if said:
        yield " ".join(said)


def _quorum(vote: Counted) -> Iterator[str]:
    quorum, count = vote.scheme.quorum, vote.count
    if quorum is None:
        return
    able = len(vote.roll.able(vote.scheme))
    share = (
        f"{asked(quorum.reach)} of the {numbered(able, 'seat')} able to vote is {quorum.reach.least(able)}"
    )
    fewest = f", and never fewer than {quorum.fewest}" if quorum.fewest else ""
    met = (
        "there is a quorum" if count.present >= count.needed else "there is no quorum, and nothing is decided"
    )
    yield f"Quorum: {share}{fewest}. {count.present} voted or abstained, so {met}."


def _sum(vote: Counted) -> str:
    scheme, count, wording = vote.scheme, vote.count, vote.wording
    _, _, base = vote.compared()
    cast = f"{numbered(count.for_, 'vote')} to {wording.approve} and {count.against} to {wording.reject}"
    weighed = ", each with its weight," if scheme.method == "weighted" else ""
    abstained = numbered(count.abstained, "abstention")
    if scheme.base == "able":
        return f"{cast}{weighed} are held against all {base} able to vote, whether they voted or not."
    if scheme.base == "cast_or_abstained":
        return f"{cast}{weighed} and {abstained} are {base}: abstentions are counted in."
    told = f" {abstained} {agreeing(count.abstained, 'is', 'are')} no vote cast." if count.abstained else ""
    return f"{cast}{weighed} are {numbered(base, 'vote')} cast.{told}"


def _share(vote: Counted) -> Iterator[str]:
    scheme, count, wording = vote.scheme, vote.count, vote.wording
    for_, against, base = vote.compared()
    result = f"{wording.subject} {wording.is_(count.outcome)}"
    if not base:
        nothing = "No category has an outcome" if vote.noun == "category" else "No vote counts"
        yield f"{nothing}, so {result}."
        return
    of = f"{numbered(base, 'category')} with an outcome" if vote.noun == "category" else str(base)
    needed = scheme.needs.least(base)
    share = f"{sentence(asked(scheme.needs))} of {of} is {needed}{' or more' if needed < base else ''}."
    sides = f"{for_} to {wording.approve} and {against} to {wording.reject}"
    if not count.tied:
        yield f"{share} {sides}: {result}."
        return
    yield f"{share} {sides} is a tie."
    if scheme.tie == "casting" and count.casting is None:
        yield f"A tie is decided by the casting vote of the chair. None was given, so {result}."
    elif scheme.tie == "casting":
        verb = wording.approve if count.casting == "for" else wording.reject
        yield f"The casting vote of the chair is to {verb}, so {result}."
    else:
        yield f"In a tie, {result}."


def contrasts(vote: Counted) -> tuple[Contrast, ...]:
    """Return what the other natural readings of the rule make of the same ballots."""
    if vote.count.outcome == "no_quorum":
        return ()
    scheme, found = vote.scheme, []
    if scheme.method != "members":
        other = vote.reread(replace(scheme, method="members", base="cast"))
        found.append(_contrast(vote, other, "members", "Counting members instead"))
    if scheme.method != "categories" and len(vote.count.categories) > 1:
        other = vote.reread(replace(scheme, method="categories"))
        found.append(_contrast(vote, other, "categories", "Counting by category instead"))
    if scheme.method != "categories" and vote.count.abstained and scheme.base != "able":
        put_in = scheme.base == "cast"
        other = vote.reread(replace(scheme, base="cast_or_abstained" if put_in else "cast"))
        said = "With abstentions counted in" if put_in else "With abstentions left out"
        found.append(_contrast(vote, other, "abstentions", said))
    if scheme.method != "categories" and scheme.base == "able":
        other = vote.reread(replace(scheme, base="cast"))
        found.append(_contrast(vote, other, "votes_cast", "Counting only votes cast"))
    return tuple(found)


def _contrast(vote: Counted, other: Counted, reading: Reading, said: str) -> Contrast:
    wording, scheme = vote.wording, vote.scheme
    for_, against, base = other.compared()
    needed = f", where {other.scheme.needs.least(base)} of {base} are needed" if base else ""
    sides = f"{numbered(for_, other.noun)} to {wording.approve} and {against} to {wording.reject}{needed}"
    would = wording.would_be(other.count.outcome)
    rule = {
        "abstentions": "leaves abstentions out" if scheme.base == "cast" else "counts abstentions in",
        "votes_cast": "counts against all who are able to vote",
    }.get(reading, f"is {BY[scheme.method]}")
    says = f"{said}, {sides}: {wording.subject} {would}. The rule in force {rule}."
    return Contrast(reading, says, other.count, other.count.outcome != vote.count.outcome)
