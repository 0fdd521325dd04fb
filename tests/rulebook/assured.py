"""Risks, scoring methods and techniques to add to the small code, and to break."""

from tests.rulebook.conftest import Folder
from tests.rulebook.governed import govern

HEADINGS = """\
drivers: {growth: More of them}
assurance: {disputes: Disputes may be raised}
technique_classes: {detective: Detective, corrective: Corrective}
"""
RISK = """\
key: R-01
title: Late replies
risk_that: replies come late
resulting_in: nobody knows the outcome
clause: [C7.2]
area: replies
obligations: [OBL-REPLY]
caused_by: [supplier]
controlled_by: [DSP]
factors:
  - {says: The queue is not watched, obligation: OBL-REPLY}
indicators: [REPLY]
drivers: [growth]
assurance: [disputes]
owner: board
elsewhere:
  - {code: Another code, reference: Risk 4, source: S1}
source: S1
"""
GRID = """\
key: grid
title: Two by two
values:
  2020-01-01:
    kind: grid
    version: version 1
    clause: [C7.2]
    likelihood:
      - {title: Seldom, up_to: "0.25"}
      - {title: Often, up_to: "1"}
    impact:
      - {title: Small}
      - {title: Great}
    bands:
      - {from: "1", position: accept, title: Accept}
      - {from: "3", position: above, title: Above appetite}
    appetite: "2"
    top: "4"
    source: S1
"""
TECHNIQUES = {
    "techniques/watching.yaml": """\
key: watching
title: Watching
form: monitoring
classes: [detective]
standard: yes
cost: {amount: "1000"}
effects:
  R-01: {all: "0.25"}
measures: [REPLY]
source: S1
""",
    "techniques/visits.yaml": """\
key: visits
title: Visits
form: inspection
classes: [detective, corrective]
standard: no
cost: {amount: "250.50", per: application}
burden: {hours: "3"}
needs: [watching]
after: [watching]
effects:
  R-01: {supplier: "0.5"}
when: {from: 11, to: 2, says: Visits}
source: assumed
""",
}


def assure(folder: Folder) -> Folder:
    """Give a code bodies, and risks with what is done about them."""
    govern(folder)
    folder.write("code.yaml", folder.read("code.yaml") + HEADINGS)
    folder.write("risks/R-01.yaml", RISK)
    folder.write("scoring/grid.yaml", GRID)
    for name, text in TECHNIQUES.items():
        folder.write(name, text)
    return folder
