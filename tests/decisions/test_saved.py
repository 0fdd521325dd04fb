import csv
import io
import json
from typing import Any

import pytest

from tallystick.decisions import queries, saved
from tallystick.decisions.models import Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.saved import Line
from tests.decisions.chamber import CLOSES, DAY, Chamber, cast, chamber, opened, put
from tests.decisions.operations.test_records import taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def pab() -> Chamber:
    return chamber(3)


def closed(of: Chamber, **told: Any) -> Motion:
    one = opened(of, **told)
    cast(of, one, 0, reason="=SUM(1;1)")
    cast(of, one, 1)
    return close_vote(motion=one, by=of.chair, at=CLOSES)


def written(of: Chamber, one: Motion, form: str) -> Any:
    told, seats = queries.standing(one, of.secretary), queries.seats(one, of.secretary)
    return saved.motion_as(form, one, told, seats, None)


class TestLine:
    def test_says_how_a_vote_ended(self, pab: Chamber) -> None:
        told = Line.of_motion(closed(pab), DAY)

        assert (told.kind, told.outcome, told.word, told.score) == (
            "motion",
            "carried",
            "approved",
            "2 votes to 0",
        )

    def test_counts_categories_where_the_scheme_does(self, pab: Chamber) -> None:
        one = closed(pab)
        one.rule = {**one.rule, "counts": {**one.rule["counts"], "method": "categories"}}

        assert Line.of_motion(one, DAY).score == "1 category to 0"

    def test_says_the_verb_of_a_decision(self, pab: Chamber) -> None:
        told = Line.of_decision(taken(pab, verb="AGREED", party=pab.parties["ALFA"]))

        assert (told.kind, told.verb, told.outcome, told.about) == ("decision", "AGREED", "", "ALFA")


class TestLinesAs:
    def test_holds_the_same_in_every_form(self, pab: Chamber) -> None:
        lines = [Line.of_motion(closed(pab, title="=A1"), DAY), Line.of_decision(taken(pab))]

        told = json.loads(saved.lines_as("json", lines))
        sheet = saved.lines_as("csv", lines)
        assert isinstance(sheet, str)
        rows = list(csv.DictReader(io.StringIO(sheet)))

        assert [one["reference"] for one in told] == [one["reference"] for one in rows]
        assert told[0]["for"] == 2
        assert (told[0]["title"], rows[0]["title"]) == ("=A1", "'=A1")
        assert saved.lines_as("xlsx", lines)[:2] == b"PK"


class TestMotionAs:
    def test_has_a_line_for_each_seat_and_no_cell_that_runs(self, pab: Chamber) -> None:
        rows = list(csv.DictReader(io.StringIO(written(pab, closed(pab), "csv"))))

        assert [(row["seat"], row["choice"], row["counts_as"]) for row in rows] == [
            ("Seat 001", "approve", "for"),
            ("Seat 002", "approve", "for"),
            ("Seat 003", "", ""),
        ]
        assert rows[0]["reason"] == "'=SUM(1;1)"

    def test_has_the_count_the_words_and_the_scheme(self, pab: Chamber) -> None:
        one = closed(pab)

        told = json.loads(written(pab, one, "json"))

        assert told["count"] == one.count
        assert told["told"]["headline"] == "The motion is approved, 2 votes to 0."
        assert told["scheme"]["counts"]["method"] == "members"
        assert told["closed_entry"] == one.closed_entry

    def test_of_an_open_one_has_what_its_scheme_shows(self, pab: Chamber) -> None:
        hidden, shown = opened(pab), opened(pab, scheme="loose")

        assert json.loads(written(pab, hidden, "json"))["count"] is None
        assert json.loads(written(pab, shown, "json"))["count"]["silent"] == 3

    def test_of_a_draft_has_no_seats_yet(self, pab: Chamber) -> None:
        told = json.loads(written(pab, put(pab), "json"))

        assert (told["state"], told["seats"], told["scheme"]) == ("draft", [], None)
