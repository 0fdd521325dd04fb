from dataclasses import replace
from typing import Any

from tallystick.month.assessment import Figure
from tallystick.month.sentence import sentence
from tallystick.rulebook.periods import Span

JULY = Span.parse("2021-07")


def figure(measure: str, state: Any, **said: Any) -> Figure:
    bare = Figure(
        measure=measure,
        title=measure,
        kind="share_within",
        provider="CSPN",
        clause=("H13.1",),
        obligation="O",
        group={},
        period="2021-07",
        numerator=None,
        denominator=None,
        share=None,
        target=None,
        minimum=None,
        state=state,
    )
    return replace(bare, **said)


class TestSentence:
    def test_says_what_met_target_and_what_was_not_reported(self) -> None:
        said = sentence(JULY, [figure("A", "met"), figure("B", "not_reported"), figure("C", "below_target")])

        assert said == "One of two measures with a figure met target in July 2021. One of 3 was not reported."

    def test_says_so_when_there_is_nothing(self) -> None:
        assert sentence(JULY, [figure("A", "not_reported")]) == "No measure has a figure for July 2021."

    def test_leaves_out_what_is_outside_the_report_or_without_a_level(self) -> None:
        said = sentence(
            JULY, [figure("A", "met"), figure("B", "met", reportable=False), figure("C", "no_level")]
        )

        assert said == "The only measure with a figure met target in July 2021."
