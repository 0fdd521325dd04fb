from typing import Any

import pytest

from tallystick.risks.models import Answer, OperatingPeriod, Proposal, Risk, Score, Wording
from tests.cases.cast import landed
from tests.risks.cast import BEFORE, Cast
from tests.risks.views.conftest import browser, key_of, text

AT = "/sec/risks"
SHORT = {"title": "Late data", "risk_that": "data comes late", "resulting_in": "reports are late"}
STEPS = {"inherent_likelihood": "5", "inherent_impact": "4", "net_likelihood": "4", "net_impact": "4"}
SAID = {"appetite": "9", "target": "6", "control": "Monitoring.", "reason": "Seen in July."}


def sends(cast: Cast, address: str, **told: Any) -> Any:
    """Fill in the form of a page as the office, and send it."""
    client = browser(cast.jo)
    key = key_of(client, address)
    return client.post(address, {"key": key, **told})


class TestForms:
    def test_open_a_register(self, cast: Cast) -> None:
        said = {"from_on": "2022-04-01", "until_on": "2023-03-31", "method": "five_by_five", "body": "pab"}

        answer = sends(cast, f"{AT}/open", name="2022-23", **said)

        assert (answer.status_code, answer.url) == (302, AT)
        assert OperatingPeriod.objects.get().name == "2022-23"
        assert sends(cast, f"{AT}/open", name="2022-23", **said).status_code == 409

    def test_add_a_risk_with_all_its_words(self, cast: Cast) -> None:
        cast.opened()
        rest = {
            "clauses": "H3.17, Section F",
            "obligations": "OBL-AREA-B",
            "indicators": "AREA-B, AREA-C",
            "factors": "OBL-AREA-B: A hub is not asked for\nNobody looks",
            "drivers": ["growth"],
            "elsewhere": "S3: REC · Retail Risk 4",
            "why": "Seen in July.",
        }

        answer = sends(cast, f"{AT}/new", **SHORT, **rest)

        assert answer.url == f"{AT}/R-09"
        words = Wording.objects.get(risk__reference="R-09")
        assert words.clauses == ["H3.17", "Section F"]
        assert words.factors == {"1": "A hub is not asked for", "2": "Nobody looks"}
        assert words.factor_owed == {"1": "OBL-AREA-B"}
        assert (words.indicators, words.drivers) == (["AREA-B", "AREA-C"], ["growth"])
        assert words.elsewhere == {"1": "REC · Retail Risk 4"}
        assert words.elsewhere_source == {"1": "S3"}

    def test_begin_with_the_words_that_stand(self, cast: Cast) -> None:
        cast.opened()
        client = browser(cast.jo)

        page = text(client.get(f"{AT}/R-02/words"))

        assert "OBL-AREA-B: The coverage database is not asked before dispatch" in page
        assert 'value="growth" id="id_drivers_0" checked' in page

    def test_word_it_otherwise(self, cast: Cast) -> None:
        cast.opened()

        answer = sends(cast, f"{AT}/R-02/words", **SHORT, why="It was unclear.")

        assert answer.url == f"{AT}/R-02"
        assert Wording.objects.filter(risk__reference="R-02").latest("number").title == "Late data"

    def test_split_and_merge(self, cast: Cast) -> None:
        cast.opened()
        parts = {f"{name}_{place}": words for place in (1, 2) for name, words in SHORT.items()}

        split = sends(cast, f"{AT}/R-02/split", **parts, why="Two matters.")
        merged = sends(cast, f"{AT}/merge", **SHORT, risks=["R-09", "R-10"], why="One after all.")

        assert (split.url, merged.url) == (f"{AT}/R-02", f"{AT}/R-11")
        assert Wording.objects.get(risk__reference="R-11").obligations == ["OBL-AREA-B"]
        assert Risk.objects.filter(ended_on=None).count() == 8

    def test_score_and_score_again(self, cast: Cast) -> None:
        cast.opened(BEFORE)
        losses = {"events": "4", "low": "1000", "central": "5000", "high": "20000"}
        both = {f"{side}_{name}": value for side in ("inherent", "net") for name, value in losses.items()}

        first = sends(cast, f"{AT}/R-02/scores/{BEFORE}", **STEPS, **SAID, driver_growth="rises")
        again = sends(
            cast, f"{AT}/R-02/scores/{BEFORE}/again/money", **both, **{**SAID, "appetite": "100000"}
        )

        assert (first.status_code, again.status_code) == (302, 302)
        told = [(one.method, one.again, one.heading) for one in Score.objects.order_by("number")]
        assert told == [("five_by_five", False, {"growth": "rises"}), ("money", True, {})]

    def test_offer_the_answers_given_last(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02", (5, 4, 2, 3))

        page = text(browser(cast.jo).get(f"{AT}/R-02/scores/2022-23"))

        assert '<option value="2" selected>2 Unlikely</option>' in page

    @pytest.mark.parametrize("answer", ["accepted", "declined"])
    def test_propose_and_answer(self, cast: Cast, answer: str) -> None:
        cast.opened()
        landed(cast.alfa)

        sends(cast, f"{AT}/R-02/propose", found="0.5", clear="0.5")
        sends(cast, f"{AT}/R-02/proposals/2022-23/1", answer=answer, reason="As we hear.")

        assert Proposal.objects.get().found == 1
        assert Answer.objects.get().is_accepted is (answer == "accepted")

    def test_say_what_is_wrong(self, cast: Cast) -> None:
        cast.opened()

        empty = sends(cast, f"{AT}/new")
        strange = sends(cast, f"{AT}/new", **SHORT, why="Seen.", obligations="NONE")
        unseen = sends(cast, f"{AT}/R-02/propose", found="1", clear="1")

        assert (empty.status_code, strange.status_code) == (422, 409)
        assert "The code has no obligation" in text(strange, 409)
        assert "No month has landed" in text(unseen, 409)


class TestDoors:
    @pytest.mark.parametrize(
        "address",
        [
            "open",
            "new",
            "merge",
            "R-02/words",
            "R-02/split",
            "R-02/scores/2022-23",
            "R-02/propose",
        ],
    )
    def test_are_the_offices(self, cast: Cast, address: str) -> None:
        cast.opened()
        whole = f"{AT}/{address}"

        answers = [browser(one).get(whole).status_code for one in (cast.jo, cast.hal, cast.ada, None)]

        assert answers == [200, 404, 404, 404]

    @pytest.mark.parametrize(
        "address",
        [
            "R-77/words",
            "R-02/scores/1999-00",
            "R-02/scores/2022-23/by_eye",
            "R-02/proposals/2022-23/1",
        ],
    )
    def test_lead_nowhere_where_nothing_is(self, cast: Cast, address: str) -> None:
        cast.opened()

        assert browser(cast.jo).get(f"{AT}/{address}").status_code == 404
