"""Votes counted by hand, among them the worked examples of docs/voting-format.md."""

import itertools
import random
from typing import Any

import pytest

import tally_verify
from tests.verify.logs import SCHEME, seats

Act = tuple[str, dict[str, Any]]
BOARD = {"Large Supplier": 13, "Small Supplier": 3, "Network": 3, "Other SEC Party": 3, "Consumer": 1}
CHOICES = {"A": "approve", "R": "reject", "-": "abstain"}


def board(**changed: str) -> list[dict[str, Any]]:
    """Return the Change Board's seats, filled unless said otherwise: `S3="vacant"`."""
    names = [name for name, many in BOARD.items() for _ in range(many)]
    return [
        {"seat": f"S{n}", "constituency": name, "weight": 1, "state": changed.get(f"S{n}", "filled")}
        for n, name in enumerate(names)
    ]


def cast(seat: int, choice: str) -> Act:
    return ("decisions.cast_vote", {"motion": "M", "seat": f"S{seat}", "choice": CHOICES[choice]})


def aside(seat: int) -> Act:
    return ("decisions.stand_aside", {"motion": "M", "seat": f"S{seat}"})


def chair(choice: str) -> Act:
    return ("decisions.give_casting_vote", {"motion": "M", "choice": CHOICES[choice]})


def by_constituency(*letters: str) -> list[Act]:
    """Return ballots from a string of letters for each constituency, from its first seat on."""
    starts = [0, *itertools.accumulate(BOARD.values())]
    return [
        cast(start + n, one)
        for start, said in zip(starts, letters, strict=False)
        for n, one in enumerate(said)
    ]


def letters(said: str) -> list[Act]:
    return [cast(number, one) for number, one in enumerate(said) if one != "."]


def count(said: str | list[Act], size: int = 9, **changed: Any) -> dict[str, Any]:
    acts = letters(said) if isinstance(said, str) else said
    return tally_verify.recount(SCHEME | changed, seats(*["filled"] * size), acts)


class TestWorkedExamples:
    @pytest.mark.parametrize(
        ("said", "by_category", "by_member"),
        [
            (("AAAAA", "A", "AA", "A", "A"), ("carried", 5, 0), ("carried", 10, 0)),
            (("AAAAAAR", "RR", "AR", "R", ""), ("not_carried", 1, 2), ("carried", 7, 5)),
            (("RRRRRR-", "A", "AA", "A", ""), ("carried", 3, 1), ("not_carried", 4, 6)),
            (("AARR", "-", "", "AR", ""), ("not_carried", 0, 0), ("not_carried", 3, 3)),
        ],
    )
    def test_come_out_as_the_page_says(
        self, said: tuple[str, ...], by_category: tuple[str, int, int], by_member: tuple[str, int, int]
    ) -> None:
        acts = by_constituency(*said)

        categories = tally_verify.recount(SCHEME | {"method": "categories"}, board(), acts)
        members = tally_verify.recount(SCHEME, board(), acts)

        outcomes = [one["outcome"] for one in categories["categories"]]
        assert (categories["outcome"], outcomes.count("for"), outcomes.count("against")) == by_category
        assert (members["outcome"], members["for"], members["against"]) == by_member
        assert members["tied"] == (by_member[1] == by_member[2])
        assert not categories["tied"]
        assert [one["constituency"] for one in members["categories"]] == list(BOARD)

    @pytest.mark.parametrize(
        ("said", "outcome"),
        [
            ("AAAAAARRR", "carried"),
            ("AAAAARRRR", "not_carried"),
            ("AAAAARR--", "carried"),
            ("AAAARRR--", "not_carried"),
        ],
    )
    def test_of_two_thirds_come_out_as_the_page_says(self, said: str, outcome: str) -> None:
        assert count(said, needs={"at_least": "2/3"})["outcome"] == outcome


class TestBase:
    @pytest.mark.parametrize(
        ("said", "base", "outcome"),
        [
            ("AAR--....", "cast", "carried"), ("AAR--....", "cast_or_abstained", "not_carried"),
            ("AAA--....", "cast_or_abstained", "carried"), ("AAAA.....", "able", "not_carried"),
            ("AAAAA....", "able", "carried"), ("---......", "cast", "not_carried"),
            (".........", "able", "not_carried"),
        ],
    )  # fmt: skip
    def test_is_what_for_is_a_share_of(self, said: str, base: str, outcome: str) -> None:
        assert count(said, base=base)["outcome"] == outcome

    def test_of_nothing_carries_nothing(self) -> None:
        assert count("", size=0, base="able", needs={"at_least": "1/9"})["outcome"] == "not_carried"

    def test_may_count_vacant_seats_and_those_aside(self) -> None:
        places = seats("filled", "filled", "filled", "vacant", "aside")
        acts = [*letters("AA"), aside(2)]
        able = {
            (vacant, left): tally_verify.recount(SCHEME | {"vacancies": vacant, "aside": left}, places, acts)[
                "able"
            ]
            for vacant in ("in", "out")
            for left in ("in", "out")
        }

        assert able == {("in", "in"): 5, ("in", "out"): 3, ("out", "in"): 4, ("out", "out"): 2}


class TestQuorum:
    @pytest.mark.parametrize(
        ("quorum", "size", "needed"),
        [
            (None, 9, 0), ({"at_least": "1/2"}, 9, 5), ({"at_least": "1/2"}, 8, 4), ({"more_than": "1/2"},
            8, 5),
            ({"at_least": "1/3", "fewest": 5}, 9, 5), ({"at_least": "1/1"}, 9, 9), ({"more_than": "1/3"},
            9, 4),
            ({"at_least": "2/4"}, 0, 0), ({"more_than": "1/2"}, 0, 1),
        ],
    )  # fmt: skip
    def test_is_the_smallest_whole_number_that_reaches_the_share(
        self, quorum: dict[str, Any] | None, size: int, needed: int
    ) -> None:
        assert count("", size=size, quorum=quorum)["needed"] == needed

    def test_counts_abstentions_as_present(self) -> None:
        found = count("A----....", quorum={"more_than": "1/2"})

        assert (found["present"], found["outcome"]) == (5, "carried")

    def test_missed_ends_the_counting(self) -> None:
        found = count([*letters("AR"), chair("A")], quorum={"fewest": 3, "at_least": "1/9"}, tie="casting")

        assert (found["outcome"], found["tied"], found["casting"]) == ("no_quorum", False, None)
        assert (found["for"], found["against"], found["silent"]) == (1, 1, 7)

    def test_falls_with_those_who_stand_aside(self) -> None:
        acts = [*letters("AA"), *(aside(number) for number in range(4, 9))]

        assert count(acts, quorum={"at_least": "1/2"})["needed"] == 2
        assert count(acts, quorum={"at_least": "1/2"}, aside="in")["needed"] == 5

    def test_is_by_number_also_where_votes_are_weighed(self) -> None:
        places = [seat | {"weight": 100 if seat["seat"] == "S0" else 1} for seat in seats(*["filled"] * 3)]

        found = tally_verify.recount(
            SCHEME | {"method": "weighted", "quorum": {"more_than": "1/2"}}, places, letters("A")
        )

        assert (found["able"], found["present"], found["needed"], found["outcome"]) == (
            102,
            1,
            2,
            "no_quorum",
        )


class TestBallots:
    def test_replace_each_other_only_if_the_scheme_says_so(self) -> None:
        acts = [cast(0, "A"), cast(0, "R")]

        assert count(acts)["against"] == 1
        assert count(acts, changeable=False)["for"] == 1

    @pytest.mark.parametrize("acts", [[cast(0, "A"), aside(0)], [aside(0), cast(0, "A")]])
    def test_of_a_seat_that_stood_aside_never_stand(self, acts: list[Act]) -> None:
        found = count(acts)

        assert (found["for"], found["present"], found["aside"], found["silent"]) == (0, 0, 1, 8)

    @pytest.mark.parametrize("state", ["vacant", "aside"])
    def test_of_a_seat_that_is_not_filled_do_not_stand(self, state: str) -> None:
        found = tally_verify.recount(SCHEME, seats(state, "filled"), [cast(0, "A"), aside(0)])

        assert (found["present"], found[state], found["silent"]) == (0, 1, 1)

    def test_weigh_what_their_seats_do(self) -> None:
        places = [seat | {"weight": number} for number, seat in enumerate(seats(*["filled"] * 4))]

        found = tally_verify.recount(SCHEME | {"method": "weighted"}, places, letters("RRRA"))

        assert (found["for"], found["against"], found["able"], found["outcome"]) == (3, 3, 6, "not_carried")
        assert found["tied"]
        assert found["categories"][0] | {"constituency": ""} == {
            "constituency": "", "for": 3, "against": 3, "abstained": 0, "outcome": "none"
        }  # fmt: skip


class TestTie:
    @pytest.mark.parametrize(
        ("tie", "acts", "outcome", "casting"),
        [
            ("not_carried", [chair("A")], "not_carried", None), ("deferred", [chair("A")], "deferred", None),
            ("casting", [chair("A")], "carried", "for"), ("casting", [chair("R")], "not_carried", "against"),
            ("casting", [], "not_carried", None), ("casting", [chair("A"),
            chair("R")], "not_carried", "against"),
        ],
    )  # fmt: skip
    def test_ends_as_the_scheme_says(
        self, tie: str, acts: list[Act], outcome: str, casting: str | None
    ) -> None:
        found = count([*letters("AARR"), *acts], tie=tie)

        assert (found["outcome"], found["tied"], found["casting"]) == (outcome, True, casting)

    def test_is_none_where_nobody_voted_or_two_thirds_are_needed(self) -> None:
        assert not count("--", tie="deferred")["tied"]
        assert not count("AARR", tie="deferred", needs={"at_least": "2/3"})["tied"]
        assert count("AARR", needs={"at_least": "1/2"})["outcome"] == "carried"

    def test_of_categories_is_over_those_with_an_outcome(self) -> None:
        acts = [*by_constituency("AAA", "R", "AR"), chair("A")]

        found = tally_verify.recount(SCHEME | {"method": "categories", "tie": "casting"}, board(), acts)

        assert (found["tied"], found["casting"], found["outcome"]) == (True, "for", "carried")

    def test_does_not_let_a_casting_vote_count_elsewhere(self) -> None:
        found = count([*letters("ARR"), chair("A")], tie="casting")

        assert (found["outcome"], found["tied"], found["casting"]) == ("not_carried", False, None)


class TestChair:
    @pytest.mark.parametrize(("role", "able"), [("votes", 3), ("casting", 2), ("none", 2)])
    def test_is_left_out_unless_the_scheme_lets_it_vote(self, role: str, able: int) -> None:
        places = [*seats("filled", "filled"), seats("filled", constituency="chair")[0] | {"seat": "S2"}]

        found = tally_verify.recount(SCHEME | {"chair": role}, places, letters("ARA"))

        assert (found["able"], found["for"]) == (able, able - 1)
        assert [one["constituency"] for one in found["categories"]] == ["Network", "chair"][: able - 1]


class TestForm:
    @pytest.mark.parametrize(
        "changed",
        [
            {"choices": {}}, {"choices": {"a": "maybe"}}, {"choices": {"a": []}}, {"method": "lot"},
            {"method": []},
            {"needs": {}}, {"needs": {"more_than": "3/2"}}, {"needs": {"more_than": "0/2"}}, {"needs": None},
            {"needs": {"more_than": "1/2", "at_least": "1/2"}}, {"needs": {"more_than": 0.5}}, {"base": None},
            {"needs": {"at_least": "1/" + "9" * 5000}}, {"quorum": {"fewest": 3}}, {"changeable": 1},
            {"quorum": {"at_least": "1/2", "fewest": -1}}, {"tie": "coin"}, {"chair": None}, {"aside": "no"},
        ],
    )  # fmt: skip
    def test_of_a_scheme_is_asked_for(self, changed: dict[str, Any]) -> None:
        with pytest.raises(tally_verify.Uncountable):
            count("A", **changed)

    @pytest.mark.parametrize(
        "act",
        [
            cast(99, "A"), ("cast_vote", {"seat": "S0", "choice": "perhaps"}),
            ("cast_vote", {"seat": ["S0"]}),
            ("give_casting_vote", {"choice": "abstain"}), ("stand_aside", {}), ("applaud", {}),
            ("cast_vote", {"seat": "S0", "choice": {}}),
        ],
    )  # fmt: skip
    def test_of_an_act_is_asked_for(self, act: Act) -> None:
        with pytest.raises(tally_verify.Uncountable):
            count([act])

    @pytest.mark.parametrize(
        "places",
        [
            None, "S0", [1], [{}], [seats("filled")[0]] * 2, seats("asleep"),
            [seats("filled")[0] | {"weight": True}], [seats("filled")[0] | {"weight": -1}],
        ],
    )  # fmt: skip
    def test_of_seats_is_asked_for(self, places: Any) -> None:
        with pytest.raises(tally_verify.Uncountable):
            tally_verify.recount(SCHEME, places, [])


class TestEveryBoard:
    def test_comes_out_the_same_in_any_order_of_ballots(self) -> None:
        chance = random.Random(4)  # noqa: S311 tests want the same ones each time
        for _ in range(300):
            acts = letters("".join(chance.choices("AR-.", k=9)))
            scheme: dict[str, Any] = {
                "method": chance.choice(["members", "weighted", "categories"]),
                "quorum": chance.choice([None, {"more_than": "1/2"}]),
                "base": chance.choice(["cast", "cast_or_abstained", "able"]),
            }

            assert count(acts, **scheme) == count(chance.sample(acts, len(acts)), **scheme)

    def test_is_never_the_worse_for_another_vote_in_favour(self) -> None:
        for said in itertools.product("AR-", repeat=5):
            for base in ("cast", "cast_or_abstained", "able"):
                before = count("".join(said), size=5, base=base)["outcome"]
                for place in range(5):
                    better = "".join([*said[:place], "A", *said[place + 1 :]])
                    assert before != "carried" or count(better, size=5, base=base)["outcome"] == "carried"
