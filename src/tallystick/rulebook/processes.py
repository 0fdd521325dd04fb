"""How a matter goes its way under a code: its stages, the moves between them, and the clocks meanwhile.

A process has one track or several, and stands in one stage of each: a case has its own way, and its place on
the ladder beside it. Where its main track ends, all of it has ended.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.due import Due
from tallystick.rulebook.problems import nearest
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

CLOCK = "clock"  # who moves where nobody did in time
PARTY = "party"  # whom the matter is about
# Those who may act under a code. The policy upstairs gives them their rights; a test keeps both lists equal.
ROLES = (
    "public",
    "party_delegate",
    "proposer",
    "committee_member",
    "board_member",
    "chair",
    "secretary",
    "analyst",
    "change_team",
    "auditor",
    "observer",
    "administrator",
    "ingest",
)

Names = tuple[Name, ...]
# What a body said to what it was asked: it let that happen, or it did not.
Outcome = Literal["agreed", "rejected"]
Word = Annotated[str, Field(min_length=1, max_length=60, description="a word or two")]


class Stage(Definition):
    """Where a matter stands. `says` completes what is shown of it; one that `ends` leads nowhere."""

    title: Word
    says: Sentence | None = None
    ends: YesNo = False


class Track(Definition):
    """One way that a matter goes, beside its others: where it begins, and its stages in the order shown."""

    title: Word
    begins: Name
    stages: Annotated[dict[Name, Stage], Field(min_length=1, description="stages by name")]


class Ask(Definition):
    """What whoever moves has to say: words, a day, or one of several."""

    title: Sentence
    kind: Literal["words", "day", "choice"]
    of: dict[Name, Sentence] = {}
    needed: YesNo = True

    @model_validator(mode="after")
    def _offers_what_it_asks(self) -> "Ask":
        if (self.kind == "choice") != bool(self.of):
            raise Mistake("a choice lists what it is of, and nothing else does", "of", remedy="Write both.")
        return self


class Move(Definition):
    """A step from one stage to another of the same track.

    `who` are the roles that may take it, `party` for whom the matter is about, `clock` where it happens by
    itself. `body` is the one whose decision it carries out: one that let it, or where the `outcome` is
    `rejected`, one that did not let what was asked. `guards` are the conditions by name, and `while` the
    stages in which other tracks have to stand. A move that `skips` stages always asks for a reason.
    `starts` and `stops` name clocks; leaving the stages that a clock runs in stops it anyway.
    """

    title: Sentence
    from_: Annotated[Names, Field(alias="from", min_length=1, description="a list of stages")]
    to: Name
    who: Annotated[Names, Field(min_length=1, description="a list of roles, party or clock")]
    body: Name | None = None
    outcome: Outcome = "agreed"
    guards: Names = ()
    while_: Annotated[dict[Name, Names], Field(alias="while", description="stages by track")] = {}
    asks: dict[Name, Ask] = {}
    skips: Names = ()
    starts: Names = ()
    stops: Names = ()
    clause: Clauses | None = None
    note: str = ""


class Passing(Definition):
    """What happens when a clock's time has passed."""

    move: Name


class Clock(Sourced):
    """A time within which its owner has to act, counted from the move that starts it.

    `due` is `stated` where the act that starts it says the day. A clock that `pauses` stands still while the
    matter is on hold. `reminds` are the working days before it is due on which its owner is told.
    """

    title: Sentence
    owner: Name
    due: Due | Literal["stated"]
    runs_in: Annotated[Names, Field(min_length=1, description="a list of stages")]
    pauses: YesNo = True
    reminds: tuple[Whole, ...] = ()
    passed: Passing | Literal["nothing", "remind"]
    clause: Clauses | None = None
    note: str = ""

    @model_validator(mode="after")
    def _counts_from_the_move(self) -> "Clock":
        if isinstance(self.due, Due) and (self.due.from_ != "event" or self.due.direction != "after"):
            raise Mistake("a clock counts from the move that starts it", "due", remedy="Write from: event.")
        return self


class ProcessValue(Sourced):
    """What was in force from a day on. Whatever began under it goes on under it.

    The order of tracks and stages is the order shown and means nothing else: `main` says which track's end is
    the end of all, and may be left out where there is one track.
    """

    tracks: Annotated[dict[Name, Track], Field(min_length=1, description="tracks by name")]
    main_: Annotated[Name | None, Field(alias="main", description="the name of a track", default=None)]
    moves: Annotated[dict[Name, Move], Field(min_length=1, description="moves by name")]
    clocks: dict[Name, Clock] = {}
    holds: Annotated[Names, Field(description="the roles that may put it on hold")] = ()
    clause: Clauses | None = None
    note: str = ""

    @model_validator(mode="after")
    def _names_each_stage_once(self) -> "ProcessValue":
        seen: dict[str, str] = {}
        if self.main_ and self.main_ not in self.tracks:
            raise _unknown("track", self.main_, self.tracks, "main")
        for name, track in self.tracks.items():
            if track.begins not in track.stages:
                raise _unknown("stage", track.begins, track.stages, "tracks", name, "begins")
            for stage in track.stages:
                if stage in seen:
                    what = f"the stage {stage!r} stands in the track {seen[stage]!r} already"
                    raise Mistake(what, "tracks", name, "stages", stage, remedy="Give it another name.")
                seen[stage] = name
        return self

    @model_validator(mode="after")
    def _moves_between_its_stages(self) -> "ProcessValue":
        tracks = self.track_of
        for name, move in self.moves.items():
            for word, stages in (("from", move.from_), ("to", (move.to,)), ("skips", move.skips)):
                for stage in stages:
                    if stage not in tracks:
                        raise _unknown("stage", stage, tracks, "moves", name, word)
                    if tracks[stage] != tracks.get(move.to, tracks[stage]):
                        what = f"{stage!r} and {move.to!r} are stages of two tracks"
                        raise Mistake(what, "moves", name, word, remedy="Move within one track.")
        return self

    @model_validator(mode="after")
    def _watches_its_other_tracks(self) -> "ProcessValue":
        for name, move in self.moves.items():
            for track, stages in move.while_.items():
                place = ("moves", name, "while")
                if track not in self.tracks:
                    raise _unknown("track", track, self.tracks, *place)
                if track == self.track_of[move.to]:
                    what = f"the move goes along the track {track!r} itself"
                    raise Mistake(what, *place, track, remedy="Say where it stands under from.")
                for stage in stages:
                    if stage not in self.tracks[track].stages:
                        raise _unknown("stage", stage, self.tracks[track].stages, *place, track)
        return self

    @model_validator(mode="after")
    def _winds_its_own_clocks(self) -> "ProcessValue":
        for name, move in self.moves.items():
            for word, clocks in (("starts", move.starts), ("stops", move.stops)):
                for clock in clocks:
                    if clock not in self.clocks:
                        raise _unknown("clock", clock, self.clocks, "moves", name, word)
        return self

    @model_validator(mode="after")
    def _has_clocks_that_fit_it(self) -> "ProcessValue":
        for name, clock in self.clocks.items():
            for stage in clock.runs_in:
                if stage not in self.track_of:
                    raise _unknown("stage", stage, self.track_of, "clocks", name, "runs_in")
                if self.track_of[stage] != self.track_of[clock.runs_in[0]]:
                    what = "a clock runs in stages of one track"
                    raise Mistake(what, "clocks", name, "runs_in", remedy="Use a clock for each track.")
            if isinstance(clock.passed, Passing) and clock.passed.move not in self.moves:
                raise _unknown("move", clock.passed.move, self.moves, "clocks", name, "passed", "move")
        return self

    @property
    def main(self) -> str:
        """Return the name of the main track: the one stated, or the first."""
        return self.main_ or next(iter(self.tracks))

    @property
    def track_of(self) -> dict[str, str]:
        """Return the track that each stage stands in."""
        return {stage: name for name, track in self.tracks.items() for stage in track.stages}

    @property
    def begins(self) -> dict[str, str]:
        """Return the stage that each track begins with."""
        return {name: track.begins for name, track in self.tracks.items()}

    def stage(self, name: str) -> Stage:
        return self.tracks[self.track_of[name]].stages[name]

    def moves_from(self, stage: str) -> Iterator[tuple[str, Move]]:
        return ((name, move) for name, move in self.moves.items() if stage in move.from_)


class Process(Definition):
    """A way that matters go, by the day each value came into force. `about` is the kind of record."""

    key: Name
    title: Sentence
    about: Name
    clause: Clauses | None = None
    values: Annotated[
        dict[Day, ProcessValue], Field(min_length=1, description="each value under its first day")
    ]
    note: str = ""

    def value_on(self, day: dt.date) -> ProcessValue:
        """Return what was in force on the day.

        :raises NoValueYet: if the first value starts later
        """
        found: ProcessValue = in_force(self.values, day, self.key)
        return found

    def starts(self) -> Mapping[dt.date, ProcessValue]:
        """Return every value under its first day, earliest first."""
        return dict(sorted(self.values.items()))


def _unknown(kind: str, name: str, known: Mapping[str, object], *place: str) -> Mistake:
    what = f"there is no {kind} {name!r}"
    remedy = f"Use one of {', '.join(known)}." if known else f"Add the {kind}."
    return Mistake(what, *place, remedy=remedy, nearest=nearest(name, known))
