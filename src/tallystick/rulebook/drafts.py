"""A draft is a file on its way to being a definition: its text, and the definition if the text allows one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from tallystick.rulebook import complaints
from tallystick.rulebook.bodies import Body
from tallystick.rulebook.charges import ChargeScheme
from tallystick.rulebook.code import CalendarText, ClauseText, Code
from tallystick.rulebook.handling import Handling
from tallystick.rulebook.measures import Levels, Measure
from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.parameters import Parameter
from tallystick.rulebook.problems import Problem
from tallystick.rulebook.processes import Process
from tallystick.rulebook.risks import RiskText
from tallystick.rulebook.scoring import ScoringMethod
from tallystick.rulebook.streams import Stream
from tallystick.rulebook.techniques import Technique
from tallystick.rulebook.text import Text
from tallystick.rulebook.voting import VotingScheme

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Draft(Generic[D]):
    """`name` is the key the text gives, so that a fault elsewhere in the file does not make it unknown."""

    text: Text
    definition: D | None
    problems: tuple[Problem, ...]
    names: str

    @property
    def name(self) -> str:
        named = self.text.value.get(self.names) if isinstance(self.text.value, dict) else None
        return named if isinstance(named, str) else self.text.file.stem


@dataclass(frozen=True, slots=True)
class Drafts:
    """Every file of a rulebook, read."""

    code: Draft[Code]
    clauses: tuple[Draft[ClauseText], ...]
    calendars: tuple[Draft[CalendarText], ...]
    parameters: tuple[Draft[Parameter], ...]
    streams: tuple[Draft[Stream], ...]
    measures: tuple[Draft[Any], ...]
    levels: tuple[Draft[Levels], ...]
    obligations: tuple[Draft[Obligation], ...]
    bodies: tuple[Draft[Body], ...] = ()
    voting: tuple[Draft[VotingScheme], ...] = ()
    processes: tuple[Draft[Process], ...] = ()
    scoring: tuple[Draft[ScoringMethod], ...] = ()
    risks: tuple[Draft[RiskText], ...] = ()
    techniques: tuple[Draft[Technique], ...] = ()
    charges: tuple[Draft[ChargeScheme], ...] = ()
    handling: Draft[Handling] | None = None

    def groups(self) -> dict[str, tuple[Draft[Any], ...]]:
        """Return the drafts by the folder they stand in."""
        return {
            "clauses": self.clauses,
            "calendars": self.calendars,
            "parameters": self.parameters,
            "streams": self.streams,
            "measures": self.measures,
            "levels": self.levels,
            "obligations": self.obligations,
            "bodies": self.bodies,
            "voting": self.voting,
            "processes": self.processes,
            "scoring": self.scoring,
            "risks": self.risks,
            "techniques": self.techniques,
            "charges": self.charges,
        }

    def __iter__(self) -> Iterator[Draft[Any]]:
        yield self.code
        if self.handling:
            yield self.handling
        for group in self.groups().values():
            yield from group


def read(root: Path) -> Drafts:
    """Read every file under the folder."""
    handling = root / "handling.yaml"
    return Drafts(
        code=draft(root / "code.yaml", Code),
        clauses=drafts(root / "clauses", ClauseText, names="clause"),
        calendars=drafts(root / "calendars", CalendarText),
        parameters=drafts(root / "parameters", Parameter),
        streams=drafts(root / "streams", Stream),
        measures=drafts(root / "measures", Measure),
        levels=drafts(root / "levels", Levels, names="measure"),
        obligations=drafts(root / "obligations", Obligation),
        bodies=drafts(root / "bodies", Body),
        voting=drafts(root / "voting", VotingScheme),
        processes=drafts(root / "processes", Process),
        scoring=drafts(root / "scoring", ScoringMethod),
        risks=drafts(root / "risks", RiskText),
        techniques=drafts(root / "techniques", Technique),
        charges=drafts(root / "charges", ChargeScheme),
        handling=draft(handling, Handling, names="title") if handling.is_file() else None,
    )


def draft(file: Path, kind: Any, names: str = "key", adapter: TypeAdapter[Any] | None = None) -> Draft[Any]:
    """Read one file as one definition."""
    text = Text(file)
    if text.value is None:
        return Draft(text, None, tuple(text.problems), names)
    try:
        definition = (adapter or TypeAdapter(kind)).validate_python(text.value)
    except ValidationError as error:
        return Draft(text, None, tuple(complaints.problems(text, kind, error)), names)
    return Draft(text, definition, (), names)


def drafts(folder: Path, kind: Any, names: str = "key") -> tuple[Draft[Any], ...]:
    """Read every file of a folder, in the order of their names."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)  # once: building it costs more than reading a file
    return tuple(draft(file, kind, names, adapter) for file in sorted(folder.glob("*.yaml")))
