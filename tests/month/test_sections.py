from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from tallystick.month.assessment import Assessment
from tallystick.month.outline import Outline
from tallystick.month.sections import Parts, Section, section, sections
from tests.month.drilled_july import drilled
from tests.month.july import MONTH


@cache
def drawn(measures: tuple[str, ...]) -> dict[str, Section]:
    """Return sections of July, drawn once: most of their time goes into charts."""
    figures = tuple(one for one in MONTH.figures if one.measure in measures or one.into in measures)
    return {one.figure.measure: one for one in sections(Outline(replace(MONTH, figures=figures)))}


class TestSections:
    def test_stand_open_for_exceptions(self) -> None:
        found = drawn(("CPM1", "CPM2", "CSPN-PM2", "AREA-B"))

        assert [one for one in found if found[one].is_open][:2] == ["CPM1", "CSPN-PM2"]
        assert found["AREA-B"].is_open
        assert not found["CPM2"].is_open

    def test_tell_the_facts(self) -> None:
        facts = [(fact.value, fact.words) for fact in drawn(("CPM1",))["CPM1"].facts]

        assert facts == [
            ("97.13%", ""),
            ("−1.87", "points to target, 99%"),  # noqa: RUF001
            ("+1.13", "points over minimum, 96%"),
            ("25 months", "or more below target, since July 2019"),
            ("2 months", "above minimum, first since June 2020"),
            ("616,588", "late of 21,483,906"),
        ]

    def test_give_the_verdict_in_two_sentences(self) -> None:
        verdict = drawn(("CPM1",))["CPM1"].verdict

        assert verdict is not None
        assert verdict.tone == "met"
        assert verdict.sentences[1].startswith("It is not yet enough: on July")

    def test_check_that_source_counts_add_up(self) -> None:
        assert drawn(("CPM1",))["CPM1"].parts[0].adds

    def test_break_a_measure_down_by_one_column_after_another(self, july: Assessment) -> None:
        parts = [figure for one in drilled(july) for figure in one.figures]
        shown = Outline(replace(july, figures=(*july.figures, *parts)))

        found = {one.key: one for one in section(shown, shown.figures["AREA-G"]).parts}

        assert list(found) == ["party", "region", "day"]
        assert [one.name for one in found["day"].rows] == [
            "Wed 14 Jul 2021",
            "Thu 15 Jul 2021",
            "Fri 16 Jul 2021",
        ]
        assert found["region"].title == "By region"
        assert found["region"].adds
        assert "add up to the AREA-G counts" in found["region"].check

    def test_check_nothing_of_parts_that_are_not_all_here(self, july: Assessment) -> None:
        own = [one for one in july.figures if not one.group or one.group == {"party": "Fellside Energy"}]
        shown = Outline(replace(july, figures=tuple(own)))

        (parts,) = section(shown, shown.figures["AREA-G"]).parts

        assert (parts.key, parts.check, len(parts.rows)) == ("party", "", 1)

    def test_tell_counts_that_do_not_add_up(self, july_with: Callable[..., Assessment]) -> None:
        parts = made_of_cpm1(july_with, denominator=1_975_168)

        assert not parts.adds
        assert "21,483,907" in parts.check

    def test_say_where_a_sum_cannot_be_checked(self, july_with: Callable[..., Assessment]) -> None:
        parts = made_of_cpm1(july_with, numerator=None, denominator=None)

        assert not parts.adds
        assert "CSPC-PM2" in parts.check

    def test_list_the_groups_worst_first(self) -> None:
        parts = drawn(("AREA-G",))["AREA-G"].parts[0]

        assert parts.title == "By party"
        assert [part.name for part in parts.rows][:2] == ["Kestrel Meter Services", "Fellside Energy"]

    def test_tell_how_long_things_took(self, july_with: Callable[..., Assessment]) -> None:
        timed = replace(MONTH.figures[1], percentiles={50: 1_500_000, 95: 95_000_000})

        (section,) = sections(Outline(july_with(figures=(timed,), findings=())))

        assert section.detail == (("50th percentile", "1.5 s"), ("95th percentile", "1 min 35 s"))


def made_of_cpm1(july_with: Callable[..., Assessment], **changes: Any) -> Parts:
    """Return the parts of CPM1 where those of the Central provider are others."""
    figures = tuple(
        replace(one, **changes) if one.measure == "CSPC-PM2" else one
        for one in MONTH.figures
        if "CPM1" in (one.measure, one.into)
    )
    found = sections(Outline(july_with(figures=figures, history={}, findings=())))
    return next(one for one in found if one.figure.measure == "CPM1").parts[0]
