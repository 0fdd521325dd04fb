import pytest

from tallystick.decisions.keeping import UnableToChangeARecord
from tests.decisions.chamber import cast, chamber, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestKept:
    def test_lets_only_the_columns_change_that_it_names(self) -> None:
        pab = chamber()
        ballot = cast(pab, opened(pab), 0)
        ballot.is_standing = False

        with pytest.raises(UnableToChangeARecord, match="Ballot rows are kept"):
            ballot.save(update_fields=["is_standing", "choice"])
        ballot.save(update_fields=["is_standing"])

        ballot.refresh_from_db()
        assert not ballot.is_standing

    def test_is_never_removed(self) -> None:
        pab = chamber()
        ballot = cast(pab, opened(pab), 0)

        with pytest.raises(UnableToChangeARecord, match="never removed"):
            ballot.delete()
