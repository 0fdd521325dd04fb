"""What the office does with an application."""

import pytest

from tallystick.assessments.models import Item
from tests.assessments.cast import TESTING, Cast, stands
from tests.assessments.doors import browser, key_of, text

pytestmark = pytest.mark.django_db
ALL = "/sec/applications"


class TestSteps:
    def test_lead_from_plan_to_close(self, cast: Cast) -> None:
        row, client = cast.begun(), browser(cast.jo)
        told = {
            "start": {},
            "report": {"words": "Both were reached.", "spent": "4200"},
            "close": {"words": "Fewer hubs."},
        }

        for move, said in told.items():
            at = f"{ALL}/{row}/steps/{move}"
            answer = client.post(at, {"key": key_of(client, at), **said})
            assert (answer.status_code, answer.headers["Location"]) == (302, f"{ALL}/{row}")

        assert stands(row) == "closed"

    def test_are_refused_in_words(self, cast: Cast) -> None:
        row, client = cast.begun(), browser(cast.jo)

        at = f"{ALL}/{row}/steps/report"
        answer = client.post(at, {"key": key_of(client, at), "words": "So.", "spent": "1"})

        assert answer.status_code == 409
        assert "Report the result" in text(answer, 409)
        assert client.post(at, {"key": "x"}).status_code == 422

    def test_are_not_there_under_another_name_nor_for_parties(self, cast: Cast) -> None:
        row = cast.started()

        assert browser(cast.jo).get(f"{ALL}/{row}/steps/dance").status_code == 404
        assert browser(cast.ada).get(f"{ALL}/{row}/steps/report").status_code == 404


class TestItems:
    def test_are_listed_a_line_each(self, cast: Cast) -> None:
        row, client = cast.begun(TESTING), browser(cast.jo)
        at = f"{ALL}/{row}/items"

        client.post(at, {"key": key_of(client, at), "items": "Installs\n(if it can) Reads\n"})

        assert [(one.title, one.is_required) for one in Item.objects.order_by("number")] == [
            ("Installs", True),
            ("Reads", False),
        ]
