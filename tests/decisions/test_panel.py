from dataclasses import replace
from typing import Any

import pytest

from tallystick.decisions import queries
from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import stand_aside
from tallystick.decisions.panel import Panel, panel_of, set_off
from tests.decisions.chamber import CLOSES, LATER, Chamber, cast, chamber, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
MARKS = {"A": "approve", "R": "reject", "X": "abstain"}


def shown(of: Chamber, one: Motion) -> Panel:
    told, seats = queries.standing(one, of.secretary), queries.seats(one, of.secretary)
    return panel_of(Rule.of_row(one.rule), told, seats)


def voted(of: Chamber, votes: str, **told: Any) -> Motion:
    """Open a vote and let the seats vote in their order; a dot does not."""
    one = opened(of, **told)
    for place, mark in enumerate(votes):
        if mark != ".":
            cast(of, one, place, MARKS[mark])
    return one


class TestSetOff:
    @pytest.mark.parametrize(
        ("headline", "word", "told"),
        [
            ("The motion is approved, 3 to 1.", "approved", "approved"),
            ("The motion is not approved, 1 to 3.", "not approved", "not approved"),
            ("It would not be approved, 1 to 3.", "not approved", "not be approved"),
            ("Nothing is said of it.", "approved", ""),
        ],
    )
    def test_finds_the_word_of_the_outcome(self, headline: str, word: str, told: str) -> None:
        parts = set_off(headline, word)

        assert parts[1] == told
        assert "".join(parts) == headline


class TestPanelOf:
    def test_shows_a_square_for_each_seat_and_whose_it_is_not(self) -> None:
        pab = chamber(5, vacant=1)
        one = voted(pab, "RAX", scheme="loose")
        stand_aside(motion=one, words="My sister works there", by=pab.members[4], at=LATER)

        [row] = shown(pab, one).rows

        assert "".join(row.squares) == "yraocv"
        assert (row.for_, row.against, row.abstained) == (1, 1, 1)

    def test_leads_with_what_would_turn_it(self) -> None:
        pab = chamber(5)

        verdict = shown(pab, voted(pab, "AAR", scheme="loose")).verdict

        assert verdict is not None
        assert (verdict.word, verdict.kind) == ("approved", "blt")
        assert verdict.more.startswith("It would not be approved if")

    def test_is_of_one_colour_once_nothing_turns_it(self) -> None:
        pab = chamber(3)

        verdict = shown(pab, voted(pab, "AAA", scheme="loose")).verdict

        assert verdict is not None
        assert verdict.kind == "met"

    def test_hides_all_but_turnout_where_the_scheme_does(self) -> None:
        pab = chamber(3)

        panel = shown(pab, voted(pab, "AR"))

        assert (panel.verdict, panel.rows, panel.steps, panel.key) == (None, (), (), ())
        assert panel.turnout.startswith("2 of the 3 seats able to vote have voted")

    def test_freezes_with_the_close(self) -> None:
        pab = chamber(3)
        one = close_vote(motion=voted(pab, "RR"), by=pab.chair, at=CLOSES)

        panel = shown(pab, one)

        assert panel.verdict is not None
        assert (panel.verdict.word, panel.verdict.kind, panel.verdict.more) == ("not approved", "blm", "")
        assert {key.words for key in panel.key} == {"reject", "did not vote"}
        assert panel.steps == tuple(one.told["steps"])

    def test_counts_by_weight_and_still_shows_one_square_a_seat(self) -> None:
        pab = chamber(3)
        weights = {seat.handle: 10 * place for place, seat in enumerate(pab.seats, 1)}
        one = close_vote(motion=voted(pab, "AR", scheme="weighted", weights=weights), by=pab.chair, at=CLOSES)

        panel = shown(pab, one)

        [row] = panel.rows
        assert panel.by_weight
        assert (row.for_, row.against, "".join(row.squares)) == (10, 20, "bbo")

    def test_tells_a_tie_from_silence(self) -> None:
        pab = chamber(4, constituencies=("north", "south"))

        rows = shown(pab, voted(pab, "A.R.", scheme="loose")).rows

        assert [(row.title, row.word, row.pill) for row in rows] == [
            ("North", "No outcome, tie", "no_events"),
            ("South", "No outcome", "no_events"),
        ]

    @pytest.mark.parametrize(
        ("base", "says"), [("cast", "not a vote cast"), ("cast_or_abstained", "counted in")]
    )
    def test_says_of_abstentions_what_the_count_makes_of_them(self, base: str, says: str) -> None:
        pab = chamber(3)
        one = voted(pab, "AX", scheme="loose")
        rule = Rule.of_row(one.rule)
        told, seats = queries.standing(one, pab.secretary), queries.seats(one, pab.secretary)

        panel = panel_of(replace(rule, counts={**rule.counts, "base": base}), told, seats)

        assert f"abstain, {says}" in {key.words for key in panel.key}
