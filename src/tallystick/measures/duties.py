"""Duties that reach across days, kept: what started each and what discharged it.

A duty is one row: where its trigger stands, its key, the trigger's instant, and the instant and day of its
discharge, or none. Limits, exceptions and the day of knowledge are applied when duties are summed, so that a
kept duty only changes with the evidence. What is kept only saves work: see `duty_files`.
"""

import contextlib
import datetime as dt
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.civil_days import DAY, Day
from tallystick.evidence.layout import DAY_SUFFIX, ROW
from tallystick.measures import partials
from tallystick.measures.duty_files import RESPONSES, TRIGGERS, Cupboard, Made, State, short_hash
from tallystick.measures.duty_rows import ByDay, DutyRows, number
from tallystick.measures.engine import engine
from tallystick.measures.first_after import NO_DAY, Found, first_after
from tallystick.measures.follows_within import DISCHARGED, DISCHARGED_DAY, RESPONSE, TRIGGER
from tallystick.measures.keys import Mask
from tallystick.measures.known import Known
from tallystick.measures.source import Source
from tallystick.rulebook.measures import FollowsWithin

TOLD = (TRIGGER, DISCHARGED, DISCHARGED_DAY)
# About five gigabytes are in use at so many events; more are left to the engine, which spills to disk.
MOST_IN_MEMORY = 30_000_000


def folder(known: Known) -> Path | None:
    """Return where duties are kept: beside the folder of kept sums; None where nothing is kept."""
    kept = known.partials
    return None if kept is None else kept.parent.parent / "duties" / kept.name


class Duties:
    """The duties of one measure for the evidence that is known."""

    def __init__(self, known: Known, measure: FollowsWithin, kept: Path | None) -> None:
        self._known = known
        self._measure = measure
        self._kept = Cupboard((kept or Path()) / measure.key)
        self._keeps = kept is not None
        self._rows = DutyRows(known, measure)
        self._triggers = known.rulebook.streams[measure.stream]
        self._responses = known.rulebook.streams[measure.response.stream]
        self._at_hand: dict[Day, pa.Table] = {}  # responses that have been read

    @classmethod
    def of(cls, known: Known, measure: FollowsWithin) -> "Duties | None":
        """Return the duties of a measure, or nothing where only the engine can tell them.

        Without a folder to keep them in, they are made of the evidence as it lies, for once: where it can be
        read so, and is not more than memory should hold.
        """
        kept = folder(known)
        duties = cls(known, measure, kept)
        if kept is not None:
            return duties
        events = sum(file.rows for one in set(measure.streams) for file in known.snapshot.days(one).values())
        return duties if duties._rows.in_place and events <= MOST_IN_MEMORY else None

    @property
    def names(self) -> dict[Day, dict[str, str]]:
        """What the sums of each evidence file's duties rest on."""
        if not self._keeps:
            files = self._known.snapshot.days(self._triggers.key)
            return {day: {"file": file.digest} for day, file in files.items()}
        made = self._state.triggers.items()
        return {day: {"file": one.evidence, "duties": one.name} for day, one in made}

    def rows(self, days: Collection[dt.date] | None, *, placed: bool) -> Source:
        """Return the triggers of some evidence days, or of all, with `trigger__` and their discharge.

        Rows that are not placed have the columns that duties are counted by, and no others for certain.
        """
        every = list(self._known.snapshot.days(self._triggers.key))
        chosen = [day for day in every if days is None or day is None or day in days]
        found = self._found(chosen) if self._keeps else self._for_once(chosen)
        listed = any(row["stream"] == self._triggers.key for row in self._known.exceptions())
        counted = None if placed or listed else self._with_counted(found)
        if counted is not None:
            last = max((day for day in chosen if day is not None), default=None)
            labels = self._known.snapshot.labels
            return Source(self._triggers, ibis.memtable(counted), labels, last_day=last)
        source = self._known.source(self._measure.stream, days, placed=placed)
        return source.over(self._joined(source, found))

    def _joined(self, source: Source, found: ByDay) -> ibis.Table:
        """Return the rows of a source that are duties, each with what is told of it."""
        cut = None if self._triggers.partition == "none" else f"{self._triggers.partition}{DAY_SUFFIX}"
        columns = [ROW, *TOLD]
        tables = [_told_day(table.select(columns), cut, day) for day, table in sorted(found.items(), key=str)]
        duties = ibis.memtable(pa.concat_tables([_no_duties(cut), *tables]))
        joined = source.table.inner_join(duties, source.place)
        return joined.select(*source.table.columns, *TOLD)

    def _with_counted(self, found: ByDay) -> pa.Table | None:
        """Return duties with what they are counted by, or nothing where the engine has to join."""
        columns = [*self._rows.counted]
        if self._keeps and found:
            if not self._rows.in_place:
                return None
            counted = self._rows.counted_of(found)
            if any(not counted[day][ROW].equals(table[ROW]) for day, table in found.items()):
                return None
            sides = [(counted[day].select(columns), table.select(TOLD)) for day, table in found.items()]
            found = {day: _beside(*both) for day, both in zip(found, sides, strict=True)}
        tables = [table.select([*columns, *TOLD]) for table in found.values()]
        return pa.concat_tables(tables) if tables else None

    def _found(self, days: Collection[Day]) -> ByDay:
        """Return the duties of evidence files, kept or made again where they are damaged."""
        made = self._state.triggers
        found, damaged = self._read({day: made[day] for day in days})
        return found | self._in_full(damaged, self._state.responses)

    def _for_once(self, days: Collection[Day]) -> ByDay:
        """Return the duties of evidence files without keeping anything."""
        answers = self._known.snapshot.days(self._responses.key)
        tables, theirs = self._rows.both(days, self._can_discharge(days, answers))
        if not tables:
            return {}
        duties = pa.concat_tables(tables.values())
        every = np.ones(len(duties), np.bool_)
        found = self._search(duties, every, pa.concat_tables(theirs.values()) if theirs else None)
        return _parts(found.written_to(duties), tables)

    @cached_property
    def _state(self) -> State:
        """The state of the evidence that is known: kept, or made from the one that is most like it."""
        digests = [
            {day: file.digest for day, file in self._known.snapshot.days(stream.key).items()}
            for stream in (self._triggers, self._responses)
        ]
        evidence = short_hash([[[str(day), one] for day, one in side.items()] for side in digests])
        found = self._kept.state(self._rule, evidence)
        if found is None or found.evidence != tuple(digests):
            found = self._updated(*digests)
            self._kept.keep_state(self._rule, evidence, found)
            with contextlib.suppress(OSError):
                self._kept.sweep()
        return found

    @cached_property
    def _rule(self) -> str:
        """The hash of all that duties rest on besides the evidence."""
        measure, book = self._measure, self._known.rulebook
        said = measure.model_dump(mode="json", include={"stream", "at", "where", "match", "response"})
        shapes = [partials.shape(book, stream) for stream in measure.streams]
        return short_hash([engine(), book.code.time_zone, said, shapes])

    @property
    def _in_order(self) -> bool:
        """Whether the day of a response's evidence is that of its instant."""
        return self._responses.partition == self._measure.response.at

    def _updated(self, triggers: Mapping[Day, str], responses: Mapping[Day, str]) -> State:
        """Return the state of the evidence, having looked again at the duties that it can have changed."""
        states = self._kept.states(self._rule)
        basis = max(states, key=lambda one: one.likeness(triggers, responses), default=State({}, {}))
        had = basis.evidence
        changed = {day for day, _ in had[1].items() ^ responses.items()}
        answers = {day: made for day, made in basis.responses.items() if day not in changed}
        answers |= self._extracted([day for day in responses if day in changed])
        stood = {day: basis.triggers[day] for day, _ in had[0].items() & triggers.items()}
        if changed and not self._in_order:
            stood = {}
        touched = {day: made for day, made in stood.items() if _touches(made, changed)}
        tables, damaged = self._read(touched)
        fresh = [day for day in triggers if day not in stood or day in damaged]
        remade = self._again(tables, changed, answers) | self._in_full(fresh, answers)
        made = stood | {day: self._made(day, triggers[day], table) for day, table in remade.items()}
        return State({day: made[day] for day in triggers}, {day: answers[day] for day in responses})

    def _made(self, day: Day, evidence: str, duties: pa.Table) -> Made:
        waiting = pc.and_(pc.is_null(duties[DISCHARGED]), pc.is_valid(duties[TRIGGER]))
        return Made(
            evidence,
            self._kept.keep(TRIGGERS, day, duties),
            first=pc.min(duties[TRIGGER]).as_py(),
            last=pc.max(duties[DISCHARGED]).as_py(),
            open=bool(pc.any(waiting).as_py()),
        )

    def _read(self, made: Mapping[Day, Made]) -> tuple[dict[Day, pa.Table], list[Day]]:
        """Return the kept duties of each evidence file that has any, and the days whose files are damaged."""
        tables = {day: self._kept.read(TRIGGERS, day, one.name) for day, one in made.items() if one.name}
        found = {day: table for day, table in tables.items() if table is not None}
        return found, [day for day in tables if day not in found]

    def _again(
        self, tables: Mapping[Day, pa.Table], changed: Collection[Day], answers: Mapping[Day, Made]
    ) -> dict[Day, pa.Table]:
        """Return the duties of those evidence files in which the changed days of responses changed any.

        An answer on a changed day may have gone; a new one there may be earlier. Only where an answer has
        gone, and no other stands on the changed days as early as it was, other days are searched.
        """
        if not tables:
            return {}
        duties = pa.concat_tables(tables.values())
        old = Found.standing(duties)
        lost = np.isin(old.days, [number(day) for day in changed])
        mine = [day for day in answers if day in changed]
        near = self._search(duties, old.instants >= _reach(changed)[0], self._answers(mine, answers))
        gone = lost & (near.instants > old.instants)
        since = min(old.days[gone], default=NO_DAY) - 1
        others = [day for day in answers if day not in changed and number(day) >= since]
        far = self._search(duties, gone, self._answers(others, answers))
        new = old.without(lost).or_earlier(near).or_earlier(far)
        differs = (new.instants != old.instants) | (new.days != old.days)
        parts = _parts(new.written_to(duties), tables)
        return {day: parts[day] for day, one in _parts(pa.table({"": differs}), tables).items() if _any(one)}

    def _in_full(self, days: Collection[Day], answers: Mapping[Day, Made]) -> dict[Day, pa.Table]:
        """Return the duties of evidence files, each compared with every response that can discharge it."""
        if not days:
            return {}
        tables = self._rows.triggered(days)
        duties = pa.concat_tables(tables.values())
        known = self._can_discharge(days, answers)
        found = self._search(duties, np.ones(len(duties), np.bool_), self._answers(known, answers))
        return _parts(found.written_to(duties), tables)

    def _can_discharge(self, days: Collection[Day], answers: Collection[Day]) -> list[Day]:
        """Return the days of whose responses any can discharge a duty of some days."""
        if not days or not self._in_order or self._triggers.partition != self._measure.at:
            return list(answers)
        since = min(map(number, days)) - 1
        return [day for day in answers if number(day) >= since]

    def _search(self, duties: pa.Table, which: Mask, answers: pa.Table | None) -> Found:
        """Return the first of the answers to each duty; only those marked are looked for."""
        if answers is None or not which.any():
            return Found.nothing(len(duties))
        match = self._measure.match
        mine = duties.select([*match, TRIGGER])
        mine = mine if which.all() else mine.filter(pa.array(which))
        codes = {own: self._in_own_codes(answers[other], own, other) for own, other in match.items()}
        found = Found.of(first_after(mine, pa.table({**codes, TRIGGER: answers[RESPONSE]})), answers)
        return found if which.all() else found.spread(which)

    def _in_own_codes(self, column: pa.ChunkedArray, own: str, other: str) -> pa.ChunkedArray:
        """Return a column of responses in the codes of the triggers' column, null where those have none."""
        coded = self._responses.columns[other].type in ("enum", "text")
        if own == other or not coded:
            return column
        known = {label: code for code, label in enumerate(self._known.snapshot.labels(own))}
        codes = [known.get(label) for label in self._known.snapshot.labels(other)]
        return pa.array(codes, pa.int32()).take(column)

    def _extracted(self, days: Collection[Day]) -> dict[Day, Made]:
        """Keep what evidence files hold of responses: keys and instants."""
        if not days:
            return {}
        found = self._rows.answered(days)
        self._at_hand |= found
        files = self._known.snapshot.days(self._responses.key)
        names = {day: self._kept.keep(RESPONSES, day, table) for day, table in found.items()}
        return {day: Made(files[day].digest, name) for day, name in names.items()}

    def _answers(self, days: Collection[Day], made: Mapping[Day, Made]) -> pa.Table | None:
        """Return the kept responses of some days, made again where they are damaged, or none."""
        wanted = {day: made[day].name for day in days if made[day].name}
        for day in wanted.keys() - self._at_hand.keys():
            table = self._kept.read(RESPONSES, day, wanted[day])
            if table is not None:
                self._at_hand[day] = table
        self._extracted([day for day in wanted if day not in self._at_hand])
        return pa.concat_tables([self._at_hand[day] for day in wanted]) if wanted else None


def _reach(changed: Collection[Day]) -> tuple[int, int]:
    """Return instants before and after all responses of some days, whatever the time zone."""
    days = [day for day in changed if day is not None]
    since, until = number(min(days)) - 1, number(max(days)) + 2
    return since * DAY, until * DAY


def _touches(made: Made, changed: Collection[Day]) -> bool:
    """Tell whether responses of the changed days may discharge a duty, or may have."""
    if not changed or made.first is None:
        return False
    since, until = _reach(changed)
    return made.first < until and (made.open or (made.last is not None and made.last >= since))


def _parts(table: pa.Table, like: Mapping[Day, pa.Table]) -> dict[Day, pa.Table]:
    """Cut a table into parts as long as others."""
    ends = np.cumsum([0, *(len(one) for one in like.values())])
    return {day: table.slice(start, len(like[day])) for day, start in zip(like, ends.tolist(), strict=False)}


def _beside(left: pa.Table, right: pa.Table) -> pa.Table:
    """Return two tables of the same rows as one."""
    return pa.table({name: one[name] for one in (left, right) for name in one.column_names})


def _any(flags: pa.Table) -> bool:
    return bool(pc.any(flags[0]).as_py())


def _told_day(table: pa.Table, cut: str | None, day: Day) -> pa.Table:
    if cut is None:
        return table
    return table.append_column(cut, pa.array(np.full(len(table), number(day), np.int32)).cast(pa.date32()))


def _no_duties(cut: str | None) -> pa.Table:
    fields = [
        (ROW, pa.int32()),
        (TRIGGER, pa.int64()),
        (DISCHARGED, pa.int64()),
        (DISCHARGED_DAY, pa.date32()),
    ]
    return pa.schema([*fields, *([(cut, pa.date32())] if cut else [])]).empty_table()
