from pathlib import Path
from typing import Any

import pytest

from tallystick.rulebook.edition import edition
from tallystick.rulebook.load import load
from tests.rulebook.conftest import SMALL, Folder
from tests.rulebook.moving import FILE, PROCESS, set_going

TEXTS: dict[str, dict[str, Any]] = {"code": {"key": "small"}, "levels": {"REPLY": {"target": "99"}}}


class TestEdition:
    def test_does_not_change_with_the_order_of_keys_or_with_remarks(self, small: Folder) -> None:
        before = small.rulebook.edition
        for name, text in SMALL.items():
            lines = text.splitlines(keepends=True)
            top = "".join(line for line in lines if not line.startswith("key"))
            small.write(
                name, "# a remark\n" + top + "".join(line for line in lines if line.startswith("key"))
            )

        assert small.rulebook.edition == before

    def test_does_not_change_with_the_style_it_is_written_in(self, small: Folder) -> None:
        before = small.rulebook.edition
        small.rewrite("measures/REPLY-1.yaml", "where: {kind: [read]}", "where:\n  \"kind\":\n  - 'read'")

        assert small.rulebook.edition == before

    def test_does_not_change_with_a_key_that_has_nothing_after_it(self, small: Folder) -> None:
        before = small.rulebook.edition
        small.rewrite("measures/REPLY-1.yaml", "provider: DSP", "provider: DSP\nnumber:")

        assert small.rulebook.edition == before

    def test_does_not_change_with_the_name_of_a_file(self, small: Folder) -> None:
        before = small.rulebook.edition
        (small.root / "measures/REPLY-1.yaml").rename(small.root / "measures/first.yaml")

        assert small.rulebook.edition == before

    @pytest.mark.parametrize(
        ("name", "old", "new"),
        [
            ("levels/REPLY.yaml", '"99"', '"99.0"'),
            ("levels/REPLY.yaml", "2020-01-01", "2020-01-02"),
            ("measures/REPLY-1.yaml", "[party, day]", "[day, party]"),
            ("measures/REPLY-1.yaml", "source: S1", "source: S1\nreportable: yes"),
            ("clauses/C7.2.yaml", "Replies to requests", "Replies"),
            ("calendars/weekdays.yaml", "Late Summer", "August"),
            ("code.yaml", "short: SSC", "short: SC"),
        ],
    )
    def test_changes_with_anything_that_is_stated(self, small: Folder, name: str, old: str, new: str) -> None:
        before = small.rulebook.edition
        small.rewrite(name, old, new)

        assert small.rulebook.edition != before

    def test_changes_with_a_definition_that_is_left_out(self, small: Folder) -> None:
        before = small.rulebook.edition
        (small.root / "levels/REPLY.yaml").unlink()

        assert small.rulebook.edition != before

    def test_is_still_what_it_was_before_there_were_bodies_for_a_code_that_states_none(
        self, small: Folder
    ) -> None:
        assert small.rulebook.edition == "7200c4c86c1ed202ec41c2174ac9b0b5e8f1fcbc35bc67f70c0e00f9f7003c7b"

        (small.root / "bodies").mkdir()
        (small.root / "voting").mkdir()
        (small.root / "processes").mkdir()

        assert small.rulebook.edition == "7200c4c86c1ed202ec41c2174ac9b0b5e8f1fcbc35bc67f70c0e00f9f7003c7b"

    def test_changes_with_the_main_track_of_a_process_though_not_with_the_order_of_its_tracks(
        self, small: Folder
    ) -> None:
        set_going(small)
        before = small.rulebook.edition
        head, _, tail = PROCESS.partition("      claim:\n        title: Claim\n")
        claim, _, rest = tail.partition("      notice:\n        title: Notice\n")
        notice, _, moves = rest.partition("    moves:\n")
        turned = (
            f"{head}      notice:\n        title: Notice\n{notice}      claim:\n        title: Claim\n{claim}"
        )
        small.write(FILE, f"{turned}    moves:\n{moves}")

        assert small.rulebook.edition == before
        assert small.rulebook.processes["claim"].values.popitem()[1].main == "claim"

    def test_of_the_example_that_states_no_body_is_what_it_was(self) -> None:
        rulebook = load(Path("rulebooks/examples/incident_desk")).rulebook

        assert rulebook is not None
        assert rulebook.edition == "b04647c424b9b947edc9817e9dcc0554382b8388afdc192eea75d8437265818a"

    def test_is_fixed_for_a_text_so_that_no_release_may_change_it(self) -> None:
        assert edition(TEXTS) == "aae26de12a9823a924f7d1dc79df168c2ac4b73c063264a3d1fd05b6bdf317f8"

    def test_tells_an_empty_text_from_none(self) -> None:
        assert edition({"a": {"b": ""}}) != edition({"a": {"b": None}}) == edition({"a": {}})
