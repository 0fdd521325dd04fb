"""Motions, votes and decisions as files: JSON, CSV and a workbook, with no cell that runs."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import Ballot, Decision, Motion
from tallystick.decisions.phrases import numbered
from tallystick.decisions.queries import SeatShown, Shown
from tallystick.month import workbook
from tallystick.month.export import safe_cell

KINDS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SEATS = ("seat", "constituency", "weight", "state", "choice", "counts_as", "reason", "cast_by", "right", "at")
VOTES = ("score", "for", "against", "abstained")
LINES = ("reference", "kind", "on", "body", "title", "verb", "outcome", *VOTES, "about")


@dataclass(frozen=True)
class Line:
    """One decision of the register: a vote that ended, or a decision without one.

    `word` is what the page says of it, such as APPROVED; `score` how it came about.
    """

    reference: str
    kind: str
    on: dt.date
    body: str
    body_key: str
    title: str
    verb: str
    outcome: str
    word: str
    score: str
    about: str
    classification: str
    count: dict[str, Any]

    @classmethod
    def of_motion(cls, one: Motion, on: dt.date) -> "Line":
        word = one.told.get("word", "") if one.told else ""
        return cls(
            reference=one.reference,
            kind="motion",
            on=on,
            body=one.body.name,
            body_key=one.body.key,
            title=one.title,
            verb="",
            outcome=one.outcome or Motion.WITHDRAWN,
            word=word or one.get_state_display(),
            score=_score(one),
            about=one.party.name if one.party else "",
            classification=one.classification,
            count=dict(one.count),
        )

    @classmethod
    def of_decision(cls, one: Decision) -> "Line":
        return cls(
            reference=one.reference,
            kind="decision",
            on=one.on,
            body=one.body.name,
            body_key=one.body.key,
            title=one.title,
            verb=one.verb,
            outcome="",
            word=one.verb,
            score="without a vote",
            about=one.party.name if one.party else "",
            classification=one.classification,
            count={},
        )


def lines_as(form: str, lines: Sequence[Line]) -> str | bytes:
    """Return the register in one of the forms of KINDS."""
    if form == "json":
        return _json([_line(one) for one in lines])
    cells = [[_cell(_line(one)[name]) for name in LINES] for one in lines]
    return _sheet(form, "decisions", LINES, cells)


def motion_as(
    form: str, one: Motion, shown: Shown, seats: Sequence[SeatShown], casting: Ballot | None
) -> str | bytes:
    """Return a motion and its vote, as far as somebody may know them; as a sheet, a line for each seat."""
    effects = Rule.of_row(one.rule).counts["choices"] if one.rule else {}
    rows = [_seat(seat, effects) for seat in seats]
    if form != "json":
        return _sheet(form, "seats", SEATS, [[_cell(row[name]) for name in SEATS] for row in rows])
    return _json(
        {
            "reference": one.reference,
            "title": one.title,
            "question": one.question,
            "does": one.does,
            "body": one.body.name,
            "about": one.party.name if one.party else None,
            "classification": one.classification,
            "state": one.state,
            "opened_at": _when(one.opened_at),
            "closes_at": _when(one.closes_at),
            "closed_at": _when(one.closed_at),
            "because": one.because or None,
            "scheme": one.rule or None,
            "edition": one.edition or None,
            "opened_entry": one.opened_entry,
            "closed_entry": one.closed_entry,
            "turnout": None if shown.turnout is None else shown.turnout.says,
            "count": _count(shown),
            "told": _told(shown),
            "seats": rows,
            "casting_vote": None if casting is None else casting.choice,
        }
    )


def _score(one: Motion) -> str:
    """Return how a vote ended, as its rule counts: 1 category to 2, or 7 votes to 5."""
    if not one.count:
        return ""
    if Rule.of_row(one.rule).counts["method"] != "categories":
        return f"{numbered(one.count['for'], 'vote')} to {one.count['against']}"
    outcomes = [row["outcome"] for row in one.count["categories"]]
    return f"{numbered(outcomes.count('for'), 'category')} to {outcomes.count('against')}"


def _seat(seat: SeatShown, effects: dict[str, str]) -> dict[str, Any]:
    ballot = seat.ballot
    return {
        "seat": seat.seat.name,
        "constituency": seat.seat.constituency,
        "weight": seat.seat.weight,
        "state": seat.state,
        "choice": ballot.choice if ballot else None,
        "counts_as": effects.get(ballot.choice) if ballot else None,
        "reason": ballot.reason if ballot else None,
        "cast_by": ballot.cast_by.name if ballot else None,
        "right": ballot.right if ballot else None,
        "at": _when(ballot.at) if ballot else None,
    }


def _count(shown: Shown) -> Any:
    if shown.count is not None:
        return dict(shown.count)
    return shown.standing.explanation.count.as_facts() if shown.standing else None


def _told(shown: Shown) -> Any:
    if shown.told is not None:
        return dict(shown.told)
    if shown.standing is None:
        return None
    said = shown.standing.explanation
    return {"headline": said.headline, "steps": list(said.steps), "turns": shown.standing.turns}


def _line(one: Line) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "kind": one.kind,
        "on": one.on.isoformat(),
        "body": one.body,
        "title": one.title,
        "verb": one.verb or None,
        "outcome": one.outcome or None,
        "score": one.score if one.count else None,
        "for": one.count.get("for"),
        "against": one.count.get("against"),
        "abstained": one.count.get("abstained"),
        "about": one.about or None,
    }


def _when(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(dt.UTC).isoformat()


def _cell(value: Any) -> str:
    return "" if value is None else safe_cell(str(value))


def _json(told: Any) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _sheet(form: str, name: str, columns: Sequence[str], cells: Iterable[Sequence[str]]) -> str | bytes:
    if form == "xlsx":
        return workbook.sheet(name, columns, cells)
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([columns, *cells])
    return written.getvalue()
