"""Questions of a questionnaire: what each asks, what an answer to it may be, and how both are kept.

An answer is kept as a list of text: the numbers of the choices that were picked, a number as it was written,
or a day as 2021-08-06. What was written in words stands apart, since words may be ordered away.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

ONE, SEVERAL, NUMBER, DAY, WORDS = "one", "several", "number", "day", "words"
KINDS = {
    ONE: "One choice",
    SEVERAL: "Several choices",
    NUMBER: "A number",
    DAY: "A date",
    WORDS: "Words",
}
MOST, MOST_CHOICES, LONGEST, LONGEST_ASK = 40, 12, 4000, 300
NUMERAL = re.compile(r"-?\d{1,12}(\.\d{1,6})?")

Picked = dict[str, list[str]]
Said = dict[str, str]


class UnableToAsk(Exception):
    """A question asks nothing, has no choices or too many, or bounds that nothing lies between."""


class UnableToTakeAnswer(Exception):
    """An answer is wanting where one is required, or is none that the question allows."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True)
class Question:
    """One question; `low` and `high` bound a number, both included, where they are told."""

    key: str
    kind: str
    ask: str
    explain: str = ""
    needed: bool = True
    choices: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def bounds(self) -> str:
        """Return in words what a number lies between."""
        if self.low is not None and self.high is not None:
            return f"From {self.low:,f} to {self.high:,f}."
        if self.low is not None:
            return f"{self.low:,f} or more."
        return f"{self.high:,f} or less." if self.high is not None else ""


def check(questions: Sequence[Question]) -> None:
    """Stop questions that nobody could answer.

    :raises UnableToAsk: saying which and why
    """
    if not 0 < len(questions) <= MOST:
        raise UnableToAsk(f"Ask something, and {MOST} questions at most.")
    for place, one in enumerate(questions, start=1):
        _check(one, f"Question {place}")


def _check(one: Question, name: str) -> None:
    if one.kind not in KINDS:
        raise UnableToAsk(f"{name} is of no kind that there is.")
    if not one.ask.strip() or len(one.ask) > LONGEST_ASK or len(one.explain) > LONGEST:
        raise UnableToAsk(f"{name} says what it asks, in {LONGEST_ASK} characters at most.")
    least = 2 if one.kind in (ONE, SEVERAL) else 0
    if not least <= len(one.choices) <= (MOST_CHOICES if least else 0):
        what = f"{least} to {MOST_CHOICES} choices" if least else "no choices"
        raise UnableToAsk(f"{name} is of a kind that has {what}.")
    if len(set(one.choices)) < len(one.choices) or any(len(said) > LONGEST_ASK for said in one.choices):
        raise UnableToAsk(f"{name} has a choice twice, or one that is too long.")
    if one.kind != NUMBER and (one.low is not None or one.high is not None):
        raise UnableToAsk(f"{name} is not about a number, and has no bounds.")
    if one.low is not None and one.high is not None and one.low > one.high:
        raise UnableToAsk(f"{name} has bounds that nothing lies between.")


def kept(questions: Iterable[Question]) -> dict[str, Any]:
    """Return questions as the columns of a question set keep them."""
    several = list(questions)
    shape = [
        {
            "key": one.key,
            "kind": one.kind,
            "needed": one.needed,
            "choices": len(one.choices),
            "low": "" if one.low is None else f"{one.low:f}",
            "high": "" if one.high is None else f"{one.high:f}",
        }
        for one in several
    ]
    choices = {
        f"{one.key}-{number}": words for one in several for number, words in enumerate(one.choices, start=1)
    }
    asks = {one.key: one.ask for one in several}
    explains = {one.key: one.explain for one in several if one.explain}
    return {"shape": shape, "asks": asks, "explains": explains, "choices": choices}


def questions_of(version: Any) -> tuple[Question, ...]:
    """Return the questions of a question set, in order."""
    return tuple(
        Question(
            key=one["key"],
            kind=one["kind"],
            ask=version.asks.get(one["key"], ""),
            explain=version.explains.get(one["key"], ""),
            needed=one["needed"],
            choices=tuple(
                version.choices.get(f"{one['key']}-{number}", "") for number in range(1, one["choices"] + 1)
            ),
            low=Decimal(one["low"]) if one["low"] else None,
            high=Decimal(one["high"]) if one["high"] else None,
        )
        for one in version.shape
    )


def taken(
    questions: Iterable[Question], raw: Mapping[str, Sequence[str]], *, is_draft: bool = False
) -> tuple[Picked, Said]:
    """Return answers as they are kept, picked and in words; a draft may leave out what is required.

    :raises UnableToTakeAnswer: naming the question
    """
    picked, said = Picked(), Said()
    for one in questions:
        given = [text.strip() for text in raw.get(one.key, ()) if text.strip()]
        if not given:
            if one.needed and not is_draft:
                raise UnableToTakeAnswer(one.key, "It is required.")
        elif one.kind == WORDS:
            said[one.key] = _words(one, given)
        else:
            picked[one.key] = _picked(one, given)
    return picked, said


def _words(one: Question, given: Sequence[str]) -> str:
    if len(given) > 1 or len(given[0]) > LONGEST:
        raise UnableToTakeAnswer(one.key, f"Answer in {LONGEST:,} characters at most.")
    return given[0]


def _picked(one: Question, given: Sequence[str]) -> list[str]:
    if one.kind != SEVERAL and len(given) > 1:
        raise UnableToTakeAnswer(one.key, "One answer is asked for.")
    if one.kind in (ONE, SEVERAL):
        known = [str(number) for number in range(1, len(one.choices) + 1)]
        if not set(given) <= set(known):
            raise UnableToTakeAnswer(one.key, "That is none of the choices.")
        return [number for number in known if number in given]
    return [_day(one, given[0]) if one.kind == DAY else _number(one, given[0])]


def _day(one: Question, text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as problem:
        raise UnableToTakeAnswer(one.key, "That is no date. Write one such as 2021-08-06.") from problem


def _number(one: Question, text: str) -> str:
    try:
        value = Decimal(text) if NUMERAL.fullmatch(text) else None
    except InvalidOperation:
        value = None
    if value is None:
        raise UnableToTakeAnswer(one.key, "That is no number.")
    if (one.low is not None and value < one.low) or (one.high is not None and value > one.high):
        raise UnableToTakeAnswer(one.key, one.bounds)
    return f"{value:f}"
