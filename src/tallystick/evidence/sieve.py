"""Every row of a file is put in one of three places: accepted, held or refused."""

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import BinaryIO
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.blocks import Block, Flaw, Pending, Source, TypedBlock
from tallystick.evidence.civil_time import CivilTime, Mask
from tallystick.evidence.columns import tidied, typed
from tallystick.evidence.doubts import Doubts
from tallystick.evidence.headers import CORRECTION_OF, PROBLEM
from tallystick.evidence.key_hashes import Hashes, key_hashes
from tallystick.evidence.limits import MOST_PROBLEMS
from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import UnableToRead, counted
from tallystick.evidence.refused_rows import RefusedRows
from tallystick.evidence.row_problems import RowProblem
from tallystick.evidence.twins import Twins, twins, without
from tallystick.evidence.typed_files import TypedFiles, in_order, typed_schema

THREADS = 2
AHEAD = 4

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Places:
    """The files a sieve writes to. The second pair is used only where rows of equal key were found."""

    accepted: BinaryIO
    held: BinaryIO
    refused: BinaryIO
    accepted_again: BinaryIO
    held_again: BinaryIO


@dataclass
class Sieved:
    """How many rows went where, and the first problems in the order of the file."""

    rows: int = 0
    accepted: int = 0
    held: int = 0
    refused: int = 0
    again: bool = False
    correction_of: str = ""
    problems: list[RowProblem] = field(default_factory=list)


class Sieve:
    """Types, tests and sorts the rows of one source."""

    def __init__(self, source: Source, plan: Plan, places: Places) -> None:
        self._source = source
        self._plan = plan
        self._places = places
        self._civil = CivilTime(ZoneInfo(plan.time_zone))
        self._doubts = Doubts(plan, self._civil)
        self._schema = typed_schema(plan)
        self._files = TypedFiles(places.accepted, places.held, self._schema)
        self._refused = RefusedRows(places.refused, source.header)
        self._hashes: list[Hashes] = []
        self._strangers = 0
        self._corrections: set[str | None] = set()
        self.sieved = Sieved()

    def run(self, progress: Progress) -> Sieved:
        """Read the source to its end.

        :raises UnableToRead: if the file as a whole has to be refused
        """
        for block in self._typed():
            self._put(block)
            progress(self.sieved.rows, self._source.done())
            self._refuse_too_many()
        self._files.finish()
        self._refuse_strangers()
        self._check_correction()
        found = twins(self._files, self._plan, self._hashes)
        if found:
            self._part_twins(found)
        self.sieved.problems = sorted(self.sieved.problems)[:MOST_PROBLEMS]
        return self.sieved

    def _typed(self) -> Iterator[TypedBlock]:
        """Yield blocks in the order of the file; a few are made ahead, by several threads."""
        waiting: deque[Future[TypedBlock]] = deque()
        with ThreadPoolExecutor(THREADS) as pool:
            for pending in self._source.pending():
                waiting.append(pool.submit(self._type, pending))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _type(self, pending: Pending) -> TypedBlock:
        block = pending.make()
        columns, flaws = {}, list(block.flaws)
        spoilt = {(flaw.place, flaw.column) for flaw in flaws}
        for column in self._plan.columns:
            texts = tidied(block.texts[column.name], block.traits)
            columns[column.name], wrong = typed(column, texts, block.traits, self._civil)
            flaws += [flaw for flaw in wrong if (flaw.place, flaw.column) not in spoilt]
        flaws += self._doubts.flaws(columns)
        hashes = key_hashes([columns[name] for name in self._plan.row_key], len(block.rows))
        return TypedBlock(block, columns, tuple(flaws), hashes)

    def _put(self, typed_block: TypedBlock) -> None:
        block = typed_block.block
        held, refused = _states(typed_block)
        columns = [pa.array(block.rows), *typed_block.columns.values()]
        whole = not (held.any() or refused.any())
        every = pa.RecordBatch.from_arrays(columns, schema=self._schema)
        accepted = every if whole else every.filter(pa.array(~(held | refused)))
        self._files.add(accepted, every.filter(pa.array(held)) if held.any() else every.slice(0, 0))
        self._hashes.append(typed_block.hashes if whole else typed_block.hashes[~refused])
        self._count(block, accepted.num_rows, int(held.sum()), int(refused.sum()) + len(block.ragged))
        self._note_problems(typed_block)
        if refused.any() or block.ragged:
            self._refused.add(block, _by_place(typed_block.flaws, refused), block.ragged)
        self._look_for_strangers(typed_block)
        if CORRECTION_OF in block.texts and len(block.rows):
            found = tidied(block.texts[CORRECTION_OF], block.traits).unique().to_pylist()
            self._corrections.update(found)

    def _count(self, block: Block, accepted: int, held: int, refused: int) -> None:
        self.sieved.rows += len(block.rows) + len(block.ragged)
        self.sieved.accepted += accepted
        self.sieved.held += held
        self.sieved.refused += refused

    def _note_problems(self, typed_block: TypedBlock) -> None:
        """Keep the first problems in the order of the file; blocks come in that order."""
        room = MOST_PROBLEMS - len(self.sieved.problems)
        if room <= 0 or not (typed_block.flaws or typed_block.block.ragged):
            return
        block, sheet = typed_block.block, self._source.sheet
        told = [self._problem(flaw, int(block.rows[flaw.place])) for flaw in typed_block.flaws]
        told += [RowProblem(one.row, "", "refused", one.what, one.expected, sheet) for one in block.ragged]
        self.sieved.problems += heapq.nsmallest(room, told)

    def _problem(self, flaw: Flaw, row: int) -> RowProblem:
        return RowProblem(row, flaw.column, flaw.state, flaw.what, flaw.expected, self._source.sheet)

    def _refuse_too_many(self) -> None:
        most = self._plan.limits.rows
        if self.sieved.rows > most:
            raise UnableToRead(f"The file has more than {most:,} rows, which is the limit. Split it.")

    def _look_for_strangers(self, typed_block: TypedBlock) -> None:
        if self._plan.party and self._plan.party_column:
            parties = typed_block.columns[self._plan.party_column]
            own = pc.equal(parties, self._plan.party)
            self._strangers += int(pc.sum(pc.invert(own)).as_py() or 0)

    def _refuse_strangers(self) -> None:
        """Refuse a submission that holds rows of others, without telling whose."""
        if self._strangers:
            rows, belong = counted(self._strangers, "row"), "belongs" if self._strangers == 1 else "belong"
            raise UnableToRead(
                f"{rows} {belong} to a different party than your submission; nothing was taken in."
            )

    def _check_correction(self) -> None:
        if len(self._corrections) > 1 or self._corrections == {None}:
            raise UnableToRead(
                f"The column {CORRECTION_OF} names one submission, the same on every row; here "
                + ("some rows have none." if None in self._corrections else "it names several.")
            )
        self.sieved.correction_of = next(iter(self._corrections), None) or ""

    def _part_twins(self, found: Twins) -> None:
        """Write the typed rows again without the repeats, and with rivals held."""
        again = TypedFiles(self._places.accepted_again, self._places.held_again, self._schema)
        self.sieved.accepted = self.sieved.held = 0
        for pair in self._files.pairs():
            accepted, held = (in_order(self._schema, batches) for batches in without(pair, found))
            again.add(accepted, held)
            self.sieved.accepted += accepted.num_rows
            self.sieved.held += held.num_rows
        again.finish()
        self.sieved.refused += len(found.repeats)
        self.sieved.again = True
        self._return_repeats(found)

    def _return_repeats(self, found: Twins) -> None:
        """Read the file once more for the rows that stand twice: they go back as they were sent."""
        met = np.array(sorted({*found.repeats, *found.rivals}), np.int64)
        for pending in self._source.pending():
            low, high = np.searchsorted(met, [pending.first, pending.end])
            if low == high:
                continue
            block = pending.make()
            places = np.flatnonzero(np.isin(block.rows, met[low:high])).tolist()
            flaws = [found.flaw(int(block.rows[place]), place) for place in places]
            room = MOST_PROBLEMS * 2 - len(self.sieved.problems)
            told = flaws[: max(room, 0)]
            self.sieved.problems += [self._problem(flaw, int(block.rows[flaw.place])) for flaw in told]
            gone = {flaw.place: [flaw] for flaw in flaws if flaw.state == "refused"}
            self._refused.add(block, gone)


def read_source(source: Source, plan: Plan, places: Places, progress: Progress) -> Sieved:
    """Sort the rows of a source into the places; what was noticed stands in the source's notes."""
    sieve = Sieve(source, plan, places)
    if PROBLEM in source.header and PROBLEM not in plan.names:
        source.notes.append(f"The column {PROBLEM} of an earlier answer was not read.")
    return sieve.run(progress)


def _states(typed_block: TypedBlock) -> tuple[Mask, Mask]:
    """Return which rows of a block are held and which are refused; refused wins."""
    held, refused = (np.zeros(len(typed_block.block.rows), np.bool_) for _ in range(2))
    held[[flaw.place for flaw in typed_block.flaws if flaw.state == "held"]] = True
    refused[[flaw.place for flaw in typed_block.flaws if flaw.state == "refused"]] = True
    return held & ~refused, refused


def _by_place(flaws: tuple[Flaw, ...], refused: Mask) -> dict[int, list[Flaw]]:
    """Return the flaws of the refused rows, gathered row by row."""
    found: dict[int, list[Flaw]] = {}
    for flaw in flaws:
        if refused[flaw.place]:
            found.setdefault(flaw.place, []).append(flaw)
    return found
