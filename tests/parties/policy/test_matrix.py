"""The whole policy, question by question."""

import os
from pathlib import Path

import pytest

from tallystick.parties.policy.kinds import TYPES
from tallystick.parties.policy.predicates import Ask
from tallystick.parties.policy.text import Policy, load
from tests.parties.policy.matrix import (
    CELLS,
    CONFIDENTIAL,
    allowed,
    digest,
    mutants,
    suspects,
    table,
    violations,
)

ANSWERS = Path(__file__).with_name("answers.tsv")
HEADING = "role\ttype\tclass\tread\tcreate\tupdate\ttransition"
IS_ASSURANCE = bool(os.environ.get("TALLY_WORLDS"))


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load()


@pytest.fixture(scope="module")
def yes(policy: Policy) -> set[Ask]:
    return allowed(policy)


class TestPolicy:
    def test_breaks_no_invariant_in_any_cell(self, yes: set[Ask], capsys: pytest.CaptureFixture[str]) -> None:
        with capsys.disabled():
            print(f"\npolicy: {CELLS:,} cells, {len(yes):,} of them yes")  # noqa: T201 - a figure people ask for

        assert len(TYPES) * 13 * 4 * 1152 == CELLS
        assert violations(yes) == {}

    def test_answers_as_it_is_written_down(self, yes: set[Ask]) -> None:
        """A change of rights is a change of `answers.tsv`, for people to read.

        TALLY_ANSWERS=write writes it anew.
        """
        found = "\n".join([f"# {digest(yes)}", HEADING, *table(yes), ""])
        if os.environ.get("TALLY_ANSWERS") == "write":
            ANSWERS.write_text(found, encoding="utf-8")

        assert found == ANSWERS.read_text(encoding="utf-8")

    def test_changes_with_every_rule_that_is_taken_away(self, policy: Policy) -> None:
        suspected = suspects(policy)

        survivors = [
            name
            for name, mutant in mutants(policy)
            if name not in suspected or mutant.allows(suspected[name]) == policy.allows(suspected[name])
        ]

        assert len(list(mutants(policy))) == len(policy.denies) + 4
        assert survivors == []

    @pytest.mark.skipif(not IS_ASSURANCE, reason="every mutant over every cell takes a minute: TALLY_WORLDS")
    def test_is_changed_by_each_mutant_in_so_many_cells(
        self, policy: Policy, yes: set[Ask], capsys: pytest.CaptureFixture[str]
    ) -> None:
        changed = {}
        for name, mutant in mutants(policy):
            answers = allowed(mutant)
            changed[name] = len(answers ^ yes)
            seen_by = sorted(one.split()[0] for one in violations(answers)) or ["the answers only"]
            with capsys.disabled():
                print(f"\n{name}: {changed[name]:,} cells change; seen by {', '.join(seen_by)}", end="")  # noqa: T201 - as above

        assert [name for name, cells in changed.items() if not cells] == []

    def test_hides_a_partys_name_from_nobody_who_may_read_what_names_it(
        self, policy: Policy, yes: set[Ask]
    ) -> None:
        """Open records name no party (`runs.marks`), so that the masks bind none of them."""
        closed = [ask for ask in yes if ask.act == "r" and ask.cls in CONFIDENTIAL and ask.rel != "none"]

        hidden = [
            ask
            for ask in closed
            if ask.type in {"measure", "finding"} and not policy.shows(f"{ask.type}.party_name", ask)
        ]

        assert len(closed) > 1000
        assert hidden == []

    def test_names_people_in_a_history_to_the_office_alone(self, policy: Policy, yes: set[Ask]) -> None:
        readers = {ask.role: ask for ask in yes if ask.type == "history" and ask.act == "r"}

        named = {role for role, ask in readers.items() if policy.shows("history.actor", ask)}

        assert named == {"secretary", "analyst", "auditor"}
        assert not policy.shows("history.actor", readers["analyst"]._replace(role="public"))

    def test_gives_nothing_it_has_no_type_for(self, policy: Policy) -> None:
        granted = {kind for grants in policy.grants.values() for kind in grants}

        assert granted == TYPES
