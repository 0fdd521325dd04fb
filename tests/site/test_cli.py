import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tallystick.site.cli import _HELP, _VERBS, tally

GUIDE = Path("docs/guide/command-line.md").read_text(encoding="utf-8")
CONTEXT = click.Context(tally)


def commands(group: click.Command, path: str) -> list[tuple[str, click.Command]]:
    found = [(path, group)]
    if isinstance(group, click.Group):
        for name in group.list_commands(CONTEXT):
            inner = group.get_command(CONTEXT, name)
            assert inner is not None
            found += commands(inner, f"{path} {name}")
    return found


EVERY = [pair for pair in commands(tally, "tally") if pair[0] != "tally"]


class TestTally:
    def test_says_one_line_for_every_verb(self) -> None:
        assert list(_HELP) == list(_VERBS)

    def test_helps_without_importing_an_engine_or_a_web_framework(self) -> None:
        program = (
            "import sys; from tallystick.site.cli import tally; tally(['--help'], standalone_mode=False); "
            "print([name for name in ('ibis', 'duckdb', 'pyarrow', 'numpy', 'django', 'rich', 'pydantic')"
            " if name in sys.modules])"
        )

        said = subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout

        assert said.splitlines()[-1] == "[]"

    def test_does_not_know_a_verb_that_is_not_there(self) -> None:
        result = CliRunner().invoke(tally, ["asess"])

        assert result.exit_code == 2
        assert "asess" in result.output


class TestGuide:
    @pytest.mark.parametrize("path", [path for path, _ in EVERY])
    def test_names_the_verb(self, path: str) -> None:
        assert path in GUIDE

    @pytest.mark.parametrize("command", [command for _, command in EVERY], ids=[path for path, _ in EVERY])
    def test_names_every_option(self, command: click.Command) -> None:
        options = {name for one in command.params for name in one.opts if name.startswith("--")}

        missing = {option for option in options if not re.search(rf"{option}\b", GUIDE)}

        assert missing <= {"--help"}
