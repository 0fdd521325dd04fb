import datetime as dt
from typing import Any

import pytest

from tallystick.cases.filings import Planned
from tallystick.cases.forms import MOST_FIELDS, RemedyForm, ReplyForm
from tallystick.rulebook.rulebook import Rulebook

DUE = dt.date(2021, 10, 29)


@pytest.fixture
def asks(sec: Rulebook) -> Any:
    return sec.processes["case"].value_on(DUE).moves["reply"].asks


class TestReply:
    def test_answers_every_line_unless_nothing_is_said_of_them(self, asks: Any) -> None:
        sent = {"key": "k", "stance": "accepted", "words": "Yes", "is_disputed_1": "on", "why_1": "No"}

        said, unsaid = (
            ReplyForm({**sent, "others": others}, asks=asks, lines=["a", "b"]) for others in ("accepted", "")
        )

        assert said.is_valid()
        assert {line: one.answer for line, one in said.reply.lines.items()} == {
            "a": "accepted",
            "b": "disputed",
        }
        assert unsaid.is_valid()
        assert {line: one.reason for line, one in unsaid.reply.lines.items()} == {"b": "No"}

    def test_of_many_lines_names_those_that_are_disputed(self, asks: Any) -> None:
        lines = [f"hub-{number}" for number in range(MOST_FIELDS + 1)]
        sent = {"key": "k", "stance": "disputed", "words": "No", "others": ""}

        good = ReplyForm({**sent, "disputed": "hub-3: visited"}, asks=asks, lines=lines)
        odd = ReplyForm({**sent, "disputed": "hub-x: visited"}, asks=asks, lines=lines)

        assert good.is_valid()
        assert good.reply.lines["hub-3"].reason == "visited"
        assert len(good.fields) < MOST_FIELDS
        assert not odd.is_valid()


class TestRemedy:
    def test_keeps_the_thread_of_a_milestone_and_leaves_out_empty_rows(self) -> None:
        before = [Planned("A file", "O. Pike", DUE, "Feed log", 4)]
        blank = RemedyForm(measures={}, rows=before, waits=0)
        sent = {
            "key": "k",
            "cause": "Old file",
            "otherwise": "Visited",
            **{
                f"{name}_0": blank.initial[f"{name}_0"]
                for name in ("what", "owner", "due_on", "proof", "thread")
            },
        }

        form = RemedyForm(sent, measures={}, rows=before, waits=0)

        assert form.is_valid()
        assert form.filed.milestones == (before[0],)
        assert "instead_because" not in form.fields
