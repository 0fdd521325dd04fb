"""A voting scheme as it was in force when a vote opened: what counts, and how it speaks.

It stands on the motion: a later edition of the rulebook changes nothing of a vote that is open or closed.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tallystick.decisions.counting import Scheme
from tallystick.decisions.phrases import Wording
from tallystick.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class Offered:
    """A choice as it is offered: its title, what it does in words, and what it counts as."""

    name: str
    title: str
    says: str
    effect: str


@dataclass(frozen=True)
class Rule:
    """A scheme of one body on a day.

    `counts` is what the journal says of it (docs/voting-format.md). `since` is the first day it was in force
    on; `effect` is `decision` or `recommendation`; `ballots` are `open` or `secret` after the close.
    """

    key: str
    title: str
    clause: tuple[str, ...]
    since: str
    counts: Mapping[str, Any]
    choices: tuple[Offered, ...]
    words: Mapping[str, str]
    constituencies: Mapping[str, str]
    effect: str
    counts_while_open: bool
    ballots: str
    alternates: bool
    most_proxies: int
    closes_early: bool
    source: str
    verified: bool
    note: str

    @classmethod
    def of(cls, rulebook: Rulebook, body: str, key: str, day: dt.date) -> "Rule":
        """Return the scheme of a body as it is in force on the day.

        :raises NoValueYet: if it is not yet
        """
        scheme = rulebook.voting[key]
        value = scheme.value_on(day)
        sitting = rulebook.bodies[sitting_key(rulebook, body)]
        says = {name: one.says or "" for name, one in value.offered.items()}
        return cls(
            key=key,
            title=scheme.title,
            clause=tuple(value.clause or scheme.clause or ()),
            since=max(start for start in scheme.values if start <= day).isoformat(),
            counts=value.as_facts(),
            choices=tuple(
                Offered(name, value.title(name), says.get(name, ""), effect)
                for name, effect in value.choices.items()
            ),
            words=value.words.model_dump(),
            constituencies=dict(sitting.constituencies),
            effect=value.effect,
            counts_while_open=value.counts_while_open,
            ballots=value.ballots,
            alternates=value.alternates,
            most_proxies=value.proxies.most,
            closes_early=value.closes_early,
            source=value.source,
            verified=value.verified,
            note=value.note or scheme.note,
        )

    @classmethod
    def of_row(cls, kept: Mapping[str, Any]) -> "Rule":
        """Return the scheme that a motion keeps."""
        choices = tuple(Offered(**one) for one in kept["choices"])
        return cls(**{**kept, "choices": choices, "clause": tuple(kept["clause"])})

    def as_row(self) -> dict[str, Any]:
        """Return what a motion keeps of it."""
        return {**asdict(self), "clause": list(self.clause), "choices": [asdict(one) for one in self.choices]}

    @property
    def scheme(self) -> Scheme:
        return Scheme.of_facts(self.counts)

    def wording(self, subject: str = "the motion") -> Wording:
        """Return how it speaks of a motion, of its constituencies and of outcomes."""
        return Wording(subject=subject, constituencies=self.constituencies, **self.words)


def sitting_key(rulebook: Rulebook, body: str) -> str:
    """Return the body whose people decide: of one that is an additional role, the one whose role it is."""
    key = body
    while (role_of := rulebook.bodies[key].role_of) is not None:
        key = role_of
    return key
