from tests.site.conftest import Tally

MONTH = ("--period", "2021-07", "--as-known-on", "2021-09-28")


class TestExplain:
    def test_shows_the_rule_the_numbers_and_the_files(self, received: Tally) -> None:
        result = received("explain", "CPM1", *MONTH)

        assert "Clause     H13.1" in result.output
        assert "97.13%" in result.output
        assert "not yet checked against the code" in result.output
        assert "firmware_payloads: nothing received" in result.output

    def test_names_the_nearest_measure(self, received: Tally) -> None:
        assert "Did you mean CPM1?" in received("explain", "CPM11", *MONTH).output
