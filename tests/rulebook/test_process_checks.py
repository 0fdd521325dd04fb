"""Processes that would stand still, run in circles, or name what nobody knows."""

import pytest

from tallystick.rulebook import ways as walking
from tallystick.rulebook.ways import Ways
from tests.rulebook.conftest import Folder
from tests.rulebook.moving import FILE, set_going


@pytest.fixture
def going(small: Folder) -> Folder:
    return set_going(small)


def told(folder: Folder) -> list[str]:
    return [line.removeprefix(f"{FILE}:") for line in folder.lines()]


class TestGoingCode:
    def test_has_nothing_wrong_with_it(self, going: Folder) -> None:
        assert going.problems == ()


class TestWhatIsNamed:
    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            ("about: claim\nclause: [C7.2]", "about: claim\nclause: [C7.3]", "4:10: no clause is called"),
            (
                "starts: [reply]\n        clause: [C7.2]",
                "starts: [reply]\n        clause: [C7.3]",
                "31:18: no clause is called 'C7.3'. Did you mean 'C7.2'?",
            ),
            ("S1\n        clause: [C7.2]", "S1\n        clause: [C7.3]", "86:18: no clause is"),
            ("S1\n    clause: [C7.2]", "S1\n    clause: [C7.3]", "96:14: no clause is called"),
            (
                "unit: working_day, from: event",
                "unit: working_day, from: event, calendar: weekday",
                "81:58: no calendar is called 'weekday'. Did you mean 'weekdays'?",
            ),
            ("who: [chair]", "who: [chairman]", "63:15: no role is called 'chairman'. Did you mean 'chair'?"),
            ("who: [party]", "who: [partly]", "56:15: no role is called 'partly'. Did you mean 'party'?"),
            ("holds: [secretary]", "holds: [party]", "94:13: no role is called 'party'."),
            ("holds: [secretary]", "holds: [clock]", "94:13: no role is called 'clock'."),
            ("owner: board", "owner: bord", "89:9: no role or body is called 'bord'. Did you mean 'board'?"),
            ("owner: party", "owner: clock", "80:9: no role or body is called 'clock'."),
            ("body: board", "body: bord", "43:9: no body is called 'bord'. Did you mean 'board'?"),
            (
                "guards: [body_has_decided]",
                "guards: [body_has_decided, criterion_is_mt]",
                "44:36: no guard is called 'criterion_is_mt'. Did you mean 'criterion_is_met'?",
            ),
        ],
    )  # fmt: skip
    def test_is_known(self, going: Folder, old: str, new: str, line: str) -> None:
        going.rewrite(FILE, old, new)

        (problem,) = told(going)
        assert problem.startswith(line)


class TestDecisions:
    @pytest.mark.parametrize("guard", ["body_has_decided", "heard_by_others"])
    def test_name_the_body_that_takes_them(self, going: Folder, guard: str) -> None:
        going.rewrite(FILE, "who: [party]\n", f"who: [party]\n        guards: [{guard}]\n")

        what = f"the guard {guard!r} asks for a decision, and no body is named"
        assert told(going) == [f"57:18: {what}. Name the body of the move."]

    def test_are_waited_for_where_a_body_is_named(self, going: Folder) -> None:
        going.rewrite(FILE, "        guards: [body_has_decided]\n", "")

        assert told(going) == [
            "43:9: the move could be made before 'board' has decided. Add the guard body_has_decided."
        ]

    def test_that_let_nothing_are_of_a_body(self, going: Folder) -> None:
        going.rewrite(FILE, "        who: [analyst]\n", "        who: [analyst]\n        outcome: rejected\n")

        assert any("did not let something, and no body is named" in one for one in told(going))


class TestTracks:
    def test_say_which_is_the_main_one(self, going: Folder) -> None:
        going.rewrite(FILE, "    main: claim\n", "")

        assert told(going) == [
            "7:5: there are several tracks, and none is the main one. Write main: claim, or another of them."
        ]

    def test_end_somewhere(self, going: Folder) -> None:
        going.rewrite(FILE, "{title: Closed, ends: yes}", "{title: Closed}")

        assert told(going) == ["12:9: nothing ever ends here. Write ends: yes at a stage of the main track."]

    def test_end_for_good(self, going: Folder) -> None:
        going.rewrite(FILE, "appealed: {title: Appealed}", "appealed: {title: Appealed, ends: yes}")

        assert told(going) == [
            (
                "16:11: the stage ends, and the move 'hear' leads out of it. "
                "Remove ends, or take the stage out of the move."
            )
        ]

    def test_lead_on_from_their_beginning(self, going: Folder) -> None:
        going.rewrite(FILE, "begins: quiet", "begins: loud")

        assert told(going) == [
            "23:11: no move leads out of the stage that the track begins with. Add a move from it."
        ]


class TestMoves:
    def test_can_be_told_apart(self, going: Folder) -> None:
        going.rewrite(FILE, "title: Let it rest", "title: Appeal")

        assert told(going) == [
            "68:16: from 'decided' the move 'appeal' has the same title. Give each move its own title."
        ]

    def test_of_one_title_may_start_from_different_stages(self, going: Folder) -> None:
        going.rewrite(FILE, "title: Let it rest", "title: Drop")

        assert going.problems == ()

    def test_are_made_by_a_clock_only_where_one_passes(self, going: Folder) -> None:
        going.rewrite(FILE, "passed: {move: decide}", "passed: remind")

        assert told(going) == [
            (
                "42:9: a clock may make the move, and none does when it passes. "
                "Write passed: {move: decide} at a clock."
            )
        ]

    def test_can_be_made_at_some_time(self, going: Folder) -> None:
        going.rewrite(FILE, "    clocks:\n", HUSH + "    clocks:\n")

        assert told(going) == [
            (
                "82:9: the move can never be made: the other tracks never stand so. "
                "Correct the stages of the other tracks."
            )
        ]


HUSH = """\
      hush:
        title: Hush
        from: [loud]
        to: quiet
        who: [analyst]
        while: {claim: [open]}
"""


class TestClocks:
    def test_are_started(self, going: Folder) -> None:
        going.rewrite(FILE, "        starts: [window]\n", "")

        assert told(going) == ["86:7: no move starts the clock. Name it under starts of a move."]

    def test_make_only_moves_that_a_clock_may_make(self, going: Folder) -> None:
        going.rewrite(FILE, "who: [clock]", "who: [party]")

        assert told(going) == ["92:18: no clock may make the move 'rest'. Add clock to who of the move."]

    def test_make_moves_from_wherever_they_run(self, going: Folder) -> None:
        going.rewrite(FILE, "runs_in: [decided]", "runs_in: [decided, appealed]")

        assert told(going) == [
            (
                "92:18: the clock runs in 'appealed', and its move does not lead from there. "
                "Add appealed to from of the move, or end the clock before."
            )
        ]

    def test_make_moves_however_the_other_tracks_stand(self, going: Folder) -> None:
        going.rewrite(FILE, "who: [clock]\n", "who: [clock]\n        while: {notice: [loud]}\n")

        assert told(going) == [
            (
                "93:9: the clock may pass in 'decided' with 'quiet', where its move cannot be made. "
                "Mend from, while or runs_in."
            )
        ]

    def test_start_where_they_run(self, going: Folder) -> None:
        going.rewrite(FILE, "starts: [window]", "starts: [window, reply]")

        assert told(going) == [
            (
                "45:9: the clock 'reply' would start in 'decided' with 'quiet', where it does not run. "
                "Add the stage to its runs_in."
            )
        ]


class TestWaysThrough:
    def test_reach_every_stage(self, going: Folder) -> None:
        going.rewrite(
            FILE, "appealed: {title: Appealed}", "appealed: {title: Appealed}\n          lost: {title: Lost}"
        )

        assert told(going) == ["17:11: the stage 'lost' is never reached. Lead a move to it, or remove it."]

    def test_lead_into_no_trap(self, going: Folder) -> None:
        going.rewrite(FILE, "to: closed\n        who: [chair]", "to: appealed\n        who: [chair]")

        assert told(going) == [
            (
                "55:9: the move leads to 'appealed' with 'quiet', from where no end can be reached. "
                "Add a move that leads on from there."
            )
        ]

    def test_lead_into_no_trap_that_only_another_track_sets(self, going: Folder) -> None:
        going.rewrite(FILE, "who: [chair]\n", "who: [chair]\n        while: {notice: [quiet]}\n")

        assert told(going)[0] == (
            "55:9: the move leads to 'appealed' with 'loud', from where no end can be reached. "
            "Add a move that leads on from there."
        )

    def test_lead_into_no_trap_that_only_a_stopped_clock_sets(self, going: Folder) -> None:
        going.rewrite(FILE, "who: [clock, analyst]", "who: [clock]")
        going.rewrite(
            FILE, "who: [analyst]\n        while:", "who: [analyst]\n        stops: [reply]\n        while:"
        )
        going.rewrite(FILE, "from: [asked]\n        to: asked", "from: [open]\n        to: asked")

        assert told(going) == [
            (
                "49:9: the move leads to 'asked' with 'loud', from where no end can be reached. "
                "Add a move that leads on from there."
            )
        ]

    def test_lead_to_an_end_at_all(self, going: Folder) -> None:
        going.rewrite(FILE, "from: [open]\n        to: closed", "from: [open]\n        to: open")
        going.rewrite(FILE, "to: closed\n        who: [chair]", "to: appealed\n        who: [chair]")
        going.rewrite(FILE, "to: closed\n        who: [clock]", "to: appealed\n        who: [clock]")

        assert told(going) == [
            "9:7: no way leads from its beginning to an end. Lead a move to a stage that ends.",
            "17:11: the stage 'closed' is never reached. Lead a move to it, or remove it.",
        ]

    def test_are_told_where_there_are_too_many(self, going: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        few: list[Ways] = [walking.ways(going.rulebook.processes["claim"].values.popitem()[1], most=8)]
        monkeypatch.setattr("tallystick.rulebook.process_checks.ways", lambda _: few[0])

        assert told(going) == [
            (
                "8:5: there are more than 8 positions, and not all were looked at. "
                "Write fewer tracks, or processes of their own."
            )
        ]


class TestAppeals:
    def test_are_not_heard_by_those_who_decided(self, going: Folder) -> None:
        going.rewrite(FILE, "body: panel", "body: board")

        assert told(going) == [
            "64:9: 'board' would hear appeals against its own decisions. Name a body of other people."
        ]

    def test_are_not_heard_by_them_under_another_name(self, going: Folder) -> None:
        going.rewrite("bodies/board.yaml", "appeals_to: panel", "appeals_to: authority\nrole_of: panel")

        assert told(going) == [
            (
                "64:9: 'panel' would hear appeals against its own decisions, being the same people as "
                "'board'. Name a body of other people."
            )
        ]

    def test_go_where_the_body_says_they_go(self, going: Folder) -> None:
        going.rewrite("bodies/board.yaml", "appeals_to: panel", "appeals_to: authority")

        assert told(going) == [
            "64:9: appeals against 'board' go to 'authority'. Name that one, or correct appeals_to of board."
        ]

    def test_of_a_body_with_no_such_rule_may_go_to_any_other(self, going: Folder) -> None:
        going.rewrite("bodies/board.yaml", "appeals_to: panel\n", "")

        assert going.problems == ()

    def test_do_not_hide_bodies_that_go_in_a_circle(self, going: Folder) -> None:
        going.rewrite("bodies/board.yaml", "appeals_to: panel", "role_of: panel")
        going.rewrite("bodies/panel.yaml", "appeals_to: authority", "role_of: board")

        assert "go in a circle" in going.lines()[0]


class TestThoseWhoRecommend:
    def test_do_not_decide(self, going: Folder) -> None:
        going.rewrite(FILE, "heard_by_others", "another_body_recommended")
        assert going.problems == ()

        going.rewrite("bodies/board.yaml", "appeals_to: panel", "appeals_to: authority\nrole_of: panel")

        assert "would decide on what 'board' recommends, the same people" in told(going)[0]
