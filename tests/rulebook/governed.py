"""Bodies and a voting scheme to add to the small code, and to break."""

from tests.rulebook.conftest import Folder

BODIES = {
    "bodies/board.yaml": """\
key: board
name: The Board
clause: [C7.2]
kind: deciding
appeals_to: panel
constituencies: {suppliers: Suppliers, networks: Networks}
seats:
  2020-01-01:
    by: {suppliers: 3, networks: 2, chair: 1}
    source: S1
  2021-07-01:
    by: {suppliers: 4, networks: 2, chair: 1}
    source: recalled
source: S1
""",
    "bodies/panel.yaml": """\
key: panel
name: The Panel
clause: [C7.2]
kind: deciding
appeals_to: authority
source: S1
""",
    "bodies/group.yaml": """\
key: group
name: A group
kind: advisory
proposed: yes
source: assumed
""",
}
SCHEME = """\
key: by_category
title: By category
clause: [C7.2]
bodies: [board]
values:
  2020-01-01:
    choices: {approve: for, reject: against, abstain: abstain}
    method: categories
    needs: {more_than: 1/2}
    base: cast
    quorum: {at_least: 1/2, fewest: 3}
    vacancies: out
    aside: out
    chair: casting
    tie: casting
    changeable: yes
    effect: decision
    counts_while_open: no
    ballots: secret
    alternates: yes
    proxies: {most: 2}
    offered:
      approve: {title: Approve it}
    source: S1
  2021-07-01:
    choices: {approve: for, reject: against}
    method: members
    needs: {at_least: 2/3}
    base: cast
    vacancies: in
    aside: in
    chair: none
    tie: not_carried
    changeable: no
    effect: decision
    counts_while_open: yes
    ballots: open
    alternates: no
    source: recalled
"""


def govern(folder: Folder) -> Folder:
    """Give a code bodies and a voting scheme."""
    for name, text in BODIES.items():
        folder.write(name, text)
    folder.write("voting/by_category.yaml", SCHEME)
    return folder
