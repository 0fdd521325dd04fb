"""What the pages of cases and of findings show of challenges and disputes."""

import pytest

from tallystick.challenges.beside import of_case, of_finding
from tests.cases.cast import landed, on
from tests.challenges.cast import NEXT, Chamber

pytestmark = pytest.mark.django_db
HEARD = "Appeals against the Performance Assurance Board go to the SEC Panel, whose decision is final."


class TestCase:
    def test_offers_the_office_to_serve_what_was_carried_out(self, cast: Chamber) -> None:
        case, _ = cast.sent_up()

        of_office, of_party = of_case(on(cast.sam, NEXT), case), of_case(on(cast.ada, NEXT), case)

        assert [one.link for one in of_office] == ["Serve the decision", ""]
        assert of_office[-1].words == f"{HEARD} Nobody sits on both today."
        assert [one.words for one in of_party] == [HEARD]

    def test_offers_the_party_to_query_and_to_appeal(self, cast: Chamber) -> None:
        row = cast.served()

        served = [one.link for one in of_case(on(cast.ada, NEXT), cast.case_of(row))]
        cast.answered(row)
        answered = [one.link for one in of_case(on(cast.ada, NEXT), cast.case_of(row))]

        assert served == [row.reference, "Query it", ""]
        assert answered == [row.reference, "Appeal", ""]

    def test_says_that_a_challenge_suspends_the_step(self, cast: Chamber) -> None:
        row = cast.queried()

        told = {
            who: of_case(on(getattr(cast, who), NEXT), cast.case_of(row))[0].words for who in ("jo", "pat")
        }

        assert told["jo"].startswith("Escalate to the Panel: queried. It suspends the step")
        assert told["pat"] == HEARD


class TestFinding:
    def test_offers_its_party_to_dispute_it(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)

        told = {who: of_finding(getattr(cast, who), finding) for who in ("ada", "ben", "jo", "pat")}

        assert [one.words for one in told["ada"]] == ["Dispute it"]
        assert told["ben"] == told["jo"] == told["pat"] == []

    def test_says_that_it_is_disputed_to_whom_it_may(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)
        row = cast.disputed(finding=finding)

        told = {who: of_finding(getattr(cast, who), finding) for who in ("ada", "jo", "ben")}
        cast.moves(row, "withdraw", cast.ada)

        assert [one.words for one in told["ada"]] == [f"Disputed: {row.reference}"]
        assert told["jo"] == told["ada"]
        assert told["ben"] == []
        assert [one.words for one in of_finding(cast.ada, finding)] == [
            f"Was disputed: {row.reference}",
            "Dispute it",
        ]
