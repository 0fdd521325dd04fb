import re
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from tallystick.risks.views.asked import RiskConverter, about, found, period_of
from tests.risks.cast import BEFORE, Cast, of


class TestAddresses:
    @pytest.mark.parametrize(
        ("text", "is_one"), [("R-02", True), ("R-1", False), ("r-02", False), ("R-02a", False)]
    )
    def test_are_references(self, text: str, is_one: bool) -> None:  # noqa: FBT001 - a case of the table
        assert bool(re.fullmatch(RiskConverter.regex, text)) is is_one
        assert RiskConverter().to_url(RiskConverter().to_python(text)) == text


class TestAsked:
    def test_finds_what_one_may_see(self, cast: Cast) -> None:
        cast.opened()
        cast.opened(BEFORE)
        request: Any = RequestFactory().get("/")
        request.acting = cast.ada

        risk, words = found(request, "R-02")

        assert (risk, words[0].number) == (of("R-02"), 1)
        assert [period_of(request, name).name for name in ("", BEFORE)] == ["2022-23", BEFORE]
        assert about(risk, words[0]).href == "/sec/risks/R-02"
        with pytest.raises(Http404):
            found(request, "R-77")
        with pytest.raises(Http404):
            period_of(request, "1999-00")
