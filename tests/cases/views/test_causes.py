import pytest

from tests.cases.cast import Cast, landed
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db


class TestCause:
    def test_is_named_by_the_office_and_read_on_the_case(self, cast: Cast) -> None:
        case, client = cast.told(cast.opened(landed(cast.alfa))), browser(cast.jo)
        address = f"/sec/cases/{case.reference}"
        assert "Reported late" in text(client.get(f"{address}/cause"))

        wanting = client.post(f"{address}/cause", {"cause": "weather"})
        client.post(f"{address}/cause", {"cause": "reporting_late"})

        assert wanting.status_code == 422
        assert "Reported late" in text(browser(cast.ada).get(address))

    def test_is_no_partys_to_name(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        assert browser(cast.ada).get(f"/sec/cases/{case.reference}/cause").status_code == 404
