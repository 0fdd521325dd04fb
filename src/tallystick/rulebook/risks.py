"""The risks that a code begins its register with: what may happen, what it would lead to, whose doing it is.

The register itself is kept by those who run the code. It begins with these words, and each risk there may be
reworded, split, merged and scored without a change to the rulebook.
"""

from typing import Annotated

from pydantic import Field

from tallystick.rulebook.terms import Clauses, Definition, Key, Name, Sentence, Sourced

RiskKey = Annotated[
    str, Field(pattern=r"^R-[0-9]{2,3}$", description="a reference of two or three digits, such as R-02")
]
Words = Annotated[str, Field(min_length=1, max_length=300, description="part of a sentence")]


class Factor(Definition):
    """One step that can fail."""

    says: Sentence
    obligation: Key | None = None


class Elsewhere(Sourced):
    """The same matter under another code, by its reference there."""

    code: Sentence
    reference: Sentence
    owner: Sentence | None = None


class RiskText(Sourced):
    """A risk as the code begins with it: "the risk that `risk_that`, so `resulting_in`".

    `caused_by` and `controlled_by` are roles, categories or providers; `indicators` are measures; `drivers`
    and `assurance` are names in `code.yaml`; `owner` is a body.
    """

    key: RiskKey
    title: Sentence
    risk_that: Words
    resulting_in: Words
    clause: Clauses
    area: Name | None = None
    obligations: tuple[Key, ...] = ()
    caused_by: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    controlled_by: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    factors: tuple[Factor, ...] = ()
    indicators: tuple[Key, ...] = ()
    drivers: tuple[Name, ...] = ()
    assurance: tuple[Name, ...] = ()
    owner: Name | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    note: str = ""
