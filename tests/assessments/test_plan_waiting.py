from tallystick.assessments.models import Document
from tallystick.assessments.plan_waiting import waiting
from tallystick.parties.acting import Acting
from tests.assessments.plan_cast import BODIES, OVER, Cast, on

METHODOLOGY = Document.METHODOLOGY


def titles(*several: Acting) -> list[list[str]]:
    return [[one.title for one in waiting(who)] for who in several]


class TestWaiting:
    def test_asks_nothing_without_documents(self, cast: Cast) -> None:
        assert titles(cast.jo, cast.ada, cast.hal, cast.bo) == [[], [], [], []]

    def test_asks_each_side_for_its_part(self, cast: Cast) -> None:
        cast.scored_year()
        row = cast.drafted(METHODOLOGY)
        assert titles(cast.jo, cast.ada) == [["Put a document to consultation"], []]

        cast.put(row)
        comment = cast.commented(row)

        [ends] = waiting(cast.jo)
        assert (ends.title, ends.due is not None) == ("A consultation ends", True)
        assert titles(cast.ada) == [["Comment on a document in consultation"]]
        assert titles(cast.sam) == [["Answer 1 comment to a consultation", "A consultation ends"]]

        cast.answered(comment)
        cast.consulted(row)

        sam, hal, ada = (on(one, OVER) for one in (cast.sam, cast.hal, cast.ada))
        assert titles(sam, hal, ada) == [["Bring a document to the board"]] * 2 + [[]]

    def test_asks_to_let_it_take_effect_once_it_may(self, cast: Cast) -> None:
        cast.scored_year()
        row, plan = cast.drafted(METHODOLOGY), cast.drafted()
        for one in (row, plan):
            cast.put(one, "bring_at_once")
            for move in BODIES:
                cast.step(one, move)

        assert titles(cast.jo) == [["Let a document take effect"]]  # the plan waits for April
        cast.implemented(row)

        assert titles(cast.jo) == [[]]
