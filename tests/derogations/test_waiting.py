import datetime as dt

import pytest

from tallystick.derogations.waiting import changes, waiting
from tallystick.parties.acting import Acting
from tests.derogations.cast import ASKED, REVIEW, UNTIL, Cast, at, on

pytestmark = pytest.mark.django_db
SOON = dt.date(2022, 3, 10)
BEFORE = at(dt.date(2021, 9, 1))


def titles(acting: Acting) -> list[str]:
    return [one.title for one in waiting(acting)]


class TestWaiting:
    def test_goes_from_its_party_to_the_office_to_its_body(self, cast: Cast) -> None:
        row = cast.drafted()
        drafted = {name: titles(getattr(cast, name)) for name in ("ada", "jo", "hal", "ben")}
        submitted = cast.submitted()
        assessed = cast.assessed()

        assert drafted == {
            "ada": ["Submit the derogation that is drafted"],
            "jo": [],
            "hal": [],
            "ben": [],
        }
        assert [one.words for one in waiting(cast.jo)] == [
            f"ALFA · {submitted.reference}, derogation from OBL-AREA-B"
        ]
        assert waiting(cast.jo)[0].due == dt.date(2021, 9, 20)
        assert [one.words for one in waiting(cast.hal)] == [
            f"ALFA · {assessed.reference}, derogation from OBL-AREA-B"
        ]
        assert len(waiting(cast.sam)) == 2
        assert waiting(cast.bo) == []
        assert waiting(cast.ada)[0].href.endswith(f"{row.reference}/moves/submit")

    def test_tells_both_sides_of_one_that_ends_soon(self, cast: Cast) -> None:
        cast.granted()

        assert titles(cast.ada) == []
        for who in (cast.ada, cast.jo, cast.hal):
            assert [one.due for one in waiting(on(who, SOON))] == [UNTIL]

    def test_asks_the_office_for_a_note_of_its_effect(self, cast: Cast) -> None:
        row = cast.granted()
        cast.step(row, "lapse", said={"why": "It is done."})

        assert titles(cast.jo) == ["Note what a derogation did"]
        assert titles(cast.ada) == []

    def test_tells_of_forbearance_to_be_decided_and_reviewed(self, cast: Cast) -> None:
        row = cast.proposed()
        assert titles(cast.jo) == ["Bring forbearance to its decision"]
        cast.forbear(row, "decide", ASKED, REVIEW)

        near = on(cast.jo, dt.date(2022, 1, 10))
        assert titles(cast.jo) == []
        assert titles(near) == ["Look again at what is not pursued"]
        assert titles(on(cast.pat, near.day)) == ["Look again at what is not pursued"]
        assert titles(on(cast.hal, near.day)) == []


class TestChanges:
    def test_are_those_of_others_as_far_as_they_are_seen(self, cast: Cast) -> None:
        row = cast.submitted()

        assert [one.name for one in changes(cast.jo, BEFORE)] == [row.reference]
        assert changes(cast.ada, BEFORE) == []
        assert changes(cast.ben, BEFORE) == []

    def test_tell_of_one_that_is_over(self, cast: Cast) -> None:
        row = cast.submitted()
        cast.step(row, "withdraw", by=cast.ada)

        assert [one.words for one in changes(cast.ada, BEFORE)] == [
            "The derogation of ALFA is over: Withdrawn"
        ]
