"""A vote as a page shows it: seats as squares by constituency, the sentence that leads, and what was cast.

It is made from what `queries` lets somebody know, and adds nothing to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import SeatAtMotion
from tallystick.decisions.phrases import Wording, sentence
from tallystick.decisions.queries import SeatShown, Shown

FOR, AGAINST, ABSTAINED, VOTED, SILENT, ASIDE, VACANT = "y", "r", "a", "b", "o", "c", "v"
MARKS = {FOR: "✓", AGAINST: "✕", ABSTAINED: "\u2013", VOTED: "•"}
PILLS = {"for": "met", "against": "below_minimum", "none": "no_events"}
ABSTENTIONS = {
    "cast": "abstain, not a vote cast",
    "cast_or_abstained": "abstain, counted in",
    "able": "abstain, counts as no vote to approve",
}
SETTLED, TURNS, LOST = "met", "blt", "blm"


@dataclass(frozen=True)
class Row:
    """One constituency: a square for each seat, its sums, what it counts as, and what could change it."""

    title: str
    squares: tuple[str, ...]
    for_: int
    against: int
    abstained: int
    outcome: str
    word: str
    says: str

    @property
    def pill(self) -> str:
        return PILLS[self.outcome]


@dataclass(frozen=True)
class Verdict:
    """The sentence that leads: before, the word that is set off, after; then what would turn it."""

    before: str
    word: str
    after: str
    more: str
    kind: str


@dataclass(frozen=True)
class Key:
    """What a square stands for."""

    square: str
    words: str


@dataclass(frozen=True)
class Panel:
    """All of a vote that is shown; `rows` is empty while the scheme hides its counts.

    `by_category` where each constituency counts as one, `by_weight` where the numbers are weights.
    """

    verdict: Verdict | None
    turnout: str
    rows: tuple[Row, ...]
    steps: tuple[str, ...]
    contrasts: tuple[str, ...]
    key: tuple[Key, ...]
    by_category: bool
    by_weight: bool


def panel_of(rule: Rule, shown: Shown, seats: Sequence[SeatShown]) -> Panel:
    """Return what a page shows of a vote that was opened."""
    wording = rule.wording()
    rows = _rows(rule, shown, seats, wording)
    told = _told(shown)
    return Panel(
        verdict=_verdict(shown, told),
        turnout=shown.turnout.says if shown.turnout else "",
        rows=rows,
        steps=tuple(told.get("steps", ())),
        contrasts=tuple(one["says"] for one in told.get("contrasts", ())),
        key=_key(rule, rows, wording, has_ended=shown.count is not None),
        by_category=rule.counts["method"] == "categories",
        by_weight=rule.counts["method"] == "weighted",
    )


def set_off(headline: str, word: str) -> tuple[str, str, str]:
    """Return a headline as what stands before, at and after the word of its outcome.

    A word that starts with a not is found also where a verb stands between: would not be approved.
    """
    rest = word.removeprefix("not ")
    for said in (word, f"not be {rest}") if rest != word else (word,):
        before, found, after = headline.rpartition(said)
        if found:
            return before, found, after
    return headline, "", ""


def _told(shown: Shown) -> Mapping[str, Any]:
    """Return the result in words: the frozen one, or that of a vote whose counts are shown."""
    if shown.told is not None:
        return shown.told
    if shown.standing is None:
        return {}
    said = shown.standing.explanation
    return {
        "headline": said.headline,
        "word": said.word,
        "steps": said.steps,
        "contrasts": [{"says": one.says} for one in said.contrasts],
    }


def _verdict(shown: Shown, told: Mapping[str, Any]) -> Verdict | None:
    if not told:
        return None
    before, word, after = set_off(told["headline"], told["word"])
    if shown.standing is not None:
        kind = SETTLED if shown.standing.turning.is_settled else TURNS
        return Verdict(before, word, after, shown.standing.turns, kind)
    outcome = (shown.count or {}).get("outcome", "")
    kind = {"carried": SETTLED, "not_carried": LOST}.get(outcome, TURNS)
    return Verdict(before, word, after, "", kind)


def _sums(shown: Shown) -> list[tuple[Mapping[str, Any], str]]:
    """Return the sums of each constituency as the journal has them, each with what could change it."""
    if shown.count is not None:
        return [(one, "") for one in shown.count["categories"]]
    if shown.standing is None:
        return []
    return [(one.open.sums.as_facts(), one.says) for one in shown.standing.categories]


def _rows(rule: Rule, shown: Shown, seats: Sequence[SeatShown], wording: Wording) -> tuple[Row, ...]:
    words = {"for": sentence(wording.approve), "against": sentence(wording.reject), "none": "No outcome"}
    rows = []
    for sums, says in _sums(shown):
        of_it = [one for one in seats if one.seat.constituency == sums["constituency"]]
        is_tie = sums["outcome"] == "none" and sums["for"] > 0
        rows.append(
            Row(
                title=wording.title(sums["constituency"]),
                squares=_squares(of_it, sums, by_weight=rule.counts["method"] == "weighted"),
                for_=sums["for"],
                against=sums["against"],
                abstained=sums["abstained"],
                outcome=sums["outcome"],
                word="No outcome, tie" if is_tie else words[sums["outcome"]],
                says=says,
            )
        )
    return tuple(rows)


def _squares(seats: Sequence[SeatShown], sums: Mapping[str, Any], *, by_weight: bool) -> tuple[str, ...]:
    """Return a square for each seat, by what it did and not by whose it is: nobody's vote is told."""
    state = [one.state for one in seats]
    aside, vacant = state.count(SeatAtMotion.ASIDE), state.count(SeatAtMotion.VACANT)
    if by_weight:
        voted = sum(bool(one.has_voted) and one.state == SeatAtMotion.FILLED for one in seats)
        cast = VOTED * voted
    else:
        cast = FOR * sums["for"] + AGAINST * sums["against"] + ABSTAINED * sums["abstained"]
    silent = SILENT * (len(seats) - len(cast) - aside - vacant)
    return tuple(cast + silent + ASIDE * aside + VACANT * vacant)


def _key(rule: Rule, rows: Sequence[Row], wording: Wording, *, has_ended: bool) -> tuple[Key, ...]:
    """Return what the squares that occur stand for."""
    words = {
        FOR: wording.approve,
        AGAINST: wording.reject,
        ABSTAINED: ABSTENTIONS["cast" if rule.counts["method"] == "categories" else rule.counts["base"]],
        VOTED: "has voted",
        SILENT: "did not vote" if has_ended else "not yet",
        ASIDE: "stood aside",
        VACANT: "vacant",
    }
    there = {square for row in rows for square in row.squares}
    return tuple(Key(square, said) for square, said in words.items() if square in there)
