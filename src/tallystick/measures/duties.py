"""Duties that reach across days, kept: what started each and what discharged it.

A duty is one row: where its trigger stands, its key, the trigger's instant, and the instant and day of its
discharge, or none. Limits, exceptions and the day of knowledge are applied when duties are summed, so that a
kept duty only changes with the evidence. What is kept only saves work: see `duty_files`.
"""

import contextlib
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.civil_days import DAY, EPOCH, Day
from tallystick.measures import partials
from tallystick.measures.duty_files import RESPONSES, TRIGGERS, Cupboard, Made, State, short_hash
from tallystick.measures.engine import engine
from tallystick.measures.follows_within import (
    DISCHARGED,
    DISCHARGED_DAY,
    RESPONSE,
    RESPONSE_DAY,
    TRIGGER,
    answering,
    triggering,
)
from tallystick.measures.known import Known
from tallystick.measures.source import Source
from tallystick.rulebook.measures import FollowsWithin
from tallystick.rulebook.streams import Stream

ROW = "row"
FILE = "file__"
DUTY = "duty__"
NEVER = np.iinfo(np.int64).max
NO_DAY = np.iinfo(np.int32).max

Instants = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """For each duty the instant and the day of an answer, or `NEVER` and `NO_DAY`."""

    instants: Instants
    days: Days

    @classmethod
    def nothing(cls, size: int) -> "Found":
        return cls(np.full(size, NEVER), np.full(size, NO_DAY, np.int32))

    @classmethod
    def standing(cls, duties: pa.Table) -> "Found":
        """Return what discharged some kept duties."""
        instants = pc.fill_null(duties[DISCHARGED], NEVER).to_numpy()
        return cls(instants, pc.fill_null(duties[DISCHARGED_DAY].cast(pa.int32()), NO_DAY).to_numpy())

    def without(self, lost: Mask) -> "Found":
        return Found(np.where(lost, NEVER, self.instants), np.where(lost, NO_DAY, self.days))

    def or_earlier(self, other: "Found") -> "Found":
        """Return the earlier answer of each duty."""
        earlier = other.instants < self.instants
        return Found(
            np.where(earlier, other.instants, self.instants), np.where(earlier, other.days, self.days)
        )

    def written_to(self, duties: pa.Table) -> pa.Table:
        """Return the duties with these answers."""
        instants = pa.array(self.instants, mask=self.instants == NEVER)
        days = pa.array(self.days, mask=self.days == NO_DAY).cast(pa.date32())
        bare = duties.drop([name for name in (DISCHARGED, DISCHARGED_DAY) if name in duties.column_names])
        return bare.append_column(DISCHARGED, instants).append_column(DISCHARGED_DAY, days)


def folder(known: Known) -> Path | None:
    """Return where duties are kept: beside the folder of kept sums; None where nothing is kept."""
    kept = known.partials
    return None if kept is None else kept.parent.parent / "duties" / kept.name


class Duties:
    """The duties of one measure for the evidence that is known."""

    def __init__(self, known: Known, measure: FollowsWithin, kept: Path) -> None:
        self._known = known
        self._measure = measure
        self._kept = Cupboard(kept / measure.key)
        self._triggers = known.rulebook.streams[measure.stream]
        self._responses = known.rulebook.streams[measure.response.stream]
        self._at_hand: dict[Day, pa.Table] = {}  # responses that have been read

    @classmethod
    def of(cls, known: Known, measure: FollowsWithin) -> "Duties | None":
        """Return the duties of a measure, or nothing where none are kept."""
        kept = folder(known)
        return None if kept is None else cls(known, measure, kept)

    @property
    def names(self) -> dict[Day, dict[str, str]]:
        """What the sums of each evidence file's duties rest on."""
        made = self._state.triggers.items()
        return {day: {"file": one.evidence, "duties": one.name} for day, one in made}

    def rows(self, days: Collection[dt.date] | None, *, placed: bool) -> Source:
        """Return the triggers of some evidence days, or of all, with `trigger__` and their discharge."""
        source = self._known.source(self._measure.stream, days, placed=placed)
        made, cut = self._state.triggers, _cut(self._triggers)
        chosen = {day: one for day, one in made.items() if days is None or cut is None or day in days}
        found, damaged = self._read(chosen)
        found |= self._in_full(damaged, self._state.responses)
        columns = [ROW, TRIGGER, DISCHARGED, DISCHARGED_DAY]
        tables = [_told_day(table.select(columns), cut, day) for day, table in sorted(found.items(), key=str)]
        duties = ibis.memtable(pa.concat_tables([_no_duties(cut), *tables]))
        joined = source.table.inner_join(duties, source.place)
        return source.over(joined.select(*source.table.columns, *columns[1:]))

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
        lost = np.isin(old.days, [_number(day) for day in changed])
        mine = [day for day in answers if day in changed]
        near = self._search(duties, old.instants >= _reach(changed)[0], self._answers(mine, answers))
        gone = lost & (near.instants > old.instants)
        since = min(old.days[gone], default=NO_DAY) - 1
        others = [day for day in answers if day not in changed and _number(day) >= since]
        far = self._search(duties, gone, self._answers(others, answers))
        new = old.without(lost).or_earlier(near).or_earlier(far)
        differs = (new.instants != old.instants) | (new.days != old.days)
        parts = _parts(new.written_to(duties), tables)
        return {day: parts[day] for day, one in _parts(pa.table({"": differs}), tables).items() if _any(one)}

    def _in_full(self, days: Collection[Day], answers: Mapping[Day, Made]) -> dict[Day, pa.Table]:
        """Return the duties of evidence files, each compared with every response that can discharge it."""
        if not days:
            return {}
        tables = self._triggered(days)
        duties = pa.concat_tables(tables.values())
        known = list(answers)
        if self._in_order and self._triggers.partition == self._measure.at:
            since = min(map(_number, days)) - 1
            known = [day for day in answers if _number(day) >= since]
        found = self._search(duties, np.ones(len(duties), np.bool_), self._answers(known, answers))
        return _parts(found.written_to(duties), tables)

    def _search(self, duties: pa.Table, which: Mask, answers: pa.Table | None) -> Found:
        """Return the first of the answers to each duty; only those marked are looked for."""
        found = Found.nothing(len(duties))
        if answers is None or not which.any():
            return found
        match = self._measure.match
        mine = duties.select([*match, TRIGGER]).filter(pa.array(which))
        codes = {own: self._in_own_codes(answers[other], own, other) for own, other in match.items()}
        theirs = pa.table({**codes, TRIGGER: answers[RESPONSE], RESPONSE_DAY: answers[RESPONSE_DAY]})
        first, *_ = match
        theirs = theirs.filter(pc.is_in(theirs[first], pc.unique(mine[first])))
        answer = first_after(mine, theirs.drop([RESPONSE_DAY]))
        there = answer >= 0
        places = np.flatnonzero(which)[there]
        found.instants[places] = theirs[TRIGGER].to_numpy()[answer[there]]
        found.days[places] = theirs[RESPONSE_DAY].cast(pa.int32()).to_numpy()[answer[there]]
        return found

    def _in_own_codes(self, column: pa.ChunkedArray, own: str, other: str) -> pa.ChunkedArray:
        """Return a column of responses in the codes of the triggers' column, null where those have none."""
        coded = self._responses.columns[other].type in ("enum", "text")
        if own == other or not coded:
            return column
        known = {label: code for code, label in enumerate(self._known.snapshot.labels(own))}
        codes = [known.get(label) for label in self._known.snapshot.labels(other)]
        return pa.array(codes, pa.int32()).take(column)

    def _triggered(self, days: Collection[Day]) -> dict[Day, pa.Table]:
        """Return the rows of evidence files that start a duty, with their keys and instants."""
        mine = triggering(self._placed(self._measure.stream, days), self._measure)
        columns = [ROW, *self._measure.match, TRIGGER]
        return self._by_day(mine, columns, days, [ROW])

    def _extracted(self, days: Collection[Day]) -> dict[Day, Made]:
        """Keep what evidence files hold of responses: keys and instants."""
        if not days:
            return {}
        theirs = answering(self._placed(self._measure.response.stream, days), self._measure)
        there = theirs.over(theirs.table.filter(theirs.table[RESPONSE].notnull()))
        columns = [*dict.fromkeys(self._measure.match.values()), RESPONSE, RESPONSE_DAY]
        found = self._by_day(there, columns, days, [RESPONSE, *columns[:-2]])
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

    def _placed(self, stream: str, days: Collection[Day]) -> Source:
        divided = [day for day in days if day is not None]
        return self._known.source(stream, divided or None, placed=True)

    def _by_day(
        self, rows: Source, columns: list[str], days: Collection[Day], order: list[str]
    ) -> dict[Day, pa.Table]:
        """Fetch columns of rows, in order, a table for each evidence file."""
        cut = _cut(rows.stream)
        taken = {} if cut is None else {FILE: rows.table[cut]}
        table = rows.table.select(*columns, **taken).to_pyarrow()
        by = [(name, "ascending") for name in (*taken, *order)]
        table = table.sort_by(by)
        if cut is None:
            return {None: table}
        numbers = table[FILE].cast(pa.int32()).to_numpy()
        bare, found = table.drop([FILE]), {}
        for day in days:
            start, end = (int(np.searchsorted(numbers, _number(day), side)) for side in ("left", "right"))
            found[day] = bare.slice(start, end - start)
        return found


def first_after(duties: pa.Table, answers: pa.Table) -> Instants:
    """Return for each duty the place of the first answer of its key, at its instant or after; -1 for none.

    Both tables have the columns of the key, and then an instant. An absent value is equal to none.
    """
    both = pa.concat_tables([duties, answers])
    instants = pc.fill_null(both[-1], NEVER).to_numpy()
    absent = pc.is_null(both[-1]).to_numpy()
    group = np.zeros(len(both), np.int64)
    for column in both.columns[:-1]:
        met = column.combine_chunks().dictionary_encode()
        absent |= met.indices.is_null().to_numpy(zero_copy_only=False)
        _, group = np.unique(group, return_inverse=True)
        group = group * (len(met.dictionary) + 1) + pc.fill_null(met.indices, 0).to_numpy()
    # a stable sort leaves a duty before the answers of its own instant
    order = np.lexsort((instants, group))
    order = order[~absent[order]]
    places = np.where(order >= len(duties), np.arange(len(order)), len(order))
    following = np.append(np.minimum.accumulate(places[::-1])[::-1], len(order))
    mine = np.flatnonzero(order < len(duties))
    next_ = following[mine]
    same = next_ < len(order)
    same[same] = group[order[next_[same]]] == group[order[mine[same]]]
    found = np.full(len(duties), -1, np.int64)
    found[order[mine[same]]] = order[next_[same]] - len(duties)
    return found


def _cut(stream: Stream) -> str | None:
    """Return the column that says in which evidence file a row stands."""
    return None if stream.partition == "none" else f"{stream.partition}__day"


def _number(day: Day) -> int:
    return NO_DAY if day is None else (day - EPOCH).days


def _reach(changed: Collection[Day]) -> tuple[int, int]:
    """Return instants before and after all responses of some days, whatever the time zone."""
    days = [day for day in changed if day is not None]
    since, until = _number(min(days)) - 1, _number(max(days)) + 2
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


def _any(flags: pa.Table) -> bool:
    return bool(pc.any(flags[0]).as_py())


def _told_day(table: pa.Table, cut: str | None, day: Day) -> pa.Table:
    if cut is None:
        return table
    return table.append_column(cut, pa.array(np.full(len(table), _number(day), np.int32)).cast(pa.date32()))


def _no_duties(cut: str | None) -> pa.Table:
    fields = [
        (ROW, pa.int32()),
        (TRIGGER, pa.int64()),
        (DISCHARGED, pa.int64()),
        (DISCHARGED_DAY, pa.date32()),
    ]
    return pa.schema([*fields, *([(cut, pa.date32())] if cut else [])]).empty_table()
