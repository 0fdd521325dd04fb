from tallystick.rulebook.coverage import Unverified, coverage
from tests.rulebook.assured import assure
from tests.rulebook.conftest import Folder
from tests.rulebook.moving import set_going


class TestCoverage:
    def test_names_the_operational_clause_that_nobody_owes(self, small: Folder) -> None:
        small.write("clauses/C8.yaml", "clause: C8\nheading: Records\nsource: S1\n")
        small.write("clauses/C9.yaml", "clause: C9\nheading: Definitions\noperational: no\nsource: S1\n")

        found = coverage(small.rulebook)

        assert (found.clauses, found.operational, found.unowed) == (3, 2, ("C8",))

    def test_counts_a_clause_that_says_what_a_report_holds_as_owed(self, small: Folder) -> None:
        small.write("clauses/C8.yaml", "clause: C8\nheading: Records\nsource: S1\n")
        small.rewrite("obligations/RPT-MONTH.yaml", "source: S1", "source: S1\ncontent: {clauses: [C8]}")

        assert coverage(small.rulebook).unowed == ()

    def test_names_the_duty_that_no_measure_tests_and_no_report(self, small: Folder) -> None:
        small.write("obligations/OBL-READ.yaml", small.read("obligations/OBL-REPLY.yaml", "REPLY", "READ"))

        assert coverage(small.rulebook).unchecked == ("OBL-READ",)

    def test_names_the_clause_that_is_measured_and_not_owed(self, small: Folder) -> None:
        small.write("clauses/C8.yaml", "clause: C8\nheading: Records\nsource: S1\n")
        small.rewrite("measures/REPLY-1.yaml", "clause: [C7.2]", "clause: [C7.2, C8]")

        assert coverage(small.rulebook).only_measured == ("C8",)

    def test_names_the_stream_that_no_measure_reads(self, small: Folder) -> None:
        small.write(
            "streams/answers.yaml",
            small.read("streams/requests.yaml", "key: requests", "key: answers"),
        )

        assert coverage(small.rulebook).unread == ("answers",)

    def test_lists_what_is_unverified_by_folder_with_the_day_of_a_value(self, small: Folder) -> None:
        assert coverage(small.rulebook).unverified == (
            Unverified("clauses", (), 1),
            Unverified("calendars", (), 1),
            Unverified("parameters", ("trt from 2020-01-01",), 3),
            Unverified("streams", (), 1),
            Unverified("measures", ("REPLY-2",), 3),
            Unverified("levels", ("REPLY from 2020-01-01",), 1),
            Unverified("obligations", (), 2),
        )

    def test_lists_the_values_of_processes_and_each_of_their_clocks(self, small: Folder) -> None:
        unverified = coverage(set_going(small).rulebook).unverified

        assert unverified[-1] == Unverified("processes", ("claim from 2020-01-01, clock window",), 3)

    def test_names_the_clauses_of_risks_that_nothing_is_done_about_and_that_nobody_owes(
        self, small: Folder
    ) -> None:
        assure(small).write("clauses/C8.yaml", "clause: C8\nheading: Records\nsource: S1\n")
        second = small.read("risks/R-01.yaml", "[C7.2]", "[C8]").replace("key: R-01", "key: R-02")
        small.write("risks/R-02.yaml", second)

        found = coverage(small.rulebook)

        assert (found.untreated, found.unowed_risks) == (("C8",), ("C8",))

    def test_names_the_techniques_that_no_measure_tells_of(self, small: Folder) -> None:
        assert coverage(assure(small).rulebook).untold == ("visits",)

    def test_is_the_same_twice(self, small: Folder) -> None:
        assert coverage(small.rulebook) == coverage(small.rulebook)
