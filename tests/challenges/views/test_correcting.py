"""The door by which the office says to which run a correction came."""

import pytest

from tests.challenges.cast import SERVED, Chamber, stage
from tests.challenges.operations.test_disputing import determined, restated
from tests.challenges.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db


class TestCorrecting:
    def test_names_the_run_that_landed_since(self, cast: Chamber) -> None:
        row = determined(cast)
        client, address = browser(cast.jo), f"/sec/disputes/{row.reference}/correct"
        before = text(client.get(address))
        run = restated("2021-07", SERVED)

        form = {"key": key_of(client, address), "run": run.reference, "corrected": "Left out."}
        answer = client.post(address, form)

        row.refresh_from_db()
        assert "No run has landed" in before
        assert (answer.status_code, row.corrected_by, stage(row)) == (302, run, "closed")
        assert run.reference in text(client.get(f"/sec/disputes/{row.reference}"))

    def test_is_the_offices_alone_and_after_the_decision(self, cast: Chamber) -> None:
        row, early = determined(cast), cast.disputed()

        codes = [
            browser(cast.ada).get(f"/sec/disputes/{row.reference}/correct").status_code,
            browser(cast.ben).get(f"/sec/disputes/{row.reference}/correct").status_code,
            browser(cast.jo).get(f"/sec/disputes/{early.reference}/correct").status_code,
        ]

        assert codes == [404, 404, 404]
