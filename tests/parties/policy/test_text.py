"""What the reader of the policy refuses."""

import re
from pathlib import Path

import pytest

from tallystick.parties.policy.predicates import PREDICATES
from tallystick.parties.policy.text import FILE, UnableToReadPolicy, load


class TestPolicyFile:
    def test_uses_every_predicate(self) -> None:
        written = set(re.findall(r"\w+", FILE.read_text(encoding="utf-8").partition("classes:")[2]))

        assert set(PREDICATES) - written == set()


class TestLoad:
    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            (
                "[ballot, reading,",
                "[balot, reading,",
                "denies.D5_ballot_secret: 'balot' is not known. Did you mean 'ballot'?",
            ),
            (
                "{and: [export, red]}",
                "\"__import__('os')\"",
                "denies.D8_red_export: \"__import__('os')\" is not known.",
            ),
            (
                "{and: [export, red]}",
                "{and: []}",
                "denies.D8_red_export: and needs a list of at least one name",
            ),
            (
                "{and: [export, red]}",
                "{nor: [export, red]}",
                "denies.D8_red_export: 'nor' is not known. Did you mean 'or'?",
            ),
            (
                "{and: [export, red]}",
                "{and: [export], or: [red]}",
                "denies.D8_red_export: write a name, or one of",
            ),
            ("D8_red_export", "D2_other_party", "denies.D2_other_party: the id stands twice"),
            ("{id: D8_red_export,", "{", "denies.8: id is missing"),
            ("health: r", "health: rx", "roles.administrator.health: 'x' is not known."),
            ("health: r", "helth: r", "roles.administrator: 'helth' is not known. Did you mean 'health'?"),
            ("  ingest:", "  igest:", "roles: 'igest' is not known. Did you mean 'ingest'?"),
            ("  ingest:  # writes only\n    {submission: c}\n", "", "roles: ingest is missing"),
            ("    {submission: c}", "    submission", "roles.ingest: write names"),
            ("  green: {", "  gren: {", "classes: 'gren' is not known. Did you mean 'green'?"),
            ("ballot.choice:", "balot.choice:", "masks: 'balot' is not known."),
            ("version: 1", "version: &v 1\nother: *v", "line 5: the alias *v stands for text"),
            ("version: 1", "verzion: 1", "policy: 'verzion' is not known. Did you mean 'version'?"),
            ("version: 1", "version: 2", "policy: version '2' is not known"),
            ("version: 1", "version: 1\nversion: 1", "line 5: the key 'version' stands here twice"),
            ("denies:\n", "denies: {}\nmore:\n", "policy: 'more' is not known."),
        ],
    )
    def test_refuses_what_it_does_not_know(self, tmp_path: Path, old: str, new: str, why: str) -> None:
        written = FILE.read_text(encoding="utf-8")
        file = tmp_path / "policy.yaml"
        file.write_text(written.replace(old, new, 1), encoding="utf-8")
        assert old in written

        with pytest.raises(UnableToReadPolicy) as refusal:
            load(file)

        assert str(refusal.value).startswith(why)

    def test_refuses_a_policy_that_denies_nothing(self, tmp_path: Path) -> None:
        text = re.sub(
            r"denies:\n.*?\n\n", "denies: []\n\n", FILE.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        file = tmp_path / "policy.yaml"
        file.write_text(text, encoding="utf-8")

        with pytest.raises(UnableToReadPolicy, match="denies: write a list of them"):
            load(file)
