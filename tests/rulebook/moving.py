"""A process to add to the small code, and to break: two tracks, two clocks, a decision and an appeal."""

from typing import Any

import yaml

from tallystick.rulebook.processes import ProcessValue
from tests.rulebook.conftest import Folder
from tests.rulebook.governed import govern

FILE = "processes/claim.yaml"
PROCESS = """\
key: claim
title: Claim
about: claim
clause: [C7.2]
values:
  2020-01-01:
    main: claim
    tracks:
      claim:
        title: Claim
        begins: open
        stages:
          open: {title: Open, says: Nobody has looked at it}
          asked: {title: Asked}
          decided: {title: Decided}
          appealed: {title: Appealed}
          closed: {title: Closed, ends: yes}
      notice:
        title: Notice
        begins: quiet
        stages:
          quiet: {title: Quiet}
          loud: {title: Loud}
    moves:
      ask:
        title: Ask
        from: [open]
        to: asked
        who: [analyst]
        starts: [reply]
        clause: [C7.2]
      ask_again:
        title: Ask again
        from: [asked]
        to: asked
        who: [analyst]
        starts: [reply]
      decide:
        title: Decide
        from: [asked]
        to: decided
        who: [clock, analyst]
        body: board
        guards: [body_has_decided]
        starts: [window]
      shout:
        title: Shout
        from: [quiet]
        to: loud
        who: [analyst]
        while: {claim: [asked, decided]}
      appeal:
        title: Appeal
        from: [decided]
        to: appealed
        who: [party]
        asks:
          ground: {title: Ground, kind: choice, of: {facts: Facts, law: Law}}
      hear:
        title: Hear
        from: [appealed]
        to: closed
        who: [chair]
        body: panel
        guards: [body_has_decided, heard_by_others]
      rest:
        title: Let it rest
        from: [decided]
        to: closed
        who: [clock]
      drop:
        title: Drop
        from: [open]
        to: closed
        who: [analyst]
        skips: [asked, decided]
    clocks:
      reply:
        title: Time to decide
        owner: party
        due: {count: 10, unit: working_day, from: event}
        runs_in: [asked]
        reminds: [5, 1]
        passed: {move: decide}
        source: S1
        clause: [C7.2]
      window:
        title: Time to appeal
        owner: board
        due: stated
        runs_in: [decided]
        passed: {move: rest}
        source: assumed
    holds: [secretary]
    source: S1
    clause: [C7.2]
"""


def set_going(folder: Folder) -> Folder:
    """Give a code bodies and a process."""
    govern(folder)
    folder.write(FILE, PROCESS)
    return folder


def written(text: str = PROCESS) -> dict[str, Any]:
    """Return the first value of a process as it is written."""
    read = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but text, lists and mappings
    value: dict[str, Any] = next(iter(read["values"].values()))
    return value


def value_of(text: str = PROCESS) -> ProcessValue:
    return ProcessValue.model_validate(written(text))
