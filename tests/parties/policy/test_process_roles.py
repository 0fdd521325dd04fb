"""The roles that processes name are those that the policy gives rights."""

from tallystick.parties.policy.text import load
from tallystick.rulebook.processes import CLOCK, PARTY, ROLES


class TestRoles:
    def test_are_those_of_the_policy(self) -> None:
        assert set(ROLES) == set(load().grants)

    def test_are_never_called_as_the_party_or_the_clock(self) -> None:
        assert {PARTY, CLOCK} & set(load().grants) == set()
