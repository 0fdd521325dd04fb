from decimal import Decimal

import pytest

from tallystick.derogations.drafts import UnableToDraftDerogation
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.drafting import draft_derogation
from tallystick.processes.models import Course
from tests.derogations.cast import ASKED, Cast, acts, asked, at, stands

pytestmark = pytest.mark.django_db


class TestDraftDerogation:
    def test_is_its_partys_own_and_goes_nowhere_yet(self, cast: Cast) -> None:
        row = cast.drafted()

        assert row.reference.startswith("DER-2021-")
        assert (row.classification, row.publicity, row.body) == ("amber", "draft", None)
        assert (row.clause, row.level, row.by_office) == ("Section F, Appendix I", Decimal(70), False)
        assert stands(row) == "drafted"
        assert acts() == ["draft_derogation"]

    def test_is_drafted_once_however_often_the_form_is_sent(self, cast: Cast) -> None:
        first = cast.drafted(key="one")

        assert cast.drafted(key="one") == first
        assert (Derogation.objects.count(), Course.objects.count(), len(acts())) == (1, 1, 1)

        with pytest.raises(UnableToDraftDerogation, match=f"drafted {first.reference} before"):
            cast.drafted(key="one", scope="Other words")

    def test_is_for_the_office_where_it_came_on_paper(self, cast: Cast) -> None:
        assert cast.drafted(by=cast.jo).by_office

    def test_is_not_for_another_party_nor_for_a_board(self, cast: Cast) -> None:
        for other in (cast.ben, cast.hal):
            with pytest.raises(UnableToDraftDerogation, match="asks for itself"):
                draft_derogation(drafted=asked(cast.alfa), by=other, at=at(ASKED))

        assert acts() == []
