"""From an accepted file to everything that has to be written for it, set aside and ready to be committed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from tallystick.evidence.civil_days import Day, day_of
from tallystick.evidence.coding import coded
from tallystick.evidence.contents import Contents, Kept
from tallystick.evidence.effects import after, effects, summed
from tallystick.evidence.folding import comparable, distinct
from tallystick.evidence.history import History
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tallystick.evidence.ordering import arranged
from tallystick.evidence.pairs import Pair
from tallystick.evidence.reading import Reading
from tallystick.evidence.refusals import quoted
from tallystick.evidence.scope import as_table, in_words
from tallystick.evidence.splitting import ALL_DAYS, Split
from tallystick.evidence.staging import Staging
from tallystick.evidence.submissions import Origin, Submission, submission_id
from tallystick.evidence.turns import at_once
from tallystick.rulebook.code import Code

LARGE_DAY = 4_000_000
_LABELS = ("text", "enum")


class UnableToReceive(Exception):
    """Nothing of the file was taken in, or the disk could not confirm it; the message says what to do."""


@dataclass(frozen=True)
class Sending:
    """One file to be taken in: what reading made of it, the stream's shape, and where it came from."""

    reading: Reading
    layout: Layout
    code: Code
    origin: Origin

    @property
    def id(self) -> str:
        return submission_id(self.reading, self.code.key, self.layout.stream, self.origin)


@dataclass(frozen=True)
class Intake:
    """What taking a file in comes to. `repeats` is the submission that already said all of it, if one did."""

    submission: Submission
    kept: Kept
    labels: Labels
    repeats: Submission | None


def take_in(sending: Sending, before: Contents, staging: Staging) -> Intake:
    """Code, sort and fold a file, setting every pair aside.

    :raises UnableToReceive: if the file cannot be joined to what is kept, or rows got lost on the way
    """
    code, layout = sending.code.key, sending.layout
    earlier = before.submissions(code, layout.stream)
    _check_joins(sending, earlier)
    with TemporaryDirectory(dir=sending.reading.accepted.parent) as scratch:
        split = Split(sending.reading.accepted, layout, sending.code.zone, Path(scratch))
        _check_complete(sending.reading, split)
        labels = before.labels(code).learning(split.vocabulary.words)
        submission = _described(sending, before.number + 1, labels)
        days = _coded_days(split, sending, labels, staging)
    submission = replace(
        submission,
        parts={day: pair for day, (pair, _) in days.items()},
        covered=_covered(sending, days),
        speaks_for=_speaks_for(sending, [spoken for _, spoken in days.values()], labels),
        reach=_reach(sending, [*days], earlier),
    )
    history = History(code, layout, labels, staging, (*earlier, submission))
    kept = before.kept(code, layout.stream)
    found = effects(history, submission, kept)
    submission = replace(submission, summary=summed(found, layout))
    met = frozenset[str]().union(*(one.met for one in found))
    return Intake(submission, after(kept, submission, found), labels, _repeated(submission, earlier, met))


def _coded_days(
    split: Split, sending: Sending, labels: Labels, staging: Staging
) -> dict[Day, tuple[Pair, pa.Table]]:
    """Set the rows of every day aside; return the pairs, and what the rows of each day speak for."""
    layout, codes = sending.layout, split.vocabulary.codes(labels)

    def code_day(number: int) -> tuple[Pair, pa.Table]:
        rows = coded(split.encoded(number), layout, sending.code.zone, codes, sending.id)
        rows = arranged(rows, layout)
        spoken = (
            distinct(comparable(rows, layout, layout.scope)) if _is_vouched_for(sending) else pa.table({})
        )
        return staging.put_part(sending.code.key, _day(number), rows, layout), spoken

    done = at_once(code_day, split.days, [split.lengths[day] for day in split.days], LARGE_DAY)
    return {_day(number): result for number, result in zip(split.days, done, strict=True)}


def _described(sending: Sending, number: int, labels: Labels) -> Submission:
    reading, origin = sending.reading, sending.origin
    return Submission(
        id=sending.id,
        number=number,
        code=sending.code.key,
        layout=sending.layout,
        correction_of=reading.correction_of,
        party=origin.party,
        period=str(origin.period) if origin.period else None,
        file=origin.called,
        format=reading.format,
        sha256=reading.sha256,
        size=reading.size,
        received_at=origin.received_at,
        taken_in_at=origin.taken_in_at,
        rows=reading.rows,
        accepted=reading.accepted_rows,
        held=reading.held_rows,
        refused=reading.refused_rows,
        counted=reading.counted,
        labels={column: len(labels.of(column)) for column in sending.layout.labelled},
        notes=tuple(reading.notes),
    )


def _is_vouched_for(sending: Sending) -> bool:
    """Whether the file speaks also for days on which it has no rows."""
    layout, origin = sending.layout, sending.origin
    replaces = bool(layout.replaces) and not sending.reading.correction_of
    return replaces and (origin.period is not None or not layout.replaces_by_day)


def _speaks_for(
    sending: Sending, spoken: Sequence[pa.Table], labels: Labels
) -> tuple[tuple[str | int | None, ...], ...]:
    """Return what the file replaces on every day of its period: each combination it mentions.

    A party's file for a period speaks for the party even if it has no rows.
    """
    layout, origin = sending.layout, sending.origin
    if not _is_vouched_for(sending) or not layout.scope:
        return ()
    none = as_table(layout.scope, (), layout, labels)
    said = in_words(distinct(pa.concat_tables([none, *spoken])), layout, labels)
    own = ((origin.party,),) if origin.party and origin.period and layout.scope == (layout.party,) else ()
    return tuple(dict.fromkeys([*said, *own]))


def _covered(sending: Sending, days: Iterable[Day]) -> tuple[dt.date, ...]:
    """Return the days the file vouches for: its whole period, else the days of its rows."""
    if sending.origin.period:
        return tuple(sending.origin.period.days())
    return tuple(day for day in days if day)


def _reach(sending: Sending, own: Sequence[Day], earlier: Iterable[Submission]) -> tuple[Day, ...]:
    """Return the days on which a correction replaces rows: its own, and those of what it corrects."""
    by_id = {one.id: one for one in earlier}
    corrected = by_id.get(sending.reading.correction_of or "")
    if corrected is None:
        return ()
    return tuple(sorted({*own, *corrected.parts, *corrected.reach}, key=str))


def _repeated(
    submission: Submission, earlier: Sequence[Submission], met: frozenset[str]
) -> Submission | None:
    """Return the submission that a file merely repeats, if every row of it stood already.

    It must have nothing held or refused, be the latest received, and vouch for no day that the same party
    has not vouched for before.
    """
    same_party = [one for one in earlier if one.party == submission.party]
    known = {day for one in same_party for day in one.covered}
    if (
        not same_party
        or not submission.summary.changes_nothing
        or submission.held
        or submission.refused
        or submission.order < max(one.order for one in earlier)
        or not known.issuperset(submission.covered)
    ):
        return None
    standing = [one for one in earlier if one.id in met] or same_party
    return max(standing, key=lambda one: one.order)


def _check_joins(sending: Sending, earlier: Iterable[Submission]) -> None:
    layout, corrected = sending.layout, sending.reading.correction_of
    by_id = {one.id: one for one in earlier}
    if corrected and corrected not in by_id:
        raise UnableToReceive(
            f"The file corrects {quoted(corrected)}, and no submission of {layout.stream} has that name. "
            "Send it with the name that stands on the receipt."
        )
    if corrected and by_id[corrected].party != sending.origin.party:
        raise UnableToReceive("The file corrects a submission of another party. Nothing was taken in.")
    for one in by_id.values():
        for name, kind in one.layout.columns.items():
            now = layout.columns.get(name)
            if now != kind and not (now in _LABELS and kind in _LABELS):
                raise UnableToReceive(
                    f"The column {name} of {layout.stream} is kept as {kind}, and the rulebook now says "
                    f"{now or 'nothing of it'}. Columns may be added; a changed one needs a new stream."
                )
        if one.layout.partition != layout.partition:
            raise UnableToReceive(
                f"{layout.stream} is kept by {one.layout.partition}, and the rulebook now says "
                f"{layout.partition}. That needs a new stream."
            )


def _check_complete(reading: Reading, split: Split) -> None:
    if split.rows != reading.accepted_rows:
        raise UnableToReceive(
            f"{reading.accepted_rows:,} rows were accepted and {split.rows:,} came through. "
            "Nothing was taken in; send the file again."
        )


def _day(number: int) -> Day:
    return None if number == ALL_DAYS else day_of(number)
