"""The information policy of a code: what its classes allow, from when, and which class a record carries.

One word may mean two things on two days: the sentence in force on a record's day says who may have it, not
the colour. What is not written counts as what lets the fewest have it.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from tallystick.rulebook.terms import Clauses, Day, Definition, Sentence, Sourced, Whole

Class = Literal["white", "green", "amber", "red"]
Readers = Literal["public", "parties", "need_to_know", "named"]
CLASSES: tuple[Class, ...] = ("white", "green", "amber", "red")  # from the most readers to the fewest
READERS: tuple[Readers, ...] = ("public", "parties", "need_to_know", "named")


class HandlingSentence(Sourced):
    """What a class allows, in the policy's words, and the widest circle that may have what carries it.

    `public` may be published, also online; `parties` are those who signed the code and its stakeholders;
    `need_to_know` are the bodies and the organisation itself; `named` are the persons named.
    """

    says: Sentence
    readers: Readers
    clause: Clauses | None = None
    note: str = ""


class TrafficLight(Sourced):
    """The class of the Traffic Light Protocol that is nearest."""

    label: Sentence


class HandlingClass(Definition):
    """A class of information: its sentences by the day they came into force."""

    values: dict[Day, HandlingSentence] = Field(min_length=1)
    tlp: TrafficLight | None = None


class Fewest(Sourced):
    """The fewest owners that figures are told of together, and the fewest events that a figure may rest on.

    Of two each would know the other, so that owners are three at least.
    """

    owners: Annotated[Whole, Field(ge=3)]
    events: Annotated[Whole, Field(ge=1)]
    clause: Clauses | None = None
    note: str = ""


class Marks(Definition):
    """The class that a kind of record carries unless it is given another."""

    figure: Class = "red"
    figure_of_party: Class = "red"
    finding_on_party: Class = "red"
    finding_on_provider: Class = "red"
    submission: Class = "red"
    held_row: Class = "red"
    exclusion: Class = "red"
    line_list: Class = "red"
    run: Class = "red"
    month: Class = "red"
    clause: Class = "red"
    obligation: Class = "red"
    party: Class = "red"
    case: Class = "red"
    plan: Class = "red"
    challenge: Class = "red"
    dispute: Class = "red"
    risk: Class = "red"
    technique: Class = "red"
    application: Class = "red"
    part: Class = "red"
    publication: Class = "red"
    charge: Class = "red"
    security_status: Class = "red"
    paper: Class = "red"
    minutes: Class = "red"
    motion: Class = "red"
    decision: Class = "red"
    report: Class = "red"
    modification: Class = "red"


UNWRITTEN = HandlingSentence(
    says="No handling rule is written for this: keep it to the persons it is addressed to.",
    readers="named",
    source="assumed",
    verified=False,
)

# What holds where a code says nothing of it.
UNWRITTEN_FEWEST = Fewest(owners=5, events=10, source="assumed", verified=False)


class Handling(Definition):
    """A code's information policy: `handling.yaml`."""

    title: Sentence = "Information policy"
    classes: dict[Class, HandlingClass] = {}
    marks: Marks = Marks()
    fewest: dict[Day, Fewest] = {}
    note: str = ""

    def definitions(self) -> dict[str, Definition]:
        """Return what is stated, by the name a reader knows it by."""
        stated: dict[str, Definition] = dict(self.classes.items())
        suppressed: dict[str, Definition] = {f"fewest from {day}": one for day, one in self.fewest.items()}
        return {**stated, "marks": self.marks, **suppressed}

    def fewest_on(self, day: dt.date) -> Fewest:
        """Return how few may be told of on the day: what is in force, or else what holds where none is."""
        started = [start for start in self.fewest if start <= day]
        return self.fewest[max(started)] if started else UNWRITTEN_FEWEST

    def sentence(self, cls: str, on_day: dt.date) -> HandlingSentence:
        """Return the sentence in force on the day; for a class without one, the most restrictive."""
        values = next((one.values for name, one in self.classes.items() if name == cls), {})
        started = [day for day in values if day <= on_day]
        return values[max(started)] if started else UNWRITTEN

    def mark(self, kind: str) -> Class:
        """Return the class that a kind of record carries.

        :raises LookupError: if no record is called so
        """
        if kind not in Marks.model_fields:
            raise LookupError(f"No kind of record is called {kind!r}.")
        found: Class = getattr(self.marks, kind)
        return found

    def held_as(self, cls: str, on_day: dt.date) -> Class:
        """Return the class whose readers are those that the sentence of the day allows, or fewer.

        What is White on a day when White may not be published is held as Green: the public does not see it.
        """
        if cls not in CLASSES:
            return CLASSES[-1]
        allowed = READERS.index(self.sentence(cls, on_day).readers)
        return CLASSES[max(allowed, CLASSES.index(cls))]
