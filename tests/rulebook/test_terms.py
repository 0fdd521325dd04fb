import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tallystick.rulebook import terms
from tallystick.rulebook.terms import (
    Definition,
    Mistake,
    NoValueYet,
    Sourced,
    decimal_or_as_written,
    in_force,
)


def fits(kind: Any, written: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(written)
    except ValidationError:
        return False
    return True


class TestNames:
    @pytest.mark.parametrize("written", ["trt", "reply_time", "a1"])
    def test_are_small_letters_digits_and_underscores(self, written: str) -> None:
        assert fits(terms.Name, written)

    @pytest.mark.parametrize("written", ["TRT", "1a", "_a", "a-b", "a b", "", "a\n", "é"])
    def test_are_nothing_else(self, written: str) -> None:
        assert not fits(terms.Name, written)

    @pytest.mark.parametrize(
        ("written", "may"), [("DSP-PM1.4", True), ("9", True), ("-a", False), ("a/b", False), ("../a", False)]
    )
    def test_of_keys_may_hold_dots_and_hyphens(self, written: str, *, may: bool) -> None:
        assert fits(terms.Key, written) == may

    @pytest.mark.parametrize(
        ("written", "may"),
        [
            ("H13.4", True),
            ("L8.9(a)", True),
            ("Appendix AG 2.5.10", True),
            ("PMM 2", True),
            ("h13.4", False),
            ("H13.4;", False),
        ],
    )
    def test_of_clauses_are_as_printed(self, written: str, *, may: bool) -> None:
        assert fits(terms.Clause, written) == may

    @pytest.mark.parametrize(("written", "may"), [(["H13.4"], True), ([], False), ("H13.4", False)])
    def test_of_clauses_stand_in_a_list(self, written: Any, *, may: bool) -> None:
        assert fits(terms.Clauses, written) == may


class TestYesNo:
    @pytest.mark.parametrize(
        ("written", "meant"), [("yes", True), ("true", True), ("no", False), ("false", False)]
    )
    def test_is_a_word(self, written: str, *, meant: bool) -> None:
        assert TypeAdapter(terms.YesNo).validate_python(written) is meant

    @pytest.mark.parametrize("written", ["NO", "on", "1", "", ["yes"], {"yes": "no"}, None])
    def test_is_no_other_word(self, written: Any) -> None:
        assert not fits(terms.YesNo, written)


class TestWhole:
    def test_is_read_from_digits(self) -> None:
        assert TypeAdapter(terms.Whole).validate_python("0025") == 25

    @pytest.mark.parametrize("written", ["-1", "1.0", "1e3", "1_000", "٣", "", " 1", "9" * 5000, ["1"], None])
    def test_is_read_from_nothing_else(self, written: Any) -> None:
        assert not fits(terms.Whole, written)


class TestPercent:
    @pytest.mark.parametrize("written", ["99", "99.5", "0", "1000", ".5"])
    def test_is_read_exactly(self, written: str) -> None:
        assert TypeAdapter(terms.Percent).validate_python(written) == Decimal(written)

    @pytest.mark.parametrize(
        "written", ["99%", "1000.1", "-1", "1.2.3", "NaN", "Infinity", "1e2", "", ".", "²"]
    )
    def test_is_read_from_nothing_else(self, written: str) -> None:
        assert not fits(terms.Percent, written)


class TestDecimalOrAsWritten:
    @pytest.mark.parametrize("written", ["x", "1.2.3", "9" * 19, None, ["1"]])
    def test_leaves_alone_what_is_no_number(self, written: Any) -> None:
        assert decimal_or_as_written(written) is written


class TestDay:
    def test_is_read_from_year_month_and_day(self) -> None:
        assert TypeAdapter(terms.Day).validate_python("2024-02-29") == dt.date(2024, 2, 29)

    @pytest.mark.parametrize(
        "written",
        [
            "2021-02-29",
            "2021-13-01",
            "2021-7-1",
            "20210701",
            "2021-W01-1",
            "2021-182",
            "01/07/2021",
            "0001-01-01",
            "9999-12-31",
            "2021-07-01T00:00",
            "2021-07-01\n",
            "٢٠٢١-07-01",
            "",
            None,
            ["2021-07-01"],
        ],
    )
    def test_is_read_from_nothing_else(self, written: Any) -> None:
        assert not fits(terms.Day, written)


class TestDefinition:
    def test_refuses_what_it_does_not_know(self) -> None:
        assert not fits(Sourced, {"source": "S1", "sauce": "S1"})

    def test_is_never_changed(self) -> None:
        stated = Sourced(source="S1")

        with pytest.raises(ValidationError, match="frozen"):
            setattr(stated, "source", "S2")  # noqa: B010 - mypy would refuse the assignment

    def test_stands_at_the_top(self) -> None:
        assert issubclass(Sourced, Definition)


class TestSourced:
    @pytest.mark.parametrize("source", ["recalled", "assumed"])
    def test_is_unverified_where_it_was_only_recalled_or_assumed(self, source: str) -> None:
        assert not Sourced.model_validate({"source": source}).verified

    def test_is_verified_where_a_source_is_named(self) -> None:
        assert Sourced.model_validate({"source": "V1"}).verified

    def test_may_be_unverified_for_all_its_source(self) -> None:
        assert not Sourced.model_validate({"source": "V1", "verified": "no"}).verified

    def test_is_refused_where_what_was_recalled_calls_itself_verified(self) -> None:
        with pytest.raises(ValidationError, match="what is only recalled cannot be verified"):
            Sourced.model_validate({"source": "recalled", "verified": "yes"})

    @pytest.mark.parametrize("source", [["recalled"], {"recalled": "yes"}, None, ""])
    def test_is_refused_where_the_source_is_no_text(self, source: Any) -> None:
        assert not fits(Sourced, {"source": source})


class TestMistake:
    def test_carries_the_key_it_stands_at(self) -> None:
        mistake = Mistake("what", "values", 3, remedy="Mend it.", nearest="value")

        assert (str(mistake), mistake.place, mistake.remedy, mistake.nearest) == (
            "what",
            ("values", 3),
            "Mend it.",
            "value",
        )


class TestInForce:
    VALUES = {dt.date(2013, 9, 23): "old", dt.date(2021, 7, 1): "new"}

    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (dt.date(2013, 9, 23), "old"),
            (dt.date(2021, 6, 30), "old"),
            (dt.date(2021, 7, 1), "new"),
            (dt.date(2199, 1, 1), "new"),
        ],
    )
    def test_is_the_latest_dated_on_or_before_the_day(self, day: dt.date, value: str) -> None:
        assert in_force(self.VALUES, day, "trt") == value

    def test_refuses_a_day_before_the_first(self) -> None:
        with pytest.raises(NoValueYet, match=r"trt has no value on 2013-09-22\."):
            in_force(self.VALUES, dt.date(2013, 9, 22), "trt")
