from dataclasses import replace

import pytest

from tallystick.assessments.optimiser.chosen import choose
from tallystick.assessments.optimiser.question import Option, Question, Technique
from tallystick.assessments.optimiser.reasons import Reason, reasons
from tests.assessments.optimiser.asked import of_two

GAP = 1e-6


def told(question: Question) -> dict[str, Reason]:
    return {one.technique: one for one in reasons(question, choose(question, GAP), GAP)}


class TestReasons:
    def test_say_what_would_be_left_without_what_is_in(self) -> None:
        found = told(of_two())

        # Without lists, visits and a webinar leave 48 of 100 where 40 are left with them.
        assert (found["lists"].why, found["lists"].is_in) == ("worth_it", True)
        assert found["lists"].more == pytest.approx(8)
        assert found["lists"].removes == pytest.approx(40)
        assert found["lists"].cost == 600

    def test_say_what_would_be_left_with_what_is_out(self) -> None:
        visits = told(of_two())["visits"]

        # Visits leave the money for a webinar at most: 48 again.
        assert (visits.why, visits.is_in) == ("elsewhere", False)
        assert visits.more == pytest.approx(8)
        assert visits.removes == pytest.approx(16)

    def test_name_the_price_of_what_somebody_decided(self) -> None:
        put_in, left_out = (
            told(of_two().holding(key, is_in=is_in))[key]
            for key, is_in in (("visits", True), ("lists", False))
        )

        assert (put_in.why, left_out.why) == ("put_in", "left_out")
        assert [put_in.more, left_out.more] == [pytest.approx(8), pytest.approx(8)]

    def test_name_what_it_waits_for(self) -> None:
        question = of_two()
        late = (*question.techniques, Technique("audit", after=("webinar",), quarters=(1,)))
        asked = replace(
            question,
            techniques=late,
            options=(*question.options, Option("audit", "all", effects={"R-01": 0.9})),
        )

        audit = told(replace(asked, budget=500))["audit"]

        assert (audit.why, audit.others) == ("waits", ("webinar",))

    def test_say_that_no_plan_fits_with_it(self) -> None:
        visits = told(of_two().within(400))["visits"]

        assert (visits.why, visits.more) == ("cannot", None)

    def test_say_that_it_takes_nothing_off(self) -> None:
        question = of_two()
        idle = Option("notice", "all", cost=1, effects={"R-99": 0.5})
        asked = replace(
            question,
            techniques=(*question.techniques, Technique("notice")),
            options=(*question.options, idle),
        )

        assert told(asked)["notice"].why == "no_effect"

    def test_keep_what_cover_could_not_do_without(self) -> None:
        lists = told(replace(of_two(), coverage={"R-01": 0.55}))["lists"]

        assert (lists.why, lists.more) == ("worth_it", None)

    def test_are_worked_out_for_those_that_are_asked_for(self) -> None:
        question = of_two()
        chosen = choose(question, GAP)

        found = {one.technique: one for one in reasons(question, chosen, GAP, among=("visits",))}

        assert [one.is_weighed for one in found.values()] == [False, True, False]
        assert found["visits"].more == pytest.approx(8)
        assert found["lists"].removes == pytest.approx(40)
        assert (found["lists"].is_in, found["lists"].more) == (True, None)

    def test_say_who_decided_without_working_it_out(self) -> None:
        question = of_two().holding("visits", is_in=True)

        found = reasons(question, choose(question, GAP), GAP, among=())

        assert [one.why for one in found if one.technique == "visits"] == ["put_in"]
