from tests.cases.cast import landed
from tests.risks.cast import BEFORE, Cast, words_of
from tests.risks.views.conftest import browser, text

PAGE = "/sec/risks/R-02"


class TestPage:
    def test_shows_what_a_risk_rests_on(self, cast: Cast) -> None:
        cast.opened()
        finding = landed(cast.alfa)

        page = text(browser(cast.jo).get(PAGE))

        assert "The risk that a Communications Hub of the wrong variant or region is fitted, so" in page
        for told in (
            "/sec/obligations/OBL-AREA-B",
            f"/sec/findings/{finding.reference}",
            "/sec/measures/AREA-B",
        ):
            assert told in page
        assert "Not yet checked against the code" in page
        assert "Techniques that take something off it" in page
        assert "its effect is assumed" in page

    def test_keeps_every_version_and_score(self, cast: Cast) -> None:
        cast.scored("R-02", (5, 4, 3, 4), cast.opened(BEFORE))
        cast.opened()
        cast.scored("R-02")
        cast.again("R-02")
        cast.reworded("R-02", words_of("Said better"))

        page = text(browser(cast.jo).get(PAGE))

        assert "Earlier versions (1)" in page
        assert "Communications Hub of the wrong variant" in page
        assert "2021-22 <b>12</b> → 2022-23 <b>16</b>: the risk rose." in page
        assert "scored again, beside its period" in page
        assert page.count("s draft</span>") == 3
        assert "likelihood 4 (likely) times impact 4 (serious)" in page
        assert "20,000 years drawn from seed 20210806" in page

    def test_says_how_far_a_score_is_approved(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        cast.approved()
        outside = text(browser(cast.ada).get(PAGE))
        cast.scored("R-02", (5, 4, 3, 4))

        inside = text(browser(cast.jo).get(PAGE))

        assert "<b>16 net</b> of 20 inherent" in outside
        assert "Draft scores." not in outside
        assert "<b>12 net</b> of 20 inherent" in inside
        assert "draft of a revision" in inside
        assert "<b>16 net</b> of 20 inherent" in text(browser(cast.ada).get(PAGE))

    def test_says_where_the_same_stands_under_another_code(self, cast: Cast) -> None:
        cast.opened()

        page = text(browser(cast.ada).get("/sec/risks/R-05"))

        assert "OPSG Issues Log, Issue 79" in page
        assert "Retail Energy Code · Retail Risk 4" in page
        assert "S3: SEC Operations Group draft minutes" in page

    def test_shows_proposals_to_the_office_and_the_body(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)
        cast.answered(cast.proposed("R-02"), is_accepted=False)

        pages = {name: text(browser(getattr(cast, name)).get(PAGE)) for name in ("jo", "hal", "ada", "obs")}

        assert {name for name, page in pages.items() if "Likelihood 5 proposed" in page} == {"jo", "hal"}
        assert "declined" in pages["hal"]
        assert "/propose" not in pages["hal"]

    def test_leads_to_what_came_of_it(self, cast: Cast) -> None:
        cast.opened()
        cast.split("R-02", "Variant", "Region")

        before, after = (text(browser(cast.jo).get(one)) for one in (PAGE, "/sec/risks/R-10"))

        assert 'Split into <a class="ref" href="/sec/risks/R-10">' in before
        assert f'Split from <a class="ref" href="{PAGE}">' in after
        assert "Reword" not in before

    def test_is_not_there_for_whom_it_is_not_for(self, cast: Cast) -> None:
        cast.opened()
        cast.added(classification="amber")
        answers = {
            name: browser(getattr(cast, name)).get("/sec/risks/R-09").status_code
            for name in ("ada", "pat", "obs", "hal", "jo")
        }

        assert answers == {"ada": 404, "pat": 404, "obs": 200, "hal": 200, "jo": 200}
        assert browser(None).get("/sec/risks/R-77").status_code == 404
        assert browser(None).get(PAGE).status_code == 200
