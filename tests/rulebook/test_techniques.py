from decimal import Decimal

import pytest

from tallystick.rulebook.techniques import When
from tests.rulebook.assured import assure
from tests.rulebook.conftest import Folder

FILE = "techniques/visits.yaml"


@pytest.fixture
def assured(small: Folder) -> Folder:
    return assure(small)


class TestTechnique:
    def test_takes_its_share_off_a_risk_among_those_it_is_for(self, assured: Folder) -> None:
        book = assured.rulebook

        asked = [
            ("watching", "supplier"),
            ("watching", "network"),
            ("visits", "supplier"),
            ("visits", "network"),
        ]
        shares = [book.techniques[key].effect_on("R-01", category) for key, category in asked]

        assert shares == [Decimal("0.25"), Decimal("0.25"), Decimal("0.5"), 0]
        assert book.techniques["visits"].effect_on("R-99", "supplier") == 0

    def test_of_which_nothing_was_measured_is_unverified(self, assured: Folder) -> None:
        assert not assured.rulebook.techniques["visits"].verified

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('{supplier: "0.5"}', '{all: "0.5", supplier: "0.5"}', "is for all or by category"),
            ('{supplier: "0.5"}', "{}", "is for all or by category"),
            ('{supplier: "0.5"}', '{supplier: "1.5"}', 'a share between "0" and "1"'),
            ('"250.50"', '"-5"', "an amount in quotes"),
            ("form: inspection", "form: inspektion", "Did you mean 'inspection'?"),
            ("from: 11", "from: 13", "a month of the calendar, 1 to 12"),
        ],
    )
    def test_that_says_what_cannot_be_is_refused(
        self, assured: Folder, old: str, new: str, told: str
    ) -> None:
        assured.rewrite(FILE, old, new)

        assert told in assured.lines()[0]


class TestWhen:
    @pytest.mark.parametrize(
        ("first", "last", "months"),
        [(5, 6, (5, 6)), (11, 2, (11, 12, 1, 2)), (7, 7, (7,)), (4, 3, (*range(4, 13), 1, 2, 3))],
    )
    def test_goes_on_over_the_turn_of_the_year(self, first: int, last: int, months: tuple[int, ...]) -> None:
        when = When.model_validate({"from": str(first), "to": str(last)})

        assert when.months() == months
