"""A small code to break: one of everything, and nothing wrong with it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tallystick.rulebook.load import load
from tallystick.rulebook.problems import Problem
from tallystick.rulebook.rulebook import Rulebook

SMALL: dict[str, str] = {
    "code.yaml": """\
key: small
title: Small Sample Code
short: SSC
time_zone: Europe/London
calendar: weekdays
providers: {DSP: Data Services Provider}
categories: {supplier: Suppliers}
roles: {panel: The Panel}
areas: {replies: Replies}
""",
    "clauses/C7.2.yaml": """\
clause: C7.2
heading: Replies to requests
source: S1
""",
    "calendars/weekdays.yaml": """\
key: weekdays
title: Weekdays
clause: [C7.2]
first: 2020-01-01
last: 2022-12-31
source: S1
days_off:
  2021-08-30: Late Summer Bank Holiday
""",
    "parameters/reply_time.yaml": """\
key: reply_time
title: Time to reply
clause: [C7.2]
unit: hour
values:
  2020-01-01: {value: 24, source: S1}
  2021-07-01: {value: 12, source: S1}
""",
    "parameters/trt.yaml": """\
key: trt
title: Target Response Time
clause: [C7.2]
unit: second
by: [kind]
values:
  2020-01-01:
    source: assumed
    entries:
      - {key: {kind: read}, value: 30}
      - {key: {kind: write}, value: 60}
""",
    "streams/requests.yaml": """\
key: requests
title: Requests
clause: [C7.2]
sender: [DSP]
row_key: [request_id]
partition: asked_at
replaces: [day]
source: S1
columns:
  request_id: {type: id, title: Request}
  asked_at: {type: instant, title: Asked}
  replied_at: {type: instant, title: Replied, required: no}
  kind: {type: enum, title: Kind, values: [read, write]}
  party: {type: text, title: Party}
  devices: {type: count, title: Devices}
""",
    "measures/REPLY-1.yaml": """\
key: REPLY-1
title: Requests replied to in time
clause: [C7.2]
kind: share_within
provider: DSP
stream: requests
at: asked_at
from: asked_at
to: replied_at
limit: {parameter: reply_time}
where: {kind: [read]}
by: [party, day]
into: REPLY
obligation: OBL-REPLY
source: S1
""",
    "measures/REPLY-2.yaml": """\
key: REPLY-2
title: Writes replied to in time
clause: [C7.2]
kind: share_within
stream: requests
at: asked_at
from: asked_at
to: replied_at
limit: {parameter: trt, by: [kind]}
into: REPLY
obligation: OBL-REPLY
source: assumed
""",
    "measures/REPLY.yaml": """\
key: REPLY
title: Replies in time
clause: [C7.2]
kind: roll_up
obligation: OBL-REPLY
source: S1
""",
    "levels/REPLY.yaml": """\
measure: REPLY
values:
  2020-01-01: {target: "99", minimum: "96", source: recalled}
""",
    "obligations/OBL-REPLY.yaml": """\
key: OBL-REPLY
title: Reply in time
kind: duty
clause: [C7.2]
owner: DSP
to: [panel]
area: replies
source: S1
""",
    "obligations/RPT-MONTH.yaml": """\
key: RPT-MONTH
title: Monthly report
kind: report
clause: [C7.2]
owner: DSP
to: [panel]
period: month
due: {count: 25, unit: working_day, from: period_end}
source: S1
""",
}


@dataclass(frozen=True)
class Folder:
    """A rulebook folder that a test may change."""

    root: Path

    def write(self, name: str, text: str) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def read(self, name: str, old: str = "", new: str = "") -> str:
        """Return what a file says, with a piece exchanged."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        return text.replace(old, new) if old else text

    def rewrite(self, name: str, old: str, new: str) -> Path:
        """Exchange a piece of a file; a test that changes nothing is mistaken."""
        return self.write(name, self.read(name, old, new))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return load(self.root).problems

    @property
    def only_problem(self) -> Problem:
        (problem,) = self.problems
        return problem

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook; a test that asks for it expects no problem."""
        loaded = load(self.root)
        assert loaded.problems == ()
        assert loaded.rulebook is not None
        return loaded.rulebook

    def lines(self) -> list[str]:
        """Return the problems as a reader is shown them, under the folder."""
        return [str(problem).removeprefix(f"{self.root}/") for problem in self.problems]


@pytest.fixture
def small(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "small")
    for name, text in SMALL.items():
        folder.write(name, text)
    return folder
