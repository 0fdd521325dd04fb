from tallystick.assessments.models import Document
from tallystick.assessments.planning.finding import documents
from tallystick.assessments.planning.progress import progress
from tests.assessments.plan_cast import APRIL, BODIES, Cast, latest


def now(cast: Cast, **told: object) -> tuple[str, str]:
    draft = told.get("draft")
    plans = [one for one in documents(cast.jo, latest()) if one.kind == Document.PLAN]
    steps = progress(latest(), 2, draft, plans)  # type: ignore[arg-type]  # a draft or None
    [step] = [one for one in steps if one.state == "now"]
    return step.title, step.says


class TestProgress:
    def test_goes_with_the_document_of_the_draft(self, cast: Cast) -> None:
        cast.scored_year()
        assert now(cast) == ("Plan drafted", "not saved")
        draft = cast.saved()
        assert now(cast, draft=draft) == ("Plan drafted", "draft 1, 6 Sep 2021")
        row = cast.drafted(draft=draft)
        cast.put(row)
        assert now(cast, draft=draft) == ("Consulted", "15 working days, under way")

    def test_comes_to_the_first_day(self, cast: Cast) -> None:
        cast.scored_year()
        draft = cast.saved()
        row = cast.drafted(draft=draft)
        cast.put(row, "bring_at_once")
        for move, said in zip(BODIES, ("Parties next", "the Panel next", "1 Apr 2022"), strict=True):
            cast.step(row, move)
            assert now(cast, draft=draft)[1] == said

        cast.implemented(row, APRIL)

        assert now(cast, draft=draft) == ("In force", "since 1 Apr 2022")

    def test_begins_with_the_scores(self, cast: Cast) -> None:
        cast.opened()

        [step] = [one for one in progress(latest(), 0, None, []) if one.state == "now"]

        assert (step.title, step.says) == ("Risks scored", "none yet")
