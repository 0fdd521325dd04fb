"""How a count is said in English: numbers with their nouns, shares, and the scheme's own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tallystick.decisions.counting import Outcome, Reach
from tallystick.rulebook.bodies import Body
from tallystick.rulebook.voting import SchemeValue

SHARES = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
    Fraction(1): "all",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a scheme speaks of what is voted on, of constituencies, of choices and of outcomes.

    `approve` and `reject` are what one who votes for or against does.
    """

    subject: str = "the motion"
    constituencies: Mapping[str, str] = field(default_factory=dict)
    approve: str = "approve"
    reject: str = "reject"
    carried: str = "carried"
    not_carried: str = "not carried"
    deferred: str = "deferred"

    @classmethod
    def of(cls, subject: str, body: Body, value: SchemeValue) -> "Wording":
        """Return how a scheme of a body, as in force, speaks of what is voted on."""
        return cls(subject, body.constituencies, **value.words.model_dump())

    def title(self, constituency: str) -> str:
        return self.constituencies.get(constituency) or sentence(constituency.replace("_", " "))

    def word(self, outcome: Outcome) -> str:
        if outcome == "carried":
            return self.carried
        if outcome == "not_carried":
            return self.not_carried
        return self.deferred if outcome == "deferred" else "without a quorum"

    def is_(self, outcome: Outcome) -> str:
        return self._after("is", outcome)

    def would_be(self, outcome: Outcome) -> str:
        return self._after("would", outcome, "be ")

    def _after(self, verb: str, outcome: Outcome, rest: str = "") -> str:
        """Return the verb before the outcome, with its `not` where English has it."""
        word = self.word(outcome)
        negated = "not " if word.startswith("not ") else ""
        return f"{verb} {negated}{rest}{word.removeprefix('not ')}"


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def agreeing(count: int, one: str, several: str) -> str:
    """Return the word that agrees with the number."""
    return one if count == 1 else several


def numbered(count: int, noun: str) -> str:
    """Return the number with its noun, such as 1 category and 3 categories."""
    several = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{count} {agreeing(count, noun, several)}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return the words as a list in a sentence."""
    *before, final = words
    return f"{', '.join(before)} {last} {final}" if before else final


def asked(reach: Reach) -> str:
    """Return a share to be reached in words, such as more than half."""
    share = SHARES.get(reach.share, f"{reach.share.numerator}/{reach.share.denominator}")
    if share == "all":
        return share
    return f"more than {share}" if reach.beyond else f"at least {share}"
