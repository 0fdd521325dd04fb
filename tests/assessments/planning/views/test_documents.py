from typing import Any

import pytest

from tallystick.assessments.models import Document, Frozen
from tests.assessments.doors import browser, goes_on_to, text
from tests.assessments.plan_cast import BODIES, OVER, Cast
from tests.assessments.planning.views.test_plan import asks, page
from tests.risks.cast import DAY, words_of

TODAY = DAY

pytestmark = pytest.mark.django_db
ALL = "/sec/plan/2022-23/documents"
METHODOLOGY, REGISTER = Document.METHODOLOGY, Document.REGISTER


class TestDocuments:
    def test_lists_those_that_somebody_may_see(self, plans: Cast) -> None:
        plans.scored_year()
        first, second = plans.in_force(), plans.drafted(REGISTER)

        pages = [page(who, ALL) for who in (plans.jo, plans.ada)]

        assert all(first.reference in one and "In force" in one for one in pages)
        assert [second.reference in one for one in pages] == [True, False]
        assert "Draft one" not in pages[1]

    def test_asks_little_of_the_database(self, plans: Cast) -> None:
        plans.scored_year()
        plans.in_force()
        row = plans.drafted()
        plans.put(row)

        assert asks(plans.jo, ALL) <= 12


class TestDocument:
    def test_says_what_was_frozen_with_its_hash(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(REGISTER)
        before = page(plans.jo, f"/sec/documents/{row.reference}")
        assert browser(plans.ada).get(f"/sec/documents/{row.reference}").status_code == 404

        plans.put(row)
        after = page(plans.ada, f"/sec/documents/{row.reference}")

        assert "as it would be frozen today" in before
        assert Frozen.objects.get().sha256 in after
        assert "Communications Hub of the wrong variant" in after
        assert "in consultation" in after.lower()

    def test_shows_what_is_stricter_than_it_to_those_alone_who_may_read_that(self, plans: Cast) -> None:
        plans.scored_year()
        plans.of.scored(plans.of.added(words_of("A weakness"), classification="amber").reference)
        row = plans.drafted(REGISTER)
        plans.put(row)

        told = {by: page(getattr(plans, by), f"/sec/documents/{row.reference}") for by in ("ada", "jo", "bo")}

        assert "A weakness" not in told["ada"]
        assert all("A weakness" in told[by] for by in ("jo", "bo"))
        assert [one.classification for one in Frozen.objects.order_by("pk")] == [row.classification, "amber"]

    def test_shows_the_office_a_plan_before_it_is_put_forward(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted()

        told = page(plans.jo, f"/sec/documents/{row.reference}")

        assert "as it would be frozen today" in told
        assert "£30k" in told

    def test_shows_comments_without_the_name_to_others(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row)
        plans.answered(plans.commented(row, "Quite dear."), "It pays.")
        plans.commented(row, "Too late.")

        shown = {
            name: page(getattr(plans, name), f"/sec/documents/{row.reference}")
            for name in ("ada", "ben", "sam")
        }

        assert all("Quite dear." in one and "It pays." in one for one in shown.values())
        assert {name for name, one in shown.items() if "Comment 1, ALFA" in one} == {"ada", "sam"}
        assert "Comment 1, A Party" in shown["ben"]
        assert [name for name, one in shown.items() if "Answer it" in one] == ["sam"]
        assert [name for name, one in shown.items() if "Comment</a>" in one] == ["ada", "ben"]

    def test_shows_what_a_later_version_changes(self, plans: Cast) -> None:
        plans.scored_year()
        first = plans.in_force(REGISTER)
        plans.of.scored("R-06", (5, 5, 5, 5))
        second = plans.drafted(REGISTER, day=OVER)

        shown = page(plans.sam, f"/sec/documents/{second.reference}")

        assert f'href="/sec/documents/{first.reference}"' in shown
        assert "<del>5</del>" in shown
        assert "<ins>25</ins>" in shown

    def test_says_that_it_is_no_longer_in_force(self, plans: Cast) -> None:
        plans.scored_year()
        first = plans.in_force()
        second = plans.drafted(METHODOLOGY)
        plans.put(second, "bring_at_once")
        for move in BODIES:
            plans.step(second, move)
        plans.implemented(second)

        assert "No longer in force" in page(plans.ada, f"/sec/documents/{first.reference}")
        assert "No longer in force" not in page(plans.ada, f"/sec/documents/{second.reference}")

    def test_asks_little_of_the_database(self, plans: Cast, settings: Any) -> None:
        plans.scored_year()
        row = plans.drafted()
        plans.put(row)
        plans.answered(plans.commented(row))
        address = f"/sec/documents/{row.reference}"

        told = [asks(who, address) for who in (plans.ada, plans.sam, plans.jo)]
        plans.consulted(row)
        goes_on_to(settings, OVER)

        assert max(told) <= 12
        assert asks(plans.sam, address) <= 13

    def test_has_a_history(self, plans: Cast) -> None:
        plans.scored_year()
        draft = plans.saved()
        row = plans.drafted()

        told = [text(browser(plans.jo).get(f"/sec/history/plan/{one.handle}")) for one in (row, draft)]

        assert row.reference in told[0]
        assert "Draft 1 of 2022-23" in told[1]
