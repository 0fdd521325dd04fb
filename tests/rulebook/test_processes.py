import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from tallystick.rulebook.processes import ROLES, Passing, ProcessValue
from tallystick.rulebook.terms import NoValueYet
from tests.rulebook.conftest import Folder
from tests.rulebook.moving import FILE, set_going, value_of, written

CLAIM = f"{FILE}:"


@pytest.fixture
def going(small: Folder) -> Folder:
    return set_going(small)


def alone() -> ProcessValue:
    """Return a value with one track and nothing said of the main one."""
    value = written()
    del value["main"], value["tracks"]["notice"], value["moves"]["shout"]
    return ProcessValue.model_validate(value)


class TestProcess:
    def test_gives_the_value_in_force_on_a_day(self, going: Folder) -> None:
        claim = going.rulebook.processes["claim"]

        assert claim.value_on(dt.date(2020, 1, 1)) is claim.values[dt.date(2020, 1, 1)]
        assert list(claim.starts()) == [dt.date(2020, 1, 1)]

    def test_has_no_value_before_its_first_day(self, going: Folder) -> None:
        claim = going.rulebook.processes["claim"]

        with pytest.raises(NoValueYet, match="claim has no value on 2019-12-31"):
            claim.value_on(dt.date(2019, 12, 31))


class TestProcessValue:
    def test_knows_where_each_track_begins(self) -> None:
        assert value_of().begins == {"claim": "open", "notice": "quiet"}

    def test_knows_the_track_of_each_stage(self) -> None:
        value = value_of()

        assert value.track_of["loud"] == "notice"
        assert value.stage("closed").ends
        assert not value.stage("open").ends

    def test_has_the_main_track_that_it_states(self) -> None:
        value = written()

        assert ProcessValue.model_validate({**value, "main": "claim"}).main == "claim"
        assert ProcessValue.model_validate({**value, "main": "notice"}).main == "notice"

    def test_has_its_only_track_as_the_main_one(self) -> None:
        assert alone().main == "claim"

    def test_finds_the_moves_out_of_a_stage(self) -> None:
        assert [name for name, _ in value_of().moves_from("decided")] == ["appeal", "rest"]
        assert [name for name, _ in value_of().moves_from("closed")] == []

    def test_reads_what_the_passing_of_a_clock_does(self) -> None:
        assert value_of().clocks["reply"].passed == Passing(move="decide")

    @pytest.mark.parametrize("unverified", ["recalled", "assumed"])
    def test_is_not_verified_where_it_is_only(self, unverified: str) -> None:
        assert not ProcessValue.model_validate({**written(), "source": unverified}).verified


class TestRoles:
    def test_are_written_once_each(self) -> None:
        assert len(ROLES) == len(set(ROLES)) == 13


class TestWhatDoesNotFit:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("begins: open", "begins: opn", "11:9: there is no stage 'opn'. Did you mean 'open'?"),
            ("main: claim", "main: clam", "7:5: there is no track 'clam'. Did you mean 'claim'?"),
            (
                "quiet: {title: Quiet}",
                "quiet: {title: Quiet}\n          asked: {title: Asked}",
                "23:11: the stage 'asked' stands in the track 'claim' already. Give it another name.",
            ),
            (
                "from: [open]\n        to: asked",
                "from: [opn]\n        to: asked",
                "27:9: there is no stage 'opn'",
            ),
            ("to: appealed", "to: apealed", "55:9: there is no stage 'apealed'. Did you mean 'appealed'?"),
            (
                "to: loud",
                "to: open",
                "48:9: 'quiet' and 'open' are stages of two tracks. Move within one track.",
            ),
            ("skips: [asked, decided]", "skips: [askd]", "76:9: there is no stage 'askd'"),
            ("while: {claim:", "while: {clam:", "51:9: there is no track 'clam'. Did you mean 'claim'?"),
            (
                "{claim: [asked, decided]}",
                "{claim: [asked, loud]}",
                "51:17: there is no stage 'loud'. Did you mean 'closed'?",
            ),
            (
                "while: {claim: [asked, decided]}",
                "while: {notice: [quiet]}",
                "51:17: the move goes along the track 'notice' itself. Say where it stands under from.",
            ),
            (
                "starts: [window]",
                "starts: [windw]",
                "45:9: there is no clock 'windw'. Did you mean 'window'?",
            ),
            ("runs_in: [asked]", "runs_in: [askd]", "82:9: there is no stage 'askd'"),
            ("runs_in: [asked]", "runs_in: [asked, loud]", "82:9: a clock runs in stages of one track."),
            ("{move: rest}", "{move: rust}", "92:18: there is no move 'rust'. Did you mean 'rest'?"),
            (
                "from: event",
                "from: meeting",
                "81:9: a clock counts from the move that starts it. Write from: event.",
            ),
            (
                "kind: choice, of: {facts: Facts, law: Law}",
                "kind: choice",
                "58:11: a choice lists what it is of",
            ),
            ("kind: choice,", "kind: words,", "58:48: a choice lists what it is of, and nothing else does."),
            (
                "who: [party]",
                "who: []",
                "56:9: there are too few items. Write a list of roles, party or clock.",
            ),
        ],
    )
    def test_is_told_where_it_stands(self, going: Folder, old: str, new: str, told: str) -> None:
        going.rewrite(FILE, old, new)

        assert going.lines()[0].startswith(CLAIM + told)
        assert len(going.problems) == 1

    @pytest.mark.parametrize(
        "broken",
        [
            lambda value: value["clocks"]["reply"].update(passed="explode"),
            lambda value: value["clocks"]["reply"].update(due="someday"),
            lambda value: value["tracks"].clear(),
            lambda value: value["moves"].clear(),
        ],
    )
    def test_is_refused(self, broken: Callable[[dict[str, Any]], Any]) -> None:
        value = written()
        broken(value)

        with pytest.raises(ValidationError):
            ProcessValue.model_validate(value)
