import datetime as dt

import pytest

from tallystick.parties.models import Organisation
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.marks import Mark, Marking, class_of, subject_of
from tallystick.runs.models import Run

WHITE_DAY = dt.date(2021, 8, 20)
LATER = dt.date(2021, 9, 27)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marking(sec: Rulebook, alfa: Organisation) -> Marking:
    return Marking(sec, WHITE_DAY)


class TestMarking:
    def test_lets_a_whole_be_published(self, marking: Marking) -> None:
        assert marking.of_figure({}) == Mark("white")

    def test_lets_a_part_that_names_nobody_be_published(self, marking: Marking) -> None:
        assert marking.of_figure({"region": "north"}) == Mark("white")

    @pytest.mark.parametrize("taker", ["party", "responsible"])
    def test_keeps_a_partys_part_between_it_and_the_office(
        self, taker: str, marking: Marking, alfa: Organisation
    ) -> None:
        assert marking.of_figure({taker: alfa.name, "region": "north"}) == Mark("amber", alfa)

    @pytest.mark.parametrize("held_as", ["white", "green"])
    def test_names_no_party_in_an_open_record_whatever_the_code_says(
        self, held_as: str, marking: Marking, alfa: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tallystick.runs.marks.class_of", lambda *_: held_as)

        named = (
            marking.of_figure({"party": alfa.name}),
            marking.of_subject(alfa.name),
            marking.of_lines("CSPN"),
        )

        assert [one.classification for one in named] == ["amber", "amber", "amber"]
        assert marking.of_figure({}) == Mark(held_as)

    def test_knows_a_provider_from_a_party(self, marking: Marking, alfa: Organisation) -> None:
        assert marking.of_subject("CSPN") == Mark("green")
        assert marking.of_subject("user") == Mark("green")
        assert marking.of_subject(alfa.name) == Mark("amber", alfa)

    def test_keeps_what_names_somebody_unknown_with_the_office(self, marking: Marking) -> None:
        assert marking.of_subject("Brightwater Power") == Mark("amber", None)

    def test_keeps_the_lines_of_a_provider_with_the_office(
        self, marking: Marking, alfa: Organisation
    ) -> None:
        assert marking.of_lines("CSPN") == Mark("amber", None)
        assert marking.of_lines(alfa.name) == Mark("amber", alfa)

    def test_leaves_what_is_sent_to_its_sender(self, marking: Marking, alfa: Organisation) -> None:
        assert marking.of_sender(alfa.name) == Mark("amber", alfa)
        assert marking.of_sender("") == Mark("amber", None)


class TestClassOf:
    @pytest.mark.parametrize(("day", "held_as"), [(WHITE_DAY, "white"), (LATER, "green")])
    def test_is_what_the_sentence_of_the_day_allows(self, day: dt.date, held_as: str, sec: Rulebook) -> None:
        assert class_of(sec, "run", day) == held_as


class TestSubjectOf:
    def test_names_the_row_by_its_handle_and_class(self) -> None:
        row = Run(code="sec", classification="white")

        assert subject_of(row) == ("sec", "run", row.handle, "white")
