import pytest

from tallystick.cases.operations.causes import UnableToNameCause, name_cause
from tallystick.cases.operations.opening import UnableToOpenCase
from tests.cases.cast import NOTICED, OPENED, Cast, acts, at, last_said, on

pytestmark = pytest.mark.django_db


class TestNameCause:
    def test_is_kept_with_the_day_of_its_list(self, cast: Cast) -> None:
        case = cast.opened(cause="reporting_late")
        assert (case.cause, case.cause_on) == ("reporting_late", OPENED)

        named = name_cause(case=case, cause="consumers_harmed", by=on(cast.jo, NOTICED), at=at(NOTICED))

        assert (named.cause, named.cause_on) == ("consumers_harmed", NOTICED)
        assert last_said()[1] == {
            "case": case.reference,
            "cause": "consumers_harmed",
            "before": "reporting_late",
        }

    def test_said_again_writes_nothing(self, cast: Cast) -> None:
        case = cast.opened()

        for _ in range(2):
            name_cause(case=case, cause="consumers_harmed", by=cast.jo, at=at(NOTICED))

        assert acts() == ["open_case", "name_cause"]

    def test_is_refused_to_others_and_for_what_the_list_lacks(self, cast: Cast) -> None:
        case = cast.opened()

        with pytest.raises(UnableToNameCause, match="office"):
            name_cause(case=case, cause="consumers_harmed", by=cast.obs, at=at(NOTICED))
        with pytest.raises(UnableToNameCause, match="no kind"):
            name_cause(case=case, cause="weather", by=cast.jo, at=at(NOTICED))
        with pytest.raises(UnableToOpenCase, match="no kind"):
            cast.opened(cause="weather")
