from pathlib import Path

import yaml

from tallystick.rulebook.guards import FACTS, GUARDS
from tallystick.rulebook.processes import ROLES
from tests.rulebook.conftest import Folder
from tests.rulebook.governed import govern

GUIDE = Path("docs/guide/processes.md")


class TestGuards:
    def test_ask_for_known_facts(self) -> None:
        assert {name: set(guard.asks) - set(FACTS) for name, guard in GUARDS.items()} == {
            name: set() for name in GUARDS
        }

    def test_say_in_words_when_they_open(self) -> None:
        assert [
            guard.words for guard in GUARDS.values() if not guard.words or guard.words.endswith(".")
        ] == []

    def test_are_all_used_by_the_processes_of_the_sec(self) -> None:
        used = {
            guard
            for file in Path("rulebooks/sec/processes").glob("*.yaml")
            for value in yaml.safe_load(file.read_text(encoding="utf-8"))["values"].values()
            for move in value["moves"].values()
            for guard in move.get("guards", ())
        }

        assert used == set(GUARDS)


class TestGuide:
    def test_explains_every_guard_in_its_own_words(self) -> None:
        text = GUIDE.read_text(encoding="utf-8")

        assert [name for name, one in GUARDS.items() if f"| `{name}` | {one.words} |" not in text] == []

    def test_names_every_role(self) -> None:
        text = GUIDE.read_text(encoding="utf-8")

        assert [role for role in ROLES if f"`{role}`" not in text] == []

    def test_shows_a_process_that_has_nothing_wrong_with_it(self, small: Folder) -> None:
        shown = GUIDE.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
        govern(small).write("processes/query.yaml", shown.replace("body: pab", "body: board"))

        assert small.problems == ()
