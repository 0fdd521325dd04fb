"""The judge that the site is measured by reads the policy as a person would."""

import pytest

from tests.conformance.cast import ALFA, BRVO, BY_NAME, PAB
from tests.conformance.judge import Judge, What


class TestJudge:
    @pytest.mark.parametrize(
        ("who", "act", "what", "is_open"),
        [
            ("party_delegate", "r", What("submission", "amber", ALFA), True),
            ("party_delegate", "r", What("submission", "amber", BRVO), False),
            ("party_delegate", "r", What("finding", "green"), True),
            ("party_delegate", "t", What("submission", "white", BRVO), False),
            ("public", "r", What("measure", "white"), True),
            ("public", "r", What("measure", "green"), False),
            ("public", "r", What("measure", "white", state="draft"), False),
            ("analyst", "r", What("submission", "amber", BRVO), True),
            ("analyst", "r", What("submission", "red", BRVO), False),
            ("board_member", "r", What("finding", "amber", BRVO), True),
            ("seconded", "r", What("finding", "amber", BRVO), False),
            ("board_member", "r", What("finding", "red", BRVO, PAB), True),
            ("administrator", "r", What("run"), False),
            ("administrator", "c", What("person", "amber"), True),
            ("ingest", "r", What("submission", "white", ALFA), False),
            ("ingest", "c", What("submission", "amber", ALFA), True),
        ],
    )
    def test_answers_as_the_rules_are_meant(
        self, judge: Judge, who: str, act: str, what: What, *, is_open: bool
    ) -> None:
        assert judge.may(BY_NAME[who], act, what) is is_open

    def test_asks_for_a_fresh_factor_where_an_exclusion_is_settled(self, judge: Judge) -> None:
        what = What("exclusion", "amber")

        assert judge.may(BY_NAME["analyst"], "u", what, "fresh")
        assert not judge.may(BY_NAME["analyst"], "u", what, "session")

    def test_lets_nobody_in_by_a_route_for_roles_without_a_grant(self, judge: Judge) -> None:
        assert judge.is_let_in(BY_NAME["observer"], "runs", "GET")
        assert not judge.is_let_in(BY_NAME["observer"], "runs", "POST")
        assert not judge.is_let_in(BY_NAME["public"], "account", "GET")
