from tallystick.rulebook.ways import Position, ways
from tests.rulebook.moving import PROCESS, value_of


def changed(old: str, new: str) -> str:
    assert old in PROCESS
    return PROCESS.replace(old, new)


class TestWays:
    def test_begin_where_each_track_begins_with_no_clock_running(self) -> None:
        assert ways(value_of()).first == Position(("open", "quiet"), frozenset())

    def test_are_all_that_clocks_and_people_can_go(self) -> None:
        found = ways(value_of())

        assert {(position.at, *sorted(position.running)) for position in found.steps} == {
            (("open", "quiet"),),
            (("asked", "quiet"), "reply"),
            (("asked", "loud"), "reply"),
            (("decided", "quiet"), "window"),
            (("decided", "loud"), "window"),
            (("appealed", "quiet"),),
            (("appealed", "loud"),),
            (("closed", "quiet"),),
            (("closed", "loud"),),
        }
        assert found.moves == set(value_of().moves)

    def test_name_the_clock_whose_passing_makes_the_move(self) -> None:
        steps = ways(value_of()).steps[Position(("decided", "quiet"), frozenset({"window"}))]

        assert {(step.move, step.clock) for step in steps} == {
            ("appeal", None), ("rest", "window"), ("shout", None),
        }  # fmt: skip

    def test_lead_nowhere_once_the_main_track_has_ended(self) -> None:
        found = ways(value_of())

        assert found.steps[Position(("closed", "quiet"), frozenset())] == ()

    def test_let_no_clock_make_its_move_where_it_does_not_run(self) -> None:
        found = ways(value_of(changed("        starts: [window]\n", "")))

        assert "rest" not in found.moves

    def test_stop_a_clock_that_a_move_stops(self) -> None:
        stopping = changed(
            "who: [analyst]\n        while:", "who: [analyst]\n        stops: [reply]\n        while:"
        )

        found = ways(value_of(stopping))

        assert Position(("asked", "loud"), frozenset()) in found.steps

    def test_are_not_whole_where_there_are_more_than_are_looked_at(self) -> None:
        assert not ways(value_of(), most=8).whole
        assert len(ways(value_of(), most=8).steps) == 8
        assert ways(value_of(), most=9).whole

    def test_note_a_clock_that_starts_where_it_does_not_run(self) -> None:
        found = ways(value_of(changed("runs_in: [decided]", "runs_in: [appealed]")))

        assert set(found.lost) == {("decide", "window")}

    def test_note_a_clock_that_passes_where_its_move_cannot_be_made(self) -> None:
        found = ways(value_of(changed("who: [clock]\n", "who: [clock]\n        while: {notice: [loud]}\n")))

        assert found.idle == {"window": Position(("decided", "quiet"), frozenset({"window"}))}


class TestTrapped:
    def test_is_nothing_where_an_end_can_always_be_reached(self) -> None:
        assert ways(value_of()).trapped({"closed"}) == set()

    def test_is_every_position_that_leads_to_no_end(self) -> None:
        found = ways(
            value_of(changed("to: closed\n        who: [chair]", "to: appealed\n        who: [chair]"))
        )

        assert {position.at for position in found.trapped({"closed"})} == {
            ("appealed", "quiet"), ("appealed", "loud"),
        }  # fmt: skip
