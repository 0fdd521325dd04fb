import json
from dataclasses import replace

from tallystick.decisions.frozen import Rule, sitting_key
from tallystick.rulebook.rulebook import Rulebook
from tests.decisions.chamber import DAY


class TestRule:
    def test_says_what_counts_and_how_the_scheme_speaks(self, sec: Rulebook) -> None:
        rule = Rule.of(sec, "change_board", "change_board", DAY)

        assert rule.counts == sec.voting["change_board"].value_on(DAY).as_facts()
        assert [(one.name, one.title, one.effect) for one in rule.choices] == [
            ("approve", "Approve", "for"),
            ("reject", "Reject", "against"),
            ("abstain", "Abstain", "abstain"),
        ]
        assert (rule.since, rule.clause, rule.effect) == ("2013-12-01", ("D8",), "decision")
        assert rule.wording().title("other_sec_party") == "Other SEC Party"
        assert rule.wording().word("carried") == "approved"

    def test_is_the_same_after_it_was_kept(self, sec: Rulebook) -> None:
        for key, scheme in sec.voting.items():
            rule = Rule.of(sec, scheme.bodies[0], key, DAY)

            assert Rule.of_row(json.loads(json.dumps(rule.as_row()))) == rule

    def test_counts_as_the_journal_says_it(self, sec: Rulebook) -> None:
        rule = Rule.of(sec, "pab", "pab", DAY)

        assert rule.scheme.as_facts() == rule.counts


class TestSittingKey:
    def test_is_the_body_whose_role_it_is(self, sec: Rulebook) -> None:
        role = sec.bodies["pab"].model_copy(update={"role_of": "panel"})

        assert sitting_key(sec, "pab") == "pab"
        assert sitting_key(replace(sec, bodies={**sec.bodies, "pab": role}), "pab") == "panel"
