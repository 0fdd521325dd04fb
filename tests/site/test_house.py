import pytest
from django.test import Client

from tallystick.month.wording import STATES
from tallystick.site.house import DUE, SENTENCES

PARTS = (
    *("pills", "due", "prov", "class", "buttons", "stages", "facts", "progress", "trend", "xmr", "heat"),
    *("lines", "lineage", "empty", "loading", "error", "permission", "refused", "superseded", "done"),
    "withdrawn",
)
CHARTS = 2

pytestmark = pytest.mark.django_db


class TestComponents:
    def test_show_every_part_in_every_state(self, client: Client) -> None:
        answer = client.get("/house/components")

        page = answer.content.decode()
        assert answer.status_code == 200
        assert page.count('<span class="pill') >= len(STATES)
        assert all(one.words in page for one in DUE)
        assert all(f'class="cls {name}"' in page for name in SENTENCES)
        for part in PARTS:
            assert f'id="c-{part}"' in page, part
        assert "<progress" in page
        assert '<dialog class="dr" id="history"' in page
        assert page.count('<figure class="chart') == CHARTS

    def test_are_open_to_all_and_only_read(self, client: Client) -> None:
        assert client.post("/house/components").status_code == 405
