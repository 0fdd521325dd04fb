from tallystick.parties.policy import kinds
from tallystick.parties.policy.predicates import (
    ACTS,
    CLASSES,
    FACTORS,
    PREDICATES,
    RELATIONS,
    ROLES,
    STATES,
    Ask,
)

AXES: dict[str, set[str | bool]] = {
    "role": set(ROLES),
    "type": set(kinds.TYPES),
    "act": set(ACTS),
    "cls": set(CLASSES),
    "rel": set(RELATIONS),
    "on_body": {False, True},
    "named": {False, True},
    "conflicted": {False, True},
    "state": set(STATES),
    "factor": set(FACTORS),
}


class TestPredicates:
    def test_test_facts_there_are(self) -> None:
        assert list(AXES) == list(Ask._fields)
        assert {one.fact for one in PREDICATES.values()} <= set(AXES)

    def test_name_values_there_are_and_never_all_or_none(self) -> None:
        odd = [
            name for name, (fact, values) in PREDICATES.items() if not values or not set(values) < AXES[fact]
        ]

        assert odd == []


class TestKinds:
    def test_are_content_or_administration(self) -> None:
        assert kinds.CONTENT.isdisjoint(kinds.ADMINISTRATIVE)
        assert kinds.OF_THE_MATTER <= kinds.CONTENT
        assert kinds.BEFORE_A_BODY | kinds.BROUGHT_BY_PARTIES | kinds.WEIGHTY <= kinds.CONTENT
