import datetime as dt

import pytest

from tallystick.decisions.forms import (
    BecauseForm,
    DeclareForm,
    OpenForm,
    PaperForm,
    PassForm,
    PutForm,
    RecordForm,
    new_key,
    proposed_close,
)
from tallystick.rulebook.rulebook import Rulebook
from tests.decisions.chamber import DAY, Chamber, chamber, person_of

CHOICES = [("approve", "Approve"), ("reject", "Reject")]
NOW = dt.datetime(2021, 7, 1, 9, 0, tzinfo=dt.UTC)
PAPER = {"key": "k", "conflict": "none", "choice": "approve", "reason": ""}


class TestNewKey:
    def test_is_another_each_time_and_fits_its_column(self) -> None:
        keys = {new_key() for _ in range(100)}

        assert len(keys) == 100
        assert max(map(len, keys)) <= 64


class TestPaperForm:
    @pytest.mark.parametrize(
        ("told", "wrong"),
        [
            ({}, []),
            ({"conflict": ""}, ["conflict"]),
            ({"choice": ""}, ["choice"]),
            ({"choice": "none of them"}, ["choice"]),
            ({"conflict": "perhaps"}, ["conflict"]),
            ({"conflict": "aside", "choice": "", "reason": "My sister"}, []),
            ({"conflict": "aside"}, ["reason"]),
            ({"key": ""}, ["key"]),
            ({"key": "k" * 65}, ["key"]),
            ({"reason": "x" * 2001}, ["reason"]),
        ],
    )
    def test_asks_first_for_a_conflict(self, told: dict[str, str], wrong: list[str]) -> None:
        form = PaperForm({**PAPER, **told}, choices=CHOICES)

        assert form.is_valid() is (not wrong)
        assert list(form.errors) == wrong

    def test_has_nothing_chosen_before(self) -> None:
        form = PaperForm(choices=CHOICES)

        assert (form["conflict"].value(), form["choice"].value()) == (None, None)
        assert form["key"].value()

    def test_tells_who_stands_aside(self) -> None:
        form = PaperForm({**PAPER, "conflict": "aside", "reason": "My sister"}, choices=CHOICES)

        assert form.is_valid()
        assert form.stands_aside


class TestDeclareForm:
    @pytest.mark.parametrize(
        ("told", "is_enough"),
        [
            ({"conflict": "none"}, True),
            ({"conflict": "aside", "words": "My sister"}, True),
            ({"conflict": "aside"}, False),
            ({}, False),
        ],
    )
    def test_wants_a_word_of_who_stands_aside(self, told: dict[str, str], is_enough: bool) -> None:  # noqa: FBT001 - a row of a table
        assert DeclareForm(told).is_valid() is is_enough


class TestOpenForm:
    def test_reads_a_moment_in_the_time_of_the_site(self) -> None:
        form = OpenForm({"closes_at": "2021-07-01T17:00"}, now=NOW)

        assert form.is_valid()
        assert form.cleaned_data["closes_at"] == dt.datetime(2021, 7, 1, 16, 0, tzinfo=dt.UTC)
        assert form.weights is None

    def test_lets_a_vote_run_for_a_year_at_most(self) -> None:
        assert OpenForm({"closes_at": "2022-07-01T17:00"}, now=NOW).is_valid()
        assert not OpenForm({"closes_at": "2022-07-03T17:00"}, now=NOW).is_valid()

    @pytest.mark.parametrize(("weight", "is_one"), [("10", True), ("-1", False), ("x", False), ("", False)])
    def test_takes_weights_of_seats(self, weight: str, is_one: bool) -> None:  # noqa: FBT001 - a row of a table
        form = OpenForm(
            {"closes_at": "2021-07-01T17:00", "weight-a": weight}, now=NOW, seats=[("a", "Seat 1")]
        )

        assert form.is_valid() is is_one
        if is_one:
            assert form.weights == {"a": 10}


class TestProposedClose:
    def test_is_at_five_where_people_are(self) -> None:
        told = proposed_close(NOW)

        assert told == dt.datetime(2021, 7, 15, 16, 0, tzinfo=dt.UTC)


class TestBecauseForm:
    def test_takes_no_more_than_fits(self) -> None:
        assert BecauseForm({}).is_valid()
        assert not BecauseForm({"because": "x" * 2001}).is_valid()


@pytest.mark.django_db
class TestMatters:
    @pytest.fixture
    def pab(self) -> Chamber:
        return chamber()

    def test_of_a_body_name_its_schemes(self, pab: Chamber, sec: Rulebook) -> None:
        told = {"key": "k", "title": "A", "question": "B", "does": "C", "scheme": f"{pab.body.handle}/pab"}

        form = PutForm(
            {**told, "party": "alfa"}, bodies=[pab.body], parties=[pab.parties["ALFA"]], rulebook=sec, day=DAY
        )

        assert form.is_valid(), form.errors
        assert (form.body, form.scheme_key, form.about) == (pab.body, "pab", pab.parties["ALFA"])

    def test_take_the_objections_of_members(self, pab: Chamber) -> None:
        ada = person_of(pab.members[0])
        told = {
            "key": "k",
            "verb": "NOTED",
            "title": "A",
            "text": "B",
            "body": pab.body.handle,
            "on": "2021-09-01",
        }

        form = RecordForm(
            {**told, "objector_1": ada.handle, "objection_1": "No"},
            bodies=[pab.body],
            parties=[],
            motions=[],
            members=[ada],
        )

        assert form.is_valid(), form.errors
        assert form.objections == {ada: "No"}
        assert (form.decided_by, form.on_motion, form.about) == (pab.body, None, None)

    def test_want_who_objected_and_what_they_said(self, pab: Chamber) -> None:
        ada = person_of(pab.members[0])

        form = RecordForm(
            {"objector_1": ada.handle, "objection_2": "No"}, bodies=[], parties=[], motions=[], members=[ada]
        )

        assert {"objection_1", "objector_2"} <= set(form.errors)

    def test_pass_a_vote_to_a_member_alone(self, pab: Chamber) -> None:
        ada, ben = (person_of(one) for one in pab.members[:2])

        assert PassForm({"to": ada.handle}, members=[ada]).is_valid()
        assert not PassForm({"to": ben.handle}, members=[ada]).is_valid()
