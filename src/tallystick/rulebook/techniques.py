"""The techniques by which a code assures itself that obligations are met, as its catalogue lists them.

What a technique costs, asks of a party and takes off a risk are the figures that a plan is drawn from. Where
nobody has measured them they are assumed, and a plan that rests on them says so.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.risks import RiskKey
from tallystick.rulebook.terms import (
    Amount,
    Clauses,
    Definition,
    Key,
    Mistake,
    Name,
    Sentence,
    Share,
    Sourced,
    Whole,
    YesNo,
)

ALL = "all"
MONTHS_A_YEAR = 12
# What is kept of a technique once it is applied.
Form = Literal[
    "guidance",
    "qualification",
    "testing",
    "certification",
    "monitoring",
    "line_lists",
    "audit",
    "inspection",
    "self_report",
    "third_party_notice",
    "questionnaire",
    "exercise",
    "security",
    "publication",
    "charge",
    "remedy",
    "derogation",
    "dispute",
    "breach",
]
Month = Annotated[Whole, Field(ge=1, le=MONTHS_A_YEAR, description="a month of the calendar, 1 to 12")]


class Cost(Definition):
    """Pounds: for a year of it, each time that it is applied, or for each category it is applied to."""

    amount: Amount
    per: Literal["year", "application", "category"] = "year"


class Burden(Definition):
    """Hours that it takes of each party it reaches, in a quarter in which it runs."""

    hours: Amount


class When(Definition):
    """The months in which it runs, those of the calendar, and the word on its bar: from 4 to 3 is a year."""

    from_: Annotated[Month, Field(alias="from")]
    to: Month
    says: Annotated[str, Field(max_length=40)] = ""

    def months(self) -> tuple[int, ...]:
        """Return the months, in the order in which they come."""
        count = (self.to - self.from_) % MONTHS_A_YEAR + 1
        return tuple((self.from_ - 1 + ahead) % MONTHS_A_YEAR + 1 for ahead in range(count))


class MoreThan(Definition):
    """More than so many events of a measure in the latest month that landed; `of` is what they are called."""

    measure: Key
    than: Whole
    of: Sentence


class Selects(Sourced):
    """Whom a technique proposes to reach; a person keeps the choice or changes it.

    Who has more of something than a bound, is of a category of higher risk, or was found wanting the last
    time that another technique was tried. One reason is enough.
    """

    more_than: tuple[MoreThan, ...] = ()
    categories: tuple[Name, ...] = ()
    flagged_by: tuple[Name, ...] = ()
    clause: Clauses | None = None
    note: str = ""


class Technique(Sourced):
    """A technique of the catalogue.

    `classes` are tags, which are named in `code.yaml`: a technique may carry several. One that is `standard`
    is on unless somebody takes it off. `needs` have to be in a plan with it, and `after` have to have been
    tried on a party before it is. `effects` are the share it takes off each risk, by category of party or
    for `all`; those of several techniques on one risk multiply. `selects` is the rule
    by which parties are proposed where it is applied.
    """

    key: Name
    title: Sentence
    short: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    form: Form
    classes: tuple[Name, ...] = Field(min_length=1)
    standard: YesNo
    says: str = ""
    clause: Clauses | None = None
    cost: Cost
    burden: Burden = Burden(hours=Decimal(0))
    needs: tuple[Name, ...] = ()
    after: tuple[Name, ...] = ()
    effects: dict[RiskKey, dict[Name, Share]] = {}
    measures: tuple[Key, ...] = ()
    when: When | None = None
    selects: Selects | None = None
    note: str = ""

    @model_validator(mode="after")
    def _is_all_or_by_category(self) -> "Technique":
        for risk, shares in self.effects.items():
            if not shares or (ALL in shares and len(shares) > 1):
                what = f"the effect on {risk} is for all or by category, one of the two"
                raise Mistake(what, "effects", risk, remedy='Write {all: "0.25"}, or one for each category.')
        return self

    def effect_on(self, risk: str, category: str) -> Decimal:
        """Return the share that it takes off a risk among the parties of a category."""
        shares = self.effects.get(risk, {})
        return shares.get(ALL, shares.get(category, Decimal(0)))
