"""The votes of a whole log, counted again: those that can be, and those of which something is missing."""

from pathlib import Path

import pytest

from tests.verify.logs import COUNT, OWN, Log, vote
from tests.verify.test_bundles import flaws, verdict_of

KEYS = [OWN.written]


class TestVotesOfALog:
    def test_are_counted_again(self, tmp_path: Path) -> None:
        log = Log()
        vote(log, count=COUNT | {"against": 0})

        verdict = verdict_of(log, tmp_path)

        assert flaws(verdict) == [(4, "the count of motion MOT-1 is not what its votes give")]
        assert (verdict.flaws[0].expected, verdict.flaws[0].found) == ("against 1", "against 0")

    def test_are_not_mistaken_for_each_other(self, tmp_path: Path) -> None:
        log = Log()
        vote(log, "MOT-1")
        vote(log, "MOT-2")
        log.sign()

        assert verdict_of(log, tmp_path).code == 0

    def test_may_be_right_although_a_ballot_of_them_was_redacted(self, tmp_path: Path) -> None:
        log = Log()
        vote(log)
        log.redact(2)
        log.sign()

        verdict = verdict_of(log, tmp_path)

        assert verdict.code == 2
        assert verdict.unchecked == [
            "count of motion MOT-1: entry 2 may be one of its acts; it has no payload",
            "payload of entry 2: redacted by entry 5",
            "1 act of votes: no payload",
        ]

    def test_cannot_be_followed_where_the_opening_was_left_out(self, tmp_path: Path) -> None:
        log = Log()
        vote(log)
        log.sign()

        verdict = verdict_of(log, tmp_path, whole=False, without=(0,))

        assert (verdict.code, verdict.flaws) == (2, [])

    @pytest.mark.parametrize(
        ("act", "facts"),
        [
            ("cast_vote", {"motion": "MOT-9", "seat": "S0", "choice": "approve"}),
            ("cast_vote", {"motion": "MOT-1", "seat": "S0", "choice": "approve"}),
            ("open_motion", {"motion": "MOT-1"}), ("open_motion", {"motion": "MOT-2"}), ("close_vote", {}),
            ("open_motion", {"motion": "MOT-2", "scheme": {}, "seats": []}),
        ],
    )  # fmt: skip
    def test_are_of_open_motions_in_the_form_of_the_format(
        self, act: str, facts: dict[str, object], tmp_path: Path
    ) -> None:
        log = Log()
        vote(log)
        log.add(f"decisions.{act}", facts)

        assert [number for number, _ in flaws(verdict_of(log, tmp_path))] == [5]

    @pytest.mark.parametrize("form", ["tally-votes-v2", ""])
    def test_are_not_checked_in_a_later_format(self, form: str, tmp_path: Path) -> None:
        log = Log()
        vote(log)
        log.add("decisions.open_motion", {"motion": "MOT-2", "format": form, "scheme": {"method": "ranked"}})
        log.add("decisions.cast_vote", {"motion": "MOT-2", "ranks": [2, 1]})
        log.add("decisions.close_vote", {"motion": "MOT-2", "count": {"outcome": "elected"}})
        log.sign()

        verdict = verdict_of(log, tmp_path)

        assert (verdict.code, verdict.flaws) == (2, [])
        assert verdict.unchecked == [f"votes of motion MOT-2: their format {form} is not known here"]
        assert "1 vote counted again" in verdict.checked

    def test_say_their_format_in_words_and_once(self, tmp_path: Path) -> None:
        log = Log()
        log.add("decisions.open_motion", {"motion": "MOT-1", "format": 2})
        log.add("decisions.open_motion", {"motion": "MOT-2", "format": "tally-votes-v2"})
        log.add("decisions.open_motion", {"motion": "MOT-2", "format": "tally-votes-v2"})

        assert flaws(verdict_of(log, tmp_path)) == [
            (0, "open_motion: the format is no text"), (2, "open_motion: the motion was opened before"),
        ]  # fmt: skip
