from tallystick.assessments.models import Document
from tallystick.assessments.planning.waiting import waiting
from tallystick.parties.acting import Acting
from tests.assessments.plan_cast import BODIES, OVER, Cast, on

METHODOLOGY = Document.METHODOLOGY


def titles(*several: Acting) -> list[list[str]]:
    return [[one.title for one in waiting(who)] for who in several]


class TestWaiting:
    def test_asks_nothing_without_documents(self, plans: Cast) -> None:
        assert titles(plans.jo, plans.ada, plans.hal, plans.bo) == [[], [], [], []]

    def test_asks_each_side_for_its_part(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        assert titles(plans.jo, plans.ada) == [["Put a document to consultation"], []]

        plans.put(row)
        comment = plans.commented(row)

        [_, ends] = waiting(plans.jo)
        assert (ends.title, ends.due is not None) == ("A consultation ends", True)
        assert titles(plans.ada) == [["Comment on a document in consultation"]]
        asked = ["Answer 1 comment to a consultation", "A consultation ends"]
        assert titles(plans.sam, plans.jo) == [asked, asked]

        plans.answered(comment)
        plans.consulted(row)

        sam, hal, ada = (on(one, OVER) for one in (plans.sam, plans.hal, plans.ada))
        assert titles(sam, hal, ada) == [["Bring a document to the board"]] * 2 + [[]]

    def test_asks_to_let_it_take_effect_once_it_may(self, plans: Cast) -> None:
        plans.scored_year()
        row, plan = plans.drafted(METHODOLOGY), plans.drafted()
        for one in (row, plan):
            plans.put(one, "bring_at_once")
            for move in BODIES:
                plans.step(one, move)

        assert titles(plans.jo) == [["Let a document take effect"]]  # the plan waits for April
        plans.implemented(row)

        assert titles(plans.jo) == [[]]
