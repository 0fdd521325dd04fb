from tallystick.assessments.models import Document
from tallystick.assessments.planning.progress import progress
from tallystick.assessments.planning.seen import documents
from tests.assessments.plan_cast import APRIL, BODIES, Cast, latest


def now(plans: Cast, **told: object) -> tuple[str, str]:
    draft = told.get("draft")
    drafted = [one for one in documents(plans.jo, latest()) if one.kind == Document.PLAN]
    steps = progress(latest(), 2, draft, drafted)  # type: ignore[arg-type]  # a draft or None
    [step] = [one for one in steps if one.state == "now"]
    return step.title, step.says


class TestProgress:
    def test_goes_with_the_document_of_the_draft(self, plans: Cast) -> None:
        plans.scored_year()
        assert now(plans) == ("Plan drafted", "not saved")
        draft = plans.saved()
        assert now(plans, draft=draft) == ("Plan drafted", "draft 1, 6 Sep 2021")
        row = plans.drafted(draft=draft)
        plans.put(row)
        assert now(plans, draft=draft) == ("Consulted", "15 working days, under way")

    def test_comes_to_the_first_day(self, plans: Cast) -> None:
        plans.scored_year()
        draft = plans.saved()
        row = plans.drafted(draft=draft)
        plans.put(row, "bring_at_once")
        for move, said in zip(BODIES, ("Parties next", "the Panel next", "1 Apr 2022"), strict=True):
            plans.step(row, move)
            assert now(plans, draft=draft)[1] == said

        plans.implemented(row, APRIL)

        assert now(plans, draft=draft) == ("In force", "since 1 Apr 2022")

    def test_begins_with_the_scores(self, plans: Cast) -> None:
        plans.opened()

        [step] = [one for one in progress(latest(), 0, None, []) if one.state == "now"]

        assert (step.title, step.says) == ("Risks scored", "none yet")
