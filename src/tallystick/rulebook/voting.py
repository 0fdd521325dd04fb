"""How a code counts votes: the schemes of its bodies, each value from the day it is in force.

What counts is written in the words of docs/voting-format.md, and enters the journal with every motion. The
rest says who sees what, and how the scheme speaks.
"""

import datetime as dt
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from tallystick.rulebook.terms import (
    Clauses,
    Day,
    Definition,
    Mistake,
    Name,
    Sentence,
    Sourced,
    Whole,
    YesNo,
    in_force,
)

MOST_CHOICES = 10
_SHARE = re.compile(r"[0-9]{1,6}/[0-9]{1,6}")


def _share(value: Any) -> Any:
    if not isinstance(value, str) or not _SHARE.fullmatch(value) or not int(value.partition("/")[2]):
        return value
    share = Fraction(value)
    if not 0 < share <= 1:
        raise ValueError("a share is above 0 and at most 1")
    return share


def _is_share(value: Any) -> Any:
    if not isinstance(value, Fraction):
        raise ValueError(f"{str(value)[:40]!r} is no share")  # noqa: TRY004 - pydantic hears ValueError only
    return value


Share = Annotated[
    Any,
    BeforeValidator(_is_share),
    BeforeValidator(_share),
    Field(description="a fraction, such as 1/2 or 2/3"),
]
Word = Annotated[str, Field(min_length=1, max_length=60, description="a word or two")]


class Reach(Definition):
    """A share to be reached: at least it, or more than it."""

    at_least: Share | None = None
    more_than: Share | None = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> "Reach":
        if (self.at_least is None) == (self.more_than is None):
            raise Mistake(
                "a share is reached by at_least or by more_than, one of the two", remedy="Keep one of them."
            )
        if self.more_than == 1:
            raise Mistake("nothing is more than the whole", "more_than", remedy="Write at_least: 1/1.")
        return self

    def as_facts(self) -> dict[str, Any]:
        stated = {"at_least": self.at_least, "more_than": self.more_than}
        return {
            word: f"{share.numerator}/{share.denominator}"
            for word, share in stated.items()
            if share is not None
        }

    @property
    def is_majority(self) -> bool:
        return bool(self.more_than == Fraction(1, 2))


class Quorum(Reach):
    """The seats that have to be present, as a share of those able to vote, and never under `fewest`."""

    fewest: Whole = 0

    def as_facts(self) -> dict[str, Any]:
        return {**super().as_facts(), **({"fewest": self.fewest} if self.fewest else {})}


class Proxies(Definition):
    """How many votes of others one member may hold."""

    most: Whole = 0


class Choice(Definition):
    """How a choice is offered: its title and, in words, what it does."""

    title: Word
    says: Sentence | None = None


class Words(Definition):
    """How the scheme speaks of its outcomes and of those who vote for or against, as in "to approve"."""

    approve: Word = "approve"
    reject: Word = "reject"
    carried: Word = "carried"
    not_carried: Word = "not carried"
    deferred: Word = "deferred"


class SchemeValue(Sourced):
    """What was in force from a day on.

    `effect` tells whether the vote itself decides. While `counts_while_open` is no, only turnout and quorum
    are shown. `closes_early` lets the chair close before the time, with a reason. After the close, `open`
    ballots are shown with who cast them, `secret` ones to nobody but who cast them. An alternate votes for
    one seat in its holder's absence, a proxy for another besides its own.
    """

    choices: Annotated[
        dict[Name, Literal["for", "against", "abstain"]],
        Field(max_length=MOST_CHOICES, description="each choice with for, against or abstain"),
    ]
    method: Literal["members", "weighted", "categories"]
    needs: Reach
    base: Literal["cast", "cast_or_abstained", "able"]
    quorum: Quorum | None = None
    vacancies: Literal["out", "in"]
    aside: Literal["out", "in"]
    chair: Literal["votes", "casting", "none"]
    tie: Literal["not_carried", "casting", "deferred"]
    changeable: YesNo
    effect: Literal["decision", "recommendation"]
    counts_while_open: YesNo
    closes_early: YesNo = False
    ballots: Literal["open", "secret"]
    alternates: YesNo
    proxies: Proxies = Proxies()
    offered: dict[Name, Choice] = {}
    words: Words = Words()
    clause: Clauses | None = None
    note: str = ""

    @model_validator(mode="after")
    def _can_be_won_and_lost(self) -> "SchemeValue":
        for effect in ("for", "against"):
            if effect not in self.choices.values():
                raise Mistake(
                    f"no choice counts as {effect}", "choices", remedy=f"Write {effect} at one of them."
                )
        for name in self.offered:
            if name not in self.choices:
                remedy = f"Use one of {', '.join(self.choices)}, or add the choice."
                raise Mistake(f"no choice is called {name!r}", "offered", name, remedy=remedy)
        return self

    @model_validator(mode="after")
    def _breaks_only_ties_there_are(self) -> "SchemeValue":
        breaks = self.tie != "not_carried"
        if self.chair == "casting" and self.tie != "casting":
            remedy = "Write tie: casting, or chair: none."
            raise Mistake("the chair's casting vote decides nothing", "tie", remedy=remedy)
        if self.tie == "casting" and self.chair == "none":
            remedy = "Write chair: casting, or another rule for a tie."
            raise Mistake("a tie is left to a chair who has no vote", "tie", remedy=remedy)
        if breaks and not self.needs.is_majority:
            remedy = "Write tie: not_carried."
            raise Mistake("only a majority of more than 1/2 can be tied", "tie", remedy=remedy)
        if breaks and self.method != "categories" and self.base != "cast":
            remedy = "Write base: cast, or tie: not_carried."
            raise Mistake("votes are level only where the base is the votes cast", "tie", remedy=remedy)
        return self

    @model_validator(mode="after")
    def _keeps_its_secrets(self) -> "SchemeValue":
        if self.ballots == "secret" and self.counts_while_open:
            remedy = "Write counts_while_open: no, or ballots: open."
            what = "whoever watches the counts would see how each secret ballot was cast"
            raise Mistake(what, "counts_while_open", remedy=remedy)
        return self

    def as_facts(self) -> dict[str, Any]:
        """Return what counts, as the entry that opens a motion says it."""
        return {
            "choices": dict(self.choices),
            "method": self.method,
            "needs": self.needs.as_facts(),
            "base": self.base,
            "quorum": self.quorum.as_facts() if self.quorum else None,
            "vacancies": self.vacancies,
            "aside": self.aside,
            "chair": self.chair,
            "tie": self.tie,
            "changeable": self.changeable,
        }

    def title(self, choice: str) -> str:
        """Return how a choice is offered."""
        offered = self.offered.get(choice)
        return offered.title if offered else choice.replace("_", " ").capitalize()


class VotingScheme(Definition):
    """A way of voting that one or more bodies use, by the day each value came into force."""

    key: Name
    title: Sentence
    clause: Clauses | None = None
    bodies: Annotated[tuple[Name, ...], Field(min_length=1, description="a list of bodies by key")]
    asks: Annotated[Sentence | None, Field(description="what is voted on so", default=None)]
    values: Annotated[
        dict[Day, SchemeValue], Field(min_length=1, description="each value under its first day")
    ]
    note: str = ""

    def value_on(self, day: dt.date) -> SchemeValue:
        """Return what was in force on the day.

        :raises NoValueYet: if the first value starts later
        """
        found: SchemeValue = in_force(self.values, day, self.key)
        return found

    def starts(self) -> Mapping[dt.date, SchemeValue]:
        """Return every value under its first day, earliest first."""
        return dict(sorted(self.values.items()))
